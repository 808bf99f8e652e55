package model

import (
	"net/netip"
	"strings"

	"peerdeck/model/safe"
)

// platformResolver answers inside each Azure network, and from nowhere else.
const platformResolver = "168.63.129.16"

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
		return "", quoted(safe.New(show)) + " " + reason
	}
	return show, doubtful(a)
}

// notAddress finds what people put in the place of an address.
func notAddress(typed string) string {
	show := quoted(safe.New(typed))
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

func leadingZero(s string) bool {
	parts := strings.Split(s, ".")
	for i, p := range parts {
		parts[i] = strings.TrimLeft(p, "0")
		if parts[i] == "" && p != "" {
			parts[i] = "0"
		}
	}
	_, err := netip.ParseAddr(strings.Join(parts, "."))
	return err == nil
}

// unreachable says why no server can be asked at an address through a peering.
func unreachable(a netip.Addr) string {
	switch {
	case a.String() == platformResolver:
		return "is Azure's own resolver: it answers inside each VNET only and is refused as a target; give the inbound endpoint of a private resolver"
	case a.Zone() != "":
		return "is an address of one network card; give one that the whole VNET reaches"
	case a.IsUnspecified(), within(a, netip.AddrFrom4([4]byte{}), 8):
		return "stands for no machine; give the address of the server"
	case a.IsLoopback():
		return "is each machine's own address; give the one that the VNET reaches the server at"
	case a.IsLinkLocalUnicast():
		return "is a link-local address, which no peering carries; give the server's address in the VNET"
	case a.IsMulticast():
		return "is a multicast address; give the address of one server"
	case within(a, netip.AddrFrom4([4]byte{240}), 4):
		return "lies in a reserved range, which no network carries; give the server's address in the VNET"
	default:
		return ""
	}
}

// doubtful says why an address is unlikely to be a server in a VNET.
func doubtful(a netip.Addr) string {
	show := quoted(safe.New(a.String()))
	switch {
	case a.Is6():
		return show + " is an IPv6 address; Azure's resolvers are reached over IPv4 only, and Konnect may refuse it"
	case a.IsPrivate():
		return ""
	case within(a, netip.AddrFrom4([4]byte{192, 0, 2}), 24), within(a, netip.AddrFrom4([4]byte{198, 51, 100}), 24), within(a, netip.AddrFrom4([4]byte{203, 0, 113}), 24):
		return show + " is an address of examples in documents; is it the server's?"
	case within(a, netip.AddrFrom4([4]byte{100, 64}), 10), within(a, netip.AddrFrom4([4]byte{198, 18}), 15):
		return show + " lies in a range for providers and measurements; is it the server's?"
	default:
		return show + " is a public address: the names that are asked for would leave the private network"
	}
}

func within(a, first netip.Addr, bits int) bool {
	return a.Is4() && netip.PrefixFrom(first, bits).Contains(a)
}
