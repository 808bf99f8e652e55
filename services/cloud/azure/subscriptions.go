package azure

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/resources/armsubscriptions"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Subscriptions lists the subscriptions that the signed-in account can see in a
// tenant. One that it has no role in is not among them.
func (c *Client) Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error) {
	name := func(f model.Failure) model.Failure {
		f.Operation, f.Subject = "list subscriptions of tenant", tenant
		return f
	}
	client, err := armsubscriptions.NewClient(c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	found, err := rest.All(ctx, client.NewListPager(nil), func(p armsubscriptions.ClientListResponse) []*armsubscriptions.Subscription { return p.Value })
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	out := make([]model.Subscription, len(found))
	for i, s := range found {
		out[i] = convertSubscription(*s)
	}
	return out, nil
}

// Subscription reads one subscription through a tenant. Its TenantID tells whether
// it belongs there.
func (c *Client) Subscription(ctx context.Context, tenant, id safe.Text) (model.Subscription, error) {
	name := func(f model.Failure) model.Failure {
		f.Operation, f.Subject = "read subscription", id
		return explain(f, safe.New("subscription "+id.Raw()), tenant, id)
	}
	if id.IsEmpty() {
		return model.Subscription{}, name(model.Failure{Kind: model.FailureInvalid, Cause: safe.New("no subscription is named"), Cure: model.CureSubscriptionID})
	}
	client, err := armsubscriptions.NewClient(c.rest.Credential(tenant), c.rest.Options())
	if err != nil {
		return model.Subscription{}, name(c.rest.Describe(err, tenant))
	}
	got, err := client.Get(ctx, id.Raw(), nil)
	if err != nil {
		return model.Subscription{}, name(c.rest.Describe(err, tenant))
	}
	if got.SubscriptionID == nil {
		return model.Subscription{}, name(c.rest.Unreadable("it names no subscription"))
	}
	return convertSubscription(got.Subscription), nil
}

func convertSubscription(s armsubscriptions.Subscription) model.Subscription {
	return model.Subscription{
		ID: rest.Text(s.SubscriptionID), Name: rest.Text(s.DisplayName), TenantID: rest.Text(s.TenantID), State: safe.New(word(s.State)),
	}
}

// VNets lists all virtual networks of a subscription, each with its peerings.
func (c *Client) VNets(ctx context.Context, tenant, subscription safe.Text) ([]model.VNet, error) {
	name := func(f model.Failure) model.Failure {
		f.Operation, f.Subject = "list VNETs of subscription", subscription
		return explain(f, safe.New("the VNETs of subscription "+subscription.Raw()), tenant, subscription)
	}
	if subscription.IsEmpty() {
		return nil, name(model.Failure{Kind: model.FailureInvalid, Cause: safe.New("no subscription is named"), Cure: model.CureSubscriptionID})
	}
	client, err := c.client(tenant, subscription)
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	found, err := rest.All(ctx, client.NewListAllPager(nil), func(p armnetwork.VirtualNetworksClientListAllResponse) []*armnetwork.VirtualNetwork { return p.Value })
	if err != nil {
		return nil, name(c.rest.Describe(err, tenant))
	}
	out := make([]model.VNet, len(found))
	for i, v := range found {
		out[i] = convertVNet(*v)
	}
	return out, nil
}
