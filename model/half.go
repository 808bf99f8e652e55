package model

import (
	"slices"
	"time"

	"peerdeck/model/phrase"
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

// VNetRead is what is known of a VNET by reading it.
type VNetRead struct {
	VNet VNet
	Part
	// Gone: Azure says that it is not there; see [NoVNet].
	Gone bool
}

// NoVNet reports whether a failure means that the VNET, or its resource group, is not
// there. Azure says so only to who may look.
func NoVNet(f Failure) bool {
	switch f.Code.Raw() {
	case "ResourceNotFound", "ResourceGroupNotFound", "NotFound":
		return f.Kind == FailureNotFound
	default:
		return false
	}
}

// HalfOf makes Azure's half of a peering with a VNET, and the address ranges that meet,
// of what is known of the VNET. Kong is Kong's subscription, as far as Konnect tells it.
func HalfOf(n Network, kong safe.Text, r VNetRead) (AzureHalf, []Overlap) {
	switch {
	case !r.Read() && r.Failure == nil:
		return AzureHalf{Status: HalfUnread}, nil
	case r.Gone:
		return AzureHalf{Status: HalfNoVNet, Failure: r.Failure, ReadAt: r.At}, nil
	case !r.Read():
		return AzureHalf{Status: HalfUnreadable, Failure: r.Failure}, nil
	}
	h := AzureHalf{Status: HalfAbsent, VNet: r.VNet, Failure: r.Failure, ReadAt: r.At}
	if half, how, ok := FindKongHalf(n, kong, r.VNet); ok {
		h.Status, h.Peering, h.How = HalfPresent, half, how
	}
	return h, FindOverlaps(n, r.VNet, h.Peering.ID)
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
	s := halfSearch{network: n, kong: kongSubscription}
	for _, p := range v.Peerings {
		if s.kongs(p) {
			s.there++
		}
	}
	for _, by := range []struct {
		match func(VNetPeering) bool
		how   func(VNetPeering) string
	}{
		{s.named, func(VNetPeering) string { return "its remote VNET is the one that Konnect names for this network" }},
		{
			func(p VNetPeering) bool { return s.kongs(p) && s.ranged(p) && !s.elsewhere(p) },
			func(VNetPeering) string { return "it leads to " + n.CIDR.String() + " in Kong's subscription" },
		},
		{
			func(p VNetPeering) bool { return s.kongs(p) && s.parted(p) },
			func(p VNetPeering) string {
				return "it leads to Kong's subscription; its range is " + phrase.List(p.RemotePrefixes()) + ", the network's " + n.CIDR.String()
			},
		},
		{
			func(p VNetPeering) bool { return s.ranged(p) && !s.others(p) },
			func(VNetPeering) string {
				return "its remote range is " + n.CIDR.String() + "; nothing else identifies it"
			},
		},
	} {
		if p, more, ok := pick(v.Peerings, by.match); ok {
			return p, by.how(p) + more, true
		}
	}
	return VNetPeering{}, "", false
}

// halfSearch is what is known of the half that is looked for.
type halfSearch struct {
	network Network
	kong    safe.Text // Kong's subscription, empty when unknown
	there   int       // peerings that lead into it
}

// named: it leads to the VNET that Konnect tells.
func (s halfSearch) named(p VNetPeering) bool {
	return !s.network.VPCID.IsEmpty() && p.RemoteVNetID.EqualFold(s.network.VPCID)
}

// kongs: it leads into Kong's subscription.
func (s halfSearch) kongs(p VNetPeering) bool {
	return !s.kong.IsEmpty() && p.RemoteSubscription().EqualFold(s.kong)
}

// elsewhere: Konnect tells the VNET, and it leads to another one. Networks of one
// organization may well have the same range.
func (s halfSearch) elsewhere(p VNetPeering) bool {
	return !s.network.VPCID.IsEmpty() && !p.RemoteVNetID.IsEmpty() && !s.named(p)
}

// others: it leads into a subscription that is not Kong's.
func (s halfSearch) others(p VNetPeering) bool {
	return !s.kong.IsEmpty() && !p.RemoteSubscription().IsEmpty() && !s.kongs(p)
}

// ranged: its range is the network's.
func (s halfSearch) ranged(p VNetPeering) bool {
	return s.network.CIDR.Valid() && slices.ContainsFunc(p.RemotePrefixes(), s.network.CIDR.Same)
}

// parted: its ranges are the parts of the network's, or it names none and nothing
// else can be meant. Kong's subscription holds the VNETs of other networks too, and
// this VNET may be peered with them: a range that merely overlaps proves nothing.
func (s halfSearch) parted(p VNetPeering) bool {
	remote := p.RemotePrefixes()
	if len(remote) == 0 {
		return s.network.VPCID.IsEmpty() && s.there == 1
	}
	return !s.elsewhere(p) && s.network.CIDR.MadeOf(remote)
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
