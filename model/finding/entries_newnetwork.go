package finding

// newNetworkEntries are about a network that a set-up makes before it makes the peering.
func newNetworkEntries() []Entry {
	const (
		reads = "Konnect: provider accounts, availability, networks; the VNET from Azure Resource Manager"
		fine  = "It is looked at before the network is asked for, because nothing of a network can be changed."
	)
	return about(OfSetup, []Entry{
		{
			Code: "setup-network-account", Severities: []Severity{OK}, Title: "The provider account of the new network is known", Means: fine, Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-no-account", Severities: []Severity{Broken}, Title: "It is not known in which provider account on Azure the network is to be",
			Means: "A network lies in an account that Kong has with a cloud for the organization.", Next: "Name the account, or ask Kong for one.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-zones-given", Severities: []Severity{OK}, Title: "The availability zones of the new network are known", Means: fine, Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-zones", Severities: []Severity{Broken}, Title: "The availability zones of the new network are not those of its region, or are not known",
			Means: "Konnect takes the zones that its availability document names.", Next: "Name zones of the region.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-region", Severities: []Severity{Broken}, Title: "Konnect has no such region on Azure",
			Means: "Its availability document names the regions.", Next: "Give one of them.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-range-fits", Severities: []Severity{OK}, Title: "Konnect takes the range of the new network", Means: fine, Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-range", Severities: []Severity{Broken}, Title: "Konnect does not take such a range for a network on Azure",
			Means: "It must have 2,048 to 65,536 addresses (/21 to /16), lie in one of the blocks of its region and meet none that Konnect keeps.", Next: "Give another one; peerdeck ranges offers free ones.", Reads: reads, Source: sourceKonnectDoc,
		},
		{
			Code: "setup-network-unread", Severities: []Severity{Attention}, Title: "What the new network would meet was not read",
			Means: "The availability document, or the VNET, did not answer. Preflight looks again when the network is ready.", Next: "Look before the network is made: it cannot be changed.", Reads: reads, Source: sourceNone,
		},
		{
			Code: "setup-network-untaken", Severities: []Severity{OK}, Title: "No other Konnect network has any of the new one's range", Means: fine, Reads: reads, Source: sourcePeerFaults,
		},
		{
			Code: "setup-network-taken", Severities: []Severity{Attention}, Title: "Another Konnect network has some of the new one's range",
			Means: "Konnect takes it. No VNET can be peered with both, and nothing of a network can be changed.", Next: "Give another range, unless they will never meet; peerdeck ranges offers free ones.", Reads: reads, Source: sourcePeerFaults,
		},
		{
			Code: "setup-network-later", Severities: []Severity{OK}, Title: "A dry run makes no network, so nothing can be asked of it", Means: "What needs the network is checked when it is ready.", Reads: "the request", Source: sourceNone,
		},
		{
			Code: "setup-network-other", Severities: []Severity{Broken}, Title: "A network of that name is there already, and it is another one",
			Means: "Its range, region or account is not the one that is asked for, and none of these can be changed.", Next: "Give the new one another name, or use the one that is there.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-other-zones", Severities: []Severity{Attention}, Title: "The network that is there lies in other zones than was asked for",
			Means: "The zones of a network cannot be changed; a peering needs none in particular.", Next: "Go on with it, or make one of another name.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "setup-network-lost", Severities: []Severity{Broken}, Title: "The network that the run waits for is deleted, or not there any more",
			Means: "Somebody has deleted it.", Next: "Retry: it is made anew.", Reads: reads, Source: sourceKonnectAPI,
		},
	})
}
