package model

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Place is what is known of where a VNET is, beside what reading it at the place that a
// peering names gives.
type Place struct {
	// Subscription is the subscription that the peering names, as the account sees it; the
	// zero value where it was not read or is not among those that the account sees.
	Subscription Subscription
	// Searched: the account's subscriptions were listed because the VNET is not where the
	// peering says. Search is what came of it.
	Searched bool
	Search   VNetSearch
	// Elsewhere are the VNETs that may be it.
	Elsewhere []Moved
}

// VNetSearch is the VNETs of the subscriptions that an account can read in a tenant.
type VNetSearch struct {
	VNets         []VNet
	Subscriptions int         // that were listed
	Unread        []safe.Text // names of those that could not be
	Left          int         // subscriptions that were not asked, because there are so many
}

// Moved is a VNET at another place than the one that a peering names.
type Moved struct {
	Ref  VNetRef
	Same bool             // by its resource GUID, which a VNET keeps; else its name alone says so
	Half VNetPeeringState // of the half in it that leads to the network, empty for none
}

// RefOf is the place of a VNET, by its id.
func RefOf(tenant safe.Text, v VNet) VNetRef {
	parts := strings.Split(strings.Trim(v.ID.Raw(), "/"), "/")
	ref := VNetRef{TenantID: tenant, Name: v.Name}
	for i := 0; i+1 < len(parts); i += 2 {
		switch strings.ToLower(parts[i]) {
		case "subscriptions":
			ref.SubscriptionID = safe.New(parts[i+1])
		case "resourcegroups":
			ref.ResourceGroup = safe.New(parts[i+1])
		case "virtualnetworks":
			ref.Name = safe.New(parts[i+1])
		}
	}
	return ref
}

// Find returns the VNETs elsewhere that may be the one that is not at a place: the one
// with its resource GUID where that is remembered and found, else those of its name.
func (s VNetSearch) Find(at VNetRef, guid safe.Text) []VNet {
	var named []VNet
	for _, v := range s.VNets {
		ref := RefOf(at.TenantID, v)
		if ref.Key() == at.Key() {
			continue
		}
		if !guid.IsEmpty() && v.GUID.EqualFold(guid) {
			return []VNet{v}
		}
		// One whose GUID is another is another VNET, whatever its name.
		if ref.Name.EqualFold(at.Name) && (guid.IsEmpty() || v.GUID.IsEmpty()) {
			named = append(named, v)
		}
	}
	return named
}

// Lost reports whether a failure to read a VNET means that it may be somewhere else: it is
// not there, or its subscription is not.
func Lost(f Failure) bool {
	return NoVNet(f) || f.Code.Raw() == "SubscriptionNotFound"
}
