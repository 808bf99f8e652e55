package model

import (
	"fmt"
	"slices"
	"time"

	"peerdeck/model/finding"
	"peerdeck/model/phrase"
)

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
