package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Whose judges what stands in the way of a peering with a VNET because of whose the halves
// there are: before a set-up makes one, and in every state in which Konnect has one. It has
// nothing to say where the network's own half is known and lives.
func (j *Judge) Whose(f PeeringFacts) (finding.Finding, bool) {
	for _, r := range j.whose {
		if r.when(f) {
			return decide([]rule[PeeringFacts]{r}, f), true
		}
	}
	return finding.Finding{}, false
}

// whoseRules are asked before those of the states: a peering whose range is in use, or of
// which it cannot be told which half is its, is that whatever Konnect calls it.
func whoseRules() []rule[PeeringFacts] {
	return []rule[PeeringFacts]{
		{
			code: "half-named-elsewhere",
			when: func(f PeeringFacts) bool {
				return f.Peering.State == PeeringReady && f.mattersHere() && f.Azure.Other.Living() && f.Azure.Other.Whose == WhoseStranger &&
					readVNetID(f.Network.VPCID).other(readVNetID(f.Azure.Other.Peering.RemoteVNetID))
			},
			severity: SeverityUnknown, word: "cannot tell",
			say: func(f PeeringFacts) string {
				leads, named := readVNetID(f.Azure.Other.Peering.RemoteVNetID), readVNetID(f.Network.VPCID)
				if leads.name == named.name {
					leads.name, named.name = leads.full, named.full
				}
				return fmt.Sprintf("The half %s in %s has the network's range and leads to the VNET %s, and Konnect names %s: it cannot be told whose it is.", f.Azure.Other.Peering.Name, f.vnet(), leads.name, named.name)
			},
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{Kind: finding.NextSupport, Text: askWhose(f, nil), Command: showHalf(f)}
			},
		},
		{
			code: "half-range-taken", when: rangeTaken,
			severity: SeverityBroken, word: "range in use", say: rangeTakenText,
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{
					Kind: finding.NextAdmin, Text: "A network's range cannot be changed: peer another VNET with this network, or make a new network with a range that is free. The command lists the ranges in use.",
					Command: listHalves(f),
				}
			},
		},
		{
			code: "half-left-over",
			when: func(f PeeringFacts) bool {
				return f.mattersHere() && f.Azure.Status == HalfAbsent && f.Azure.Other.Removable
			},
			severity: SeverityBroken, word: "blocked",
			say: func(f PeeringFacts) string {
				o := f.Azure.Other.Peering
				return fmt.Sprintf("The disconnected half %s in %s, of a network that is gone, holds %s, which this peering needs.", o.Name, f.vnet(), phrase.List(o.RemotePrefixes()))
			},
			next: func(f PeeringFacts) finding.Next {
				text := "Delete it: nothing passes over it, and no network that can be seen has it. Konnect can then write its own."
				if slices.Contains([]PeeringState{PeeringReady, PeeringError}, f.Peering.State) {
					text = "Delete it: nothing passes over it, and no network that can be seen has it. Then delete the peering in Konnect and create it again."
					return deleteHalf(f, text, finding.MendRemake)
				}
				return deleteHalf(f, text, finding.MendClear)
			},
		},
		{
			code:     "half-others-unread",
			when:     func(f PeeringFacts) bool { return unclear(f) && f.Azure.Other.Whose == WhoseUnread },
			severity: SeverityUnknown, word: "not known",
			say: func(f PeeringFacts) string {
				o := f.Azure.Other
				why := "the list of networks was not read to its end"
				if len(o.Networks) > 0 {
					why = others(o.Networks) + " has its range too, and with which VNETs it is peered was not read"
				}
				return fmt.Sprintf("Whether the half %s in %s is this network's is not known: %s.", o.Peering.Name, f.vnet(), why)
			},
			next: step[PeeringFacts](finding.NextWait, "It is known when Konnect's lists are read; where Konnect refuses, use a token with the role Network Viewer for all networks."),
		},
		{
			code: "half-cannot-tell", when: unclear,
			severity: SeverityUnknown, word: "cannot tell", say: cannotTellText,
			next: func(f PeeringFacts) finding.Next {
				return finding.Next{Kind: finding.NextSupport, Text: askWhose(f, f.Azure.Other.Networks), Command: showHalf(f)}
			},
		},
	}
}

// unproven is the finding for a half that is well and not proved to be the network's.
func unproven(f PeeringFacts) finding.Finding {
	f.Azure.Other = OtherHalf{Peering: f.Azure.Peering, Whose: WhoseUnclear}
	f.Azure.Status = HalfUnclear
	rules := whoseRules()
	return decide(rules[len(rules)-1:], f)
}

// mattersHere: Konnect's half is in a state in which it is to have one in Azure, and what
// is known of Azure is not from before that.
func (f PeeringFacts) mattersHere() bool {
	switch f.Peering.State {
	case PeeringReady:
		return f.Network.State != NetworkTerminating && !outdated(f)
	case "", PeeringCreated, PeeringInitializing, PeeringPendingAcceptance, PeeringPendingUserAction:
		return true
	case PeeringError:
		return slices.Contains([]reasonKind{reasonNone, reasonOverlap, reasonLeft, reasonTaken}, f.reasonKind())
	default:
		return false
	}
}

// rangeTaken: the range is another's, so that this peering can never be made.
func rangeTaken(f PeeringFacts) bool {
	o := f.Azure.Other
	if !f.mattersHere() || f.Azure.Status == HalfUnclear {
		return false
	}
	if !o.Living() {
		return o.Whose == WhoseNetwork && o.Certain
	}
	return o.Whose == WhoseNetwork || o.Whose == WhoseOurs || o.Whose == WhoseStranger
}

func rangeTakenText(f PeeringFacts) string {
	o := f.Azure.Other
	const never = "no VNET is peered with two networks that share addresses"
	ranges := phrase.List(o.Peering.RemotePrefixes())
	switch {
	case o.Certain && !o.Living():
		return fmt.Sprintf("The disconnected half %s in %s is that of %s, which is there, and holds %s, which this peering needs.", o.Peering.Name, f.vnet(), others(o.Networks), ranges)
	case o.Certain:
		return fmt.Sprintf("The VNET %s is peered with %s already (%s, %s): %s.", f.vnet(), others(o.Networks), o.Peering.Name, ranges, never)
	case o.Whose == WhoseNetwork:
		return fmt.Sprintf("The VNET %s is peered already (%s, %s), and %s has that range: %s.", f.vnet(), o.Peering.Name, ranges, others(o.Networks), never)
	default:
		return fmt.Sprintf("The VNET %s is peered already (%s, %s), and not with this network: %s.", f.vnet(), o.Peering.Name, ranges, never)
	}
}

// unclear: it cannot be told which half is this network's. While Konnect is at work, a half
// that lives may be the one that is being made.
func unclear(f PeeringFacts) bool {
	o := f.Azure.Other
	switch {
	case !f.mattersHere() || f.Peering.State == PeeringError:
		return false
	case f.Azure.Status == HalfUnclear:
		return !o.Living() || !slices.Contains([]PeeringState{PeeringCreated, PeeringInitializing}, f.Peering.State)
	default:
		return f.Azure.Status == HalfAbsent && o.Whose == WhoseNetwork && !o.Living()
	}
}

func cannotTellText(f PeeringFacts) string {
	o := f.Azure.Other
	ranges := phrase.List(o.Peering.RemotePrefixes())
	switch {
	case len(o.Networks) > 0 && f.Azure.Status == HalfUnclear && o.Living():
		return fmt.Sprintf("The half %s in %s has the range %s: whether it is this network's or that of %s cannot be told, and %s takes only one of them.", o.Peering.Name, f.vnet(), ranges, others(o.Networks), f.vnet())
	case len(o.Networks) > 0 && f.Azure.Status == HalfUnclear:
		return fmt.Sprintf("The disconnected half %s in %s has the range %s: whether it is this network's or that of %s cannot be told.", o.Peering.Name, f.vnet(), ranges, others(o.Networks))
	case len(o.Networks) > 0:
		return fmt.Sprintf("The disconnected half %s in %s holds %s, which this peering needs, and may be that of %s.", o.Peering.Name, f.vnet(), ranges, others(o.Networks))
	case ranges == "":
		return fmt.Sprintf("The half %s in %s may be this network's: it names no range, and nothing proves whose it is.", o.Peering.Name, f.vnet())
	default:
		return fmt.Sprintf("The half %s in %s, with the range %s, may be this network's, and nothing proves it.", o.Peering.Name, f.vnet(), ranges)
	}
}

// others names some networks; after three it counts.
func others(list []NetworkName) string {
	texts := make([]string, 0, len(list))
	for _, n := range list {
		texts = append(texts, n.Name.Or(n.ID.Raw()).String())
	}
	return phrase.Few(texts, 3)
}

// askWhose is the question that decides, as it can be sent.
func askWhose(f PeeringFacts, list []NetworkName) string {
	half := f.Azure.Other.Peering
	if f.Azure.Status == HalfPresent {
		half = f.Azure.Peering
	}
	where := half.RemoteVNetID.Or("that " + half.Name.String() + " leads to").String()
	own := NetworkName{ID: f.Network.ID, Name: f.Network.Name}
	if len(list) == 0 {
		return fmt.Sprintf("Ask Kong: \"Is the VNET %s that of the network %s?\" Change nothing in the VNET before that.", where, own)
	}
	return fmt.Sprintf("Ask Kong: \"Which of the networks %s has the VNET %s?\" Change nothing in the VNET before that.", phrase.And(phrase.Strings(append([]NetworkName{own}, list...))), where)
}

// showHalf is the command that shows where the half in question leads.
func showHalf(f PeeringFacts) string {
	half := f.Azure.Other.Peering
	if f.Azure.Status == HalfPresent {
		half = f.Azure.Peering
	}
	if withHub(f) {
		return azConnection(f.Peering.Hub, "list", safe.Text{}, "--query", ShellQuote("[].{name:name,leadsTo:remoteVirtualNetwork.id,state:provisioningState}"))
	}
	return azPeering("show", f.Peering.VNet, half.Name, "--query", ShellQuote("{leadsTo:remoteVirtualNetwork.id,ranges:remoteAddressSpace.addressPrefixes,state:peeringState,id:resourceGuid}"))
}

// listHalves is the command that lists all halves of the VNET with their ranges.
func listHalves(f PeeringFacts) string {
	if withHub(f) {
		return showHalf(f)
	}
	v := f.Peering.VNet
	return "az network vnet peering list --subscription " + ShellQuote(v.SubscriptionID.String()) + " --resource-group " + ShellQuote(v.ResourceGroup.String()) +
		" --vnet-name " + ShellQuote(v.Name.String()) + " --query " + ShellQuote("[].{name:name,state:peeringState,leadsTo:remoteVirtualNetwork.id,ranges:remoteAddressSpace.addressPrefixes}")
}

// DeleteHalf is the step of deleting this network's dead half, where no other network that
// is there may own it; elsewhere the step that finds that out.
func (f PeeringFacts) DeleteHalf(text string) finding.Next { return deleteHalf(f, text, "") }

// deleteHalf is the step of deleting the dead half that is in the way, alone or as a part of
// a sequence. It is taken only where it is known that no network which is there may own it;
// elsewhere the step is to find that out.
func deleteHalf(f PeeringFacts, text string, by finding.Sequence) finding.Next {
	a := f.Azure
	if dead, known := a.Dead(); known {
		return f.mendable(finding.Next{Kind: finding.NextCommand, Text: text, Command: azPeering("delete", f.Peering.VNet, dead.Name)}, by)
	}
	switch {
	case a.Status == HalfPresent && !alive(a.Peering) && f.Peering.State == PeeringReady:
		return finding.Next{
			Kind: finding.NextKonnect, Command: showHalf(f),
			Text: fmt.Sprintf("Remove the peering in Konnect and create it again there; leave the half itself to Kong, since %s has its range too.", others(a.Rivals)),
		}
	case a.Status == HalfPresent && !alive(a.Peering):
		return finding.Next{Kind: finding.NextSupport, Text: askWhose(f, a.Rivals), Command: showHalf(f)}
	case a.Status == HalfUnclear:
		return finding.Next{Kind: finding.NextSupport, Text: askWhose(f, a.Other.Networks), Command: showHalf(f)}
	default: // which half is meant, nobody can tell from here
		return finding.Next{
			Kind: finding.NextCommand, Command: listHalves(f),
			Text: "Look for a disconnected half with the network's range: that one is in the way, unless it is another network's that is still there. None that is connected or initiated is.",
		}
	}
}

// BeforePeering judges what stands in the way of a peering that is to be made: whose the
// halves are, and a dead half of this network that an earlier peering has left.
func (j *Judge) BeforePeering(f PeeringFacts) (finding.Finding, bool) {
	if f.Azure.Status == HalfPresent {
		old := oldHalf("waiting-disconnected", func(PeeringFacts) bool { return true })
		return decide([]rule[PeeringFacts]{old}, f), old.when(f)
	}
	return j.Whose(f)
}
