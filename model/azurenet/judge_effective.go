package azurenet

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
)

// effectiveOf finds what Azure said of a network card.
func (f Facts) effectiveOf(c Card) (Effective, bool) {
	return find(f.Effective, func(e Effective) bool { return !c.ID.IsEmpty() && e.Card.EqualFold(c.ID) })
}

// effective is the security group of a step as it is in effect at the network card. Read is
// whether Azure was asked; in whether there is one.
func (a at) effective(id StepID) (g SecurityGroup, in, read bool) {
	e, found := a.facts.effectiveOf(a.card)
	if !a.hasCard || !found || !e.GroupsRead {
		return SecurityGroup{}, false, false
	}
	of, in := find(e.Groups, func(g EffectiveGroup) bool { return g.Subnet.IsEmpty() == (id == StepCard) })
	return SecurityGroup{ID: of.Group, Name: model.LastSegment(of.Group), Rules: of.Rules}, in, true
}

// inEffect judges the routes that are in effect at a network card: they are Azure's own
// answer, and outrank what is made of the table here.
func (a at) inEffect(e Effective, far []model.Prefix, outbound bool) Step {
	t, _ := a.facts.Table(a.subnet.RouteTable)
	b := replies{outbound: outbound, table: RouteTable{ID: t.ID, Name: t.Name}, far: far, want: spansOf(rangesOf(far)...), named: "what is in effect at " + a.card.Words()}
	var peerings []entry
	for _, r := range e.Routes {
		if strings.EqualFold(r.State.Raw(), "invalid") {
			continue
		}
		for _, p := range r.Prefixes {
			route := Route{Name: r.Name, Prefix: p, NextHop: r.NextHop}
			if len(r.Addresses) > 0 {
				route.Address = r.Addresses[0]
			}
			switch to, ok := RangeOf(p.Text.Raw()); {
			case !ok:
			case strings.EqualFold(r.NextHop.Raw(), "VNetPeering"), strings.EqualFold(r.NextHop.Raw(), "VNetGlobalPeering"):
				peerings = append(peerings, entry{to: to})
			default:
				b.table.Routes = append(b.table.Routes, route)
			}
		}
	}
	led, left, _ := b.led(peerings)
	show := a.facts.showEffective(a.card)
	out := Step{}
	for _, l := range led {
		s := b.hop(l)
		if l.route.Name.IsEmpty() { // one of Azure's own
			s = b.own(l)
		}
		if s.Outcome.Worse(out.Outcome) {
			out = s
		}
	}
	switch {
	case len(left) > 0 && out.Outcome != Closed:
		return closed(StepBack, CodeRouteAway, "no route that is in effect at "+a.card.Words()+" is for "+b.what()+left.name(), lookAtPeering).run(show).by(a.card.ID, a.card.Name)
	case out.ID == "":
		return open(StepBack, "the routes in effect at "+a.card.Words()+" send "+b.what()+whole(far)+" over a peering").by(a.card.ID, a.card.Name)
	case out.Finding.Next.Command == "" || out.Rule.IsEmpty():
		out = out.run(show)
	}
	return out.by(a.card.ID, a.card.Name)
}

const lookAtPeering = "Look whether the peering is connected and in sync: it makes its routes by itself, and a route table may keep them out (disablePeeringRoute)."

// own judges a route that Azure has made, or that a gateway learned, where no route of a
// peering is in effect.
func (b replies) own(l leading) Step {
	answers := b.what() + l.of.name()
	switch route := l.route.Prefix.String(); strings.ToLower(l.route.NextHop.Raw()) {
	case "none":
		return closed(StepBack, CodeRouteAway, b.name()+" has no route of a peering for "+l.of.name()+": Azure's own route "+route+" drops "+answers, lookAtPeering)
	case "internet":
		return closed(StepBack, CodeRouteAway, b.name()+" has no route of a peering for "+l.of.name()+": Azure's own route "+route+" sends "+answers+" to the Internet", lookAtPeering)
	case "virtualnetworkgateway":
		return astray(b.name()+" has a route "+route+" that a gateway learned, and none of a peering: "+answers+" go to the gateway", lookAtPeering)
	case "vnetlocal":
		return astray(b.name()+" has "+answers+" as addresses of the VNET itself ("+route+")", lookAtPeering)
	default:
		return unknown(StepBack, "whether "+answers+" go back cannot be told: the route "+route+" sends them to "+l.route.NextHop.Quoted()+", which peerdeck does not know", lookAtRoutes)
	}
}

// showEffective is the command that shows the routes in effect at a network card.
func (f Facts) showEffective(c Card) string {
	subscription, group, name, ok := Place(c.ID)
	if !ok {
		return ""
	}
	return Az("network nic show-effective-route-table", "--subscription", subscription, "--resource-group", group, "--name", name, "--output", "table")
}
