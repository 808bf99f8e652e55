package sandbox_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// resolverAt is the address of the first private DNS of a network.
func (v visitor) resolverAt(network string) string {
	v.t.Helper()
	return v.network(network) + "/private-dns/" + v.s.World.Resolvers(network)[0].ID
}

// shown reads a private DNS as a client sees it.
func (v visitor) shown(address string) (state string, version int, table map[string][]string) {
	v.t.Helper()
	var d struct {
		State   string `json:"state"`
		Version int    `json:"entity_version"`
		Config  struct {
			Table map[string]struct {
				Servers []string `json:"remote_dns_server_ip_addresses"`
			} `json:"dns_config"`
		} `json:"private_dns_attachment_config"`
	}
	if err := json.Unmarshal([]byte(v.wants(200, "", "GET", address, sandbox.Token, nil)), &d); err != nil {
		v.t.Fatal(err)
	}
	table = map[string][]string{}
	for domain, e := range d.Config.Table {
		table[domain] = e.Servers
	}
	return d.State, d.Version, table
}

// table is the body of a PATCH with lines "domain: server server".
func table(lines ...string) map[string]any {
	m := map[string]any{}
	for _, l := range lines {
		domain, list, _ := strings.Cut(l, ": ")
		m[domain] = servers(strings.Fields(list)...)
	}
	return map[string]any{"private_dns_attachment_config": map[string]any{"kind": "azure-outbound-resolver", "dns_config": m}}
}

func TestVersionsOfAResolver(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	v.wants(201, `"entity_version":1`, "POST", v.network("uk-lab")+"/private-dns", sandbox.Token, resolverBody("dns", map[string]any{}))
	one := v.resolverAt("uk-lab")
	wants := func(state string, version int) {
		t.Helper()
		if s, n, _ := v.shown(one); s != state || n != version {
			t.Errorf("%s in version %d, want %s in version %d", s, n, state, version)
		}
	}
	wants("initializing", 1)
	clock.Advance(5 * time.Second)
	wants("ready", 2)
	v.wants(200, `"entity_version":3`, "PATCH", one, sandbox.Token, table("a.example.org: 10.1.0.4"))
	wants("initializing", 3)
	clock.Advance(5 * time.Second)
	wants("ready", 4)
	v.wants(200, `"entity_version":5`, "PATCH", one, sandbox.Token, map[string]any{"name": "other"})
	v.wants(200, `"entity_version":5`, "PATCH", one, sandbox.Token, map[string]any{"name": "other"})
	v.wants(200, `"entity_version":5`, "PATCH", one, sandbox.Token, map[string]any{})
	v.s.World.Apply(sandbox.Event{Network: "uk-lab", DNS: "other", State: "error", Reason: "Somebody was here."})
	wants("error", 6)
	v.wants(200, "", "PATCH", one, sandbox.Token, table())
	v.wants(409, "initializing", "PATCH", one, sandbox.Token, map[string]any{"name": "new"})
	clock.Advance(5 * time.Second)
	wants("ready", 8)
	v.wants(204, "", "DELETE", one, sandbox.Token, nil)
	wants("terminating", 9)
	v.wants(409, "terminating", "PATCH", one, sandbox.Token, table())
}

func TestDeletionsByState(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	one := v.resolverAt("eu-prod")
	for _, state := range []string{"created", "initializing", "pending-association", "terminating", "terminated"} {
		v.s.World.Apply(sandbox.Event{Network: "eu-prod", DNS: "corp-dns", State: state})
		v.wants(400, state, "DELETE", one, sandbox.Token, nil)
		v.wants(409, state, "PATCH", one, sandbox.Token, table())
	}
	v.s.World.Apply(sandbox.Event{Network: "eu-prod", DNS: "corp-dns", State: "error"})
	v.wants(204, "", "DELETE", one, sandbox.Token, nil)
}

func TestMergeOrReplace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		merge bool
		want  []string
	}{
		{false, []string{"new.example.org", "pay.stage.example.org"}},
		{true, []string{"db.stage.example.org", "new.example.org", "pay.stage.example.org", "stage.example.org"}},
	} {
		v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), MergeDNS: c.merge})}
		one := v.resolverAt("eu-stage")
		v.wants(200, "", "PATCH", one, sandbox.Token, table("new.example.org: 10.24.0.6", "pay.stage.example.org: 10.24.0.7"))
		_, _, got := v.shown(one)
		if !slices.Equal(slices.Sorted(maps.Keys(got)), c.want) || !slices.Equal(got["pay.stage.example.org"], []string{"10.24.0.7"}) {
			t.Errorf("merge %t: %v", c.merge, got)
		}
	}
}

func TestAViewerAndPrivateDNS(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	one := v.resolverAt("eu-prod")
	all, _, _ := strings.Cut(one, "/"+v.s.World.Resolvers("eu-prod")[0].ID)
	v.wants(200, "eu-prod", "GET", v.network("eu-prod"), sandbox.ViewerToken, nil)
	for _, c := range []struct {
		method, address string
		body            any
	}{{"GET", all, nil}, {"POST", all, resolverBody("mine", map[string]any{})}, {"GET", one, nil}, {"PATCH", one, table()}, {"DELETE", one, nil}} {
		v.wants(403, "Forbidden", c.method, c.address, sandbox.ViewerToken, c.body)
	}
	if n := v.s.World.WritesOf(sandbox.Request{Path: "/private-dns"}); n != 0 {
		t.Errorf("%d writes were counted", n)
	}
}

func TestHostedZones(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	all := v.network("uk-lab") + "/private-dns"
	zone := map[string]any{
		"kind": "azure-private-hosted-zone-attachment", "domain_name": "lab.example.org", "peer_tenant_id": guid1, "peer_subscription_id": guid2,
		"peer_resource_group_id": "rg", "peer_vnet_link_name": "link",
	}
	body := func(change func(config map[string]any)) map[string]any {
		config := maps.Clone(zone)
		change(config)
		return map[string]any{"name": "zone", "private_dns_attachment_config": config}
	}
	v.wants(400, `config.domain_name","rule":"required"`, "POST", all, sandbox.Token, body(func(c map[string]any) { delete(c, "domain_name") }))
	v.wants(400, `config.dns_config","rule":"unknown_property"`, "POST", all, sandbox.Token, body(func(c map[string]any) { c["dns_config"] = map[string]any{} }))
	v.wants(400, "does not fit", "POST", all, sandbox.Token, body(func(c map[string]any) { c["kind"] = "gcp-private-hosted-zone-attachment" }))
	v.wants(201, `"state":"initializing"`, "POST", all, sandbox.Token, body(func(map[string]any) {}))
	clock.Advance(5 * time.Second)
	one := v.resolverAt("uk-lab")
	v.wants(400, "cannot be updated", "PATCH", one, sandbox.Token, map[string]any{"name": "x"})
	v.wants(204, "", "DELETE", one, sandbox.Token, nil)
}

func TestUnknownMembersOfAWrite(t *testing.T) {
	t.Parallel()
	with := func(where string) map[string]any {
		body := table("a.example.org: 10.1.0.4")
		config := body["private_dns_attachment_config"].(map[string]any)
		switch where {
		case "colour":
			body["colour"] = "red"
		case "private_dns_attachment_config.colour":
			config["colour"] = "red"
		default:
			config["dns_config"].(map[string]any)["a.example.org"].(map[string]any)["colour"] = "red"
		}
		return body
	}
	const inBody, inConfig, inEntry = "colour", "private_dns_attachment_config.colour", "private_dns_attachment_config.dns_config.a.example.org.colour"
	for policy, refused := range map[sandbox.UnknownMembers][]string{
		sandbox.UnknownAsContract: {inConfig},
		sandbox.UnknownRefused:    {inBody, inConfig, inEntry},
		sandbox.UnknownTaken:      nil,
	} {
		clock := manual()
		v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, UnknownMembers: policy})}
		one := v.resolverAt("eu-stage")
		for _, where := range []string{inBody, inConfig, inEntry} {
			status, says := 200, `"kind"`
			if slices.Contains(refused, where) {
				status, says = 400, `"field":"`+where+`","rule":"unknown_property"`
			}
			answer := v.wants(status, says, "PATCH", one, sandbox.Token, with(where))
			if kept := strings.Contains(answer, `"colour":"red"`); status == 200 && kept != (where != inBody) {
				t.Errorf("policy %d, %s: %s", policy, where, answer)
			}
			clock.Advance(5 * time.Second)
		}
	}
}

func TestCountsOfWrites(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock})}
	one, w := v.resolverAt("eu-stage"), v.s.World
	for i := range 3 {
		v.wants(200, "", "PATCH", one, sandbox.Token, table("a.example.org: 10.1.0."+strconv.Itoa(i)))
		v.wants(409, "", "PATCH", one, sandbox.Token, table())
		clock.Advance(5 * time.Second)
	}
	v.wants(204, "", "DELETE", one, sandbox.Token, nil)
	for _, c := range []struct {
		q    sandbox.Request
		want int
	}{
		{sandbox.Request{Service: "konnect"}, 4},
		{sandbox.Request{Method: "PATCH", Path: "/private-dns/"}, 3},
		{sandbox.Request{Method: "patch"}, 3},
		{sandbox.Request{Method: "GET"}, 0},
		{sandbox.Request{Service: "arm"}, 0},
		{sandbox.Request{Path: "/transit-gateways"}, 0},
	} {
		if got := w.WritesOf(c.q); got != c.want {
			t.Errorf("%+v: %d writes, want %d", c.q, got, c.want)
		}
	}
}
