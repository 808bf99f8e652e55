package azurenet

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fit says whether a rule is for a packet.
type fit int

const (
	no    fit = iota
	maybe     // it cannot be told from here
	yes
)

const (
	// Clients ask from ports of this range on: a rule for source port 53 alone is
	// for the servers of long ago.
	firstClientPort, lastPort = 1024, 65535
)

// direction is the word of a rule for the packet's direction, and that for the other one.
func (p packet) direction() (own, other string) {
	if p.outbound {
		return "outbound", "inbound"
	}
	return "inbound", "outbound"
}

// applies tells whether a rule is for the packet, its far side left out, and why that
// cannot be told.
func (r Rule) applies(p packet) (fit, string) {
	own, other := p.direction()
	out, why := yes, ""
	for _, f := range []func() (fit, string){
		func() (fit, string) { return word(r.Direction, own, other) },
		func() (fit, string) { return word(r.Protocol, p.protocol, "tcp", "udp", "icmp", "esp", "ah") },
		func() (fit, string) { return ports(r.Ports, p.port, p.port) },
		func() (fit, string) { return ports(r.SourcePorts, firstClientPort, lastPort) },
		func() (fit, string) { return r.nearSide(p) },
	} {
		switch got, reason := f(); got {
		case no:
			return no, ""
		case maybe:
			out, why = maybe, reason
		default:
		}
	}
	return out, why
}

// word compares a word of a rule. What is none of the words that Azure has is not
// understood here.
func word(got safe.Text, want string, others ...string) (fit, string) {
	text := strings.ToLower(got.Raw())
	if text == "*" || text == "any" || text == "all" || text == want {
		return yes, ""
	}
	if slices.Contains(others, text) {
		return no, ""
	}
	return maybe, "it says " + got.Quoted() + ", which peerdeck does not know"
}

// ports tells whether a list of ports and ranges of ports holds all, none or some of
// a range.
func ports(list []safe.Text, first, last int) (fit, string) {
	out, why := no, ""
	if len(list) == 0 {
		return maybe, "it names no port"
	}
	for _, t := range list {
		low, high, ok := portRange(t.Raw())
		switch {
		case !ok:
			out, why = maybe, "it names the port "+t.Quoted()+", which peerdeck does not understand"
		case low <= first && high >= last:
			return yes, ""
		case low <= last && high >= first:
			out, why = maybe, "it is for the source port "+t.Quoted()+" only"
		}
	}
	return out, why
}

func portRange(text string) (low, high int, ok bool) {
	if text == "*" || strings.EqualFold(text, "any") {
		return 0, lastPort, true
	}
	first, second, isRange := strings.Cut(text, "-")
	low, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil {
		return 0, 0, false
	}
	if high = low; isRange {
		if high, err = strconv.Atoi(strings.TrimSpace(second)); err != nil {
			return 0, 0, false
		}
	}
	return low, high, low >= 0 && low <= high && high <= lastPort
}

// ends are what a rule says of the side in the VNET and of that of the gateway network.
func (r Rule) ends(p packet) (near, far, nearGroups, farGroups []safe.Text) {
	if p.outbound {
		return r.Sources, r.Destinations, r.SourceGroups, r.DestinationGroups
	}
	return r.Destinations, r.Sources, r.DestinationGroups, r.SourceGroups
}

// sides names both sides as rules do: what is near is the destination of what comes in.
func (p packet) sides() (near, far string) {
	if p.outbound {
		return "source", "destination"
	}
	return "destination", "source"
}

// nearSide tells whether the rule is for the side in the VNET.
func (r Rule) nearSide(p packet) (fit, string) {
	near, _, groups, _ := r.ends(p)
	side, _ := p.sides()
	out, why := no, ""
	if len(near)+len(groups) == 0 {
		out, why = maybe, "it names no "+side
	}
	if len(groups) > 0 {
		if out, why = p.member(groups); out == yes {
			return yes, ""
		}
	}
	for _, t := range near {
		if at, ok := RangeOf(t.Raw()); ok {
			switch {
			case at.Overlaps(p.near) && at.Bits() <= p.near.Bits():
				return yes, ""
			case at.Overlaps(p.near):
				out, why = maybe, "it is for "+at.String()+", a part of "+p.near.String()
			}
			continue
		}
		switch tag(t, p.near.Addr()) {
		case everything, network:
			return yes, "" // what is near lies in the VNET
		case elsewhere:
		case strange:
			out, why = maybe, strangeTag(t)
		}
	}
	return out, why
}

// member tells whether the near side is in one of some application security groups.
func (p packet) member(groups []safe.Text) (fit, string) {
	for _, g := range groups {
		if slices.Contains(p.groups, strings.ToLower(g.Raw())) {
			return yes, ""
		}
	}
	if p.known {
		return no, ""
	}
	return maybe, "it is for the application security group " + tail(groups[0]) + ", and which machines are in that is not read"
}

// farSide returns the part of the gateway network that the rule is for, and why there may
// be more.
func (r Rule) farSide(p packet) (sure spans, doubt string) {
	_, far, _, groups := r.ends(p)
	if len(far)+len(groups) == 0 {
		_, side := p.sides()
		doubt = "it names no " + side
	}
	// The members of an application security group are network cards of the customer's
	// own VNETs, of which the gateway has none.
	var ranges []netip.Prefix
	for _, t := range far {
		if at, ok := RangeOf(t.Raw()); ok {
			ranges = append(ranges, at)
			continue
		}
		switch p.tag(t) {
		case everything:
			return p.far, ""
		case network:
			if p.probe {
				doubt = "it is for the tag VirtualNetwork, and whether the address that load balancers probe from is in that is not known"
				continue
			}
			// The tag takes in peered VNETs if the peering allows access, and only then.
			switch {
			case p.access == model.Yes:
				return p.far, ""
			case p.access == model.Unstated:
				doubt = "it is for the tag VirtualNetwork, and whether the peering allows access (allowVirtualNetworkAccess) is not known"
			case p.routed.overlaps(p.far):
				doubt = "it is for the tag VirtualNetwork, which has the ranges of the user's routes in it too, whatever the peering allows"
			}
		case elsewhere:
		case strange:
			doubt = strangeTag(t)
		}
	}
	return spansOf(ranges...), doubt
}

// tag reads a word for the far side, all of which has to be of one kind.
func (p packet) tag(t safe.Text) meaning {
	if len(p.far) == 0 {
		return strange
	}
	first := tag(t, p.far[0].low)
	for _, s := range p.far {
		if tag(t, s.low) != first || tag(t, s.high) != first {
			return strange
		}
	}
	return first
}
