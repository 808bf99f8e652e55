package netfacts

import (
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

func convertEndpoint(e armnetwork.PrivateEndpoint) azurenet.PrivateEndpoint {
	out := azurenet.PrivateEndpoint{ID: rest.Text(e.ID), Name: rest.Text(e.Name)}
	p := e.Properties
	if p == nil {
		return out
	}
	out.Subnet, out.Groups = subnetID(p.Subnet), groupIDs(p.ApplicationSecurityGroups)
	for _, c := range p.NetworkInterfaces {
		if c != nil {
			out.Cards = append(out.Cards, rest.Text(c.ID))
		}
	}
	for _, list := range [][]*armnetwork.PrivateLinkServiceConnection{p.PrivateLinkServiceConnections, p.ManualPrivateLinkServiceConnections} {
		for _, c := range list {
			if c == nil || c.Properties == nil {
				continue
			}
			out.Target = rest.Text(c.Properties.PrivateLinkServiceID)
			if s := c.Properties.PrivateLinkServiceConnectionState; s != nil {
				out.State = rest.Text(s.Status)
			}
		}
	}
	return out
}

// policiesOf are the policies that private endpoints in the subnets of a VNET obey, as far as
// Azure tells.
func policiesOf(v model.VNet) []azurenet.SubnetPolicies {
	var out []azurenet.SubnetPolicies
	for _, s := range v.Subnets {
		if !s.EndpointPolicies.IsEmpty() {
			out = append(out, azurenet.SubnetPolicies{Subnet: safe.New(v.ID.Raw() + "/subnets/" + s.Name.Raw()), Endpoints: s.EndpointPolicies})
		}
	}
	return out
}
