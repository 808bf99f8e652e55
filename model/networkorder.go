package model

import (
	"cmp"
	"slices"
	"time"
)

// NetworkOrder is what networks are sorted by.
type NetworkOrder string

// The orders of networks. Those that count begin with the most.
const (
	ByName     NetworkOrder = "name"
	ByUrgency  NetworkOrder = "urgency" // the worst finding first, what is known already after what presses
	ByRegion   NetworkOrder = "region"
	ByCIDR     NetworkOrder = "cidr"
	ByPeerings NetworkOrder = "peerings"
	ByDNS      NetworkOrder = "dns"   // rules
	BySince    NetworkOrder = "since" // what changed last first
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
		return cmp.Or(b.Finding.Rank()-a.Finding.Rank(), compareUse(a, b))
	case ByRegion:
		return a.Region.Compare(b.Region)
	case ByCIDR:
		return a.CIDR.Compare(b.CIDR)
	case ByPeerings:
		return max(len(b.Peerings), b.PeeringCount) - max(len(a.Peerings), a.PeeringCount)
	case ByDNS:
		return b.DNSRules() - a.DNSRules()
	case BySince:
		return compareSince(a.SpeaksSince(), b.SpeaksSince())
	default:
		return 0
	}
}

// compareUse puts those behind that nobody uses.
func compareUse(a, b *NetworkStatus) int {
	switch one, other := a.Unused() != "", b.Unused() != ""; {
	case one == other:
		return 0
	case other:
		return -1
	default:
		return 1
	}
}

// compareSince puts the states first that began last, and those behind of which nothing is
// known.
func compareSince(a, b Since) int {
	began := func(s Since) time.Time {
		if s.Latest.IsZero() {
			return s.Earliest
		}
		return s.Latest
	}
	return began(b).Compare(began(a))
}
