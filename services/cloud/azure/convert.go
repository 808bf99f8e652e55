package azure

import (
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

func convertVNet(v vnetWire) model.VNet {
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
	for _, h := range p.Peerings {
		if h != nil {
			out.Peerings = append(out.Peerings, convertPeering(*h))
		}
	}
	return out
}

func convertSubnet(s subnetWire) model.Subnet {
	out := model.Subnet{Name: rest.Text(s.Name)}
	p := s.Properties
	if p == nil {
		return out
	}
	if p.AddressPrefix != nil {
		out.Prefixes = append(out.Prefixes, model.NewPrefix(rest.Text(p.AddressPrefix)))
	}
	out.Prefixes = append(out.Prefixes, model.NewPrefixes(rest.Texts(p.AddressPrefixes))...)
	if p.SecurityGroup != nil {
		out.SecurityGroup = rest.Text(p.SecurityGroup.ID)
	}
	if p.RouteTable != nil {
		out.RouteTable = rest.Text(p.RouteTable.ID)
	}
	out.EndpointPolicies = safe.New(word(p.PrivateEndpointPolicies))
	out.Undelegated = p.Delegations != nil && len(p.Delegations) == 0
	for _, d := range p.Delegations {
		if d != nil && d.Properties != nil {
			out.Delegation = rest.Text(d.Properties.ServiceName)
		}
	}
	return out
}

func convertPeering(h halfWire) model.VNetPeering {
	out := model.VNetPeering{ID: rest.Text(h.ID), Name: rest.Text(h.Name)}
	p := h.Properties
	if p == nil {
		return out
	}
	out.GUID = rest.Text(p.ResourceGUID)
	out.State = known(word(p.PeeringState), model.VNetConnected, model.VNetInitiated, model.VNetDisconnected)
	out.Sync = known(word(p.PeeringSyncLevel), model.SyncFull, model.SyncLocalBehind, model.SyncRemoteBehind, model.SyncBothBehind)
	out.Provisioning = provisioning(word(p.ProvisioningState))
	if p.RemoteVNet != nil {
		out.RemoteVNetID = rest.Text(p.RemoteVNet.ID)
	}
	out.Local = prefixes(p.LocalSpace)
	out.LocalNow = prefixes(p.LocalVNetSpace)
	out.Routed = prefixes(p.RemoteSpace)
	out.RemoteNow = prefixes(p.RemoteVNetSpace)
	out.AllowAccess = flag(p.AllowAccess)
	out.AllowForward = flag(p.AllowForwarded)
	out.GatewayTransit = flag(p.AllowGatewayTransit)
	out.RemoteGateways = flag(p.UseRemoteGateways)
	out.WholeVNets = flag(p.PeerCompleteVNets)
	out.LocalSubnets, out.RemoteSubnets = rest.Texts(p.LocalSubnetNames), rest.Texts(p.RemoteSubnetNames)
	out.IPv6Only = flag(p.OnlyIPv6)
	if e := p.RemoteVNetEncryption; e != nil {
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

func prefixes(space *spaceWire) []model.Prefix {
	if space == nil {
		return nil
	}
	return model.NewPrefixes(rest.Texts(space.AddressPrefixes))
}
