package model

import (
	"cmp"
	"net/netip"
	"slices"
)

// AddressPlace is a range that an address lies in: of a VNET that a peering leads to, or the
// network's own.
type AddressPlace struct {
	Network *NetworkStatus
	Peering *PeeringStatus // nil: the range is the network's own
	Range   Prefix
}

// OfAddress lists the ranges that an address lies in, the longest first, and of equal ones
// in the order of the networks.
func (s Snapshot) OfAddress(address netip.Addr) []AddressPlace {
	var out []AddressPlace
	for _, n := range s.Networks {
		if inRange(n.CIDR, address) {
			out = append(out, AddressPlace{Network: n, Range: n.CIDR})
		}
		for i := range n.Peerings {
			p := &n.Peerings[i]
			if r, in := longestOf(slices.Concat(p.CIDRs, p.Azure.VNet.AddressPrefixes, p.Azure.Peering.Local), address); in {
				out = append(out, AddressPlace{Network: n, Peering: p, Range: r})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b AddressPlace) int { return cmp.Compare(b.Range.Range().Bits(), a.Range.Range().Bits()) })
	return out
}

func inRange(p Prefix, address netip.Addr) bool { return p.Valid() && p.Range().Contains(address) }

// longestOf is the longest of some ranges that an address lies in.
func longestOf(ranges []Prefix, address netip.Addr) (Prefix, bool) {
	var best Prefix
	for _, r := range ranges {
		if inRange(r, address) && (!best.Valid() || r.Range().Bits() > best.Range().Bits()) {
			best = r
		}
	}
	return best, best.Valid()
}
