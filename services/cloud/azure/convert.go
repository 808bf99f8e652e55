package azure

import (
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Every member of the SDK's models is a pointer that may be nil.

func convertVNet(v armnetwork.VirtualNetwork) model.VNet {
	out := model.VNet{ID: rest.Text(v.ID), Name: rest.Text(v.Name), Location: rest.Text(v.Location)}
	p := v.Properties
	if p == nil {
		return out
	}
	out.GUID = rest.Text(p.ResourceGUID)
	out.AddressPrefixes = prefixes(p.AddressSpace)
	if p.DhcpOptions != nil {
		out.DNSServers = rest.Texts(p.DhcpOptions.DNSServers)
	}
	for _, s := range p.Subnets {
		if s != nil {
			out.Subnets = append(out.Subnets, convertSubnet(*s))
		}
	}
	for _, h := range p.VirtualNetworkPeerings {
		if h != nil {
			out.Peerings = append(out.Peerings, convertPeering(*h))
		}
	}
	return out
}

func convertSubnet(s armnetwork.Subnet) model.Subnet {
	out := model.Subnet{Name: rest.Text(s.Name)}
	p := s.Properties
	if p == nil {
		return out
	}
	if p.AddressPrefix != nil {
		out.Prefixes = append(out.Prefixes, model.NewPrefix(rest.Text(p.AddressPrefix)))
	}
	out.Prefixes = append(out.Prefixes, model.NewPrefixes(rest.Texts(p.AddressPrefixes))...)
	if p.NetworkSecurityGroup != nil {
		out.SecurityGroup = rest.Text(p.NetworkSecurityGroup.ID)
	}
	if p.RouteTable != nil {
		out.RouteTable = rest.Text(p.RouteTable.ID)
	}
	out.EndpointPolicies = safe.New(word(p.PrivateEndpointNetworkPolicies))
	out.Undelegated = p.Delegations != nil && len(p.Delegations) == 0
	for _, d := range p.Delegations {
		if d != nil && d.Properties != nil {
			out.Delegation = rest.Text(d.Properties.ServiceName)
		}
	}
	return out
}

func convertPeering(h armnetwork.VirtualNetworkPeering) model.VNetPeering {
	out := model.VNetPeering{ID: rest.Text(h.ID), Name: rest.Text(h.Name)}
	p := h.Properties
	if p == nil {
		return out
	}
	out.GUID = rest.Text(p.ResourceGUID)
	out.State = known(word(p.PeeringState), model.VNetConnected, model.VNetInitiated, model.VNetDisconnected)
	out.Sync = known(word(p.PeeringSyncLevel), model.SyncFull, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind)
	out.Provisioning = provisioning(word(p.ProvisioningState))
	if p.RemoteVirtualNetwork != nil {
		out.RemoteVNetID = rest.Text(p.RemoteVirtualNetwork.ID)
	}
	out.Local = prefixes(p.LocalAddressSpace)
	out.LocalNow = prefixes(p.LocalVirtualNetworkAddressSpace)
	out.Routed = prefixes(p.RemoteAddressSpace)
	out.RemoteNow = prefixes(p.RemoteVirtualNetworkAddressSpace)
	out.AllowAccess = flag(p.AllowVirtualNetworkAccess)
	out.AllowForward = flag(p.AllowForwardedTraffic)
	out.GatewayTransit = flag(p.AllowGatewayTransit)
	out.RemoteGateways = flag(p.UseRemoteGateways)
	out.WholeVNets = flag(p.PeerCompleteVnets)
	out.LocalSubnets, out.RemoteSubnets = rest.Texts(p.LocalSubnetNames), rest.Texts(p.RemoteSubnetNames)
	out.IPv6Only = flag(p.EnableOnlyIPv6Peering)
	if e := p.RemoteVirtualNetworkEncryption; e != nil {
		out.Encryption, out.Enforcement = flag(e.Enabled), known(word(e.Enforcement), model.EncryptionAllows, model.EncryptionDrops)
	}
	return out
}

// word reads an enumeration, cleaned: the set of values is open.
func word[T ~string](v *T) string {
	if v == nil {
		return ""
	}
	return safe.Clean(string(*v))
}

// known spells a value as the model does: Azure compares such words without regard to
// case. One that is not among the values is kept as it came.
func known[T ~string](came string, values ...T) T {
	for _, v := range values {
		if strings.EqualFold(came, string(v)) {
			return v
		}
	}
	return T(came)
}

func flag(v *bool) model.Ternary {
	switch {
	case v == nil:
		return model.Unstated
	case *v:
		return model.Yes
	default:
		return model.No
	}
}

func prefixes(space *armnetwork.AddressSpace) []model.Prefix {
	if space == nil {
		return nil
	}
	return model.NewPrefixes(rest.Texts(space.AddressPrefixes))
}
