package model

import (
	"slices"
	"strings"

	"peerdeck/model/safe"
)

// VNet is a virtual network in the customer's subscription, as Azure reports it.
type VNet struct {
	ID              safe.Text
	Name            safe.Text
	Location        safe.Text
	AddressPrefixes []Prefix
	DNSServers      []safe.Text // empty: the servers that Azure provides
	Subnets         []Subnet
	Peerings        []VNetPeering
}

// Subnet is a part of a VNET.
type Subnet struct {
	Name          safe.Text
	Prefixes      []Prefix
	SecurityGroup safe.Text // ARM id, empty when none
	RouteTable    safe.Text // ARM id, empty when none
	Delegation    safe.Text // service name, empty when none
}

// VNetPeering is one half of a peering: the half that lies in the VNET on which
// it was read.
type VNetPeering struct {
	ID             safe.Text
	Name           safe.Text
	State          VNetPeeringState
	Sync           SyncLevel
	Provisioning   ProvisioningState
	RemoteVNetID   safe.Text
	Routed         []Prefix // the remote ranges that this half routes
	RemoteNow      []Prefix // the remote VNET's present ranges, as far as Azure told
	AllowAccess    Ternary  // AllowVirtualNetworkAccess
	AllowForward   Ternary  // AllowForwardedTraffic
	GatewayTransit Ternary  // AllowGatewayTransit
	RemoteGateways Ternary  // UseRemoteGateways
}

// Ternary is a flag that Azure may leave out.
type Ternary int

// The values of a flag.
const (
	Unstated Ternary = iota
	Yes
	No
)

// String returns the flag as a word.
func (t Ternary) String() string {
	switch t {
	case Yes:
		return "yes"
	case No:
		return "no"
	default:
		return "not stated"
	}
}

// RemotePrefixes returns every range that Azure names for the remote VNET.
func (p VNetPeering) RemotePrefixes() []Prefix {
	all := slices.Clone(p.RemoteNow)
	for _, r := range p.Routed {
		if !slices.ContainsFunc(all, r.Same) {
			all = append(all, r)
		}
	}
	return all
}

// RemoteSubscription returns the subscription id in the remote VNET's id, empty
// when the id has none.
func (p VNetPeering) RemoteSubscription() safe.Text {
	parts := strings.Split(strings.Trim(p.RemoteVNetID.Raw(), "/"), "/")
	if len(parts) > 1 && strings.EqualFold(parts[0], "subscriptions") {
		return safe.New(parts[1])
	}
	return safe.Text{}
}
