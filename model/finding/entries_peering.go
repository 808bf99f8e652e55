package finding

// peeringEntries are about what Konnect says of a peering.
func peeringEntries() []Entry {
	const (
		range1    = "Two networks that are peered may not share an address."
		rangeNext = "Give one side another address range; no retry can help before that. That of a network cannot be changed: make a new network with a range that peerdeck ranges offers."
		rights    = "Check the consent, the role and its assignment in the tenant."
	)
	return about(OfPeering, []Entry{
		{
			Code: "starting", Severities: []Severity{Working}, Title: "Konnect is setting the peering up",
			Means: "Konnect writes both halves by itself.", Next: "Wait.", Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "starting-long", Severities: []Severity{Attention}, Title: "Konnect has been setting the peering up for more than an hour",
			Means: "Kong publishes no time for a peering. Where Kong may not write to the VNET, it goes on like this.", Next: rights + " Then ask Kong.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "starting-overlap", Severities: []Severity{Broken}, Title: "Konnect is setting up a peering that Azure will refuse, because address ranges overlap",
			Means: range1, Next: rangeNext, Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "starting-disconnected", Severities: []Severity{Attention}, Title: "A disconnected half is in the way of a peering that is being set up",
			Means: "Azure refuses every write to a disconnected half.", Next: "Delete the old half; Konnect can then write a new one.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "waiting-overlap", Severities: []Severity{Broken}, Title: "Konnect waits, and Azure will refuse the peering, because address ranges overlap",
			Means: range1, Next: rangeNext, Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "waiting-connected", Severities: []Severity{Attention}, Title: "Azure says connected, and Konnect still waits",
			Means: "Konnect may be late.", Next: "Wait some minutes; if Konnect does not follow, ask Kong with the peering's id.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "waiting-no-vnet", Severities: []Severity{Attention}, Title: "Konnect waits, and Azure has no VNET of that name",
			Means: "A peering cannot be changed: one with a wrong name has to be made again.", Next: "Check the names; delete the peering in Konnect and create it with the right ones.", Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "waiting-disconnected", Severities: []Severity{Attention}, Title: "Konnect waits, and a disconnected half is in the way",
			Means: "Azure refuses every write to a disconnected half.", Next: "Delete the old half; Konnect can then write a new one.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "waiting-initiated", Severities: []Severity{Attention}, Title: "Konnect waits, and only the half in the customer's VNET is there",
			Means: "Kong's own half is missing. It is written next.", Next: "Wait some minutes and do not delete the half that is there; if it stays so, ask Kong.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "waiting-not-written", Severities: []Severity{Attention}, Title: "Konnect waits, and Kong has not written the half in the customer's VNET",
			Means: "Kong may not write to the VNET, or its rights are not in effect yet: a new assignment can take ten minutes to act.", Next: rights, Reads: readsBoth, Source: sourceRBAC,
		},
		{
			Code: "waiting-unreadable", Severities: []Severity{Attention}, Title: "Konnect waits for a step on the Azure side, and Azure's half cannot be read",
			Means: "Konnect does not say which step is missing.", Next: rights, Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "waiting-half", Severities: []Severity{Attention}, Title: "Konnect waits, and Azure's half is there in another state",
			Means: "Konnect does not say which step is missing.", Next: rights, Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "waiting-acceptance", Severities: []Severity{Attention}, Title: "Konnect waits for a step in another cloud",
			Means: "Attachments of AWS and GCP are accepted in the account that owns the other end.", Next: "Accept the attachment in that account.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "waiting-unknown-kind", Severities: []Severity{Attention}, Title: "Konnect waits for a step, of a kind of peering that peerdeck does not know",
			Means: "Konnect does not say which step is missing.", Next: "Look at the peering in Konnect.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "half-writing", Severities: []Severity{Working}, Title: "Konnect is not ready, and Azure is writing the half in the customer's VNET",
			Means: "It connects when both halves are written.", Next: "Wait a moment.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "half-write-failed", Severities: []Severity{Attention}, Title: "Konnect is not ready, and Azure's last write to the half in the customer's VNET failed",
			Means: "Kong writes that half, and may not have the right to, or Azure refused it for another reason.", Next: "Look in Azure's activity log why it failed. " + rights, Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "half-deleting", Severities: []Severity{Attention}, Title: "Konnect is not ready, and Azure is deleting the half in the customer's VNET",
			Means: "Without it the peering does not come about.", Next: "Ask who deletes it; Azure's activity log tells.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "half-dead-deleting", Severities: []Severity{Working}, Title: "Azure is deleting an old, disconnected half that is in the way of the new peering",
			Means: "Konnect can write a new one when it is gone.", Next: "Wait a moment.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "peering-network-ending", Severities: []Severity{Working}, Title: "The peering's network is being deleted, or is",
			Means: "The peering goes with its network.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peering-network-offline", Severities: []Severity{Attention}, Title: "The peering's network is offline",
			Means: "It is not built, so nothing passes over its peerings.", Next: "Refer to the network in a control plane's configuration: that starts it.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peering-network-building", Severities: []Severity{Working}, Title: "The peering is ready and its network is not yet",
			Means: "Nothing passes before the network is ready.", Next: "Wait: building a network takes 30 to 40 minutes.", Reads: readsKonnect, Source: sourceKonnectDoc,
		},
		{
			Code: "peering-network-unknown", Severities: []Severity{Unknown}, Title: "The peering is ready, and its network is in a state that peerdeck does not know",
			Means: "Konnect may have states that this release was not made for.", Next: "Look at the network in Konnect.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peering-error-connected", Severities: []Severity{Broken}, Title: "Konnect reported an error of the peering, and Azure's half is connected",
			Means: "Traffic may pass all the same, and would end with the peering.", Next: "Delete neither half; ask Kong with the peering's id.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "peering-error", Severities: []Severity{Broken}, Title: "Konnect reported an error of the peering",
			Means: "Its reason is missing, or none that peerdeck knows; it is quoted, and what was looked at is named. A peering that failed does not try again, and it cannot be changed.", Next: "Look at Kong's role with the command and at the consent; then send Kong's support the sentence that stands in the finding.", Reads: readsBoth, Source: sourceReason,
		},
		{
			Code: "peering-error-overlap", Severities: []Severity{Broken}, Title: "Azure refused the peering because address ranges overlap",
			Means: range1, Next: rangeNext, Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "peering-error-rights", Severities: []Severity{Broken}, Title: "Kong may not write to the VNET",
			Means: "The consent, the role or its assignment is missing, or was not in effect yet.", Next: rights + " Then create the peering again.", Reads: readsKonnect, Source: sourceRBAC,
		},
		{
			Code: "peering-error-old-half", Severities: []Severity{Broken}, Title: "An old half in the VNET, or another peering to the same VNET, was in the way of the peering",
			Means: "Azure refuses every write to a disconnected half, and a second peering between two VNETs.", Next: "Delete a half that is disconnected, and no other; then create the peering again in Konnect.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "peering-error-busy", Severities: []Severity{Broken}, Title: "Azure or Kong's own side did not take the write for the moment: busy, slowed down, too late, or broken",
			Means: "It was refused for the moment only, and Konnect does not try it again.", Next: "Create the peering again in Konnect; a retry usually passes.", Reads: readsKonnect, Source: sourcePeerFaults,
		},
		{
			Code: "peering-error-lock", Severities: []Severity{Broken}, Title: "A lock in Azure kept Kong from writing",
			Means: "A lock of the kind CanNotDelete or ReadOnly at the VNET, its resource group or its subscription outweighs every role.", Next: "List the locks, and ask whoever set it; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-policy", Severities: []Severity{Broken}, Title: "A policy or a deny assignment forbade Kong's write",
			Means: "It outweighs every role.", Next: "List it with the command, and ask whoever keeps it for an exemption; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-subscription", Severities: []Severity{Broken}, Title: "The subscription is disabled or read-only",
			Means: "Nobody can change anything in it.", Next: "Ask its owner to enable it; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-provider", Severities: []Severity{Broken}, Title: "The subscription has not registered a resource provider",
			Means: "A contributor of the subscription registers it once.", Next: "Register it with the command; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-consent", Severities: []Severity{Broken}, Title: "Kong's application is not known, or not allowed, in the tenant",
			Means: "Consent makes it known there; an administrator may have disabled it.", Next: "Look for the application with the command, give the consent; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-gone", Severities: []Severity{Broken}, Title: "Azure showed Kong no such VNET, resource group, subscription or tenant",
			Means: "A name is wrong, the object was moved or deleted, or Kong may not look: Azure says the same of both.", Next: "Check the names with the command; then create the peering again.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-error-limit", Severities: []Severity{Broken}, Title: "A limit or quota was reached",
			Means: "Azure allows a VNET 500 peerings; Konnect has quotas of its own.", Next: "Count the peerings; if there is room, ask Kong.", Reads: readsKonnect, Source: sourceReason,
		},
		{
			Code: "peering-reason", Severities: []Severity{Attention}, Title: "Konnect gave a reason that can be read for a peering that it has not made yet",
			Means: "The reason says what is missing, so nothing has to be guessed.", Next: "Do what the finding says.", Reads: readsBoth, Source: sourceReason,
		},
		{
			Code: "peering-terminating", Severities: []Severity{Working}, Title: "Konnect is deleting the peering",
			Means: "Traffic over it ends.", Next: "Nothing to do.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peering-terminating-long", Severities: []Severity{Attention}, Title: "Konnect has been deleting the peering for more than two hours",
			Means: "Where the half in the VNET is still there, Kong may no longer be allowed to delete it, or a lock keeps it; where it is gone, what is left is Kong's.",
			Next:  "Look for a lock and for Kong's role, then send Kong's support the sentence that stands in the finding.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "peering-terminated", Severities: []Severity{OK}, Title: "Konnect has deleted the peering",
			Means: "It goes from the list by itself.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "ready-konnect-only", Severities: []Severity{OK}, Title: "Konnect reported a peering ready whose other half peerdeck does not read",
			Means: "Only halves in a VNET of Azure are read; the other end of this one has to be looked at elsewhere.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "ready-network-not", Severities: []Severity{Working}, Title: "The peering is ready, and its network is being deleted",
			Means: "The peering goes with its network.", Reads: readsKonnect, Source: sourceKonnectAPI, Now: []Code{"peering-network-ending"},
		},
		{
			Code: "ready-reports-trouble", Severities: []Severity{Attention}, Title: "Konnect reported trouble of a peering that it calls ready",
			Means: "The reason is in Konnect's words.", Next: "Do what the finding says, or send Kong's support the sentence that stands in it.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
		{
			Code: "peering-unknown", Severities: []Severity{Unknown}, Title: "Konnect reported a peering state that peerdeck does not know",
			Means: "A newer Konnect may have states that this release was not made for.", Next: "Look at the peering in Konnect.", Reads: readsKonnect, Source: sourceKonnectAPI,
		},
	})
}
