package azure

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// fit says whether a rule is for a packet.
type fit int

const (
	no    fit = iota
	maybe     // it cannot be told from here
	yes
)

// packet is a question on its way to a DNS server.
type packet struct {
	protocol string // tcp, udp
	from     netip.Prefix
	to       netip.Addr
	access   model.Ternary // AllowVirtualNetworkAccess of Azure's half
}

const (
	dnsPort = 53
	// Clients ask from ports of this range on: a rule for source port 53 alone is
	// for the servers of long ago.
	firstClientPort, lastPort = 1024, 65535
)

// applies tells whether a rule is for the packet, its source left out, and why that
// cannot be told.
func (r Rule) applies(p packet) (fit, string) {
	out, why := yes, ""
	for _, f := range []func() (fit, string){
		func() (fit, string) { return word(r.Direction, "inbound", "outbound") },
		func() (fit, string) { return word(r.Protocol, p.protocol, "tcp", "udp", "icmp", "esp", "ah") },
		func() (fit, string) { return ports(r.Ports, dnsPort, dnsPort) },
		func() (fit, string) { return ports(r.SourcePorts, firstClientPort, lastPort) },
		func() (fit, string) { return r.destination(p) },
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
	if text == "*" || text == want {
		return yes, ""
	}
	if slices.Contains(others, text) {
		return no, ""
	}
	return maybe, "it says " + quoted(got) + ", which peerdeck does not know"
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
			out, why = maybe, "it names the port "+quoted(t)+", which peerdeck does not understand"
		case low <= first && high >= last:
			return yes, ""
		case low <= last && high >= first:
			out, why = maybe, "it is for the source port "+quoted(t)+" only"
		}
	}
	return out, why
}

func portRange(text string) (low, high int, ok bool) {
	if text == "*" {
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

// destination tells whether the rule is for the server.
func (r Rule) destination(p packet) (fit, string) {
	out, why := no, ""
	if len(r.Destinations)+len(r.DestinationGroups) == 0 {
		out, why = maybe, "it names no destination"
	}
	if len(r.DestinationGroups) > 0 {
		out, why = maybe, "it is for the application security group "+tail(r.DestinationGroups[0])+", and which machines are in that is not read"
	}
	for _, t := range r.Destinations {
		if at, ok := rangeOf(t.Raw()); ok {
			if at.Contains(p.to) {
				return yes, ""
			}
			continue
		}
		switch tag(t, p.to) {
		case everything, network:
			return yes, "" // the rules of a subnet are for servers in its VNET
		case elsewhere:
		case strange:
			out, why = maybe, strangeTag(t)
		}
	}
	return out, why
}

// sources returns the ranges that the rule is for, and why there may be more.
func (r Rule) sources(p packet) (sure []netip.Prefix, doubt string) {
	if len(r.Sources)+len(r.SourceGroups) == 0 {
		doubt = "it names no source"
	}
	// The members of an application security group are network cards of the customer's
	// own VNETs, of which the gateway has none.
	for _, t := range r.Sources {
		if at, ok := rangeOf(t.Raw()); ok {
			sure = append(sure, at)
			continue
		}
		switch tag(t, p.from.Addr()) {
		case everything:
			sure = append(sure, p.from)
		case network:
			// The tag takes in peered VNETs if the peering allows access, and only then.
			switch p.access {
			case model.Yes:
				sure = append(sure, p.from)
			case model.No:
			case model.Unstated:
				doubt = "it is for the tag VirtualNetwork, and whether the peering allows access (allowVirtualNetworkAccess) is not known"
			}
		case elsewhere:
		case strange:
			doubt = strangeTag(t)
		}
	}
	return sure, doubt
}

func quoted(t safe.Text) string { return `"` + t.String() + `"` }

func strangeTag(t safe.Text) string {
	return "it is for " + quoted(t) + ", and which addresses that stands for is not known here"
}
