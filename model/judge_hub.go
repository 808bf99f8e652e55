package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// withHub: it is with a virtual hub of Azure.
func withHub(f PeeringFacts) bool { return f.Peering.Kind == KindAzureVHub }

// readyHub: Konnect calls it ready, and it is with a virtual hub of Azure.
func readyHub(f PeeringFacts) bool { return f.Peering.State == PeeringReady && withHub(f) }

// hub is the hub as it was read; the zero value where it was not.
func (f PeeringFacts) hub() HubHalf {
	if f.Azure.Hub == nil {
		return HubHalf{}
	}
	return *f.Azure.Hub
}

// theHub names the virtual hub for a sentence.
func (f PeeringFacts) theHub() string {
	if f.Peering.Hub.Name.IsEmpty() {
		return "the hub"
	}
	return "the hub " + f.Peering.Hub.Name.String()
}

// connection names the hub's connection to Kong's VNET for a sentence.
func (f PeeringFacts) connection() string {
	if f.Azure.Peering.Name.IsEmpty() {
		return "the connection"
	}
	return "the connection " + f.Azure.Peering.Name.String()
}

// endID is the ARM id of the VNET or of the hub.
func (f PeeringFacts) endID() safe.Text {
	if withHub(f) {
		return f.Peering.Hub.ID()
	}
	return f.Peering.VNet.ID()
}

// showOwnHalf is the command that shows Azure's half.
func (f PeeringFacts) showOwnHalf() string {
	switch {
	case withHub(f) && f.Azure.Peering.Name.IsEmpty():
		return azConnection(f.Peering.Hub, "list", safe.Text{}, "--output table")
	case withHub(f):
		return azConnection(f.Peering.Hub, "show", f.Azure.Peering.Name, "--output json")
	default:
		return azPeering("show", f.Peering.VNet, f.Azure.Peering.Name, "--output json")
	}
}

// lookAtHub is the step of looking at the hub, with the command.
func lookAtHub(text string) func(PeeringFacts) finding.Next {
	return func(f PeeringFacts) finding.Next {
		return finding.Next{Kind: finding.NextAdmin, Text: text, Command: azHub(f.Peering.Hub, "show", "--query", ShellQuote("{state:provisioningState,routing:routingState,range:addressPrefix}"))}
	}
}

// hubRules judge an Azure peering with a virtual hub that Konnect calls ready, by what Azure
// says of the hub and of its connection to Kong's VNET. Azure gives a connection no peering
// state: it is connected where its last write succeeded and the hub's routing is provisioned.
func hubRules() []rule[PeeringFacts] {
	return slices.Concat(hubAbsentRules(), hubStateRules(), connectionRules(), hubOverlapRules(), hubWayRules())
}

// hubAbsentRules are about a hub that has no connection of which it is known that it leads
// to Kong's VNET.
func hubAbsentRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code:     "azure-hub-absent",
			when:     func(f PeeringFacts) bool { return f.Azure.Status == HalfAbsent },
			severity: SeverityBroken, word: "broken",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, but no connection of %s leads to this network: %s.", f.theHub(), connectsText(f))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextKonnect, Text: "If it is not back in 10 min, the connection was deleted in Azure: delete the peering in Konnect and create it again.",
					Command: f.showOwnHalf(),
				}
			},
		},
		{
			code:     "azure-hub-cannot-tell",
			when:     func(f PeeringFacts) bool { return f.Azure.Status == HalfUnclear },
			severity: SeverityUnknown, word: "cannot tell", say: cannotTellHubText,
			next: func(f PeeringFacts) finding.Next {
				next := finding.Next{Kind: finding.NextSupport, Text: askWhose(f, f.Azure.Other.Networks), Command: showHalf(f)}
				if e := f.hub().Ways.EffectiveOf; e.Failure != nil { // what lies behind each connection would tell
					next = e.Failure.Next(finding.NextAdmin)
				}
				return next
			},
			because: func(f PeeringFacts) finding.Code { return codeOf(f.hub().Ways.EffectiveOf) },
		},
	}
}

// unprovenHub is the finding for a connection that is well and not proved to be the
// network's.
func unprovenHub(f PeeringFacts) finding.Finding {
	f.Azure.Other = OtherHalf{Peering: f.Azure.Peering, Whose: WhoseUnclear}
	f.Azure.Status = HalfUnclear
	rules := hubAbsentRules()
	return decide(rules[len(rules)-1:], f)
}

func cannotTellHubText(f PeeringFacts) string {
	o := f.Azure.Other
	text := fmt.Sprintf("Which connection of %s leads to this network cannot be told: ", f.theHub())
	switch ranges := phrase.List(o.Peering.RemotePrefixes()); {
	case len(o.Networks) > 0:
		text += fmt.Sprintf("%s has the range %s, and may be that of %s.", o.Peering.Name, ranges, others(o.Networks))
	case ranges != "":
		text += fmt.Sprintf("%s, with the range %s, may be, and nothing proves it.", o.Peering.Name, ranges)
	default:
		text += fmt.Sprintf("%s may be, and what lies behind it is not known.", o.Peering.Name)
	}
	return text
}

// codeOf is the code under which the catalogue explains why a part is not known.
func codeOf(p Part) finding.Code {
	if p.Failure == nil {
		return ""
	}
	return p.Failure.FindingCode()
}

// connectsText says where the connections of a hub lead.
func connectsText(f PeeringFacts) string {
	list := f.hub().Hub.Connections
	if len(list) == 0 {
		return "it has no connection at all"
	}
	names := make([]string, len(list))
	for i, c := range list {
		names[i] = c.Name.String() + " leads to " + c.VNet().Or("a VNET that is not named").String()
	}
	return phrase.Few(names, mostNamed)
}

func routing(states ...HubRoutingState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool { return slices.Contains(states, f.hub().Hub.Routing) }
}

// hubWrite is the condition that Azure's last write to the hub itself is in one of some
// states.
func hubWrite(states ...ProvisioningState) func(PeeringFacts) bool {
	return func(f PeeringFacts) bool { return slices.Contains(states, f.hub().Hub.Provisioning) }
}

// hubStateRules are about the hub itself.
func hubStateRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "azure-hub-deleting", when: hubWrite(ProvisioningDeleting),
			severity: SeverityBroken, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting %s, and Konnect reported ready: with it goes the way to the gateways.", f.theHub())
			},
			next: whoWrites("Ask who deletes it."),
		},
		{
			code: "azure-hub-routing-failed", when: routing(HubRoutingFailed),
			severity: SeverityBroken, word: "routing failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The routing of %s is Failed: it passes nothing on between the VNETs and the gateways, whatever its connections say.", f.theHub())
			},
			next: lookAtHub("Whoever administers the hub resets its router (in the portal: Reset router), and asks Azure's support if it fails again."),
		},
		{
			code: "azure-hub-routing-none", when: routing(HubRoutingNone),
			severity: SeverityBroken, word: "no routing",
			say: func(f PeeringFacts) string {
				return phrase.Capital(f.theHub()) + " has no router (routing state None): it connects VNETs and passes nothing on between them."
			},
			next: lookAtHub("Whoever administers the hub looks why its router was never made: a hub of a Standard WAN with a range of its own gets one, a Basic one does not route between VNETs."),
		},
		{
			code: "azure-hub-routing", when: routing(HubRoutingProvisioning),
			severity: SeverityWorking, word: "routing",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is setting the routing of %s up; until it is Provisioned, nothing is known to pass.", f.theHub())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait: a hub's router takes up to half an hour."),
		},
		{
			code: "azure-hub-write-failed", when: hubWrite(ProvisioningFailed, ProvisioningCanceled),
			severity: SeverityAttention, word: "write failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("The routing of %s is %s, and Azure's last write to the hub is %s.", f.theHub(), orNone(string(f.hub().Hub.Routing)), f.hub().Hub.Provisioning)
			},
			next: whoWrites("Look why the write came to nothing, and write the hub again."),
		},
		{
			code: "azure-hub-unknown",
			when: func(f PeeringFacts) bool {
				return !routing(HubRoutingProvisioned)(f) || !hubWrite(ProvisioningSucceeded, ProvisioningUpdating, ProvisioningCreating)(f)
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				h := f.hub().Hub
				return fmt.Sprintf("Whether %s passes traffic on is not known: Azure gives its routing the state %q and its last write %q.", f.theHub(), orNone(string(h.Routing)), orNone(string(h.Provisioning)))
			},
			next: lookAtHub("Look at the hub in Azure."),
		},
	}
}

// connectionRules are about the hub's connection to Kong's VNET.
func connectionRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "azure-hub-last-seen",
			when: func(f PeeringFacts) bool {
				return f.Azure.Failure != nil && f.Now.Sub(f.Azure.ReadAt) > lastSeenFor
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("%s had %s %s (%s). Azure half: cannot tell (%s).", phrase.Capital(f.theHub()), f.connection(), phrase.Age(f.Azure.ReadAt, f.Now), azureState(f), unreadable(f))
			},
			next: unreadableNext, because: unreadableCode,
		},
		{
			code: "azure-connection-failed", when: write(ProvisioningFailed, ProvisioningCanceled),
			severity: SeverityBroken, word: "connection failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported ready, and in Azure %s of %s is %s: it is not connected to Kong's VNET.", f.connection(), f.theHub(), f.Azure.Peering.Provisioning)
			},
			next: whoWrites("Look why the write came to nothing: Azure's log has its words. Kong writes this connection; where the log shows nothing of yours, ask Kong with them."),
		},
		{
			code: "azure-connection-deleting", when: write(ProvisioningDeleting),
			severity: SeverityAttention, word: "being deleted",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is deleting %s of %s to Kong's VNET, and Konnect reported ready.", f.connection(), f.theHub())
			},
			next: whoWrites("Ask who deletes it: traffic ends with it."),
		},
		{
			code: "azure-connection-writing", when: write(ProvisioningUpdating, ProvisioningCreating),
			severity: SeverityWorking, word: "connecting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure is writing %s of %s to Kong's VNET.", f.connection(), f.theHub())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait some minutes: hubs are slower than VNETs."),
		},
		{
			code: "azure-connection-unknown",
			when: func(f PeeringFacts) bool {
				return !write(ProvisioningSucceeded)(f)
			},
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Whether %s is connected to Kong's VNET is not known: Azure gives %s the provisioning state %q.", f.theHub(), f.connection(), orNone(string(f.Azure.Peering.Provisioning)))
			},
			next: lookAtHalf("Look at the connection in Azure."),
		},
		{
			code: "azure-hub-writing", when: hubWrite(ProvisioningUpdating, ProvisioningCreating),
			severity: SeverityWorking, word: "updating",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Connected; Azure is writing to %s.", f.theHub())
			},
			next: step[PeeringFacts](finding.NextWait, "Wait some minutes."),
		},
	}
}

// hubOverlapRules are about ranges that meet although the hub is connected: those of the
// network, of the hub, and of the VNETs that are connected to it.
func hubOverlapRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{{
		code:     "azure-hub-overlap",
		when:     func(f PeeringFacts) bool { return len(f.Overlaps) > 0 },
		severity: SeverityAttention, word: "ranges meet",
		say: func(f PeeringFacts) string {
			return fmt.Sprintf("%s is connected, and address ranges meet: %s. Of what they share, the hub routes only one way.", phrase.Capital(f.theHub()), f.Overlaps[0])
		},
		next: func(f PeeringFacts) finding.Next { return OverlapNext(f.Network) },
	}}
}

// hubWellRules are about a connection with which nothing is wrong. It is called well only
// where every part of that is known.
func hubWellRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{{
		code:     "azure-hub-connected",
		when:     always[PeeringFacts],
		severity: SeverityOK, word: "ready",
		say: func(f PeeringFacts) string {
			h := f.hub()
			text := fmt.Sprintf("Ready in Konnect; in Azure %s is connected to Kong's VNET and routes", f.theHub())
			if n := len(h.Others()); n > 0 {
				text += " between the gateways and " + phrase.Count(n, "VNET")
			}
			if !h.Ways.EffectiveOf.Read() {
				text += ", as its route tables are written; what it really routes was not read"
			}
			return text + "."
		},
	}}
}

// hubWaitingRules are about a hub while Konnect is setting the peering up or waits. Which
// actions Kong's role needs on a hub is not public, so nobody is told some.
func hubWaitingRules() []rule[PeeringFacts] {
	const role = "The role is the one that Konnect's wizard gives; which actions it needs is not public."
	asked := inState(PeeringPendingUserAction, PeeringPendingAcceptance)
	return only(func(f PeeringFacts) bool { return withHub(f) && unready(f) && len(f.Overlaps) == 0 }, []rule[PeeringFacts]{
		{
			code: "waiting-hub-connected", when: func(f PeeringFacts) bool { return asked(f) && f.Azure.Carries() },
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure says that %s is connected to Kong's VNET, and Konnect still reported %s.", f.theHub(), f.Peering.State)
			},
			next: step[PeeringFacts](finding.NextSupport, "Wait some minutes; if Konnect does not follow, ask Kong with the peering's id."),
		},
		{
			code: "waiting-hub-failed", when: write(ProvisioningFailed, ProvisioningCanceled),
			severity: SeverityAttention, word: "write failed",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Azure's last write to %s of %s is %s, while Konnect reported %s%s.", f.connection(), f.theHub(), f.Azure.Peering.Provisioning, f.Peering.State, withReason(f))
			},
			next: whoWrites("Look why the write came to nothing, and whether Kong's application has its role on the hub. " + role),
		},
		{
			code: "waiting-hub-routing", when: func(f PeeringFacts) bool {
				return f.Azure.Hub != nil && routing(HubRoutingFailed, HubRoutingNone)(f)
			},
			severity: SeverityAttention, word: "hub not routing",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Konnect reported %s, and the routing of %s is %s: nothing can be connected to it before that is Provisioned.", f.Peering.State, f.theHub(), f.hub().Hub.Routing)
			},
			next: lookAtHub("Whoever administers the hub brings its router up first."),
		},
		{
			code: "waiting-hub-not-written", when: func(f PeeringFacts) bool { return asked(f) && f.Azure.Status == HalfAbsent },
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				return fmt.Sprintf("Kong has not connected its VNET to %s: it may not write to it, or its rights are not in effect yet%s.", f.theHub(), withReason(f))
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{Kind: finding.NextAdmin, Text: "Check the consent, and that Kong's application has its role at the hub; a new assignment can take 10 min to act. " + role, Command: azAssignments(f.Peering.Hub)}
			},
		},
		{
			code: "waiting-hub", when: asked,
			severity: SeverityAttention, word: "waiting",
			say: func(f PeeringFacts) string {
				switch f.Azure.Status {
				case HalfPresent:
					return fmt.Sprintf("Konnect waits for a step on the Azure side; %s has %s to Kong's VNET, whose state is %s%s.", f.theHub(), f.connection(), azureState(f), withReason(f))
				case HalfUnreadable:
					return fmt.Sprintf("Konnect waits for a step on the Azure side of %s; which one, it does not say, and the hub cannot be read (%s)%s.", f.theHub(), unreadable(f), withReason(f))
				default:
					return fmt.Sprintf("Konnect waits for a step on the Azure side of %s; which one, it does not say%s.", f.theHub(), withReason(f))
				}
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{Kind: finding.NextAdmin, Text: "Check the consent, and that Kong's application has its role at the hub. " + role, Command: azAssignments(f.Peering.Hub)}
			},
			because: func(f PeeringFacts) finding.Code {
				if f.Azure.Status != HalfUnreadable {
					return ""
				}
				return unreadableCode(f)
			},
		},
	})
}
