package model

import (
	"time"

	"peerdeck/model/safe"
)

// HalfStatus says how much is known of Azure's half of a peering.
type HalfStatus int

// The statuses of Azure's half.
const (
	// HalfNotApplicable: the peering is not with an Azure VNET.
	HalfNotApplicable HalfStatus = iota
	// HalfUnread: it was not read yet.
	HalfUnread
	// HalfUnreadable: it could not be read; Failure says why.
	HalfUnreadable
	// HalfNoVNet: Azure says that the VNET is not there.
	HalfNoVNet
	// HalfAbsent: the VNET was read, and none of its peerings leads to the network.
	HalfAbsent
	// HalfPresent: Peering is Azure's half.
	HalfPresent
)

// AzureHalf is what Azure says about a peering, read from the customer's VNET.
type AzureHalf struct {
	Status  HalfStatus
	VNet    VNet
	Peering VNetPeering
	How     string // how it was decided that Peering is Kong's
	Failure *Failure
	ReadAt  time.Time
	// Outdated: Konnect's half has changed since this was asked for.
	Outdated bool
}

// Known reports whether Azure answered the question.
func (h AzureHalf) Known() bool {
	return h.Status == HalfPresent || h.Status == HalfAbsent || h.Status == HalfNoVNet
}

// FindKongHalf finds, among the peerings of a customer's VNET, the one that
// leads to a Konnect network, and says how. Neither cloud names the other's
// object, so it is found in this order: by the id of Kong's VNET, when Konnect
// tells it; within Kong's subscription by the network's address range, whole or in
// parts, or because it is the only one there and names no range; by the range alone,
// where nothing says that it leads to somebody else's subscription: the
// customer's own VNETs may well have the same range. Azure refuses two connected
// peerings with overlapping ranges, so the range decides among the living; where
// a dead one is left beside it, the connected one is taken.
func FindKongHalf(n Network, kongSubscription safe.Text, v VNet) (VNetPeering, string, bool) {
	if !n.VPCID.IsEmpty() {
		if p, more, ok := pick(v.Peerings, func(p VNetPeering) bool { return p.RemoteVNetID.EqualFold(n.VPCID) }); ok {
			return p, "its remote VNET is the one that Konnect names for this network" + more, true
		}
	}
	ranged := func(p VNetPeering) bool {
		for _, r := range p.RemotePrefixes() {
			if n.CIDR.Valid() && r.Same(n.CIDR) {
				return true
			}
		}
		return false
	}
	kongs := func(p VNetPeering) bool {
		return !kongSubscription.IsEmpty() && p.RemoteSubscription().EqualFold(kongSubscription)
	}
	if p, more, ok := pick(v.Peerings, func(p VNetPeering) bool { return kongs(p) && ranged(p) }); ok {
		return p, "it leads to " + n.CIDR.String() + " in Kong's subscription" + more, true
	}
	// Kong's subscription holds the VNETs of other networks too, and this VNET may be
	// peered with them: a range that merely overlaps proves nothing.
	elsewhere := func(p VNetPeering) bool {
		return !n.VPCID.IsEmpty() && !p.RemoteVNetID.IsEmpty() && !p.RemoteVNetID.EqualFold(n.VPCID)
	}
	alone := 0
	for _, p := range v.Peerings {
		if kongs(p) {
			alone++
		}
	}
	within := func(p VNetPeering) bool {
		remote := p.RemotePrefixes()
		if len(remote) == 0 {
			return n.VPCID.IsEmpty() && alone == 1
		}
		return !elsewhere(p) && n.CIDR.MadeOf(remote)
	}
	if p, more, ok := pick(v.Peerings, func(p VNetPeering) bool { return kongs(p) && within(p) }); ok {
		return p, "it leads to Kong's subscription; its range is " + JoinPrefixes(p.RemotePrefixes()) + ", the network's " + n.CIDR.String() + more, true
	}
	others := func(p VNetPeering) bool {
		return !kongSubscription.IsEmpty() && !p.RemoteSubscription().IsEmpty() && !kongs(p)
	}
	if p, more, ok := pick(v.Peerings, func(p VNetPeering) bool { return ranged(p) && !others(p) }); ok {
		return p, "its remote range is " + n.CIDR.String() + "; nothing else identifies it" + more, true
	}
	return VNetPeering{}, "", false
}

// pick returns the best of the peerings that match: a connected one before one
// that waits, and that before a dead one.
func pick(peerings []VNetPeering, match func(VNetPeering) bool) (VNetPeering, string, bool) {
	rank := map[VNetPeeringState]int{VNetConnected: 3, VNetInitiated: 2, VNetDisconnected: 1}
	best, found := VNetPeering{}, 0
	for _, p := range peerings {
		if !match(p) {
			continue
		}
		if found == 0 || rank[p.State] > rank[best.State] {
			best = p
		}
		found++
	}
	if found > 1 {
		return best, " (several do; this is the one that lives)", true
	}
	return best, "", found == 1
}
