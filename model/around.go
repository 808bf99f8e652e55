package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Around is what is known beside a network and a VNET, for the question whose half a half
// of the VNET is. The zero value is that nothing is known, so that a range proves nothing.
type Around struct {
	// Kong is what Konnect calls the account that the network stands in. It may be a
	// subscription's id or something else, so it is a hint and never a proof.
	Kong safe.Text
	// Ours are subscriptions that hold VNETs of the customer's. Kong's VNETs are in none.
	Ours []safe.Text
	// Whole: the list of networks was read to its end.
	Whole bool
	// Others are the other networks that can be seen and whose range meets the network's
	// or that of a half: all that are peered with the VNET or of which that is not known,
	// and of the rest enough to know that there are some.
	Others []Neighbour
	// Born are the halves that are known to have come while this peering was being made;
	// Before those that were there before it was.
	Born, Before []safe.Text
	// Unpeered: Konnect has no peering of the network with the VNET.
	Unpeered bool
	// Peering is Konnect's own, as far as there is one.
	Peering Peering
}

// Neighbour is another network that can be seen.
type Neighbour struct {
	ID       safe.Text
	Name     safe.Text
	CIDR     Prefix
	State    NetworkState
	VPCID    safe.Text
	Provider Provider
	// Peered tells whether Konnect has a peering of it with the VNET.
	Peered Ternary
	// Peering is that peering.
	Peering Peering
	// Born are halves that are known to be its own, because they came while its peering
	// was being made; Before those that were there before its peering was.
	Born, Before []safe.Text
}

// NeighbourOf makes a neighbour of a network and its peerings. Read: the list of them is
// whole. End is the VNET or the hub, as [Peering.EndKey] has it.
func NeighbourOf(n Network, provider Provider, peerings []Peering, read bool, end string) Neighbour {
	o := Neighbour{ID: n.ID, Name: n.Name, CIDR: n.CIDR, State: n.State, VPCID: n.VPCID, Provider: provider, Peered: No}
	if !read { // the number that Konnect tells may lag behind
		o.Peered = Unstated
	}
	for i := range peerings {
		p := &peerings[i]
		if p.State != PeeringTerminated && end != "" && p.EndKey() == end {
			o.Peered, o.Peering = Yes, *p
		}
	}
	return o
}

// there reports whether the network can have a VNET of Azure's: it is not deleted, and not
// known to stand on another cloud.
func (o Neighbour) there() bool {
	return o.State != NetworkTerminated && (o.Provider == ProviderAzure || o.Provider == ProviderUnknown)
}

// meets reports whether a half may lead to the network by their ranges.
func (o Neighbour) meets(remote []Prefix) bool {
	if !o.CIDR.Valid() || !slices.ContainsFunc(remote, Prefix.Valid) {
		return o.Peered == Yes
	}
	return slices.ContainsFunc(remote, o.CIDR.Overlaps)
}

// refusedForRange reports whether a peering failed because Azure found its range in use: so
// its half was not written. Such a peering does not try again.
func refusedForRange(p Peering) bool {
	return p.State == PeeringError && strings.Contains(p.Reason.Raw(), "VnetAddressSpaceOverlapsWithAlreadyPeeredVnet")
}
