package azure

import (
	"net/netip"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// RouteBack tells whether answers to a gateway network go back over the peering. Peered are
// the ranges for which the peering makes routes, by default the network's. A user's route
// for such a range, or for a part of it, comes before that of the peering; a wider one does
// not, since Azure takes the longest prefix, unless the peering has no route there.
func RouteBack(t RouteTable, cidr model.Prefix, peered ...model.Prefix) Check {
	const check = CheckWayBack
	table := "the route table " + t.Name.Or(tail(t.ID)).String()
	want, ok := rangeOf(cidr.Text.Raw())
	if !ok {
		return unknown(check, "the gateway's address range "+quoted(cidr.Text)+" is none", "")
	}
	if off, is := t.off(table, cidr); is {
		return off
	}
	if len(peered) == 0 {
		peered = []model.Prefix{cidr}
	}
	wider := ""
	out := Check{}
	for _, r := range t.Routes {
		to, ok := rangeOf(r.Prefix.Text.Raw())
		if !ok || !to.Overlaps(want) { // a tag of a service is for public addresses
			continue
		}
		led := ledAway(to, want, peered)
		if len(led) == 0 {
			wider = "; its wider route " + r.Name.String() + " (" + r.Prefix.String() + ") gives way to that of the peering"
			continue
		}
		if f := hop(t, r, cidr, led); worse(f.Outcome, out.Outcome) {
			out = f
		}
	}
	if out.ID != "" {
		return out
	}
	return done(check, table+" has no route for "+cidr.String()+" itself"+wider)
}

// ledAway is the part of the gateway's range for which a user's route comes before those of
// the peering: where the two are equally long, the user's does.
func ledAway(to, want netip.Prefix, peered []model.Prefix) model.Space {
	left := model.NewSpace(want)
	if to.Bits() > want.Bits() {
		left = model.NewSpace(to)
	}
	var longer []netip.Prefix
	for _, p := range peered {
		if r, ok := rangeOf(p.Text.Raw()); ok && r.Bits() > to.Bits() {
			longer = append(longer, r)
		}
	}
	_, led, _ := left.Split(longer)
	return led
}

// off is the check of a table that keeps the routes of peerings out of its subnets; no
// property of the peering shows it.
func (t RouteTable) off(table string, cidr model.Prefix) (Check, bool) {
	switch strings.ToLower(t.PeeringRoutes.Raw()) {
	case "", "none":
		return Check{}, false
	case "all":
		c := failed(CheckWayBack, CodeRouteAway, table+" keeps the routes of peerings out of its subnets (disablePeeringRoute is All): answers to "+cidr.String()+" do not go back",
			"Let the table take the routes of peerings again.")
		return c.run("az resource update --ids " + model.ShellQuote(t.ID.String()) + " --api-version 2025-07-01 --set properties.disablePeeringRoute=None"), true
	default:
		return unknown(CheckWayBack, "whether answers to "+cidr.String()+" go back cannot be told: "+table+" has disablePeeringRoute "+quoted(t.PeeringRoutes)+", which peerdeck does not know", "Look at the effective routes of the server's network card."), true
	}
}

// worse orders outcomes by how much they matter.
func worse(a, b Outcome) bool {
	rank := map[Outcome]int{Done: 1, Unknown: 2, Partly: 3, Failed: 4}
	return rank[a] > rank[b]
}

// hop judges a route that comes before the peering's for some of the gateway's range.
func hop(t RouteTable, r Route, cidr model.Prefix, led model.Space) Check {
	const check = CheckWayBack
	route := "the route " + r.Name.String() + " (" + r.Prefix.String() + ") of the route table " + t.Name.Or(tail(t.ID)).String()
	answers := "answers to " + cidr.String()
	if want, _ := rangeOf(cidr.Text.Raw()); len(led) != 1 || led[0] != want {
		answers = "answers to " + led[0].String() + ", a part of " + cidr.String() + ","
	}
	change := "Change the route so that it leaves out " + cidr.String() + ". What else it leads there, the owner of the table knows."
	switch strings.ToLower(r.NextHop.Raw()) {
	case "virtualappliance":
		return partly(check, CodeRouteAway, route+" sends "+answers+" through the appliance "+r.Address.Or("without an address").String()+
			"; the questions come over the peering, so the ways differ", change+" Or let the appliance pass both directions: a firewall that sees only the answers drops them.").run(showRoute(t, r))
	case "virtualnetworkgateway":
		return partly(check, CodeRouteAway, route+" sends "+answers+" to the VNET's gateway; the questions come over the peering, so the ways differ",
			change+" It may stay if the gateway leads back to the network.").run(showRoute(t, r))
	case "none":
		return failed(check, CodeRouteAway, route+" drops "+answers, change).run(showRoute(t, r))
	case "internet":
		return failed(check, CodeRouteAway, route+" sends "+answers+" to the Internet, where no private address is carried", change).run(showRoute(t, r))
	case "vnetlocal":
		return partly(check, CodeRouteAway, route+" keeps "+answers+" inside the VNET and its peerings", change+" The peering makes its own route.").run(showRoute(t, r))
	default:
		return unknown(check, "whether "+answers+" go back cannot be told: "+route+" sends them to "+quoted(r.NextHop)+", which peerdeck does not know", "Look at the effective routes of the server's network card.")
	}
}

// Table finds the route table of a subnet among the facts.
func (f Facts) Table(id safe.Text) (RouteTable, bool) {
	for _, t := range f.Tables {
		if t.ID.EqualFold(id) {
			return t, true
		}
	}
	return RouteTable{}, false
}

// Group finds the security group of a subnet among the facts.
func (f Facts) Group(id safe.Text) (SecurityGroup, bool) {
	for _, g := range f.Groups {
		if g.ID.EqualFold(id) {
			return g, true
		}
	}
	return SecurityGroup{}, false
}
