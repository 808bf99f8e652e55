package finding

// whoseEntries are about whose the halves in a VNET are.
func whoseEntries() []Entry {
	return about(OfPeering, []Entry{
		{
			Code: "half-range-taken", Severities: []Severity{Broken}, Title: "The VNET is peered with another network that has the same addresses",
			Means: "A VNET is never peered with two networks that share addresses, and a network's range cannot be changed. The owner of a half is known by the VNET that Konnect names, by having come with a peering, or by its range.",
			Next:  "Peer another VNET, or make a new network with a range that is free.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "half-left-over", Severities: []Severity{Broken}, Title: "A disconnected half of a network that is gone holds the range that the peering needs",
			Means: "Nothing passes over it, no network that can be seen may own it, and Azure takes no second half with its range.",
			Next:  "Delete that half; where Konnect calls the peering ready or in error, create it again.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "half-cannot-tell", Severities: []Severity{Unknown}, Title: "Which network a half belongs to cannot be told",
			Means: "Several networks have its range, or it names none, and neither cloud names the other's object. Nothing is called well, and nothing is to be deleted, until it is known.",
			Next:  "Ask Kong which network has the VNET that the half leads to.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "half-others-unread", Severities: []Severity{Unknown}, Title: "Whether another network has the same range is not read yet",
			Means: "A range proves whose a half is only where no other network can be meant.",
			Next:  "Wait until Konnect's lists are read, or use a token that may read all networks.", Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "half-named-elsewhere", Severities: []Severity{Unknown}, Title: "The half with the network's range leads to another VNET than Konnect names",
			Means: "One of the two is not what it seems: the half is a stranger's, or Konnect's name is an old one.",
			Next:  "Ask Kong which VNET the network has.", Reads: readsBoth, Source: sourceNone,
		},
	})
}
