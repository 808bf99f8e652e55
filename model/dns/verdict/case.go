package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Case is a name that is looked into: what the servers of its row said, in the order of
// the row, and what is known beside.
type Case struct {
	Name    safe.Text
	Domain  safe.Text // of the row whose servers were asked
	Reports []Report
	Facts   Facts
	// Ways tells of each server whether the vantage has a way to it: servers of one row
	// may lie in different networks. A server that is missing has the way of the row.
	Ways map[safe.Text]Known[bool]
}

// Route tells whether the vantage has a way to the servers: an answer of one of them
// proves it for all of the row, and the facts say it otherwise.
func (c Case) Route() Known[bool] {
	if slices.ContainsFunc(c.Reports, Report.Heard) {
		return Know(true)
	}
	return c.Facts.Route
}

// CommonWay tells whether the vantage has a way to all the servers of the row, by what is
// known of each of them.
func (c Case) CommonWay() Known[bool] {
	out := Known[bool]{}
	for i, r := range c.Reports {
		w := c.way(r)
		if way, known := w.Get(); !known || !way {
			return w
		}
		if i == 0 {
			out = w
		}
	}
	return out
}

// way tells whether the vantage has a way to one server. What another server said proves
// it only where nobody has looked at the ways one by one.
func (c Case) way(r Report) Known[bool] {
	if r.Heard() {
		return Know(true)
	}
	if w, there := c.Ways[r.Server]; there {
		return w
	}
	return c.Route()
}

// where names the vantage.
func (c Case) where() string {
	if c.Facts.Vantage == "" {
		return "here"
	}
	return c.Facts.Vantage
}

// vnet names the VNET, as far as anybody tells.
func (c Case) vnet() string {
	if half, known := c.Facts.Half.Get(); known && !half.VNet.Name.IsEmpty() {
		return half.VNet.Name.String()
	}
	if p, known := c.Facts.Peering.Get(); known && !p.VNet.Name.IsEmpty() {
		return p.VNet.Name.String()
	}
	return "the peered VNET"
}

// cidr names the range of the Konnect network.
func (c Case) cidr() string {
	if n, known := c.Facts.Network.Get(); known && n.CIDR.Valid() {
		return n.CIDR.String()
	}
	return "the Konnect network's range"
}

// with returns the reports that are as told.
func (c Case) with(like func(Report) bool) []Report {
	var out []Report
	for _, r := range c.Reports {
		if like(r) {
			out = append(out, r)
		}
	}
	return out
}

// all reports whether there are reports and each is as told.
func (c Case) all(like func(Report) bool) bool {
	return len(c.Reports) > 0 && len(c.with(like)) == len(c.Reports)
}

// coded returns the reports whose answer has a code.
func (c Case) coded(code RCode) []Report {
	return c.with(func(r Report) bool {
		got, answered := r.Code()
		return answered && got == code
	})
}

// good reports whether a server has an address for the name, or answers for the domain
// where only that was asked.
func good(r Report) bool {
	code, answered := r.Code()
	if !answered || code != NoError {
		return false
	}
	return len(r.Chain().Addresses) > 0 || r.apexOnly() && r.Serves()
}

// server returns the facts of a server.
func (c Case) server(r Report) ServerFacts { return c.Facts.Servers[r.Server] }

// private reports whether the name is expected to have private addresses, because a
// name on its way is that of a private endpoint, or because somebody says so.
func (c Case) private(r Report) (bool, string) {
	if n, endpoint := r.privateEndpoint(); endpoint {
		return true, "it leads over " + n.String() + ", the name of a private endpoint"
	}
	if is(c.Facts.Private, true) {
		return true, "it is expected to be private"
	}
	for _, other := range c.Reports {
		if list := other.Chain().Addresses; other.Server != r.Server && len(list) > 0 && !slices.ContainsFunc(list, public) {
			return true, other.Server.String() + " gives private addresses for it"
		}
	}
	return false, ""
}

// privateEndpoint finds the name of a private endpoint among the name and its aliases.
func (r Report) privateEndpoint() (safe.Text, bool) {
	for _, n := range append([]safe.Text{r.Name}, r.Chain().Aliases...) {
		if privatelink.IsPrivate(key(n)) {
			return n, true
		}
	}
	return safe.Text{}, false
}

// peeringReady reports whether Konnect calls the peering ready.
func (c Case) peeringReady() bool {
	p, known := c.Facts.Peering.Get()
	return known && p.State == model.PeeringReady
}
