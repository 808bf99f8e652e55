package azure

import (
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Every member of the SDK's models is a pointer that may be nil.

func convertVNet(v armnetwork.VirtualNetwork) model.VNet {
	out := model.VNet{ID: text(v.ID), Name: text(v.Name), Location: text(v.Location)}
	p := v.Properties
	if p == nil {
		return out
	}
	out.AddressPrefixes = prefixes(p.AddressSpace)
	if p.DhcpOptions != nil {
		out.DNSServers = texts(p.DhcpOptions.DNSServers)
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
	out := model.Subnet{Name: text(s.Name)}
	p := s.Properties
	if p == nil {
		return out
	}
	if p.AddressPrefix != nil {
		out.Prefixes = append(out.Prefixes, model.NewPrefix(text(p.AddressPrefix)))
	}
	out.Prefixes = append(out.Prefixes, model.NewPrefixes(texts(p.AddressPrefixes))...)
	if p.NetworkSecurityGroup != nil {
		out.SecurityGroup = text(p.NetworkSecurityGroup.ID)
	}
	if p.RouteTable != nil {
		out.RouteTable = text(p.RouteTable.ID)
	}
	for _, d := range p.Delegations {
		if d != nil && d.Properties != nil {
			out.Delegation = text(d.Properties.ServiceName)
		}
	}
	return out
}

func convertPeering(h armnetwork.VirtualNetworkPeering) model.VNetPeering {
	out := model.VNetPeering{ID: text(h.ID), Name: text(h.Name)}
	p := h.Properties
	if p == nil {
		return out
	}
	out.State = model.VNetPeeringState(word(p.PeeringState))
	out.Sync = model.SyncLevel(word(p.PeeringSyncLevel))
	out.Provisioning = model.ProvisioningState(word(p.ProvisioningState))
	if p.RemoteVirtualNetwork != nil {
		out.RemoteVNetID = text(p.RemoteVirtualNetwork.ID)
	}
	out.Routed = prefixes(p.RemoteAddressSpace)
	out.RemoteNow = prefixes(p.RemoteVirtualNetworkAddressSpace)
	out.AllowAccess = flag(p.AllowVirtualNetworkAccess)
	out.AllowForward = flag(p.AllowForwardedTraffic)
	out.GatewayTransit = flag(p.AllowGatewayTransit)
	out.RemoteGateways = flag(p.UseRemoteGateways)
	return out
}

func text(s *string) safe.Text {
	if s == nil {
		return safe.Text{}
	}
	return safe.New(*s)
}

func texts(list []*string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		if s != nil {
			out = append(out, safe.New(*s))
		}
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
	return model.NewPrefixes(texts(space.AddressPrefixes))
}
