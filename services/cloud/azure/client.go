// Package azure reads the customer's half of a peering from Azure Resource
// Manager. One request for a VNET gives its address ranges, DNS servers, subnets
// and every peering. It only reads.
package azure

import (
	"context"
	"net/url"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
)

// Options of a client.
type Options = rest.Options

// Client reads subscriptions and VNETs in any tenant. It is safe for use by many
// goroutines.
type Client struct {
	tokens *signin.Tokens
	rest   *rest.Client
}

// New returns a client. It sends nothing yet.
func New(o Options) *Client {
	return &Client{tokens: o.Tokens, rest: rest.New(rest.ARM(o.Cloud), o)}
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
	path := transport.Path("subscriptions", ref.SubscriptionID.Raw(), "resourceGroups", ref.ResourceGroup.Raw(), "providers", "Microsoft.Network", "virtualNetworks", ref.Name.Raw())
	body, err := c.rest.Get(ctx, ref.TenantID, c.rest.URL(path, url.Values{"api-version": {netfacts.NetworkVersion}}))
	if err != nil {
		return model.VNet{}, c.failure(err, ref)
	}
	var got vnetWire
	if err := c.rest.Decode(body, &got); err != nil {
		return model.VNet{}, c.failure(err, ref)
	}
	if got.ID == nil || got.Properties == nil {
		// An empty answer is none of an empty VNET, which would have no peering.
		f := c.rest.Empty()
		f.Operation, f.Subject = "read VNET", ref.Name
		return model.VNet{}, f
	}
	if got.Properties.Peerings == nil { // Azure always tells them, as an empty list where there are none
		f := c.rest.Unreadable("it does not tell the peerings of the VNET")
		f.Operation, f.Subject = "read VNET", ref.Name
		return model.VNet{}, f
	}
	return convertVNet(got), nil
}

// Identity returns who is signed in to a tenant and by what, or why nobody is. It is not
// known while nobody was asked.
func (c *Client) Identity(tenant safe.Text) model.Identity {
	return c.tokens.Identity(tenant)
}

// Forget drops what is known of the sign-ins, so that the next read asks again:
// the person may have signed in as somebody else.
func (c *Client) Forget() {
	c.tokens.Forget()
	c.rest.Forget()
}
