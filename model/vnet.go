package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// VNet is a virtual network in the customer's subscription, as Azure reports it.
type VNet struct {
	ID              safe.Text
	GUID            safe.Text // stays when the VNET is moved; one made anew has another
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
	Undelegated   bool      // Azure says that it is delegated to nobody
	// EndpointPolicies are the policies that private endpoints in it obey: Disabled, Enabled,
	// NetworkSecurityGroupEnabled, RouteTableEnabled; empty where Azure did not tell.
	EndpointPolicies safe.Text
}

// VNetPeering is one half of a peering: the half that lies in the VNET on which
// it was read.
type VNetPeering struct {
	ID             safe.Text
	Name           safe.Text
	GUID           safe.Text // stays when the half is written again; a new half has a new one
	State          VNetPeeringState
	Sync           SyncLevel
	Provisioning   ProvisioningState
	RemoteVNetID   safe.Text
	Local          []Prefix // the own ranges that take part, as the half has them
	LocalNow       []Prefix // the own VNET's present ranges, as far as Azure told
	Routed         []Prefix // the remote ranges that this half routes
	RemoteNow      []Prefix // the remote VNET's present ranges, as far as Azure told
	AllowAccess    Ternary  // AllowVirtualNetworkAccess
	AllowForward   Ternary  // AllowForwardedTraffic
	GatewayTransit Ternary  // AllowGatewayTransit
	RemoteGateways Ternary  // UseRemoteGateways

	WholeVNets    Ternary     // PeerCompleteVnets: no for a peering of subnets
	LocalSubnets  []safe.Text // the own subnets that take part in a peering of subnets
	RemoteSubnets []safe.Text // the remote ones
	IPv6Only      Ternary     // EnableOnlyIPv6Peering: it carries no IPv4
	// Encryption is whether the remote VNET encrypts, and what becomes of traffic that is
	// not encrypted there.
	Encryption  Ternary
	Enforcement EncryptionEnforcement
}

// EncryptionEnforcement says what a VNET that encrypts does with machines that cannot.
type EncryptionEnforcement string

// The enforcements of armnetwork.
const (
	EncryptionAllows EncryptionEnforcement = "AllowUnencrypted"
	EncryptionDrops  EncryptionEnforcement = "DropUnencrypted"
)

// OfSubnets reports whether the half connects some subnets and not the whole VNETs. Azure
// leaves the flag out where its version does not know peerings of subnets.
func (p VNetPeering) OfSubnets() bool {
	return p.WholeVNets == No || p.WholeVNets == Unstated && len(p.LocalSubnets)+len(p.RemoteSubnets) > 0
}

// OfHub reports whether the half was made by a Virtual WAN that connects the VNET to a
// hub, as its name tells. It is other people's.
func (p VNetPeering) OfHub() bool {
	const made = "remotevnettohubpeering_"
	return strings.HasPrefix(strings.ToLower(p.Name.Raw()), made)
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
