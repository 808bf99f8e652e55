// Package azure reads the customer's half of a peering from Azure Resource
// Manager. One request for a VNET gives its address ranges, DNS servers, subnets
// and every peering. It only reads.
package azure

import (
	"context"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
)

// Options of a client.
type Options = rest.Options

// Client reads subscriptions and VNETs in any tenant. It is safe for use by many
// goroutines.
type Client struct {
	tokens *signin.Tokens
	rest   *rest.Client

	mu      sync.Mutex
	clients map[clientKey]*armnetwork.VirtualNetworksClient
}

type clientKey struct{ tenant, subscription string }

// New returns a client. It sends nothing yet.
func New(o Options) *Client {
	return &Client{tokens: o.Tokens, rest: rest.New(rest.ARM(o.Cloud), o), clients: map[clientKey]*armnetwork.VirtualNetworksClient{}}
}

// VNet reads a virtual network. Every error is a model.Failure; its code tells a
// VNET that is not there (see model.NoVNet) from one that may not be read.
func (c *Client) VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error) {
	if ref.SubscriptionID.IsEmpty() || ref.ResourceGroup.IsEmpty() || ref.Name.IsEmpty() {
		return model.VNet{}, model.Failure{
			Kind: model.FailureInvalid, Operation: "read VNET", Subject: ref.Name,
			Cause: safe.New("Konnect gives no whole name for it: subscription, resource group or VNET is missing"),
		}
	}
	client, err := c.client(ref.TenantID, ref.SubscriptionID)
	if err != nil {
		return model.VNet{}, c.failure(err, ref)
	}
	got, err := client.Get(ctx, ref.ResourceGroup.Raw(), ref.Name.Raw(), nil)
	if err != nil {
		return model.VNet{}, c.failure(err, ref)
	}
	if got.ID == nil || got.Properties == nil {
		// The SDK takes an empty answer for an empty VNET, which would have no peering.
		f := c.rest.Empty()
		f.Operation, f.Subject = "read VNET", ref.Name
		return model.VNet{}, f
	}
	if got.Properties.VirtualNetworkPeerings == nil { // Azure always tells them, as an empty list where there are none
		f := c.rest.Unreadable("it does not tell the peerings of the VNET")
		f.Operation, f.Subject = "read VNET", ref.Name
		return model.VNet{}, f
	}
	return convertVNet(got.VirtualNetwork), nil
}

func (c *Client) client(tenant, subscription safe.Text) (*armnetwork.VirtualNetworksClient, error) {
	key := clientKey{tenant.Raw(), subscription.Raw()}
	c.mu.Lock()
	defer c.mu.Unlock()
	if made := c.clients[key]; made != nil {
		return made, nil
	}
	made, err := armnetwork.NewVirtualNetworksClient(subscription.Raw(), c.rest.Credential(tenant), c.rest.Options())
	if err == nil {
		c.clients[key] = made
	}
	return made, err
}

// Identity returns who is signed in to a tenant and by what, or why nobody is. It is not
// known while nobody was asked.
func (c *Client) Identity(tenant safe.Text) model.Identity {
	return c.tokens.Identity(tenant)
}

// Forget drops what is known of the sign-ins, so that the next read asks again:
// the person may have signed in as somebody else. Each of the SDK's clients keeps
// a token of its own, so they go too.
func (c *Client) Forget() {
	c.tokens.Forget()
	c.rest.Forget()
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.clients)
}
