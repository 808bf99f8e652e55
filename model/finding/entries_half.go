package finding

// halfEntries are about a peering that Konnect calls ready: there, Azure's half decides.
func halfEntries() []Entry {
	const (
		newer = "Azure may have states that this release was not made for."
		sync  = "Sync the half; it causes no interruption."
	)
	return about(OfPeering, []Entry{
		{
			Code: "azure-connected", Severities: []Severity{OK}, Title: "Ready in Konnect, connected and in sync in Azure",
			Means: "Both halves are there and know each other's ranges.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-unread", Severities: []Severity{Unknown}, Title: "Azure's half is being read",
			Means: "A peering is not called well before both halves were read.", Next: "Wait a moment.", Reads: readsAzure, Source: sourceNone,
		},
		{
			Code: "azure-signed-out", Severities: []Severity{Unknown}, Title: "Azure's half cannot be read: nobody is signed in to its tenant",
			Means: "Konnect's word is all that is known.", Next: "Sign in to the VNET's tenant with a device code.", Reads: readsAzure, Source: sourceNone,
		},
		{
			Code: "azure-unreadable", Severities: []Severity{Unknown}, Title: "Azure's half cannot be read",
			Means: "Konnect's word is all that is known.", Next: "Do what the failure says; reading needs the role Reader on the VNET.", Reads: readsAzure, Source: sourceRBAC,
		},
		{
			Code: "azure-outdated", Severities: []Severity{Working}, Title: "Konnect has just reported ready, and Azure's half was read before that",
			Means: "What is known of Azure's half is older than Konnect's word.", Next: "Wait a moment.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "azure-outdated-unreadable", Severities: []Severity{Unknown}, Title: "Konnect has just reported ready, and Azure's half cannot be read any more",
			Means: "What is known of Azure's half is older than Konnect's word.", Next: "Do what the failure says.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "azure-last-seen", Severities: []Severity{Unknown}, Title: "Azure's half was connected and could not be read for some minutes",
			Means: "A half that was well passes for it for five minutes only.", Next: "Do what the failure says.", Reads: readsAzure, Source: sourceNone,
		},
		{
			Code: "azure-no-vnet", Severities: []Severity{Broken}, Title: "Konnect reported ready, and Azure has no such VNET",
			Means: "The VNET was deleted, or moved to another group or subscription.", Next: "If the VNET is gone for good, delete the peering in Konnect.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-absent", Severities: []Severity{Broken}, Title: "Konnect reported ready, and no peering of the VNET leads to the network",
			Means: "Azure's half was deleted, or Azure does not show it yet.", Next: "If it is not back in ten minutes, delete the peering in Konnect and create it again.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-disconnected", Severities: []Severity{Broken}, Title: "Azure calls the half disconnected",
			Means: "Kong's half was deleted. Nothing passes, and a disconnected half cannot be connected again.", Next: "Delete both halves, then create the peering again.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "azure-deleting", Severities: []Severity{Attention}, Title: "Azure is deleting the half",
			Means: "Traffic ends with it, and Konnect does not know.", Next: "Ask who deletes it.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-initiating-long", Severities: []Severity{Attention}, Title: "Azure has been writing the half for more than a quarter of an hour, and it is not connected",
			Means: "A write to a peering is a matter of seconds to minutes.", Next: "Look at the half, and at the VNET's activity log for who writes to it.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "azure-initiating", Severities: []Severity{Working}, Title: "Azure is writing the half",
			Means: "It connects when both halves are written.", Next: "Wait a moment.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-initiated", Severities: []Severity{Broken}, Title: "Only the half in the customer's VNET exists, and Konnect reported ready",
			Means: "Kong's half is missing, so nothing passes.", Next: "Wait some minutes, then create the peering again in Konnect. Do not delete this half first.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-state-unknown", Severities: []Severity{Unknown}, Title: "Azure reported a peering state that peerdeck does not know",
			Means: newer, Next: "Look at the peering in the Azure portal.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-write-failed", Severities: []Severity{Attention}, Title: "Azure's last write to a connected half failed",
			Means: "The half works as it was before that write.", Next: sync, Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-writing-long", Severities: []Severity{Attention}, Title: "The peering is connected, and Azure has been writing to the half for more than a quarter of an hour",
			Means: "Traffic goes on; what the write changes is not in effect.", Next: "Look at the half, and at the VNET's activity log for who writes to it.", Reads: readsHistory, Source: sourceNoTime,
		},
		{
			Code: "azure-writing", Severities: []Severity{Working}, Title: "Azure is writing to a connected half",
			Means: "It works meanwhile.", Next: "Wait a moment.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-provisioning-unknown", Severities: []Severity{Unknown}, Title: "Azure reported a provisioning state that peerdeck does not know",
			Means: newer, Next: "Look at the peering in the Azure portal.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-both-behind", Severities: []Severity{Attention}, Title: "Both sides changed their address ranges, and neither half has the other's",
			Means: "New ranges cannot be reached until both halves are synced.", Next: "Sync your half, and ask Kong to sync theirs.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-local-behind", Severities: []Severity{Attention}, Title: "Kong's address range changed, and the half in the VNET has the old one",
			Means: "New ranges cannot be reached until the half is synced.", Next: sync, Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-remote-behind", Severities: []Severity{Attention}, Title: "The VNET's ranges changed, and Kong's half has the old ones",
			Means: "New ranges of the VNET cannot be reached until Kong syncs its half.", Next: "Ask Kong, with the peering's id.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-sync-unknown", Severities: []Severity{Unknown}, Title: "Azure reported a sync level that peerdeck does not know",
			Means: newer, Next: "Look at the peering in the Azure portal.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-stale-ranges", Severities: []Severity{Attention}, Title: "The half routes other ranges than Kong's VNET has now",
			Means: "Azure states no sync level, and the ranges tell that one is needed.", Next: sync, Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-no-access", Severities: []Severity{Attention}, Title: "The half does not allow access from Kong's VNET",
			Means: "The default security rules drop the gateways' traffic; rules that allow it by address still do.", Next: "Allow virtual network access on the half.", Reads: readsAzure, Source: sourcePeering,
		},
		{
			Code: "azure-other-range", Severities: []Severity{Attention}, Title: "Azure routes another range than the network's",
			Means: "The half may be another network's, or the network was made anew.", Next: "Ask Kong which range the network has.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "azure-reports-trouble", Severities: []Severity{Attention}, Title: "Both halves are well, and Konnect reported trouble",
			Means: "The reason is in Konnect's words.", Next: "Do what the finding says, or send Kong's support the sentence that stands in it.", Reads: readsBoth, Source: sourceKonnectAPI,
		},
		{
			Code: "azure-network-terminating", Severities: []Severity{Working}, Title: "The peering is ready, and its network is being deleted",
			Means: "The peering goes with its network.", Reads: readsKonnect, Source: sourceKonnectAPI, Now: []Code{"peering-network-ending"},
		},
		{
			Code: "azure-part-unknown", Severities: []Severity{Unknown}, Title: "Azure's half is connected, and Azure leaves out a part of what makes it well",
			Means: "Azure left out the state of the last write, whether access is allowed, or both the sync level and the ranges that would stand in for it. A peering is called well when all of that is known.",
			Next:  "Look at the half in Azure.", Reads: readsBoth, Source: sourceNone,
		},
		{
			Code: "azure-disconnected-deleting", Severities: []Severity{Broken}, Title: "Azure is deleting a half that is disconnected",
			Means: "Nothing passes. Kong's half was deleted before.", Next: "When the half is gone, create the peering again in Konnect.", Reads: readsBoth, Source: sourcePeerFaults,
		},
		{
			Code: "azure-initiated-deleting", Severities: []Severity{Broken}, Title: "Azure is deleting a half that was never connected, and Konnect reported ready",
			Means: "Kong's half is missing, so nothing passes.", Next: "Ask who deletes it; then create the peering again in Konnect.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-initiated-failed", Severities: []Severity{Broken}, Title: "Only the half in the customer's VNET exists, and Azure's last write to it failed",
			Means: "Kong's half is missing, so nothing passes, although Konnect reported ready.", Next: "Look in Azure's activity log why the write failed; then create the peering again in Konnect.", Reads: readsBoth, Source: sourcePeering,
		},
		{
			Code: "azure-ipv6-only", Severities: []Severity{Broken}, Title: "The half carries IPv6 alone",
			Means: "The gateways' network is IPv4, so nothing of it passes, although both halves are connected and in sync.", Next: "Find out who made it so; a whole peering has to be made anew by Konnect.", Reads: readsAzure, Source: sourceSubnets,
		},
		{
			Code: "azure-subnets", Severities: []Severity{Attention}, Title: "The half connects some subnets and not the whole VNETs",
			Means: "Azure calls it connected and in sync while the rest of the VNET cannot be reached. It cannot be changed into a whole peering.",
			Next:  "Keep what the gateways need in the subnets that take part, or have a whole peering made anew.", Reads: readsAzure, Source: sourceSubnets,
		},
		{
			Code: "azure-encrypted", Severities: []Severity{Attention}, Title: "Kong's VNET encrypts, and may drop what is not encrypted",
			Means: "Microsoft offers AllowUnencrypted alone, which drops nothing; another value may.", Next: "Ask Kong whether its VNET takes traffic that is not encrypted.", Reads: readsAzure, Source: sourceEncryption,
		},
	})
}
