package model

import (
	"cmp"
	"slices"
)

// NetworkOrder is what networks are sorted by.
type NetworkOrder string

// The orders of networks. Those that count begin with the most.
const (
	ByName     NetworkOrder = "name"
	ByUrgency  NetworkOrder = "urgency" // the worst finding first
	ByRegion   NetworkOrder = "region"
	ByCIDR     NetworkOrder = "cidr"
	ByPeerings NetworkOrder = "peerings"
	ByDNS      NetworkOrder = "dns" // rules
)

// SortNetworks sorts networks; those that are equal by name, and then by id. Reverse
// turns the order round, and leaves those of one name in the order of their ids.
func SortNetworks(list []*NetworkStatus, by NetworkOrder, reverse bool) {
	slices.SortStableFunc(list, func(a, b *NetworkStatus) int {
		c := cmp.Or(compareNetworks(a, b, by), a.Name.Compare(b.Name))
		if reverse {
			c = -c
		}
		return cmp.Or(c, a.ID.Compare(b.ID))
	})
}

func compareNetworks(a, b *NetworkStatus, by NetworkOrder) int {
	switch by {
	case ByName:
		return 0
	case ByUrgency:
		return int(b.Finding.Severity) - int(a.Finding.Severity)
	case ByRegion:
		return a.Region.Compare(b.Region)
	case ByCIDR:
		return a.CIDR.Compare(b.CIDR)
	case ByPeerings:
		return max(len(b.Peerings), b.PeeringCount) - max(len(a.Peerings), a.PeeringCount)
	case ByDNS:
		return b.DNSRules() - a.DNSRules()
	default:
		return 0
	}
}
