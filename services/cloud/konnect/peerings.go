package konnect

import (
	"context"
	"encoding/json"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

type peeringWire struct {
	ID            safe.Text       `json:"id"`
	Name          safe.Text       `json:"name"`
	State         safe.Text       `json:"state"`
	StateMetadata metadata        `json:"state_metadata"`
	CIDRBlocks    []safe.Text     `json:"cidr_blocks"`
	DNSConfig     dnsTable        `json:"dns_config"`
	Attachment    json.RawMessage `json:"transit_gateway_attachment_config"`
	EntityVersion number          `json:"entity_version"`
	CreatedAt     timestamp       `json:"created_at"`
	UpdatedAt     timestamp       `json:"updated_at"`
}

func decodePeering(raw json.RawMessage) (safe.Text, model.Peering, error) {
	var w peeringWire
	extra, err := decode(raw, &w)
	if err != nil {
		return safe.Text{}, model.Peering{}, err
	}
	if w.ID.IsEmpty() {
		return safe.Text{}, model.Peering{}, errNoID()
	}
	p := model.Peering{
		ID: w.ID, Name: w.Name, State: model.PeeringState(w.State.String()),
		ReportedStatus: w.StateMetadata.ReportedStatus, Reason: w.StateMetadata.Reason,
		CIDRs: model.NewPrefixes(w.CIDRBlocks), DNS: w.DNSConfig.mappings,
		EntityVersion: int(w.EntityVersion), CreatedAt: w.CreatedAt.Time, UpdatedAt: w.UpdatedAt.Time, Extra: extra,
	}
	kind, target, members, err := attachment(w.Attachment)
	if err != nil {
		return safe.Text{}, model.Peering{}, err
	}
	p.Kind, p.Target = model.PeeringKind(kind), target
	if p.Kind == model.KindAzureVNet {
		p.VNet = model.VNetRef{
			TenantID: value(members["tenant_id"]), SubscriptionID: value(members["subscription_id"]),
			ResourceGroup: value(members["resource_group_name"]), Name: value(members["vnet_name"]),
		}
	}
	if p.Kind == model.KindAzureVHub {
		p.Hub = model.HubRef{
			TenantID: value(members["tenant_id"]), SubscriptionID: value(members["subscription_id"]),
			ResourceGroup: value(members["resource_group_name"]), Name: value(members["vhub_name"]),
		}
	}
	return w.ID, p, nil
}

// Peerings lists the transit gateways of a network.
func (c *Client) Peerings(ctx context.Context, network safe.Text) (List[model.Peering], error) {
	r := c.get("list peerings of network", network, "v2", "cloud-gateways", "networks", network.Raw(), "transit-gateways")
	return list(ctx, c, r, decodePeering, nil)
}

// Peering reads one transit gateway.
func (c *Client) Peering(ctx context.Context, network, id safe.Text) (model.Peering, error) {
	r := c.get("read peering", id, "v2", "cloud-gateways", "networks", network.Raw(), "transit-gateways", id.Raw())
	return readOne(ctx, c, r, decodePeering)
}
