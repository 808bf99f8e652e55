package azure

import (
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// RouteBack tells whether answers to a gateway network go back over the peering. A
// user's route for the network's range, or for a part of it, comes before the route
// that the peering makes; a wider one does not, since Azure takes the longest prefix.
func RouteBack(t RouteTable, cidr model.Prefix) Check {
	const check = CheckWayBack
	table := "the route table " + t.Name.Or(tail(t.ID)).String()
	want, ok := rangeOf(cidr.Text.Raw())
	if !ok {
		return unknown(check, "the gateway's address range "+quoted(cidr.Text)+" is none", "")
	}
	wider := ""
	out := Check{}
	for _, r := range t.Routes {
		to, ok := rangeOf(r.Prefix.Text.Raw())
		switch {
		case !ok || !to.Overlaps(want): // a tag of a service is for public addresses
		case to.Bits() < want.Bits():
			wider = "; its wider route " + r.Name.String() + " (" + r.Prefix.String() + ") gives way to that of the peering"
		default:
			if f := hop(table, r, cidr); worse(f.Outcome, out.Outcome) {
				out = f
			}
		}
	}
	if out.ID != "" {
		return out
	}
	return done(check, table+" has no route for "+cidr.String()+" itself"+wider)
}

// worse orders outcomes by how much they matter.
func worse(a, b Outcome) bool {
	rank := map[Outcome]int{Done: 1, Unknown: 2, Partly: 3, Failed: 4}
	return rank[a] > rank[b]
}

// hop judges a route that comes before the peering's.
func hop(table string, r Route, cidr model.Prefix) Check {
	const check = CheckWayBack
	route := "the route " + r.Name.String() + " (" + r.Prefix.String() + ") of " + table
	remove := "Take the route away, or let the appliance pass both directions: a firewall that sees only the answers drops them."
	switch strings.ToLower(r.NextHop.Raw()) {
	case "virtualappliance":
		return partly(check, CodeRouteAway, route+" sends answers to "+cidr.String()+" through the appliance "+r.Address.Or("without an address").String()+
			"; the questions come over the peering, so the ways differ", remove)
	case "virtualnetworkgateway":
		return partly(check, CodeRouteAway, route+" sends answers to "+cidr.String()+" to the VNET's gateway; the questions come over the peering, so the ways differ",
			"Take the route away, unless the gateway leads back to the network.")
	case "none":
		return failed(check, CodeRouteAway, route+" drops answers to "+cidr.String(), "Take the route away, or keep the gateway's range out of it.")
	case "internet":
		return failed(check, CodeRouteAway, route+" sends answers to "+cidr.String()+" to the Internet, where no private address is carried", "Take the route away, or keep the gateway's range out of it.")
	case "vnetlocal":
		return partly(check, CodeRouteAway, route+" keeps answers to "+cidr.String()+" inside the VNET and its peerings", "Take the route away: the peering makes its own.")
	default:
		return unknown(check, route+" sends answers to "+cidr.String()+" to "+quoted(r.NextHop)+", which peerdeck does not know", "Look at the route in the portal.")
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
