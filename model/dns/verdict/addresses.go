package verdict

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Span is a range that a peering of the network leads to.
type Span struct {
	Peering safe.Text
	VNet    safe.Text
	Prefix  model.Prefix
	// Carried tells whether the peering carries the range now: one that was given to the
	// VNET after its peering is not known to the other half before they are synced.
	Carried Known[bool]
	Why     string // why it does not
	Cure    string // the command that makes it carried, empty when none is known
}

// Reach is where the network's peerings lead.
type Reach struct {
	Spans []Span
	// Beyond says why addresses outside of the ranges may be reached all the same, such as
	// a gateway behind a VNET; empty where nothing leads further.
	Beyond string
}

// at returns the ranges that hold an address.
func (r Reach) at(address safe.Text) []Span {
	var out []Span
	for _, s := range r.Spans {
		if s.Prefix.Contains(address) {
			out = append(out, s)
		}
	}
	return out
}

// named lists the ranges, with the VNETs that they are of.
func (r Reach) named() string {
	words := make([]string, len(r.Spans))
	for i, s := range r.Spans {
		words[i] = s.Prefix.String() + " of " + s.VNet.String()
	}
	return phrase.Few(words, 4)
}

// AddressFacts is what Azure says of an address that stands in an answer.
type AddressFacts struct {
	VNet safe.Text
	// Taken tells whether anything has the address.
	Taken Known[bool]
	// Owner is what has it, such as "the network card nic-1 of the machine vm-1"; empty
	// where that is not known.
	Owner string
	// Names are the names that the owner, a private endpoint, is for.
	Names []safe.Text
}

// PrivateEndpoint is the private endpoint that a name is for.
type PrivateEndpoint struct {
	Name      safe.Text // empty: none was found
	Addresses []safe.Text
	// Put is the command that gives the record the endpoint's address, empty where the zone
	// of the record is not known.
	Put string
}

// given is an address in an answer, with the servers that give it.
type given struct {
	address safe.Text
	by      []Report
}

// given are the addresses that the servers give for the name, each once.
func (c Case) given() []given {
	var out []given
	for _, r := range c.Reports {
		for _, a := range r.Chain().Addresses {
			at := slices.IndexFunc(out, func(g given) bool { return g.address == a })
			if at < 0 {
				at = len(out)
				out = append(out, given{address: a})
			}
			out[at].by = append(out[at].by, r)
		}
	}
	return out
}

// like returns the servers that give addresses that are as told, and how these addresses
// stand among all: "10.9.9.9, one of 4 addresses of orders.corp.example".
func (c Case) like(is func(given) bool) (by []Report, words string) {
	all := c.given()
	var list []safe.Text
	for _, g := range all {
		if !is(g) {
			continue
		}
		list = append(list, g.address)
		for _, r := range g.by {
			if !slices.ContainsFunc(by, func(o Report) bool { return o.Server == r.Server }) {
				by = append(by, r)
			}
		}
	}
	if len(list) == 0 {
		return nil, ""
	}
	words = few(list)
	switch {
	case len(all) == 1:
		words += ", the address of " + c.Name.String() + ","
	case len(list) == len(all):
		words += ", the addresses of " + c.Name.String() + ","
	default:
		words += phrase.Either(len(list), ", one of ", ", some of ") + phrase.Count(len(all), "address") + " of " + c.Name.String() + ","
	}
	return by, words
}

// inOwnRange reports whether an address lies in the gateway network's own range.
func (c Case) inOwnRange(address safe.Text) bool {
	n, known := c.Facts.Network.Get()
	return known && n.CIDR.Contains(address)
}

// v4 reports whether a text is an IPv4 address: the network and its peerings know no other.
func v4(address safe.Text) bool {
	a, err := netip.ParseAddr(address.Raw())
	return err == nil && a.Unmap().Is4()
}
