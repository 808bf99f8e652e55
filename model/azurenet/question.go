package azurenet

import (
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// The protocols of a question.
const (
	TCP = "tcp"
	UDP = "udp"
)

// Question is one connection that a gateway network begins to an address of the VNET.
type Question struct {
	// From is who asks: the network's whole address range, or single addresses of it.
	From []model.Prefix
	// Whole is the network's whole range where From are single addresses of it: that others
	// are kept out is said. None: From is all that matters.
	Whole []model.Prefix
	// Because is why From is no narrower, as a clause; empty where it is who asks.
	Because  string
	To       netip.Addr
	Protocol string // TCP, UDP
	Port     int
	// Access is whether Azure's half of the peering allows access
	// (AllowVirtualNetworkAccess): the tag VirtualNetwork has the network's range in it only
	// then.
	Access model.Ternary
	// Peered are the ranges for which the half makes routes; none where they are not known.
	Peered []model.Prefix

	// Both: what is to be done is said for UDP and TCP at once.
	Both bool
	// Not is a priority that another proposed rule has already; 0 for none.
	Not int
}

// Outward is one connection that something in the VNET begins to a gateway network, such as
// one of a load balancer's clients to its data planes. Its replies are let in statefully;
// the rules that are asked are those for outbound connections.
type Outward struct {
	From     model.Prefix   // the address that begins it, or the range of its subnet
	To       []model.Prefix // addresses of data planes
	Protocol string
	Port     int
	Access   model.Ternary
	Peered   []model.Prefix
}

// packet is one connection as rules see it. The far side is the gateway network's, of which
// parts may be treated apart; the near side lies in the VNET.
type packet struct {
	outbound bool
	far      spans
	near     netip.Prefix
	protocol string // tcp, udp
	port     int
	access   model.Ternary
	// routed are ranges of the user's routes of the near side's subnet, which are in the
	// tag VirtualNetwork too.
	routed spans
	// groups are the application security groups of the near side; known is whether they
	// are all of them.
	groups []string
	known  bool
	probe  bool // it is a load balancer that asks, and not a gateway network
}

func (q Question) packet() packet {
	to := q.To.Unmap()
	return packet{far: spansOf(rangesOf(q.From)...), near: netip.PrefixFrom(to, to.BitLen()), protocol: strings.ToLower(q.Protocol), port: q.Port, access: q.Access}
}

func (q Outward) packet() packet {
	near, _ := RangeOf(q.From.Text.Raw())
	return packet{outbound: true, far: spansOf(rangesOf(q.To)...), near: near, protocol: strings.ToLower(q.Protocol), port: q.Port, access: q.Access}
}

// whole is the wording of a list of ranges: each of them up to three.
func whole(list []model.Prefix) string { return phrase.Few(plain(list), 3) }

// plain are ranges as people write them: a single address without its length.
func plain(list []model.Prefix) []string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.String()
		if r, ok := RangeOf(p.Text.Raw()); ok && r.IsSingleIP() {
			out[i] = r.Addr().String()
		}
	}
	return out
}
