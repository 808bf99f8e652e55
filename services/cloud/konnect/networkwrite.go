package konnect

import (
	"context"
	"net/http"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// networkBody is what a network is created with.
type networkBody struct {
	Name    safe.Text   `json:"name"`
	Account safe.Text   `json:"cloud_gateway_provider_account_id"`
	Region  safe.Text   `json:"region"`
	Zones   []safe.Text `json:"availability_zones"`
	CIDR    safe.Text   `json:"cidr_block"`
}

// CreateNetworkWrite makes the request that creates a network.
func (c *Client) CreateNetworkWrite(n model.NewNetwork) model.Write {
	return c.write(http.MethodPost, model.ObjectNetwork, "the network "+n.Name.String()+" with "+n.CIDR.String()+" in "+n.Region.String(),
		networkBody{Name: n.Name, Account: n.Account, Region: n.Region, Zones: list0(n.Zones), CIDR: n.CIDR}, "v2", "cloud-gateways", "networks")
}

// CreateNetwork sends the write of CreateNetworkWrite. It answers at once; the network is
// made in the 30 to 40 minutes after.
func (c *Client) CreateNetwork(ctx context.Context, name safe.Text, w model.Write) (model.Network, error) {
	return sendFor(ctx, c, "create network", name, w, decodeNetwork)
}

// DeleteNetworkWrite makes the request that deletes a network, with all that is on it.
func (c *Client) DeleteNetworkWrite(id safe.Text) model.Write {
	return c.write(http.MethodDelete, model.ObjectNetwork, "the network "+id.String()+" is deleted, with all that is on it", nil, gatewayPath(id)...)
}

// DeleteNetwork sends the write of DeleteNetworkWrite. A network that is gone is no error.
// Konnect refuses with 400 while a configuration refers to it.
func (c *Client) DeleteNetwork(ctx context.Context, id safe.Text, w model.Write) error {
	return c.remove(ctx, "delete network", id, w)
}
