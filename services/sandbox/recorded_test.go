package sandbox_test

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

const recordedDir = "../../testdata/azure"

// asked is a request whose answer is held to what the real Azure shows. In its path and
// its body, {vnet}, {sub} and others stand for things of the world.
type asked struct {
	kind   string
	method string // GET when it is empty
	graph  bool
	path   string
	body   string
	fault  *sandbox.Fault
}

// everyAsked are the requests that the program makes, and those that the commands make
// which it prints.
func everyAsked() []asked {
	const (
		group    = "{sub}/resourceGroups/rg-network/providers/Microsoft.Network/"
		net, dns = "?api-version=2025-05-01", "?api-version=2022-07-01"
		zones    = "?api-version=2024-06-01"
		auth     = "?api-version=2022-04-01"
	)
	return []asked{
		{kind: "vnet", path: "{vnet}" + net},
		{kind: "peering-list", path: "{vnet}/virtualNetworkPeerings" + net},
		{kind: "peering", path: "{vnet}/virtualNetworkPeerings/{half}" + net},
		{kind: "security-group", path: "{nsg}" + net},
		{kind: "route-table", path: "{routes}?api-version=2025-07-01"},
		{kind: "network-card", path: "{card}" + net},
		{kind: "application-security-group", path: "{asg}" + net},
		{kind: "load-balancer", path: "{balancer}" + net},
		{kind: "application-gateway", path: "{gateway}" + net},
		{kind: "private-endpoint", path: "{private-endpoint}" + net},
		{kind: "admin-rules", method: http.MethodPost, path: "{vnet}/listNetworkManagerEffectiveSecurityAdminRules" + net, body: "{}"},
		{kind: "effective-routes", path: "{effective}"},
		{kind: "resolver", path: "{resolver}" + dns},
		{kind: "inbound-endpoint", path: "{endpoint}" + dns},
		{kind: "ruleset", path: "{ruleset}" + dns},
		{kind: "forwarding-rule", path: "{rule}" + dns},
		{kind: "ruleset-link", path: "{link}" + dns},
		{kind: "private-zone", path: "{zone}" + zones},
		{kind: "zone-links", path: "{zone}/virtualNetworkLinks" + zones},
		{kind: "record-sets", path: "{zone}/ALL" + zones},
		{kind: "role-definition-list", path: "{vnet}/providers/Microsoft.Authorization/roleDefinitions" + auth},
		{kind: "role-definition-written", method: http.MethodPut, path: "{sub}/providers/Microsoft.Authorization/roleDefinitions/11111111-1111-4111-8111-111111111111" + auth, body: `{"properties":{"roleName":"Recorded","type":"CustomRole","description":"x","permissions":[{"actions":["Microsoft.Network/virtualNetworks/read"]}],"assignableScopes":["{sub}"]}}`},
		{kind: "role-assignment-list", path: "{vnet}/providers/Microsoft.Authorization/roleAssignments" + auth + "&$filter=atScope()"},
		{kind: "role-assignment-written", method: http.MethodPut, path: "{vnet}/providers/Microsoft.Authorization/roleAssignments/22222222-2222-4222-8222-222222222222" + auth, body: `{"properties":{"roleDefinitionId":"{sub}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7","principalId":"33333333-3333-4333-8333-333333333333","principalType":"ServicePrincipal"}}`},
		{kind: "resource-group", path: "{sub}/resourceGroups/rg-network?api-version=2022-09-01"},
		{kind: "subscription", path: "{sub}?api-version=2022-12-01"},
		{kind: "permissions", path: "{vnet}/providers/Microsoft.Authorization/permissions" + auth},
		{kind: "error-gateway", path: group + "virtualNetworks/none" + net},
		{kind: "error-gateway", path: "/subscriptions/44444444-4444-4444-8444-444444444444?api-version=2022-12-01"},
		{kind: "error-gateway", path: "{vnet}/virtualNetworkPeerings/none" + net},
		{kind: "error-gateway", path: "{vnet}" + net, fault: &sandbox.Fault{Status: 403}},
		{kind: "error-gateway", path: "{vnet}" + net, fault: &sandbox.Fault{Status: 409, Code: "ScopeLocked"}},
		{kind: "error-gateway", path: "{vnet}" + net, fault: &sandbox.Fault{Status: 429}},
		{kind: "error-gateway", path: "{vnet}" + net, fault: &sandbox.Fault{Status: 403, Code: "RequestDisallowedByPolicy", Policies: "a"}},
		{kind: "service-principal-list", graph: true, path: "/v1.0/servicePrincipals?$filter=appId%20eq%20'207b296f-cf25-4d23-9eba-9a2c41dc62ca'"},
		{kind: "error-graph", graph: true, path: "/v1.0/servicePrincipals(appId='44444444-4444-4444-8444-444444444444')"},
		{kind: "error-graph", graph: true, path: "/v1.0/servicePrincipals", fault: &sandbox.Fault{Status: 403}},
		{kind: "error-graph", graph: true, path: "/v1.0/servicePrincipals", fault: &sandbox.Fault{Status: 429}},
		{kind: "peering-written", method: http.MethodPut, path: "{vnet}/virtualNetworkPeerings/{half}" + net + "&syncRemoteAddressSpace=true", body: "{half-body}"},
		{kind: "peering-deleted", method: http.MethodDelete, path: "{vnet}/virtualNetworkPeerings/{half}" + net},
		{kind: "operation", path: "{operation}"},
	}
}

// The simulated Azure answers as the real one does: nothing is missing that always comes,
// nothing is there that never comes, and types, headers and statuses are the same.
func TestAnswersAreAsRecorded(t *testing.T) {
	t.Parallel()
	kinds := sandboxtest.ReadRecorded(t, recordedDir)
	clock := manual()
	s := sandboxtest.Start(t, sandbox.Options{Seed: 1, Clock: clock})
	for _, e := range recordedWorld() {
		s.World.Apply(e)
	}
	p := findPlaces(t, s)
	clock.Advance(time.Minute) // what takes its time has ended
	met := map[string]bool{}
	for _, x := range everyAsked() {
		k, known := kinds[x.kind]
		if !known {
			t.Fatalf("no facts of %s", x.kind)
		}
		met[x.kind] = true
		if x.fault != nil {
			f := *x.fault
			f.Times = 1
			s.World.AddFault(f)
		}
		status, header, body := p.ask(t, s, x)
		if op := header.Get("Azure-Asyncoperation"); op != "" {
			p["operation"] = strings.TrimPrefix(op, s.ARM)
		}
		if x.kind == "peering" {
			p["half-body"] = string(body)
		}
		for _, difference := range k.Differs(status, header, body) {
			t.Errorf("%s, %s %s: %s", x.kind, x.method, x.path, difference)
		}
		if t.Failed() && testing.Verbose() {
			t.Logf("%s: %d %s", x.kind, status, body)
		}
	}
	for kind := range kinds {
		if !met[kind] {
			t.Errorf("nothing asks for %s", kind)
		}
	}
}

// recordedWorld has something of each kind around the hub.
func recordedWorld() []sandbox.Event {
	const zone = "privatelink.blob.core.windows.net"
	around := sandbox.Around{
		Routes: []sandbox.UserRoute{{Name: "to-firewall", Prefix: "10.99.0.0/16", NextHop: "VirtualAppliance", Address: "10.20.3.4"}, {Name: "away", Prefix: "10.98.0.0/16", NextHop: "None"}},
		Link:   []string{zone}, Records: []sandbox.AroundRecord{{Zone: zone, Name: "acct", Addresses: []string{"10.20.0.13"}}},
		Cards:      []sandbox.AroundCard{{Name: "nic-pe", Address: "10.20.0.13", Endpoint: "pe-acct", Names: []string{"acct.blob.core.windows.net"}}},
		Delegation: "Microsoft.Network/dnsResolvers",
	}
	return []sandbox.Event{{Subscription: "acme-prod", VNet: "vnet-hub", Around: &around}}
}

// places are the things of the world that requests name, by what stands for them.
type places map[string]string

// find takes the first thing of a kind out of a list.
func (p places) find(t *testing.T, s *sandbox.Server, name, list string) {
	t.Helper()
	_, _, body := p.ask(t, s, asked{path: list})
	var page struct {
		Value []struct {
			ID string `json:"id"`
		} `json:"value"`
	}
	if err := json.Unmarshal(body, &page); err != nil || len(page.Value) == 0 {
		t.Fatalf("no %s in %s: %v %s", name, list, err, body)
	}
	p[name] = page.Value[0].ID
}

func findPlaces(t *testing.T, s *sandbox.Server) places {
	t.Helper()
	const net, dns, zones = "?api-version=2025-07-01", "?api-version=2022-07-01", "?api-version=2024-06-01"
	p := places{"sub": "/subscriptions/" + s.World.SubscriptionID("acme-prod"), "vnet": s.World.VNetID("acme-prod", "vnet-hub")}
	provider := "{sub}/providers/Microsoft.Network/"
	p.find(t, s, "half", "{vnet}/virtualNetworkPeerings"+net)
	p["half"] = p["half"][strings.LastIndex(p["half"], "/")+1:]
	for _, kind := range [][2]string{
		{"nsg", provider + "networkSecurityGroups" + net},
		{"routes", provider + "routeTables" + net},
		{"card", provider + "networkInterfaces" + net},
		{"asg", provider + "applicationSecurityGroups" + net},
		{"balancer", provider + "loadBalancers" + net},
		{"gateway", provider + "applicationGateways" + net},
		{"private-endpoint", provider + "privateEndpoints" + net},
		{"resolver", provider + "dnsResolvers" + dns},
		{"endpoint", "{resolver}/inboundEndpoints" + dns},
		{"ruleset", provider + "dnsForwardingRulesets" + dns},
		{"rule", "{ruleset}/forwardingRules" + dns},
		{"link", "{ruleset}/virtualNetworkLinks" + dns},
		{"zone", provider + "privateDnsZones" + zones},
	} {
		p.find(t, s, kind[0], kind[1])
	}
	_, header, _ := p.ask(t, s, asked{method: http.MethodPost, path: "{sub}/resourceGroups/rg-network/providers/Microsoft.Network/networkInterfaces/nic-ledger/effectiveRouteTable" + net})
	p["effective"] = strings.TrimPrefix(header.Get("Location"), s.ARM)
	return p
}

// fill puts the places into a text.
func (p places) fill(text string) string {
	for name, place := range p {
		text = strings.ReplaceAll(text, "{"+name+"}", place)
	}
	return text
}

// ask sends a request as any program would.
func (p places) ask(t *testing.T, s *sandbox.Server, x asked) (int, http.Header, []byte) {
	t.Helper()
	base := s.ARM
	if x.graph {
		base = s.Graph
	}
	r, err := http.NewRequestWithContext(t.Context(), cmp.Or(x.method, http.MethodGet), base+p.fill(x.path), strings.NewReader(p.fill(x.body)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.World.HomeToken())
	if x.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Close = true
	resp, err := new(http.Client).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, body
}
