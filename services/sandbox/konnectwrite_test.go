package sandbox_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func resolverBody(name string, table map[string]any) map[string]any {
	return map[string]any{"name": name, "private_dns_attachment_config": map[string]any{"kind": "azure-outbound-resolver", "dns_config": table}}
}

func servers(list ...string) map[string]any {
	return map[string]any{"remote_dns_server_ip_addresses": list}
}

func TestPeeringsThatKonnectRefuses(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	w := v.s.World
	tenant, prod := w.TenantID(sandbox.HomeDomain), w.SubscriptionID("acme-prod")
	good := func() map[string]any { return attach("new", tenant, prod, "rg-network", "vnet-dmz") }
	with := func(change func(b, config map[string]any)) map[string]any {
		b := good()
		change(b, b["transit_gateway_attachment_config"].(map[string]any))
		return b
	}
	lab := v.network("uk-lab") + "/transit-gateways"
	for _, c := range []struct {
		address string
		body    any
		status  int
		says    string
	}{
		{lab, "{", 400, "is_object"},
		{lab, "[]", 400, "is_object"},
		{lab, `{"name":"x"} {}`, 400, "is_object"},
		{lab, map[string]any{}, 400, `"field":"name","rule":"required"`},
		{lab, with(func(b, _ map[string]any) { b["colour"] = "red" }), 400, `"field":"colour","rule":"unknown_property"`},
		{lab, with(func(_, c map[string]any) { c["colour"] = "red" }), 400, `"field":"transit_gateway_attachment_config.colour","rule":"unknown_property"`},
		{lab, with(func(_, c map[string]any) { delete(c, "vnet_name") }), 400, `vnet_name","rule":"required"`},
		{lab, with(func(_, c map[string]any) { c["vnet_name"] = 7 }), 400, `vnet_name","rule":"is_string"`},
		{lab, with(func(_, c map[string]any) { c["kind"] = "wormhole" }), 400, `"rule":"enum"`},
		{lab, with(func(_, c map[string]any) { c["kind"] = "gcp-vpc-peering-attachment" }), 400, "does not fit the provider"},
		{lab, with(func(b, _ map[string]any) { b["name"] = strings.Repeat("x", 121) }), 400, `"maximum":120`},
		{lab, with(func(b, _ map[string]any) { b["dns_config"] = map[string]any{} }), 400, `"field":"dns_config","rule":"is_array"`},
		{lab, with(func(b, _ map[string]any) { b["dns_config"] = []any{map[string]any{"x": 1}} }), 400, "dns_config.0.domain_proxy_list"},
		{lab, with(func(b, _ map[string]any) {
			b["dns_config"] = []any{map[string]any{"domain_proxy_list": []any{1}, "remote_dns_server_ip_addresses": "x"}}
		}), 400, "dns_config.0.domain_proxy_list.0"},
		{v.network("aws-shop") + "/transit-gateways", good(), 400, "does not fit the provider"},
		{v.network("uk-spare") + "/transit-gateways", good(), 400, "it must be ready"},
		{v.network("eu-prod") + "/transit-gateways", with(func(b, _ map[string]any) { b["name"] = "hub-vnet" }), 409, "already exists"},
		{v.network("eu-prod") + "/transit-gateways", with(func(_, c map[string]any) { c["vnet_name"] = "VNET-hub" }), 409, "attached to this VNET or hub already"},
		{v.s.Konnect + "/v2/cloud-gateways/networks/" + none + "/transit-gateways", good(), 404, "Not Found"},
		{v.s.Konnect + "/v2/cloud-gateways/networks/x/transit-gateways", good(), 400, "is_uuid"},
		{v.s.Konnect + "/v2/cloud-gateways/networks", good(), 400, `"field":"region","rule":"required"`},
	} {
		v.wants(c.status, c.says, "POST", c.address, sandbox.Token, c.body)
	}
	v.wants(403, "Forbidden", "POST", lab, sandbox.ViewerToken, good())
	v.wants(401, "Unauthorized", "POST", lab, "nobody", good())
	if n := w.Writes("konnect"); n != 0 {
		t.Errorf("%d writes were counted", n)
	}
	v.wants(201, "new", "POST", lab, sandbox.SystemToken, good())
	one := lab + "/" + w.Peerings("uk-lab")[0].ID
	v.wants(400, "cannot be deleted now", "DELETE", one, sandbox.Token, nil)
	v.wants(400, "cannot be updated", "PATCH", one, sandbox.Token, map[string]any{"cidr_blocks": []string{}})
	v.wants(405, "", "PUT", one, sandbox.Token, good())
	v.wants(404, "", "DELETE", lab+"/"+none, sandbox.Token, nil)
	v.wants(400, "is_uuid", "DELETE", lab+"/x", sandbox.Token, nil)
}

func TestResolvers(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	w, tok := v.s.World, sandbox.Token
	all := v.network("uk-lab") + "/private-dns"
	table := map[string]any{"a.example.org": servers("10.1.0.4"), "b.example.org": servers("10.1.0.4", "10.1.0.5")}
	for _, c := range []struct {
		body any
		says string
	}{
		{map[string]any{"name": "x"}, `private_dns_attachment_config","rule":"required"`},
		{resolverBody("", table), `"field":"name"`},
		{resolverBody("x", map[string]any{"a": map[string]any{}}), "dns_config.a.remote_dns_server_ip_addresses"},
		{resolverBody("x", map[string]any{"a": servers("nonsense")}), "must be an IP address"},
		{map[string]any{"name": "x", "private_dns_attachment_config": map[string]any{"kind": "azure-outbound-resolver"}}, `dns_config","rule":"required"`},
		{map[string]any{"name": "x", "private_dns_attachment_config": map[string]any{"kind": "aws-outbound-resolver", "dns_config": table}}, "does not fit"},
		{map[string]any{"name": "x", "private_dns_attachment_config": map[string]any{"kind": "oracle"}}, `"rule":"enum"`},
	} {
		v.wants(400, c.says, "POST", all, tok, c.body)
	}
	v.wants(403, "Forbidden", "POST", all, sandbox.ViewerToken, resolverBody("dns", table))
	v.wants(400, "it must be ready", "POST", v.network("uk-spare")+"/private-dns", tok, resolverBody("dns", table))
	v.wants(201, `"state":"initializing"`, "POST", all, tok, resolverBody("dns", table))
	v.wants(409, "already exists", "POST", all, tok, resolverBody("dns", table))
	one := all + "/" + w.Resolvers("uk-lab")[0].ID
	v.wants(400, "it must be ready or error", "DELETE", one, tok, nil)
	v.wants(409, "initializing", "PATCH", one, tok, resolverBody("dns", table))
	clock.Advance(5 * time.Second)
	v.wants(200, `"state":"ready"`, "GET", one, tok, nil)
	v.wants(200, `"state":"initializing"`, "PATCH", one, tok, map[string]any{"private_dns_attachment_config": map[string]any{
		"kind": "azure-outbound-resolver", "dns_config": map[string]any{"c.example.org": servers("10.1.0.6")},
	}})
	clock.Advance(5 * time.Second)
	got := w.Resolvers("uk-lab")[0]
	if got.State != "ready" || len(got.Servers) != 1 || got.Servers["c.example.org"][0] != "10.1.0.6" {
		t.Errorf("the map was not replaced: %+v", got)
	}
	v.wants(200, `"name":"renamed"`, "PATCH", one, tok, map[string]any{"name": "renamed"})
	v.wants(400, "cannot be updated", "PATCH", v.network("uae-hub")+"/private-dns/"+w.Resolvers("uae-hub")[0].ID, tok, map[string]any{"name": "x"})
	v.wants(204, "", "DELETE", one, tok, nil)
	v.wants(400, "terminating", "DELETE", one, tok, nil)
	clock.Advance(5 * time.Second)
	v.wants(404, "", "DELETE", one, tok, nil)
}
