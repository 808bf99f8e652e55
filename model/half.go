package model

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// HalfStatus says how much is known of Azure's half of a peering.
type HalfStatus int

// The statuses of Azure's half.
const (
	// HalfNotApplicable: the peering is with nothing in Azure that peerdeck reads.
	HalfNotApplicable HalfStatus = iota
	// HalfUnread: it was not read yet.
	HalfUnread
	// HalfUnreadable: it could not be read; Failure says why.
	HalfUnreadable
	// HalfNoVNet: Azure says that the VNET, or the virtual hub, is not there.
	HalfNoVNet
	// HalfAbsent: the VNET was read, and none of its peerings leads to the network; or the
	// virtual hub, and none of its connections.
	HalfAbsent
	// HalfPresent: Peering is Azure's half, and Proof says by what it is known.
	HalfPresent
	// HalfUnclear: a half may be the network's, and nothing proves it; Other is that half.
	HalfUnclear
)

// AzureHalf is what Azure says about a peering, read from the customer's VNET or virtual hub.
type AzureHalf struct {
	Status  HalfStatus
	VNet    VNet
	Peering VNetPeering
	Proof   Proof
	How     string // by what it is known that Peering is the network's
	// Removable: Peering is dead, and no other network that is there can be its owner.
	// Rivals are those that can, where it is dead and not removable.
	Removable bool
	Rivals    []NetworkName
	// Other is a half of the VNET that may be the network's, or that is in its way.
	Other   OtherHalf
	Failure *Failure
	ReadAt  time.Time
	// Place is where the VNET and its subscription are, as far as it was looked for.
	Place Place
	// Outdated: Konnect's half has changed since this was asked for.
	Outdated bool
	// OfHub: the peering is with a virtual hub.
	OfHub bool
	// Hub is what is known of a virtual hub that was read; nil for every other end. Peering is
	// then the hub's connection to Kong's VNET, seen as a half.
	Hub *HubHalf
}

// Ranges are those at the customer's end: of the VNET, or of the virtual hub.
func (h AzureHalf) Ranges() []Prefix {
	if h.Hub != nil && h.Hub.Hub.Prefix.Valid() {
		return []Prefix{h.Hub.Hub.Prefix}
	}
	return h.VNet.AddressPrefixes
}

// ID is the id of the half that is the network's, or that may be: it is not in its own way.
func (h AzureHalf) ID() safe.Text {
	if h.Status == HalfUnclear {
		return h.Other.Peering.ID
	}
	return h.Peering.ID
}

// OfHalf reports whether a finding of a peering is about Azure's half of it, and not about
// what Konnect says of the peering.
func OfHalf(code finding.Code) bool {
	return strings.HasPrefix(string(code), "azure-") || strings.HasPrefix(string(code), "half-")
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
// of what is known of the VNET and of what is around it.
func HalfOf(n Network, a Around, r VNetRead) (AzureHalf, []Overlap) {
	switch {
	case !r.Read() && r.Failure == nil:
		return AzureHalf{Status: HalfUnread}, nil
	case r.Gone:
		return AzureHalf{Status: HalfNoVNet, Failure: r.Failure, ReadAt: r.At}, nil
	case !r.Read():
		return AzureHalf{Status: HalfUnreadable, Failure: r.Failure}, nil
	}
	h := AzureHalf{Status: HalfAbsent, VNet: r.VNet, Failure: r.Failure, ReadAt: r.At}
	s := search{network: n, around: a, vnet: r.VNet, id: readVNetID(n.VPCID)}
	claims := s.claims()
	if own, found := best(claims); found {
		h.Status, h.Peering, h.Proof, h.How, h.Removable = HalfPresent, own.half, own.proof, own.how, own.removable
		if !own.removable {
			h.Rivals = names(own.rivals)
		}
	}
	if h.Status == HalfPresent && alive(h.Peering) {
		return h, FindOverlaps(n, r.VNet, h.ID())
	}
	if other, found := matters(claims, h.Status == HalfPresent); found {
		h.Other = other.other()
		if h.Other.Whose == WhoseUnclear || h.Other.Whose == WhoseUnread {
			h = AzureHalf{Status: HalfUnclear, VNet: r.VNet, Failure: r.Failure, ReadAt: r.At, Other: h.Other}
		}
	}
	return h, FindOverlaps(n, r.VNet, h.ID())
}
