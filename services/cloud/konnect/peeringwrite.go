package konnect

import (
	"context"
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// peeringBody is what an Azure peering is created with. It cannot be changed later.
type peeringBody struct {
	Name      safe.Text     `json:"name"`
	DNSConfig []mappingBody `json:"dns_config,omitempty"`
	Config    struct {
		Kind           model.PeeringKind `json:"kind"`
		TenantID       safe.Text         `json:"tenant_id"`
		SubscriptionID safe.Text         `json:"subscription_id"`
		ResourceGroup  safe.Text         `json:"resource_group_name"`
		VNet           safe.Text         `json:"vnet_name,omitzero"`
		Hub            safe.Text         `json:"vhub_name,omitzero"`
	} `json:"transit_gateway_attachment_config"`
}

type mappingBody struct {
	Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
	Domains []safe.Text `json:"domain_proxy_list"`
}

// CreatePeeringWrite makes the request that creates the peering of a set-up in the
// network with an id. Mappings go with it in the mode peering only.
func (c *Client) CreatePeeringWrite(network safe.Text, r setup.Request) model.Write {
	var body peeringBody
	body.Name = r.Peering
	body.Config.Kind, body.Config.TenantID, body.Config.SubscriptionID = model.KindAzureVNet, r.VNet.TenantID, r.VNet.SubscriptionID
	body.Config.ResourceGroup, body.Config.VNet = r.VNet.ResourceGroup, r.VNet.Name
	if r.Hub {
		body.Config.Kind, body.Config.VNet, body.Config.Hub = model.KindAzureVHub, safe.Text{}, r.VNet.Name
	}
	if r.DNS == setup.DNSPeering {
		for _, m := range r.Mappings {
			body.DNSConfig = append(body.DNSConfig, mappingBody{Servers: list0(m.Servers), Domains: list0(m.Domains)})
		}
	}
	return c.write(http.MethodPost, model.ObjectPeering, "the peering "+r.Peering.String()+" with the "+r.End()+" "+r.VNet.Name.String(), body,
		gatewayPath(network, "transit-gateways")...)
}

// list0 keeps a list of none a list.
func list0(l []safe.Text) []safe.Text { return append([]safe.Text{}, l...) }

// CreatePeering sends the write of CreatePeeringWrite. It answers at once; the
// peering is made in the time after.
func (c *Client) CreatePeering(ctx context.Context, network safe.Text, w model.Write) (model.Peering, error) {
	return sendFor(ctx, c, "create a peering in network", network, w, decodePeering)
}

// DeletePeeringWrite makes the request that deletes a peering.
func (c *Client) DeletePeeringWrite(network, id safe.Text) model.Write {
	return c.write(http.MethodDelete, model.ObjectPeering, "the peering "+id.String()+" is deleted", nil, gatewayPath(network, "transit-gateways", id.Raw())...)
}

// DeletePeering sends the write of DeletePeeringWrite. A peering that is gone is no
// error. Konnect refuses with 400 while the peering is changing.
func (c *Client) DeletePeering(ctx context.Context, network safe.Text, w model.Write) error {
	return c.remove(ctx, "delete a peering of network", network, w)
}
