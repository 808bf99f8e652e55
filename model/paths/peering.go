package paths

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// few lists texts, each once.
func few(list []string, most int) string {
	slices.Sort(list)
	return phrase.Few(slices.Compact(list), most)
}

// gatewayHop is the network with its data planes.
func gatewayHop(n *model.NetworkStatus) Hop {
	h := Hop{Kind: HopGateway, Title: HopGateway.Title(), Decides: "Konnect", Outcome: Open, Why: "the network " + n.Name.Or(n.ID.Raw()).String() + " is " + string(n.State)}
	if n.State == model.NetworkReady && n.Own.Severity <= finding.Working {
		return h
	}
	f := n.Own
	f.Code, f.Cause = CodeNetwork, "The network "+n.Name.Or(n.ID.Raw()).String()+": "+n.Own.Cause
	switch n.State {
	case model.NetworkReady:
		h.Outcome = Partly
	case model.NetworkCreated, model.NetworkInitializing:
		h.Outcome = NotKnown
		f.Severity = max(f.Severity, finding.Working)
	default: // an offline network carries nothing, which is no fault of its own
		h.Outcome = Closed
		f.Severity = max(f.Severity, finding.Attention)
	}
	h.Finding = f
	return h
}

// inSpan is an address in a range that a peering leads to.
func (q *placing) inSpan(a netip.Addr, spans []span) {
	s := spans[0]
	q.p.Peering, q.p.VNet = label(s.peering), s.VNet
	if other := rival(spans); other != nil {
		q.cannotTell(HopAddress, q.spoken+" lies in ranges of two peerings: "+s.Prefix.String()+" of "+s.VNet.String()+" ("+q.p.Peering.String()+") and "+
			other.Prefix.String()+" of "+other.VNet.String()+" ("+label(other.peering).String()+"); by which of them requests go, nothing tells")
		return
	}
	in := q.spoken + " lies in " + s.Prefix.String() + " of " + s.VNet.String()
	q.hop(open(HopAddress, "Azure, by the ranges of the VNET", in))
	carried, known := s.Carried.Get()
	f := s.peering.Finding
	switch {
	case f.Severity == finding.Broken:
		q.peering(s, Closed, "Requests to "+q.spoken+" go over the peering "+q.p.Peering.String()+", which is broken: "+f.Cause)
	case known && !carried:
		q.notCarried(s)
	case f.Severity > finding.OK && (!known || !ofRanges(f.Code)):
		o := Partly
		if f.Severity < finding.Attention || !known {
			o = NotKnown
		}
		q.peering(s, o, "Requests to "+q.spoken+" go over the peering "+q.p.Peering.String()+": "+f.Cause)
	case !known:
		q.cannotTell(HopPeering, in+", and whether the peering "+q.p.Peering.String()+" carries that range is not known: "+s.Carried.Why())
	default:
		q.ends(ByPeering, s.VNet.String(), in+", which the peering "+q.p.Peering.String()+" carries")
		q.hop(open(HopPeering, "both halves of "+q.p.Peering.String(), "the peering "+q.p.Peering.String()+" carries "+s.Prefix.String()))
	}
	if q.p.By == ByPeering {
		q.inside(a, s)
	}
}

// ofRanges reports whether a finding of a peering is about some ranges of the VNET, of
// which each address has its own answer.
func ofRanges(code finding.Code) bool {
	switch code {
	case "azure-subnets", "azure-both-behind", "azure-local-behind", "azure-remote-behind", "azure-stale-ranges":
		return true
	default:
		return false
	}
}

// rival is a range of another VNET that holds the same address and is as well carried.
func rival(spans []span) *span {
	for i := range spans[1:] {
		o := &spans[i+1]
		if o.rank() == spans[0].rank() && o.peering.VNet.Key() != spans[0].peering.VNet.Key() {
			return o
		}
	}
	return nil
}

// peering is what the peering's own finding says of the way.
func (q *placing) peering(s span, o Outcome, cause string) {
	f := s.peering.Finding
	f.Code, f.Cause = CodePeering, sentence(cause)
	by := ByPeering
	if o == NotKnown {
		by = ByUnknown
	}
	q.ends(by, s.VNet.String(), cause)
	q.hop(Hop{Kind: HopPeering, Title: HopPeering.Title(), Decides: "both halves of " + q.p.Peering.String(), Outcome: o, Why: clause(s.peering.Finding.Cause), Finding: f})
}

func (q *placing) notCarried(s span) {
	f := found(CodeNotCarried, finding.Broken, "not carried",
		"No request to "+q.spoken+" arrives: it lies in "+s.Prefix.String()+" of "+s.VNet.String()+", which the peering "+q.p.Peering.String()+" does not carry, because "+s.Why)
	f.Next = s.peering.Finding.Next
	if s.Cure != "" {
		f.Next = finding.Next{Kind: finding.NextCommand, Text: "Let the peering " + q.p.Peering.String() + " carry " + s.Prefix.String() + ".", Command: s.Cure}
	}
	if f.Next.Kind == finding.NextNone {
		f.Next = finding.Next{Kind: finding.NextAdmin, Text: "Move the service into a subnet that the peering " + q.p.Peering.String() + " carries, or have the peering made anew for the whole VNET."}
	}
	q.wrong(HopPeering, ByNothing, Closed, "not carried", f)
}
