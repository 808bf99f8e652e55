package konnect

import (
	"context"
	"net/http"
	"slices"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// resolverBody is what an outbound resolver is created and changed with. A change
// leaves the name out.
type resolverBody struct {
	Name   safe.Text      `json:"name,omitzero"`
	Config resolverConfig `json:"private_dns_attachment_config"`
}

type resolverConfig struct {
	Kind model.PrivateDNSKind `json:"kind"`
	// DNS is keyed by the exact bytes of the domain: as a key, a safe.Text would be
	// written in its clean form.
	DNS map[string]serversBody `json:"dns_config"`
}

type serversBody struct {
	Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
}

// resolver makes the whole map of a resolver. A domain that occurs twice gets the
// servers of both, in their order.
func resolver(mappings []model.DNSMapping) resolverConfig {
	out := resolverConfig{Kind: model.KindAzureResolver, DNS: map[string]serversBody{}}
	for _, m := range mappings {
		for _, d := range m.Domains {
			servers := list0(out.DNS[d.Raw()].Servers)
			for _, s := range m.Servers {
				if !slices.Contains(servers, s) {
					servers = append(servers, s)
				}
			}
			out.DNS[d.Raw()] = serversBody{servers}
		}
	}
	return out
}

// CreateResolverWrite makes the request that creates an outbound resolver with
// mappings in the network with an id.
func (c *Client) CreateResolverWrite(network, name safe.Text, mappings []model.DNSMapping) model.Write {
	return c.write(http.MethodPost, model.ObjectResolver, "the outbound resolver "+name.String(), resolverBody{Name: name, Config: resolver(mappings)},
		gatewayPath(network, "private-dns")...)
}

// CreateResolver sends the write of CreateResolverWrite.
func (c *Client) CreateResolver(ctx context.Context, network safe.Text, w model.Write) (model.PrivateDNS, error) {
	return sendFor(ctx, c, "create an outbound resolver in network", network, w, decodePrivateDNS)
}

// PatchResolverWrite makes the request that gives an outbound resolver its mappings.
// They are the whole map: Konnect does not say whether it keeps what is not sent,
// so nothing may be left out that is to stay.
func (c *Client) PatchResolverWrite(network, id safe.Text, mappings []model.DNSMapping) model.Write {
	return c.write(http.MethodPatch, model.ObjectResolver, "the mappings of the outbound resolver "+id.String(), resolverBody{Config: resolver(mappings)},
		gatewayPath(network, "private-dns", id.Raw())...)
}

// PatchResolver sends the write of PatchResolverWrite. Read the resolver again
// afterwards and compare.
func (c *Client) PatchResolver(ctx context.Context, network safe.Text, w model.Write) (model.PrivateDNS, error) {
	return sendFor(ctx, c, "change the outbound resolver of network", network, w, decodePrivateDNS)
}

// DeletePrivateDNSWrite makes the request that deletes a private DNS attachment.
func (c *Client) DeletePrivateDNSWrite(network, id safe.Text) model.Write {
	return c.write(http.MethodDelete, model.ObjectResolver, "the outbound resolver "+id.String()+" is deleted", nil, gatewayPath(network, "private-dns", id.Raw())...)
}

// DeletePrivateDNS sends the write of DeletePrivateDNSWrite. One that is gone is no
// error.
func (c *Client) DeletePrivateDNS(ctx context.Context, network safe.Text, w model.Write) error {
	return c.remove(ctx, "delete private DNS of network", network, w)
}
