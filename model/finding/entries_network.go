package finding

func networkEntries() []Entry {
	return about(OfNetwork, []Entry{
		{
			Code: "network-ready", Severities: []Severity{OK}, Title: "Konnect reported the network ready",
			Means: "The network is built and can carry peerings.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-other-cloud", Severities: []Severity{Attention}, Title: "The network is in another cloud of Azure than the one that peerdeck looks into",
			Means: "Azure Government, Azure China and the public cloud are apart: a VNET of one cannot be peered with a VNET of another, and a sign-in of one is none in another. Kong's regions on Azure are, as far as is known, all of the public cloud.",
			Next:  "Set azure.cloud (or the context, or --azure-cloud) to the cloud of the VNETs; for VNETs in another cloud ask Kong.", Reads: "Konnect, the network's region; and the settings", Source: sourceClouds,
		},
		{
			Code: "network-created", Severities: []Severity{Working}, Title: "Konnect has recorded the network and not begun to build it",
			Means: "A network is built in 30 to 40 minutes. Peerings can be made when it is ready.", Next: "Wait.", Reads: readsKonnect, Source: sourceKonnectDoc,
		},
		{
			Code: "network-initializing", Severities: []Severity{Working}, Title: "Konnect is building the network",
			Means: "A network is built in 30 to 40 minutes. Peerings can be made when it is ready.", Next: "Wait.", Reads: readsKonnect, Source: sourceKonnectDoc,
		},
		{
			Code: "network-building-long", Severities: []Severity{Attention}, Title: "The network has been built for more than an hour",
			Means: "Kong says 30 to 40 minutes. Something holds it up that cannot be seen from outside.", Next: "Send Kong's support the sentence that stands in the finding.", Reads: readsHistory, Source: sourceKonnectDoc + ", for the 30 to 40 minutes; the limit is peerdeck's own choice",
		},
		{
			Code: "network-reports-trouble", Severities: []Severity{Attention}, Title: "Konnect reported trouble beside the network's state",
			Means: "A network has no state for errors: what Konnect reports beside the state is the only sign of one.",
			Next:  "Send Kong's support the sentence that stands in the finding.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-reason", Severities: []Severity{Attention}, Title: "Konnect reported a reason beside the network's state that can be read",
			Means: "What it is about is said: a quota, ranges that overlap, rights, a policy, a cloud that was busy. All that a network needs is Kong's.",
			Next:  "Do what the finding says, or send Kong's support the sentence that stands in it.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "network-offline", Severities: []Severity{OK}, Title: "The network exists and is not built, and has no peering",
			Means: "A network is built when a control plane's configuration refers to it.", Next: "Refer to it in a control plane's configuration when it is needed.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-offline-in-use", Severities: []Severity{Attention}, Title: "The network is offline and has peerings",
			Means: "Nothing passes over its peerings until it is built again.", Next: "Refer to the network in a control plane's configuration: that starts it.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-terminating", Severities: []Severity{Working}, Title: "Konnect is deleting the network",
			Means: "It takes no new peerings.", Next: "Nothing to do.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-terminating-long", Severities: []Severity{Attention}, Title: "Konnect has been deleting the network for more than two hours",
			Means: "Something holds the deletion up that cannot be seen from outside. What is still in the network is named.", Next: "Send Kong's support the sentence that stands in the finding.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "network-terminated", Severities: []Severity{OK}, Title: "Konnect has deleted the network",
			Means: "It goes from the list by itself.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "network-unknown", Severities: []Severity{Unknown}, Title: "Konnect reported a network state that peerdeck does not know",
			Means: "A newer Konnect may have states that this release was not made for.", Next: "Look at the network in Konnect.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peerings-unread", Severities: []Severity{Unknown}, Title: "The peerings of a network are being read",
			Means: "A network is not called well before its peerings were read.", Next: "Wait a moment.", Reads: readsKonnect, Source: sourceNone,
		},
		{
			Code: "peerings-unreadable", Severities: []Severity{Unknown}, Title: "The peerings of a network cannot be read",
			Means: "Nothing can be said about them.", Next: "Do what the failure says.", Reads: readsKonnect, Source: sourceNone,
		},
		{
			Code: "peerings-partly", Severities: []Severity{Unknown}, Title: "Some peerings of a network could not be read",
			Means: "What was known before stays; the others may be in any state.", Next: "Wait: it is tried again.", Reads: readsKonnect, Source: sourceNone,
		},
		{
			Code: "dns-unreadable", Severities: []Severity{Unknown}, Title: "The private DNS of a network cannot be read",
			Means: "Nothing can be said about its mapping tables, so the network is not called well. The role Network Viewer of Konnect does not show them.", Next: "Do what the failure says.", Reads: readsKonnect, Source: sourceNone,
		},
		{
			Code: "none", Severities: []Severity{Unknown}, Title: "peerdeck has no rule for a state",
			Means: "This is a fault of peerdeck.", Next: "Please report it, with the state.", Reads: readsBoth, Source: sourceNone,
		},
	})
}

// about sets the subject of entries.
func about(s Subject, entries []Entry) []Entry {
	for i := range entries {
		entries[i].Subject = s
	}
	return entries
}
