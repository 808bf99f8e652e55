package paths

import (
	"net/netip"
	"strconv"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// inside follows a request into the VNET, and its replies back.
func (q *placing) inside(a netip.Addr, s span) {
	v := q.VNetOf(s.peering.ID)
	if v == nil {
		q.hop(Hop{Kind: HopSubnet, Title: HopSubnet.Title(), Outcome: NotKnown, Why: "what lies around " + a.String() + " in " + s.VNet.String() + " was not read", Finding: next(
			found(CodeNotKnown, finding.Unknown, "cannot tell", "Cannot tell whether "+q.spoken+" lets requests in and its replies come home: what lies around it in "+s.VNet.String()+" was not read"),
			finding.NextWait, model.CureLookOrLonger,
		)})
		q.p.Back = "cannot tell"
		return
	}
	if in, found := v.Net.SubnetAt(safe.New(a.String())); found {
		q.p.Subnet = in.Name
	}
	if q.p.Port <= 0 || q.p.Port > 65535 {
		return // no rule is for such a port
	}
	q.passage(v.Net.Passage(q.question(a, s)), "")
}

// question is what the data planes ask of an address.
func (q *placing) question(a netip.Addr, s span) azurenet.Question {
	half := s.peering.Azure.Peering
	from, why := q.sources()
	return azurenet.Question{
		From: from, Whole: []model.Prefix{q.Network.CIDR}, Because: why,
		To: a, Protocol: q.p.Transport, Port: q.p.Port, Access: half.AllowAccess, Peered: half.Routed,
	}
}

// sources are the private addresses of the data planes that send the requests, or the
// network's whole range where Konnect does not tell them, with that. DNS is asked by Kong's
// own servers too, which lie anywhere in the range.
func (q *placing) sources() (from []model.Prefix, why string) {
	const dns = 53
	own, known := q.planes[q.from.Plane]
	switch {
	case q.p.Port == dns:
		return []model.Prefix{q.Network.CIDR}, ""
	case known:
		return own, ""
	default:
		return []model.Prefix{q.Network.CIDR}, "the data planes' addresses are not known, so the whole range is asked about"
	}
}

// planeSources are the data planes' addresses by control plane. The empty id stands for all
// of them.
func planeSources(n *model.NetworkStatus) map[safe.Text][]model.Prefix {
	out := map[safe.Text][]model.Prefix{}
	for _, ref := range n.References {
		for _, g := range ref.DataPlanes {
			if g.NetworkID != n.ID {
				continue
			}
			for _, ip := range g.PrivateIPs {
				a, err := netip.ParseAddr(ip.Raw())
				if err != nil {
					continue
				}
				p := model.NewPrefix(safe.New(netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()).String()))
				out[ref.ControlPlaneID] = append(out[ref.ControlPlaneID], p)
				out[safe.Text{}] = append(out[safe.Text{}], p)
			}
		}
	}
	return out
}

// passage adds the steps of a passage as hops. Where one of several backends lets requests
// through, what is wrong with another one stops only some of them.
func (q *placing) passage(p azurenet.Passage, behind string) {
	best := Closed
	for _, b := range p.Behind {
		if best.Worse(b.Outcome()) {
			best = b.Outcome()
		}
	}
	back := Outcome("")
	for _, s := range p.Steps {
		h := Hop{Kind: kindOf(s.ID), Title: s.ID.Title(), Decides: decides(s), Outcome: s.Outcome, Why: behind + s.Why, Finding: s.Finding}
		if h.Kind == HopBack {
			back = s.Outcome
		}
		q.hop(h)
	}
	for _, b := range p.Behind {
		before := len(q.p.Findings)
		q.passage(b.Passage, behind+"behind it "+b.Target+": ")
		if !Partly.Worse(best) {
			continue
		}
		for i := before; i < len(q.p.Findings); i++ {
			q.p.Findings[i].Severity = min(q.p.Findings[i].Severity, finding.Attention)
		}
	}
	if behind == "" || q.p.Back == "" {
		q.p.Back = backWord(back, p)
	}
}

// backWord says how replies come home, in one or two words.
func backWord(o Outcome, p azurenet.Passage) string {
	if o == "" {
		for _, b := range p.Behind {
			if s, has := b.Step(azurenet.StepBack); has && s.Outcome.Worse(o) {
				o = s.Outcome
			}
		}
	}
	switch o {
	case Open:
		return "direct"
	case Closed:
		return "dropped"
	case Partly:
		return "another way"
	case NotKnown:
		return "cannot tell"
	default:
		return ""
	}
}

func kindOf(id azurenet.StepID) HopKind {
	switch id {
	case azurenet.StepPlace:
		return HopSubnet
	case azurenet.StepAdmin:
		return HopAdmin
	case azurenet.StepSubnet:
		return HopGroup
	case azurenet.StepCard:
		return HopCard
	case azurenet.StepBack:
		return HopBack
	default:
		return HopService
	}
}

// decides names who decides at a step.
func decides(s azurenet.Step) string {
	name := s.Name.String()
	switch {
	case name == "" || s.Rule.IsEmpty():
		return name
	case s.Priority == 0:
		return name + ", " + s.Rule.String()
	default:
		return name + ", " + s.Rule.String() + " (" + strconv.Itoa(s.Priority) + ")"
	}
}
