package azurenet

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// at is a place in the VNET: an address, its subnet, and the network card that has it.
type at struct {
	facts    Facts
	subnet   model.Subnet
	address  safe.Text
	card     Card
	hasCard  bool
	endpoint *PrivateEndpoint // that has the address
	policies policies
	exempt   string // why security admin rules are not for it; empty where they are
	front    string // what has it as a front end; empty for nothing
	inside   bool   // what asks lies in the VNET itself, so replies need no peering
	wide     bool   // it is a whole subnet, and not one address of it
}

// at finds what there is at an address.
func (f Facts) at(address safe.Text, subnet model.Subnet) at {
	a := at{facts: f, subnet: subnet, address: address, policies: policies{groups: model.Yes, routes: model.Yes}}
	a.card, a.hasCard = f.CardAt(address)
	if !a.hasCard || a.card.Endpoint.IsEmpty() {
		return a
	}
	for i := range f.Endpoints {
		if f.Endpoints[i].ID.EqualFold(a.card.Endpoint) {
			a.endpoint = &f.Endpoints[i]
		}
	}
	a.policies = f.policies(subnet)
	return a
}

// steps are those of a connection that is begun at the far side, and of its replies.
func (a at) steps(p packet, q asking, far, peered []model.Prefix) []Step {
	p = a.packet(p)
	if a.hasCard && !a.card.Endpoint.IsEmpty() {
		a.exempt = "security admin rules are not for private endpoints"
	}
	admin := a.facts.admin(p, q, a.exempt)
	out := []Step{admin.Step}
	if s, is := a.owner(); is {
		out = append(out, s)
	}
	if s, is := a.unseenFront(); is {
		out = append(out, s)
	}
	out = append(out, a.through(StepSubnet, admin, p, q), a.through(StepCard, admin, p, q))
	if a.inside {
		return out
	}
	return append(out, a.back(far, peered, q.outbound))
}

// through asks one of the two security groups about what the security admin rules left to
// it.
func (a at) through(id StepID, admin admitted, p packet, q asking) Step {
	if len(admin.on) == 0 {
		return open(id, "no security group is asked: "+admin.rule+" of the security admin rules always allows it")
	}
	p.far = admin.on
	s := a.group(id, p, q)
	if shut(admin.Step) { // no rule of a group outweighs it
		s.Finding.Next.Mend, s.Finding.Next.Change = "", finding.Change{}
	}
	if shut(s) && admin.unsure {
		return unknown(id, s.Why+", and whether a security admin rule allows it always cannot be told", "Look at the effective security admin rules of the VNET.").by(s.Resource, s.Name)
	}
	if s.Outcome == Closed && len(admin.always) > 0 { // the rest does not get here
		s.Outcome = Partly
		s.Why += "; only what " + admin.rule + " of the security admin rules always allows gets through: " + admin.always.name()
		s.Finding.Cause = Sentence(s.Why)
	}
	return a.policies.hold(s, a.policies.groups, a.subnet.Name.String())
}

// packet adds to a packet what is known of the place.
func (a at) packet(p packet) packet {
	if told, asked := a.told(); asked && told.Free {
		p.known = true // what nothing has is in no group
	}
	if own, has := a.card.at(a.facts.VNet.ID, a.address); a.hasCard && has {
		p.known = true
		groups := own.Groups
		if a.endpoint != nil {
			groups = append(slices.Clip(groups), a.endpoint.Groups...)
		}
		for _, g := range groups {
			p.groups = append(p.groups, strings.ToLower(g.Raw()))
		}
	}
	if t, found := a.facts.Table(a.subnet.RouteTable); found {
		var routed []netip.Prefix
		for _, r := range t.Routes {
			if to, ok := RangeOf(r.Prefix.Text.Raw()); ok {
				routed = append(routed, to)
			}
		}
		p.routed = spansOf(routed...)
	}
	return p
}

// group asks the security group of the subnet or of the network card: as it is in effect,
// where somebody asked for that.
func (a at) group(id StepID, p packet, q asking) Step {
	if g, in, read := a.effective(id); read && in {
		return judgeGroup(id, g, p, q)
	} else if read {
		return open(id, "no security group of that kind is in effect at "+a.card.Words())
	}
	if id == StepSubnet {
		if bare := a.subnet.SecurityGroup.IsEmpty() && a.card.Group.IsEmpty(); bare && p.access == model.No && !p.probe {
			return unknown(id, "the peering does not allow access (allowVirtualNetworkAccess), and no security group allows "+q.what()+" by itself: whether it passes all the same is not known", "Let the peering allow access to the VNET.")
		}
		if a.subnet.SecurityGroup.IsEmpty() {
			return open(id, "the subnet "+a.subnet.Name.String()+" has no security group")
		}
		return a.read(id, a.subnet.SecurityGroup, "the security group "+tail(a.subnet.SecurityGroup), p, q)
	}
	switch {
	case a.front != "":
		return open(id, a.front+" has no network card of its own with a security group")
	case a.wide:
		return open(id, "network cards of the subnet "+a.subnet.Name.String()+" may have security groups of their own, which are not asked")
	case !a.hasCard:
		if g := a.facts.Gap(PartCards, safe.Text{}); g != nil {
			return unread(id, g)
		}
		return open(id, "no network card that was read has "+a.address.String())
	case a.card.Group.IsEmpty():
		return open(id, a.card.Words()+" has no security group of its own")
	default:
		return a.read(id, a.card.Group, "the security group "+tail(a.card.Group)+" of "+a.card.Words(), p, q)
	}
}

// read asks a security group as it was read.
func (a at) read(id StepID, group safe.Text, named string, p packet, q asking) Step {
	if g, found := a.facts.Group(group); found {
		s := judgeGroup(id, g, p, q)
		if s.Outcome == Unknown {
			s = s.run(listRules(g))
		}
		return s
	}
	if g := a.facts.Gap(PartRules, group); g != nil {
		return unread(id, g).by(group, model.LastSegment(group))
	}
	return missed(id, named).by(group, model.LastSegment(group))
}

// back tells whether replies go back over the peering.
func (a at) back(far, peered []model.Prefix, outbound bool) Step {
	if e, read := a.facts.effectiveOf(a.card); a.hasCard && read && e.RoutesRead {
		return a.inEffect(e, far, outbound)
	}
	return a.carried(a.byTable(far, peered, outbound), replies{outbound: outbound}.what(), far, peered)
}

// byTable tells the same by the user's routes.
func (a at) byTable(far, peered []model.Prefix, outbound bool) Step {
	if a.subnet.RouteTable.IsEmpty() {
		return open(StepBack, "the subnet "+a.subnet.Name.String()+" has no route table of its own")
	}
	if t, found := a.facts.Table(a.subnet.RouteTable); found {
		s := a.facts.appliance(judgeRoutes(t, far, peered, outbound), t)
		switch {
		case s.Outcome == Unknown && a.hasCard:
			s = s.run(a.facts.showEffective(a.card))
		case shut(s) && !s.Rule.IsEmpty():
			s = a.dropping(a.facts.spared(s, a.subnet, t, far, peered), t, far)
		}
		return a.policies.hold(s, a.policies.routes, a.subnet.Name.String())
	}
	if g := a.facts.Gap(PartRoutes, a.subnet.RouteTable); g != nil {
		return unread(StepBack, g).by(a.subnet.RouteTable, model.LastSegment(a.subnet.RouteTable))
	}
	return missed(StepBack, "the route table "+tail(a.subnet.RouteTable)).by(a.subnet.RouteTable, model.LastSegment(a.subnet.RouteTable))
}

// appliance adds what is known of the appliance that a route leads to: one whose network
// card does not forward drops what it gets.
func (f Facts) appliance(s Step, t RouteTable) Step {
	r, found := find(t.Routes, func(r Route) bool { return r.Name == s.Rule && strings.EqualFold(r.NextHop.Raw(), "VirtualAppliance") })
	if s.Outcome != Partly || !found {
		return s
	}
	c, has := f.CardAt(r.Address)
	in := slices.ContainsFunc(f.VNet.AddressPrefixes, func(p model.Prefix) bool { return p.Contains(r.Address) })
	switch {
	case has && c.Forwards == model.No:
		s.Outcome, s.Finding.Severity, s.Finding.Word = Closed, finding.Broken, finding.Broken.String()
		s.Why += ", and " + c.Words() + " there does not forward (enableIPForwarding is off), so it drops them"
	case !in && !r.Address.IsEmpty():
		s.Why += "; the appliance lies outside of the VNET, and a peering is not passed on: from there it needs a way of its own to the network, with forwarded traffic allowed"
	default:
		return s
	}
	s.Finding.Cause = Sentence(s.Why)
	return s
}
