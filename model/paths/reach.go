package paths

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// reach is where the peerings of a network lead.
type reach struct {
	spans []span
	// unread says why it is not known where a peering leads, as a clause; empty where all
	// of them are known.
	unread string
	// beyond says why addresses outside of the ranges may be reached all the same; empty
	// where nothing leads further.
	beyond string
	living int // peerings that are there
}

// span is a range that a peering leads to.
type span struct {
	dnsverdict.Span

	peering *model.PeeringStatus
}

func newReach(n *model.NetworkStatus) reach {
	var r reach
	switch {
	case n.PeeringsRead.Read():
	case n.PeeringsRead.Failure != nil:
		r.unread = "the peerings of the network cannot be read: " + n.PeeringsRead.Failure.Cause.String()
	default:
		r.unread = "the peerings of the network were not read"
	}
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.State == model.PeeringTerminated {
			continue
		}
		r.living++
		if p.Azure.Status == model.HalfNoVNet {
			continue
		}
		if why := dnstrace.BeyondOf(p); why != "" {
			r.beyond = why
		}
		if p.Kind == model.KindAzureVNet && len(p.Azure.VNet.AddressPrefixes) == 0 {
			r.unread = "the ranges of the VNET " + p.VNet.Name.String() + " of the peering " + label(p).String() + " are not known"
		}
		for _, s := range dnstrace.SpansOf(n, p) {
			r.spans = append(r.spans, span{s, p})
		}
	}
	return r
}

// at are the ranges that hold an address, those that are carried first, and of these the
// narrowest.
func (r reach) at(a netip.Addr) []span {
	var out []span
	for _, s := range r.spans {
		if s.Prefix.Valid() && s.Prefix.Range().Contains(a) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(x, y span) int {
		if c := y.rank() - x.rank(); c != 0 {
			return c
		}
		return y.Prefix.Range().Bits() - x.Prefix.Range().Bits()
	})
	return out
}

// rank orders ranges by how much is known for them.
func (s span) rank() int {
	switch carried, known := s.Carried.Get(); {
	case known && carried:
		return 2
	case known:
		return 0
	default:
		return 1
	}
}

// named lists the ranges with the VNETs that they are of.
func (r reach) named() string {
	if len(r.spans) == 0 {
		return "none"
	}
	const most = 4
	words := make([]string, len(r.spans))
	for i, s := range r.spans {
		words[i] = s.Prefix.String() + " of " + s.VNet.String()
	}
	return phrase.Few(words, most)
}
