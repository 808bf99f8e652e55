package konnect

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// resolverBody is what an outbound resolver is created and changed with. A change
// leaves the name out.
type resolverBody struct {
	Name   safe.Text      `json:"name,omitzero"`
	Config resolverConfig `json:"private_dns_attachment_config"`
}

// resolverConfig holds kind and dns_config, and what peerdeck does not know. DNS is
// keyed by the exact bytes of the domain: as a key, a safe.Text would be written in its
// clean form.
type resolverConfig struct {
	kind  model.PrivateDNSKind
	dns   map[string]serversBody
	extra []model.Member
}

// MarshalJSON writes the known members and then the others.
func (c resolverConfig) MarshalJSON() ([]byte, error) {
	return withMembers(struct {
		Kind model.PrivateDNSKind   `json:"kind"`
		DNS  map[string]serversBody `json:"dns_config"`
	}{c.kind, c.dns}, c.extra)
}

type serversBody struct {
	servers []safe.Text
	extra   []model.Member
}

// MarshalJSON writes the servers and then the members that peerdeck does not know.
func (s serversBody) MarshalJSON() ([]byte, error) {
	return withMembers(struct {
		Servers []safe.Text `json:"remote_dns_server_ip_addresses"`
	}{s.servers}, s.extra)
}

// withMembers writes an object and adds members to it, as they came.
func withMembers(known any, extra []model.Member) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // what came with < or & is sent back so
	if err := e.Encode(known); err != nil {
		return nil, err
	}
	data := bytes.TrimSpace(b.Bytes())
	for _, m := range extra {
		if !json.Valid([]byte(m.JSON.Raw())) {
			return nil, fmt.Errorf("the member %s is no JSON", m.Name)
		}
		name, err := json.Marshal(m.Name)
		if err != nil {
			return nil, err
		}
		data = append(append(append(append(data[:len(data)-1], ','), name...), ':'), m.JSON.Raw()...)
		data = append(data, '}')
	}
	return data, nil
}

// resolver makes the whole map of a resolver. A domain that occurs twice gets the
// servers of both, in their order.
func resolver(mappings []model.DNSMapping, extra []model.Member) resolverConfig {
	out := resolverConfig{kind: model.KindAzureResolver, dns: map[string]serversBody{}, extra: extra}
	for _, m := range mappings {
		for _, d := range m.Domains {
			entry := out.dns[d.Raw()]
			entry.servers = list0(entry.servers)
			for _, s := range m.Servers {
				if !slices.Contains(entry.servers, s) {
					entry.servers = append(entry.servers, s)
				}
			}
			for _, x := range m.Extra {
				if !slices.ContainsFunc(entry.extra, func(y model.Member) bool { return y.Name == x.Name }) {
					entry.extra = append(entry.extra, x)
				}
			}
			out.dns[d.Raw()] = entry
		}
	}
	return out
}

// CreateResolverWrite makes the request that creates an outbound resolver with
// mappings in the network with an id.
func (c *Client) CreateResolverWrite(network, name safe.Text, mappings []model.DNSMapping) model.Write {
	return c.write(http.MethodPost, model.ObjectResolver, "the outbound resolver "+name.String(), resolverBody{Name: name, Config: resolver(mappings, nil)},
		gatewayPath(network, "private-dns")...)
}

// CreateResolver sends the write of CreateResolverWrite.
func (c *Client) CreateResolver(ctx context.Context, network safe.Text, w model.Write) (model.PrivateDNS, error) {
	return sendFor(ctx, c, "create an outbound resolver in network", network, w, decodePrivateDNS)
}

// PatchResolverWrite makes the request that gives an outbound resolver its mappings.
// They are the whole map: Konnect does not say whether it keeps what is not sent,
// so nothing may be left out that is to stay. Unknown are the members of the
// configuration that peerdeck does not know; they are sent back for the same reason.
func (c *Client) PatchResolverWrite(network, id safe.Text, mappings []model.DNSMapping, unknown []model.Member) model.Write {
	return c.write(http.MethodPatch, model.ObjectResolver, "the mappings of the outbound resolver "+id.String(), resolverBody{Config: resolver(mappings, unknown)},
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
