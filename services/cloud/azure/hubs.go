package azure

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Hubs lists the virtual hubs of a subscription.
func (c *Client) Hubs(ctx context.Context, tenant, subscription safe.Text) ([]model.VirtualHub, error) {
	name := func(f model.Failure) model.Failure {
		f.Operation, f.Subject = "list virtual hubs of subscription", subscription
		return explain(f, safe.New("the virtual hubs of subscription "+subscription.Raw()), tenant, subscription)
	}
	client, err := armnetwork.NewVirtualHubsClient(subscription.Raw(), c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	found, err := rest.All(ctx, client.NewListPager(nil), func(p armnetwork.VirtualHubsClientListResponse) []*armnetwork.VirtualHub { return p.Value })
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	out := make([]model.VirtualHub, 0, len(found))
	for _, h := range found {
		hub := model.VirtualHub{ID: rest.Text(h.ID), Name: rest.Text(h.Name), Location: rest.Text(h.Location)}
		if h.Properties != nil {
			hub.Prefix = model.NewPrefix(rest.Text(h.Properties.AddressPrefix))
		}
		out = append(out, hub)
	}
	return out, nil
}
