package azurenet

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// dropping gives a step whose route drops what goes to the gateway network the known sequence
// that deletes the route: where it is for nothing but ranges of the network, and leads nowhere
// that carries a private address, nothing can be in use over it. What a route leads to an
// appliance or a gateway, the owner of the table knows, and so does what else a wider one
// leads away.
func (a at) dropping(s Step, t RouteTable, far []model.Prefix) Step {
	i := slices.IndexFunc(t.Routes, func(r Route) bool { return r.Name == s.Rule })
	_, _, _, placed := Place(t.ID) //nolint:dogsled // whether it is an id is all that counts

	takes := t.PeeringRoutes.IsEmpty() || strings.EqualFold(t.PeeringRoutes.Raw(), "none") // the routes of peerings
	if i < 0 || !placed || !takes || s.Outcome != Closed || len(a.subnet.Prefixes) == 0 {
		return s
	}
	r := t.Routes[i]
	to, ok := RangeOf(r.Prefix.Text.Raw())
	if !ok || !nowhere(r.NextHop, to) || !spansOf(rangesOf(far)...).holds(spansOf(to)) {
		return s
	}
	near := a.address
	if first, ok := RangeOf(a.subnet.Prefixes[0].Text.Raw()); near.IsEmpty() && ok {
		near = safe.New(first.Addr().String())
	}
	s.Finding.Next.Mend = finding.MendRoute
	s.Finding.Next.Change = finding.Change{On: t.ID, Near: near, Far: safe.Texts(plain(far)...), Route: r.Name, Prefix: r.Prefix.Text, Hop: r.NextHop}
	return s
}

// nowhere reports whether a next hop carries nothing to a range: None never does, and Internet
// no private address.
func nowhere(hop safe.Text, to netip.Prefix) bool {
	return strings.EqualFold(hop.Raw(), "none") || strings.EqualFold(hop.Raw(), "internet") && to.Addr().IsPrivate()
}

// Dropped is what becomes of a route that a change is about, by the facts as they are now.
type Dropped struct {
	Table   RouteTable // without an id where it was not read
	Route   Route      // as it is there; without a name where it is not
	Same    bool       // it is as it was found
	Step    Step       // whether replies go back by now
	Subnets []safe.Text
}

// Dropped looks how a route stands that a change deletes. Peered are the ranges for which the
// peering makes routes.
func (f Facts) Dropped(c finding.Change, peered []model.Prefix) Dropped {
	subnet, place := f.place(c.Near)
	out := Dropped{Step: place}
	if place.Outcome != Open {
		return out
	}
	out.Step = f.at(safe.Text{}, subnet).byTable(model.NewPrefixes(c.Far), peered, false)
	for _, s := range f.VNet.Subnets {
		if s.RouteTable.EqualFold(c.On) {
			out.Subnets = append(out.Subnets, s.Name)
		}
	}
	t, found := f.Table(c.On)
	if !found {
		return out
	}
	out.Table = t
	if r, is := find(t.Routes, func(r Route) bool { return r.Name.EqualFold(c.Route) }); is {
		out.Route, out.Same = r, SameRoute(r, c)
	}
	return out
}

// SameRoute reports whether a route is the one of a change.
func SameRoute(r Route, c finding.Change) bool {
	return r.Name.EqualFold(c.Route) && r.Prefix.Same(model.NewPrefix(c.Prefix)) && r.NextHop.EqualFold(c.Hop)
}

// RouteID is the ARM id of a route of a table.
func RouteID(table, name safe.Text) safe.Text {
	return safe.New(table.Raw() + "/routes/" + name.Raw())
}

// PutRoute is the command that makes the route of a change again.
func PutRoute(c finding.Change) string {
	subscription, group, name, ok := Place(c.On)
	if !ok {
		return ""
	}
	return Az("network route-table route create", "--subscription", subscription, "--resource-group", group, "--route-table-name", name,
		"--name", c.Route.String(), "--address-prefix", c.Prefix.String(), "--next-hop-type", c.Hop.String())
}
