package azure

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Hub reads a virtual hub with its connections, in two requests side by side. Every error is
// a model.Failure; its code tells a hub that is not there (see model.NoVNet) from one that
// may not be read.
func (c *Client) Hub(ctx context.Context, ref model.HubRef) (model.VirtualHub, error) {
	name := func(f model.Failure) model.Failure {
		f.Operation, f.Subject = "read virtual hub", ref.Name
		return explain(f, ref.Name, ref.TenantID, ref.SubscriptionID)
	}
	if ref.SubscriptionID.IsEmpty() || ref.ResourceGroup.IsEmpty() || ref.Name.IsEmpty() {
		return model.VirtualHub{}, model.Failure{
			Kind: model.FailureInvalid, Operation: "read virtual hub", Subject: ref.Name,
			Cause: safe.New("Konnect gives no whole name for it: subscription, resource group or hub is missing"),
		}
	}
	hubs, err := armnetwork.NewVirtualHubsClient(ref.SubscriptionID.Raw(), c.rest.Credential(ref.TenantID), c.rest.Options())
	if err != nil {
		return model.VirtualHub{}, name(c.rest.Describe(err, ref.TenantID))
	}
	connections, err := armnetwork.NewHubVirtualNetworkConnectionsClient(ref.SubscriptionID.Raw(), c.rest.Credential(ref.TenantID), c.rest.Options())
	if err != nil {
		return model.VirtualHub{}, name(c.rest.Describe(err, ref.TenantID))
	}
	var (
		got   armnetwork.VirtualHubsClientGetResponse
		found []*armnetwork.HubVirtualNetworkConnection
	)
	errs := [2]error{}
	_ = work.Each(ctx, len(errs), len(errs), func(ctx context.Context, i int) error {
		if i == 0 {
			got, errs[i] = hubs.Get(ctx, ref.ResourceGroup.Raw(), ref.Name.Raw(), nil)
		} else {
			found, errs[i] = rest.All(ctx, connections.NewListPager(ref.ResourceGroup.Raw(), ref.Name.Raw(), nil),
				func(p armnetwork.HubVirtualNetworkConnectionsClientListResponse) []*armnetwork.HubVirtualNetworkConnection {
					return p.Value
				})
		}
		return nil // each says what it met; the hub's own comes first
	})
	for _, err := range append(errs[:], ctx.Err()) {
		if err != nil {
			return model.VirtualHub{}, name(c.rest.Describe(err, ref.TenantID))
		}
	}
	if got.ID == nil || got.Properties == nil {
		return model.VirtualHub{}, name(c.rest.Empty())
	}
	out := convertHub(got.VirtualHub)
	for _, h := range found {
		out.Connections = append(out.Connections, convertConnection(*h))
	}
	return out, nil
}

func convertHub(h armnetwork.VirtualHub) model.VirtualHub {
	out := model.VirtualHub{ID: rest.Text(h.ID), Name: rest.Text(h.Name), Location: rest.Text(h.Location)}
	p := h.Properties
	if p == nil {
		return out
	}
	out.Prefix = model.NewPrefix(rest.Text(p.AddressPrefix))
	out.Provisioning = provisioning(word(p.ProvisioningState))
	out.Routing = known(word(p.RoutingState), model.HubRoutingProvisioned, model.HubRoutingProvisioning, model.HubRoutingFailed, model.HubRoutingNone)
	out.WAN, out.Firewall = resource(p.VirtualWan), resource(p.AzureFirewall)
	for _, gateway := range []*armnetwork.SubResource{p.VPNGateway, p.ExpressRouteGateway, p.P2SVPNGateway} {
		if id := resource(gateway); !id.IsEmpty() {
			out.Gateways = append(out.Gateways, id)
		}
	}
	return out
}

func convertConnection(h armnetwork.HubVirtualNetworkConnection) model.HubConnection {
	out := model.HubConnection{ID: rest.Text(h.ID), Name: rest.Text(h.Name)}
	p := h.Properties
	if p == nil {
		return out
	}
	out.Provisioning = provisioning(word(p.ProvisioningState))
	out.RemoteVNetID, out.InternetSecurity = resource(p.RemoteVirtualNetwork), flag(p.EnableInternetSecurity)
	r := p.RoutingConfiguration
	if r == nil {
		return out
	}
	out.Table = resource(r.AssociatedRouteTable)
	if t := r.PropagatedRouteTables; t != nil {
		out.Configured, out.Labels = true, rest.Texts(t.Labels)
		for _, id := range t.IDs {
			if table := resource(id); !table.IsEmpty() {
				out.Propagates = append(out.Propagates, table)
			}
		}
	}
	return out
}

func resource(r *armnetwork.SubResource) safe.Text {
	if r == nil {
		return safe.Text{}
	}
	return rest.Text(r.ID)
}

// provisioning spells what became of a write as the model does.
func provisioning(came string) model.ProvisioningState {
	return known(came, model.ProvisioningSucceeded, model.ProvisioningUpdating, model.ProvisioningCreating,
		model.ProvisioningDeleting, model.ProvisioningFailed, model.ProvisioningCanceled)
}
