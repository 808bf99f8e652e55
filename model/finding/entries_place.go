package finding

// placeEntries are about a VNET that is not where the peering in Konnect says, and about its
// subscription. A peering in Konnect cannot be changed, so it cannot follow.
func placeEntries() []Entry {
	const (
		anew   = "A peering in Konnect names a subscription, a group and a VNET, and cannot be changed."
		reads  = "Azure Resource Manager: the VNET, the subscriptions that the account sees and, when the VNET is gone, the VNETs in them"
		closed = "Nothing is known of the VNET meanwhile."
	)
	return about(OfPeering, []Entry{
		{
			Code: "peering-other-cloud", Severities: []Severity{Attention}, Title: "The peering's network is in another cloud of Azure than the one that peerdeck looks into",
			Means: "Azure Government, Azure China and the public cloud are apart: a VNET of one cannot be peered with a VNET of another. " + closed,
			Next:  "Set azure.cloud (or the context, or --azure-cloud) to the cloud of the VNET; for VNETs in another cloud ask Kong.", Reads: "Konnect, the network's region; and the settings", Source: sourceClouds,
		},
		{
			Code: "azure-subscription-invalid", Severities: []Severity{Attention}, Title: "Azure calls the subscription that the peering names no valid id",
			Means: anew, Next: "Find the id of the VNET's subscription, and make a peering with it.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "azure-subscription-tenant", Severities: []Severity{Attention}, Title: "The VNET's subscription is of another tenant than the one that the peering names",
			Means: "It was moved there, or the peering was made with the wrong tenant. Kong's consent, role and assignment are of one tenant.",
			Next:  "Sign in to that tenant to see the VNET and its half; check consent, role and assignment there.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "azure-subscription-missing", Severities: []Severity{Attention}, Title: "Azure knows no such subscription, or does not show it",
			Means: "It was cancelled or moved, or the account has no role in it. " + closed, Next: "Look whether it is among yours; else ask its owner.", Reads: reads, Source: sourceRBAC,
		},
		{
			Code: "azure-subscription-disabled", Severities: []Severity{Attention}, Title: "The VNET's subscription is disabled",
			Means: "Azure refuses changes in it, so Kong can neither make nor mend its half.", Next: "Have it enabled again by its owner.", Reads: reads, Source: sourceSubscription,
		},
		{
			Code: "azure-subscription-warned", Severities: []Severity{Attention}, Title: "The VNET's subscription works, and Azure has warned its owner",
			Means: "It will be disabled unless its owner acts.", Next: "Ask its owner to put it right.", Reads: reads, Source: sourceSubscription,
		},
		{
			Code: "azure-subscription-state", Severities: []Severity{Unknown}, Title: "Azure gives the VNET's subscription a state that peerdeck does not know",
			Means: "Azure may have states that this release was not made for.", Next: "Look at the subscription in Azure.", Reads: reads, Source: sourceSubscription,
		},
		{
			Code: "azure-vnet-moved", Severities: []Severity{Broken}, Title: "The VNET is in another resource group or subscription, without a half for the network",
			Means: anew + " The resource GUID tells the VNET for certain; a name alone does not.", Next: "Make a new peering with the VNET where it is now.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "azure-vnet-moved-connected", Severities: []Severity{Attention}, Title: "The VNET is in another place, and the half there is connected",
			Means: anew + " Traffic may pass meanwhile.", Next: "Delete nothing while it carries traffic; make a new peering with the VNET where it is now.", Reads: reads, Source: sourceNone,
		},
		{
			Code: "azure-no-group", Severities: []Severity{Broken}, Title: "Azure has no resource group of the name that the peering has",
			Means: "It was deleted, or never had that name: Azure renames no group. " + anew, Next: "Ask where the VNET is now, and make a peering with it there.", Reads: reads, Source: sourceKonnectAPI,
		},
		{
			Code: "starting-no-vnet", Severities: []Severity{Attention}, Title: "Konnect is setting the peering up, and Azure has no VNET of that name",
			Means: anew, Next: "Check the names; one that is wrong means making the peering again.", Reads: reads, Source: sourceKonnectAPI,
		},
	})
}
