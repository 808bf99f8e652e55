package vantage

import (
	"net/netip"
	"strings"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what is known of a place, and of the network of the servers. What the
// system does not tell is not known, and nothing is assumed in its stead.
type Facts struct {
	Kind Kind
	// Name is the hop, or the VNET for pasted output.
	Name safe.Text
	// Interfaces are the network cards of this machine that are up.
	Interfaces dnsverdict.Known[[]Interface]
	// Routes is the routing table. Systems with several tables show the first only.
	Routes dnsverdict.Known[[]Route]
	// Ways tells by server which way the system would choose. It knows of every table,
	// and does not tell which range the way is for.
	Ways map[netip.Addr]Way
	// Answered are the addresses that said something to this place before.
	Answered []netip.Addr
	// Doubtful are those of them that said something over UDP only, although TCP was
	// tried: on some networks a box on the way answers every question to port 53 over UDP.
	Doubtful []netip.Addr
	// Networks are the ranges of networks that belong together, such as those of a VNET:
	// what one address in them proves holds for all.
	Networks []Network
	// Recorded: the place is that of whoever recorded what is looked at, and not one of
	// whoever looks.
	Recorded bool
}

// Network is a VNET, or another network whose parts reach each other.
type Network struct {
	Name   safe.Text
	Ranges []netip.Prefix
}

// Interface is a network card, real or not.
type Interface struct {
	Name     safe.Text
	Kind     Card
	Prefixes []netip.Prefix // its addresses with the length of their range
}

// Route is a line of a routing table.
type Route struct {
	To     netip.Prefix
	Card   safe.Text // the name of the interface
	Metric uint32    // of two equal ranges, the smaller one is taken
	Reject bool      // the system refuses to send there
}

// Default reports whether the route is for everything that has no other. VPN programs
// write it as two halves, so that it goes before the one of the system.
func (r Route) Default() bool {
	return r.To.Bits() <= 1 || r.To.Addr().Is6() && r.To.Bits() <= 3
}

// Way is what the system answers when it is asked for the way to an address. Nothing
// is sent for it.
type Way struct {
	From netip.Addr // the machine's own address on that way; not valid for no way
	None string     // why there is none, in the system's words
}

// Card is the sort of a network card.
type Card string

// The cards.
const (
	CardPlain    Card = "network"  // a cable, a radio, a virtual machine's own card
	CardTunnel   Card = "VPN"      // leads into another network
	CardInside   Card = "inside"   // for containers and virtual machines on this machine
	CardLoopback Card = "loopback" // the machine itself
)

// CardOf tells the sort of a card from its name and from what the system says of it.
func CardOf(name string, loopback, pointToPoint bool) Card {
	low := strings.ToLower(name)
	has := func(list ...string) bool {
		for _, p := range list {
			if strings.HasPrefix(low, p) {
				return true
			}
		}
		return false
	}
	switch {
	case loopback:
		return CardLoopback
	case has("docker", "br-", "virbr", "veth", "cni", "flannel", "cali", "cilium", "podman", "lxc", "lxdbr", "vmnet", "vboxnet", "vethernet", "bridge1"):
		return CardInside
	case pointToPoint, has("tun", "tap", "utun", "wg", "ppp", "ipsec", "tailscale", "zt", "gpd", "cscotun", "nordlynx", "vti", "xfrm"),
		strings.Contains(low, "vpn"), strings.Contains(low, "wireguard"), strings.Contains(low, "tunnel"), strings.Contains(low, "anyconnect"):
		return CardTunnel
	default:
		return CardPlain
	}
}

// card finds the card with an address.
func (f Facts) card(address netip.Addr) (Interface, bool) {
	list, _ := f.Interfaces.Get()
	for _, c := range list {
		for _, p := range c.Prefixes {
			if p.Addr() == address {
				return c, true
			}
		}
	}
	return Interface{}, false
}

// named finds a card by its name.
func (f Facts) named(name safe.Text) Interface {
	list, _ := f.Interfaces.Get()
	for _, c := range list {
		if c.Name == name {
			return c
		}
	}
	return Interface{Name: name, Kind: CardOf(name.Raw(), false, false)}
}

// tunnelled reports whether a way to one of the servers leads over a VPN.
func (f Facts) tunnelled() bool {
	for server, way := range f.Ways {
		if c, found := f.card(way.From); found && c.Kind == CardTunnel {
			return true
		}
		if r, found := f.route(server); found && f.named(r.Card).Kind == CardTunnel {
			return true
		}
	}
	return false
}

// route finds the line of the table that the system takes for an address: the longest
// range, and of equal ones the smallest metric.
func (f Facts) route(to netip.Addr) (Route, bool) {
	list, _ := f.Routes.Get()
	best, found := Route{}, false
	for _, r := range list {
		if !r.To.Contains(to) {
			continue
		}
		if !found || r.To.Bits() > best.To.Bits() || r.To.Bits() == best.To.Bits() && r.Metric < best.Metric {
			best, found = r, true
		}
	}
	return best, found
}
