package model

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// lastSeenFor is how long a half that was connected passes for it while it cannot
// be read: a few polls.
const lastSeenFor = 5 * time.Minute

// connectedRules say what is wrong with a half that is connected.
func connectedRules() []rule[PeeringFacts] {
	return slices.Concat(writeRules(), subnetRules(), syncRules(), trafficRules())
}

// troubleRules are about a peering with which all is well in Azure, and of which Konnect
// reports trouble.
func troubleRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{{
		code: "azure-reports-trouble", when: peeringTroubled,
		severity: SeverityAttention, word: "reports trouble",
		say:  troubleText,
		next: func(f PeeringFacts) finding.Next { return troubleNext(f.reason()) },
	}}
}

// wellRules are about a half with which nothing is wrong. It is called well only where
// every part of that is known.
func wellRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-part-unknown",
			when:     func(f PeeringFacts) bool { return len(unknownParts(f)) > 0 },
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Ready in Konnect and connected in Azure, but of the half in %s it is not known %s.", f.vnet(), phrase.And(unknownParts(f)))
			},
			next: lookAtHalf("Look at the half in Azure; peerdeck calls it well when all of it is known."),
		},
		{
			code:     "azure-connected",
			when:     always[PeeringFacts],
			severity: SeverityOK, word: "ready",
			say: func(f PeeringFacts) string {
				if f.Azure.Peering.Sync == SyncUnstated {
					return "Ready in Konnect and connected in Azure, which states no sync level; the ranges are those of now."
				}
				return "Ready in Konnect; connected and in sync in Azure."
			},
		},
	}
}

// unknownParts lists what must be known of a connected half before it is called well, and
// is not.
func unknownParts(f PeeringFacts) []string {
	p := f.Azure.Peering
	var parts []string
	if p.Provisioning == ProvisioningUnstated {
		parts = append(parts, "whether the last write to it succeeded (Azure gives no provisioning state)")
	}
	if p.Sync == SyncUnstated {
		if why := unproved(f); why != "" {
			parts = append(parts, "whether its ranges are those of now ("+why+")")
		}
	}
	if p.AllowAccess == Unstated {
		parts = append(parts, "whether it lets the gateways in (Azure does not say whether virtual network access is allowed)")
	}
	return parts
}

// unproved says why the ranges of a half without a sync level are not known to be those of
// now; it is empty where they are.
func unproved(f PeeringFacts) string {
	p := f.Azure.Peering
	switch {
	case len(p.Routed) == 0:
		return "Azure states no sync level, and not what the half routes"
	case len(p.RemoteNow) == 0 && !f.Network.CIDR.Valid():
		return "Azure states no sync level, and Kong's present ranges are not known"
	case len(p.Local) > 0 && len(f.Azure.VNet.AddressPrefixes) > 0 && len(RangesBeyond(f.Azure.VNet.AddressPrefixes, p.Local)) > 0 && !p.OfSubnets():
		return fmt.Sprintf("Azure states no sync level; %s has %s, and the half knows %s", f.vnet(), phrase.List(f.Azure.VNet.AddressPrefixes), phrase.List(p.Local))
	default:
		return "" // what is compared further is a rule of its own
	}
}

func writeRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "azure-last-seen",
			when: func(f PeeringFacts) bool {
				return f.Azure.Failure != nil && f.Now.Sub(f.Azure.ReadAt) > lastSeenFor
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The half in %s was connected %s. Azure half: cannot tell (%s).", f.vnet(), phrase.Age(f.Azure.ReadAt, f.Now), unreadable(f))
			},
			next: unreadableNext, because: unreadableCode,
		},
		{
			code: "azure-ipv6-only",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.IPv6Only == Yes && (!f.Network.CIDR.Valid() || f.Network.CIDR.Range().Addr().Is4())
			},
			severity: SeverityBroken, word: "no IPv4",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but the half in %s carries IPv6 alone, and %s of %s is IPv4: nothing passes.", f.vnet(), f.Network.CIDR.Text.Or("the range").String(), f.network())
			},
			next: lookAtHalf("Find out who made it a peering of IPv6 alone. It cannot be changed into a whole one: a new peering is needed, by Konnect."),
		},
		{
			code:     "azure-write-failed",
			when:     write(ProvisioningFailed, ProvisioningCanceled),
			severity: SeverityAttention, word: "write failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but Azure's last write to the half in %s is %s.", f.vnet(), f.Azure.Peering.Provisioning)
			},
			next: syncCommand("Write the half again: this does it without an interruption."),
		},
		{
			code:     "azure-writing",
			when:     write(ProvisioningUpdating, ProvisioningCreating),
			severity: SeverityWorking, word: "updating",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure is writing to the half in %s.", f.vnet())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait a moment."),
		},
		{
			code: "azure-provisioning-unknown",
			when: func(f PeeringFacts) bool {
				return !write(ProvisioningSucceeded, ProvisioningUnstated)(f)
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure gives the half in %s the provisioning state %q, which peerdeck does not know.", f.vnet(), f.Azure.Peering.Provisioning)
			},
			next: lookAtHalf("Look at the half in Azure."),
		},
	}
}

func syncRules() []rule[PeeringFacts] {
	sync := func(s SyncLevel) func(PeeringFacts) bool {
		return func(f PeeringFacts) bool { return f.Azure.Peering.Sync == s }
	}
	return []rule[PeeringFacts]{
		{
			code:     "azure-both-behind",
			when:     sync(SyncBothBehind),
			severity: SeverityAttention, word: "out of sync",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but the ranges of %s and of Kong's VNET both changed, and neither half has taken the other's.", f.vnet())
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
				return fmt.Sprintf("Connected; Azure gives the half in %s the sync level %q, which peerdeck does not know.", f.vnet(), f.Azure.Peering.Sync)
			},
			next: lookAtHalf("Look at the half in Azure."),
		},
		{
			code: "azure-stale-ranges",
			when: func(f PeeringFacts) bool {
				p := f.Azure.Peering
				return len(p.RemoteNow) > 0 && len(p.Routed) > 0 && !p.OfSubnets() && !SameRanges(p.RemoteNow, p.Routed)
			},
			severity: SeverityAttention, word: "out of sync",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but %s routes %s while Kong's VNET now has %s.", f.vnet(), phrase.List(f.Azure.Peering.Routed), phrase.List(f.Azure.Peering.RemoteNow))
			},
			next: syncCommand("Sync your half; it causes no interruption."),
		},
	}
}

// trafficRules are about a half that is connected and in sync and still does not carry
// what the gateways send.
func trafficRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-no-access",
			when:     func(f PeeringFacts) bool { return f.Azure.Peering.AllowAccess == No },
			severity: SeverityAttention, word: "no access",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but %s does not let the gateways in: the default security rules drop their traffic.", f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return f.mendable(finding.Next{
					Kind: finding.NextCommand, Text: "Allow virtual network access on the half in your VNET.",
					Command: azPeering("update", f.Peering.VNet, f.Azure.Peering.Name, "--set", "allowVirtualNetworkAccess=true"),
				}, finding.MendAccess)
			},
		},
		{
			code: "azure-other-range",
			when: func(f PeeringFacts) bool {
				p := routed(f)
				return len(p) > 0 && f.Network.CIDR.Valid() && len(RangesBeyond([]Prefix{f.Network.CIDR}, p)) > 0
			},
			severity: SeverityAttention, word: "other range",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected, but %s routes %s to Kong and the range of %s is %s.", f.vnet(), phrase.List(routed(f)), f.network(), f.Network.CIDR)
			},
			next: step[PeeringFacts](finding.NextSupport, "Ask Kong which range the network has."),
		},
		{
			code: "azure-encrypted",
			when: func(f PeeringFacts) bool {
				return f.Azure.Peering.Encryption == Yes && f.Azure.Peering.Enforcement != EncryptionAllows
			},
			severity: SeverityAttention, word: "encrypted",
			say: func(f PeeringFacts) string {
				const text = "Connected, but Kong's VNET encrypts and %s: traffic between it and %s may be dropped."
				if f.Azure.Peering.Enforcement == EncryptionDrops {
					return fmt.Sprintf(text, "drops what is not encrypted", f.vnet())
				}
				return fmt.Sprintf(text, fmt.Sprintf("Azure says %q of what is not encrypted, which peerdeck does not know", f.Azure.Peering.Enforcement), f.vnet())
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind:    finding.NextSupport,
					Text:    fmt.Sprintf("Send to Kong: the VNET behind peering %s encrypts with enforcement %s; does it take traffic that is not encrypted?", f.Peering.ID.Or("(no id)"), f.Azure.Peering.Enforcement),
					Command: azPeering("show", f.Peering.VNet, f.Azure.Peering.Name, "--query remoteVirtualNetworkEncryption"),
				}
			},
		},
	}
}

// routed are the ranges that the half leads to Kong, as far as Azure told.
func routed(f PeeringFacts) []Prefix {
	if p := f.Azure.Peering.Routed; len(p) > 0 {
		return p
	}
	return f.Azure.Peering.RemoteNow
}

func syncCommand(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return f.mendable(finding.Next{Kind: finding.NextCommand, Text: text, Command: azPeering("sync", f.Peering.VNet, f.Azure.Peering.Name)}, finding.MendSync)
	}
}
