package sandbox

import (
	"net/http"
	"net/netip"
	"slices"
)

const actCheckAddress = "Microsoft.Network/virtualNetworks/checkIpAddressAvailability/read"

// checkAddress answers whether an address of a VNET is free.
func (q armRequest) checkAddress(v *vnet) reply {
	text := q.URL.Query().Get("ipAddress")
	a, err := netip.ParseAddr(text)
	if err != nil {
		return armError(q.w, http.StatusBadRequest, "InvalidIPAddress", "IP address '"+text+"' is invalid.")
	}
	in, ok := v.subnetOf(a)
	if !ok {
		return armError(q.w, http.StatusBadRequest, "PrivateIPAddressNotInAnySubnet", "Private static IP address "+text+" does not belong to the range of any subnet in the virtual network "+v.name+".")
	}
	reserved := isReserved(in, a)
	if !reserved && !q.w.isTaken(v, a) {
		return withHeaders(q.w, ok200(map[string]any{"available": true}))
	}
	const offers = 5
	var free []string
	for b := in.Addr(); in.Contains(b) && len(free) < offers; b = b.Next() {
		if !isReserved(in, b) && !q.w.isTaken(v, b) {
			free = append(free, b.String())
		}
	}
	return withHeaders(q.w, ok200(map[string]any{"available": false, "availableIPAddresses": free, "isPlatformReserved": reserved}))
}

// subnetOf finds the range of the subnet that an address lies in.
func (v *vnet) subnetOf(a netip.Addr) (netip.Prefix, bool) {
	for _, s := range v.subnets {
		if p, err := netip.ParsePrefix(s.prefix); err == nil && p.Contains(a) {
			return p.Masked(), true
		}
	}
	return netip.Prefix{}, false
}

// isReserved reports whether Azure keeps an address for itself: the first four of a
// subnet and its last.
func isReserved(subnet netip.Prefix, a netip.Addr) bool {
	first := subnet.Addr()
	for range 4 {
		if first == a {
			return true
		}
		first = first.Next()
	}
	return !subnet.Contains(a.Next())
}

// isTaken reports whether something in the VNET has an address: a DNS server of the
// world, switched off or not, an inbound endpoint, a network card that an event has put
// there, a front end, or a host that the names of the world lead to. An event may say otherwise.
func (w *World) isTaken(v *vnet, a netip.Addr) bool {
	if taken, said := v.addresses[a.String()]; said {
		return taken
	}
	for _, r := range w.resolvers {
		for _, e := range r.endpoints {
			if r.vnet == v && e.address == a.String() {
				return true
			}
		}
	}
	for _, c := range w.cards {
		if c.vnet == v && c.has(a.String()) {
			return true
		}
	}
	front := slices.ContainsFunc(w.balancers, func(b *balancer) bool { return b.vnet == v && b.address == a.String() }) ||
		slices.ContainsFunc(w.appGateways, func(g *appGateway) bool { return g.vnet == v && g.address == a.String() })
	return front || w.nameServers[a.String()] != nil || v.hosts(a)
}

// hosts reports whether an address is one of those that the names of the world have: some of
// the first 256 of each range of the VNET.
func (v *vnet) hosts(a netip.Addr) bool {
	const first, last = 16, 250
	for _, text := range v.prefixes {
		p, err := netip.ParsePrefix(text)
		if err != nil || !p.Contains(a) || !a.Is4() {
			continue
		}
		base, host := p.Masked().Addr().As4(), a.As4()
		if base[2] == host[2] && host[3] >= first && host[3] <= last {
			return true
		}
	}
	return false
}
