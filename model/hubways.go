package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Others are the hub's connections to VNETs other than Kong's: those that lead into the
// subscription of Kong's VNET are of other gateway networks, and no customer's.
func (h HubHalf) Others() []HubConnection {
	kong := subscriptionOf(h.Connection.RemoteVNetID)
	var out []HubConnection
	for _, c := range h.Hub.Connections {
		if sameARM(c.ID, h.Connection.ID) || !kong.IsEmpty() && subscriptionOf(c.RemoteVNetID).EqualFold(kong) {
			continue
		}
		out = append(out, c)
	}
	return out
}

func subscriptionOf(id safe.Text) safe.Text {
	return VNetPeering{RemoteVNetID: id}.RemoteSubscription()
}

// intent is the policy that sends traffic between private addresses through something.
func (w HubWays) intent() (RoutingPolicy, bool) {
	i := slices.IndexFunc(w.Intent, RoutingPolicy.Private)
	if i < 0 {
		return RoutingPolicy{}, false
	}
	return w.Intent[i], true
}

// table finds a route table by its id.
func (w HubWays) table(id safe.Text) (HubRouteTable, bool) {
	for _, t := range w.Tables {
		if sameARM(t.ID, id) {
			return t, true
		}
	}
	return HubRouteTable{}, false
}

// effective are the routes that a hub really has by one of its tables.
func (w HubWays) effective(table safe.Text) ([]HubRoute, bool) {
	for _, e := range w.Effective {
		if sameARM(e.Table, table) {
			return e.Routes, true
		}
	}
	return nil, false
}

// learns reports whether a route table learns what lies behind a connection, by what is
// written down.
func (w HubWays) learns(table safe.Text, c HubConnection) Ternary {
	t, read := w.table(table)
	switch {
	case containsARM(c.Propagates, table), read && containsARM(t.Propagating, c.ID):
		return Yes
	case !c.Configured, len(c.Labels) > 0 && !read:
		return Unstated
	case slices.ContainsFunc(t.Labels, func(l safe.Text) bool { return slices.ContainsFunc(c.Labels, l.EqualFold) }):
		return Yes
	default:
		return No
	}
}

// way is how traffic gets from one connection of a hub to what lies behind another one.
type way struct {
	found Ternary
	// through is what it passes beside the hub itself: a firewall, an appliance. It is the
	// ARM id; empty for nothing.
	through safe.Text
}

// way is how what is routed by a table gets to what lies behind a connection. Ranges are
// those behind it, as far as they are known.
func (w HubWays) way(from, to HubConnection, ranges []Prefix) way {
	if from.Table.IsEmpty() {
		return way{}
	}
	if p, found := w.intent(); found && len(ranges) > 0 {
		return w.byIntent(p, from.Table, ranges)
	}
	if routes, read := w.effective(from.Table); read {
		return wayAmong(routes, to, ranges)
	}
	learned := w.learns(from.Table, to)
	t, read := w.table(from.Table)
	if !read {
		if learned == No {
			learned = Unstated // a route may be written into the table
		}
		return way{found: learned}
	}
	written := wayAmong(t.Routes, to, ranges)
	switch {
	case learned == Yes:
		return way{found: Yes, through: diverted(t.Routes, to, ranges)}
	case written.found == Yes:
		return written
	default:
		return way{found: learned}
	}
}

// diverted is what a part of some ranges passes that a table has learned over a connection: a
// route that somebody wrote comes first where it is as long or longer.
func diverted(written []HubRoute, to HubConnection, ranges []Prefix) safe.Text {
	for _, p := range ranges {
		whole, parts := matching(written, p)
		for _, r := range slices.Concat(whole, parts) {
			longer := slices.ContainsFunc(r.Destinations, func(d Prefix) bool { return d.Overlaps(p) && d.Range().Bits() >= p.Range().Bits() })
			if longer && !to.direct(r) {
				return hop(r)
			}
		}
	}
	return safe.Text{}
}

// byIntent is the way where a routing intent sends private traffic through something: for
// the private ranges of RFC 1918 as a matter of course, for others where a route says so.
func (w HubWays) byIntent(p RoutingPolicy, table safe.Text, ranges []Prefix) way {
	private := NewPrefixes([]safe.Text{safe.New("10.0.0.0/8"), safe.New("172.16.0.0/12"), safe.New("192.168.0.0/16")})
	if len(RangesBeyond(ranges, private)) == 0 {
		return way{found: Yes, through: p.Hop}
	}
	t, read := w.table(table)
	if routes, known := w.effective(table); known {
		t.Routes, read = append(slices.Clone(t.Routes), routes...), true
	}
	if !read {
		return way{through: p.Hop}
	}
	var covered []Prefix
	for _, r := range t.Routes {
		covered = append(covered, r.Destinations...)
	}
	if len(RangesBeyond(ranges, covered)) == 0 {
		return way{found: Yes, through: p.Hop}
	}
	return way{found: No, through: p.Hop}
}

// wayAmong is the way by some routes: for each range the longest that holds it, and the
// longer ones for parts of it. Without ranges it is only known whether a route leads there.
func wayAmong(routes []HubRoute, to HubConnection, ranges []Prefix) way {
	out := way{found: Yes}
	if len(ranges) == 0 {
		if !slices.ContainsFunc(routes, to.direct) {
			out.found = No
		}
		return out
	}
	for _, p := range ranges {
		whole, parts := matching(routes, p)
		var covered []Prefix
		for _, r := range slices.Concat(whole, parts) {
			covered = append(covered, r.Destinations...)
		}
		if len(RangesBeyond([]Prefix{p}, covered)) > 0 {
			return way{found: No}
		}
		if len(whole) > 0 && !slices.ContainsFunc(whole, to.direct) {
			out.through = hop(whole[0])
		}
		for _, r := range parts {
			if !to.direct(r) {
				out.through = hop(r)
			}
		}
	}
	return out
}

// direct reports whether a route leads over the connection and nothing else.
func (c HubConnection) direct(r HubRoute) bool { return containsARM(r.Hops, c.ID) }

// matching are the routes of the longest destinations that hold a range, and those of longer
// ones, which hold a part of it each.
func matching(routes []HubRoute, p Prefix) (whole, parts []HubRoute) {
	longest := -1
	for _, r := range routes {
		for _, d := range r.Destinations {
			if !d.Valid() || !d.Overlaps(p) {
				continue
			}
			switch bits := d.Range().Bits(); {
			case bits > p.Range().Bits():
				parts = append(parts, r)
			case bits > longest:
				longest, whole = bits, []HubRoute{r}
			case bits == longest:
				whole = append(whole, r)
			}
		}
	}
	return whole, parts
}

func hop(r HubRoute) safe.Text {
	if len(r.Hops) > 0 {
		return r.Hops[0]
	}
	return r.HopType
}

// between is how a customer's VNET and the gateways reach each other over the hub.
type between struct {
	vnet        HubConnection
	there, back way // from the gateways, and to them
}

// ways are those between the gateways and each VNET of the customer's on the hub.
func (h HubHalf) ways(network Prefix) []between {
	own := h.Connection
	var gateways []Prefix
	if network.Valid() {
		gateways = []Prefix{network}
	}
	var out []between
	for _, o := range h.Others() {
		out = append(out, between{
			vnet: o, there: h.Ways.way(own, o, h.Ways.ranges(o)), back: h.Ways.way(o, own, gateways),
		})
	}
	return out
}

// kindOfHop is what an ARM id is the id of, in words.
func kindOfHop(id safe.Text) string {
	name := LastSegment(id).String()
	for _, k := range []struct{ part, word string }{
		{"/azurefirewalls/", "the firewall "},
		{"/networkvirtualappliances/", "the appliance "},
		{"/hubvirtualnetworkconnections/", "the connection "},
		{"/vpngateways/", "the VPN gateway "},
		{"/expressroutegateways/", "the ExpressRoute gateway "},
		{"/p2svpngateways/", "the VPN gateway "},
		{"/virtualhubs/", "the hub "},
	} {
		if at := strings.LastIndex(armKey(id), k.part); at >= 0 && !strings.Contains(armKey(id)[at+len(k.part):], "/") {
			return k.word + name
		}
	}
	if name == "" {
		return "something that Azure does not name"
	}
	return name
}
