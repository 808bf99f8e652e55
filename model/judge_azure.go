package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"peerdeck/model/finding"
	"peerdeck/model/phrase"
)

// azureRules judges an Azure VNET peering that Konnect calls ready, by what
// Azure says. Every half is seen from the customer's VNET.
func azureRules() []rule[PeeringFacts] {
	return append(append(unreadRules(), halfRules()...), connectedRules()...)
}

func unreadRules() []rule[PeeringFacts] {
	status := func(s HalfStatus) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Status == s }
	}
	return []rule[PeeringFacts]{
		{
			code:     "azure-network-terminating",
			when:     func(f PeeringFacts) bool { return f.Network.State == NetworkTerminating },
			severity: SeverityWorking, word: "being deleted",
			say: func(PeeringFacts) string { return "The peering is ready, and its network is being deleted." },
		},
		{
			code: "azure-unread",
			when: func(f PeeringFacts) bool {
				return f.Azure.Status == HalfUnread || f.Azure.Status == HalfNotApplicable
			},
			severity: SeverityUnknown, word: "reading",
			say:  func(PeeringFacts) string { return "Konnect reported ready; Azure's half is being read." },
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code: "azure-signed-out",
			when: func(f PeeringFacts) bool {
				return f.Azure.Status == HalfUnreadable && f.Azure.Failure != nil && f.Azure.Failure.Kind == FailureAuth
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: step[PeeringFacts](finding.NextSignIn, "Sign in to the VNET's tenant with a device code."),
		},
		{
			code:     "azure-unreadable",
			when:     status(HalfUnreadable),
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: unreadableNext,
		},
		{
			code: "azure-outdated",
			when: func(f PeeringFacts) bool {
				return outdated(f) && f.Azure.Failure == nil
			},
			severity: SeverityWorking, word: "reading",
			say:  func(PeeringFacts) string { return "Konnect has just reported ready; Azure's half is being read again." },
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "azure-outdated-unreadable",
			when:     outdated,
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return "Konnect reported ready. Azure half: cannot tell (" + unreadable(f) + ")."
			},
			next: unreadableNext,
		},
		{
			code:     "azure-no-vnet",
			when:     status(HalfNoVNet),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but Azure has no VNET %s in resource group %s.", f.vnet(), f.Peering.VNet.ResourceGroup)
			},
			next: step[PeeringFacts](finding.NextKonnect, "If the VNET is gone for good, delete this peering in Konnect."),
		},
		{
			code:     "azure-absent",
			when:     status(HalfAbsent),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but no peering of %s leads to this network.", f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextKonnect, Text: "If it is not back in 10 min, Azure's half was deleted: delete the peering in Konnect and create it again.",
					Command: azPeering("list", f.Peering.VNet, f.Azure.Peering.Name),
				}
			},
		},
	}
}

// outdated: what is known of Azure's half is from before Konnect's half became as
// it is. A half that is connected already is no worse for it.
func outdated(f PeeringFacts) bool {
	return f.Azure.Outdated && f.Azure.Status != HalfNoVNet && f.Azure.Peering.State != VNetConnected
}

func unreadable(f PeeringFacts) string {
	if f.Azure.Failure == nil {
		return "no reason given"
	}
	return strings.TrimRight(f.Azure.Failure.Cause.String(), ". ")
}

func unreadableNext(f PeeringFacts) finding.Next {
	if f.Azure.Failure == nil || (f.Azure.Failure.Cure == "" && f.Azure.Failure.Kind != FailureAuth) {
		return finding.Next{Kind: finding.NextWait, Text: "Look again in a moment."}
	}
	kind := finding.NextWait
	switch f.Azure.Failure.Kind {
	case FailureAuth:
		return finding.Next{Kind: finding.NextSignIn, Text: "Sign in to the VNET's tenant with a device code."}
	case FailurePermission:
		kind = finding.NextAdmin
	default:
	}
	return finding.Next{Kind: kind, Text: f.Azure.Failure.Cure}
}

func halfRules() []rule[PeeringFacts] {
	half := func(s VNetPeeringState) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Peering.State == s }
	}
	return []rule[PeeringFacts]{
		{
			code:     "azure-disconnected",
			when:     half(VNetDisconnected),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says disconnected: Kong's half was deleted, so nothing passes between %s and the gateways.", f.vnet())
			},
			next: deleteBoth,
		},
		{
			code: "azure-deleting",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.Provisioning == ProvisioningDeleting
			},
			severity: SeverityAttention, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting its half in %s, and Konnect reported ready.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextAdmin, "Ask who deletes it: traffic ends with it."),
		},
		{
			code: "azure-initiating",
			when: func(f PeeringFacts) bool {
				return half(VNetInitiated)(f) && f.Azure.Peering.Provisioning.Changing()
			},
			severity: SeverityWorking, word: "connecting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is writing the half in %s.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code:     "azure-initiated",
			when:     half(VNetInitiated),
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Only the half in %s exists; Kong's half is missing, although Konnect reported ready.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextKonnect, "Wait some minutes, then create the peering again in Konnect. Do not delete this half first."),
		},
		{
			code: "azure-state-unknown",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.State != VNetConnected
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure reported the peering state %q, which peerdeck does not know.", f.Azure.Peering.State)
			},
			next: step[PeeringFacts](finding.NextAdmin, "Look at the peering in the Azure portal."),
		},
	}
}

// lastSeenFor is how long a half that was connected passes for it while it cannot
// be read: a few polls.
const lastSeenFor = 5 * time.Minute

func connectedRules() []rule[PeeringFacts] {
	sync := func(s SyncLevel) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Peering.Sync == s }
	}
	provisioning := func(states ...ProvisioningState) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool {
			return slices.Contains(states, f.Azure.Peering.Provisioning)
		}
	}
	return []rule[PeeringFacts]{
		{
			code: "azure-last-seen",
			when: func(f PeeringFacts) bool {
				return f.Azure.Failure != nil && f.Now.Sub(f.Azure.ReadAt) > lastSeenFor
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("It was connected %s. Azure half: cannot tell (%s).", phrase.Age(f.Azure.ReadAt, f.Now), unreadable(f))
			},
			next: unreadableNext,
		},
		{
			code:     "azure-write-failed",
			when:     provisioning(ProvisioningFailed, ProvisioningCanceled),
			severity: SeverityAttention, word: "write failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but Azure's last write to the half in %s is %s.", f.vnet(), f.Azure.Peering.Provisioning)
			},
			next: syncCommand("Write the half again: this does it without an interruption."),
		},
		{
			code:     "azure-writing",
			when:     provisioning(ProvisioningUpdating, ProvisioningCreating),
			severity: SeverityWorking, word: "updating",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure is writing to the half in %s.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code: "azure-provisioning-unknown",
			when: func(f PeeringFacts) bool {
				p := f.Azure.Peering.Provisioning
				return p != "" && p != ProvisioningSucceeded
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure reported the provisioning state %q, which peerdeck does not know.", f.Azure.Peering.Provisioning)
			},
			next: step[PeeringFacts](finding.NextAdmin, "Look at the peering in the Azure portal."),
		},
		{
			code:     "azure-both-behind",
			when:     sync(SyncBothBehind),
			severity: SeverityAttention, word: "out of sync",
			say: func(PeeringFacts) string {
				return "Connected, but both address ranges changed and neither half has taken the other's."
			},
			next: syncCommand("Sync your half with this command; Kong must sync theirs, so ask Kong too."),
		},
		{
			code:     "azure-local-behind",
			when:     sync(SyncLocalBehind),
			severity: SeverityAttention, word: "out of sync",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but Kong's address range changed and the half in %s has the old one.", f.vnet())
			},
			next: syncCommand("Sync your half; it causes no interruption."),
		},
		{
			code:     "azure-remote-behind",
			when:     sync(SyncRemoteBehind),
			severity: SeverityAttention, word: "out of sync",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but the ranges of %s changed and Kong's half has the old ones: new ranges cannot be reached.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextSupport, "Kong must sync its half: ask Kong, with the peering's id."),
		},
		{
			code: "azure-sync-unknown",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.Sync != SyncFull && f.Azure.Peering.Sync != SyncUnstated
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure reported the sync level %q, which peerdeck does not know.", f.Azure.Peering.Sync)
			},
			next: step[PeeringFacts](finding.NextAdmin, "Look at the peering in the Azure portal."),
		},
		{
			code: "azure-stale-ranges",
			when: func(f PeeringFacts) bool {
				p := f.Azure.Peering
				return len(p.RemoteNow) > 0 && len(p.Routed) > 0 && !SameRanges(p.RemoteNow, p.Routed)
			},
			severity: SeverityAttention, word: "out of sync",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but %s routes %s while Kong's VNET now has %s.", f.vnet(), phrase.List(f.Azure.Peering.Routed), phrase.List(f.Azure.Peering.RemoteNow))
			},
			next: syncCommand("Sync your half; it causes no interruption."),
		},
		{
			code:     "azure-no-access",
			when:     func(f PeeringFacts) bool { return f.Azure.Peering.AllowAccess == No },
			severity: SeverityAttention, word: "no access",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but %s does not let the gateways in: the default security rules drop their traffic.", f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextCommand, Text: "Allow virtual network access on the half in your VNET.",
					Command: azPeering("update", f.Peering.VNet, f.Azure.Peering.Name, "--set", "allowVirtualNetworkAccess=true"),
				}
			},
		},
		{
			code: "azure-other-range",
			when: func(f PeeringFacts) bool {
				p := f.Azure.Peering.RemotePrefixes()
				return len(p) > 0 && f.Network.CIDR.Valid() && len(RangesBeyond([]Prefix{f.Network.CIDR}, p)) > 0
			},
			severity: SeverityAttention, word: "other range",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but Azure routes %s and the network's range is %s.", phrase.List(f.Azure.Peering.RemotePrefixes()), f.Network.CIDR)
			},
			next: step[PeeringFacts](finding.NextSupport, "Ask Kong which range the network has."),
		},
		{
			code: "azure-reports-trouble", when: peeringTroubled,
			severity: SeverityAttention, word: "reports trouble",
			say:  troubleText,
			next: step[PeeringFacts](finding.NextSupport, "Read the reason; if it is not yours to mend, ask Kong with the peering's id."),
		},
		{
			code:     "azure-connected",
			when:     always[PeeringFacts],
			severity: SeverityOK, word: "ready",
			say: func(f PeeringFacts) string {
				if f.Azure.Peering.Sync == SyncUnstated {
					return "Ready in Konnect and connected in Azure, which states no sync level."
				}
				return "Ready in Konnect; connected and in sync in Azure."
			},
		},
	}
}

func syncCommand(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{Kind: finding.NextCommand, Text: text, Command: azPeering("sync", f.Peering.VNet, f.Azure.Peering.Name)}
	}
}
