package model

import (
	"net/netip"
	"strings"

	"peerdeck/model/safe"
)

// DNSServer returns the address of a DNS server in its usual spelling. What cannot
// be one gets a problem and no address; what is unlikely to be one gets both.
func DNSServer(text string) (address, problem string) {
	typed := strings.TrimSpace(text)
	a, err := netip.ParseAddr(typed)
	if err != nil {
		return "", notAddress(typed)
	}
	a = a.Unmap()
	show := a.String()
	if reason := unreachable(a); reason != "" {
		return "", safe.New(show).Quoted() + " " + reason
	}
	return show, doubtful(a)
}

// notAddress finds what people put in the place of an address.
func notAddress(typed string) string {
	show := safe.New(typed).Quoted()
	_, notRange := netip.ParsePrefix(typed)
	_, notPort := netip.ParseAddrPort(typed)
	switch {
	case typed == "":
		return "the address of a DNS server is missing; give one, such as 10.1.0.4"
	case notRange == nil:
		return show + " is a range of addresses; give the one address of the server"
	case notPort == nil:
		return show + " has a port; give the address alone: DNS servers are asked on port 53"
	case leadingZero(typed):
		return show + " has a number that begins with 0, which programs read in two ways; write it without"
	default:
		return show + " is no IP address; a DNS server is given by its address, such as 10.1.0.4"
	}
}

// leadingZero reports whether an address is one once the zeros before its numbers are
// taken away.
func leadingZero(s string) bool {
	_, ok := WithoutLeadingZeros(s)
	return ok
}

// WithoutLeadingZeros takes the zeros before the numbers of an IPv4 address away: some
// programs read such numbers as octal. It is false for what is no address then, and
// for what had no such zero.
func WithoutLeadingZeros(s string) (address string, ok bool) {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		parts[i] = strings.TrimLeft(p, "0")
		if parts[i] == "" && p != "" {
			parts[i] = "0"
		}
	}
	address = strings.Join(parts, ".")
	_, err := netip.ParseAddr(address)
	return address, err == nil && address != s
}

// unreachable says why no server can be asked at an address through a peering.
func unreachable(a netip.Addr) string {
	if a.Zone() != "" {
		return "is an address of one network card; give one that the whole VNET reaches"
	}
	switch RangeOf(a) {
	case RangePlatform:
		return "is Azure's own resolver: it answers inside each VNET only and is refused as a target; give the inbound endpoint of a private resolver"
	case RangeNobody:
		return "stands for no machine; give the address of the server"
	case RangeLoopback:
		return "is each machine's own address; give the one that the VNET reaches the server at"
	case RangeLinkLocal:
		return "is a link-local address, which no peering carries; give the server's address in the VNET"
	case RangeMulticast:
		return "is a multicast address; give the address of one server"
	case RangeReserved, RangeBroadcast:
		return "lies in a reserved range, which no network carries; give the server's address in the VNET"
	default:
		return ""
	}
}

// doubtful says why an address is unlikely to be a server in a VNET.
func doubtful(a netip.Addr) string {
	show := safe.New(a.String()).Quoted()
	if a.Is6() {
		return show + " is an IPv6 address; Azure's resolvers are reached over IPv4 only, and Konnect may refuse it"
	}
	switch RangeOf(a) {
	case RangePrivate:
		return ""
	case RangeDocumentation:
		return show + " is an address of examples in documents; is it the server's?"
	case RangeShared, RangeBenchmark:
		return show + " lies in a range for providers and measurements; is it the server's?"
	default:
		return show + " is a public address: the names that are asked for would leave the private network"
	}
}
