package paths

import (
	"net/netip"

	"peerdeck/model"
	dnstrace "peerdeck/model/dns/trace"
	dnsverdict "peerdeck/model/dns/verdict"
)

// reach is where the peerings of a network lead.
type reach struct {
	spans []span
}

// span is a range that a peering leads to.
type span struct {
	dnsverdict.Span

	peering *model.PeeringStatus
}

func newReach(n *model.NetworkStatus) reach {
	var r reach
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.State == model.PeeringTerminated {
			continue
		}
		for _, s := range dnstrace.SpansOf(n, p) {
			r.spans = append(r.spans, span{s, p})
		}
	}
	return r
}

// at are the ranges that hold an address.
func (r reach) at(a netip.Addr) []span {
	var out []span
	for _, s := range r.spans {
		if s.Prefix.Valid() && s.Prefix.Range().Contains(a) {
			out = append(out, s)
		}
	}
	return out
}
