package konnect_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// Every write that the sandbox takes, and every refusal, against the contract.
func TestSandboxKeepsTheContractInWrites(t *testing.T) {
	c := sandboxtest.NewContract(t)
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	sender := transport.New()
	defer sender.Close()
	send := func(status int, method, path, tok, body string) {
		t.Helper()
		request := func() *http.Request {
			r := httptest.NewRequestWithContext(context.Background(), method, s.Konnect+"/v2/cloud-gateways/networks/"+path, strings.NewReader(body))
			r.RequestURI = ""
			r.Header.Set("Authorization", "Bearer "+tok)
			if body != "" {
				r.Header.Set("Content-Type", "application/json")
			}
			return r
		}
		resp, err := sender.Do(request())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		answer, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if resp.StatusCode != status {
			t.Errorf("%s %s: %d, want %d\n%s", method, path, resp.StatusCode, status, answer)
		}
		if err := c.Check(request(), resp.StatusCode, resp.Header, bytes.Clone(answer)); err != nil {
			t.Error(err)
		}
	}
	const nowhere = "7f9fd312-a987-4628-b4c5-bb4f4fddd5f7"
	client := client(t, s, token(sandbox.Token))
	lab, spare, aws := networkNamed(t, client, "uk-lab").ID.Raw(), networkNamed(t, client, "uk-spare").ID.Raw(), networkNamed(t, client, "aws-shop").ID.Raw()
	peering := `{"name":"labs","dns_config":[{"domain_proxy_list":["labs.example.org"],"remote_dns_server_ip_addresses":["10.64.0.4"]}],` +
		`"transit_gateway_attachment_config":{"kind":"azure-vnet-peering-attachment","tenant_id":"` + s.World.TenantID(sandbox.LabsDomain) +
		`","subscription_id":"` + s.World.SubscriptionID("labs-sandbox") + `","resource_group_name":"rg-network","vnet_name":"vnet-labs"}}`
	resolver := `{"name":"labs","private_dns_attachment_config":{"kind":"azure-outbound-resolver","dns_config":{"labs.example.org":{"remote_dns_server_ip_addresses":["10.64.0.4"]}}}}`
	change := `{"private_dns_attachment_config":{"kind":"azure-outbound-resolver","dns_config":{}}}`
	for _, kind := range []struct{ path, body, patch string }{
		{"/transit-gateways", peering, `{"cidr_blocks":["10.0.0.0/8"]}`},
		{"/private-dns", resolver, change},
	} {
		send(401, "POST", lab+kind.path, "nobody", kind.body)
		send(403, "POST", lab+kind.path, sandbox.ViewerToken, kind.body)
		send(404, "POST", nowhere+kind.path, sandbox.Token, kind.body)
		send(400, "POST", spare+kind.path, sandbox.Token, kind.body)
		send(400, "POST", aws+kind.path, sandbox.Token, kind.body)
		send(400, "POST", "x"+kind.path, sandbox.Token, kind.body)
		send(400, "POST", lab+kind.path, sandbox.Token, `{}`)
		send(400, "POST", lab+kind.path, sandbox.Token, `[`)
		send(400, "POST", lab+kind.path, sandbox.Token, strings.Replace(kind.body, "azure-", "marsian-", 1))
		send(400, "POST", lab+kind.path, sandbox.Token, strings.Replace(kind.body, `"labs"`, `"`+strings.Repeat("x", 121)+`"`, 1))
		send(201, "POST", lab+kind.path, sandbox.Token, kind.body)
		send(409, "POST", lab+kind.path, sandbox.Token, kind.body)
		for _, method := range []string{"PATCH", "DELETE"} {
			body := ""
			if method == "PATCH" {
				body = kind.patch
			}
			send(401, method, lab+kind.path+"/"+nowhere, "nobody", body)
			send(403, method, lab+kind.path+"/"+nowhere, sandbox.ViewerToken, body)
			send(404, method, lab+kind.path+"/"+nowhere, sandbox.Token, body)
			send(400, method, lab+kind.path+"/x", sandbox.Token, body)
		}
	}
	gateway, dns := lab+"/transit-gateways/"+s.World.Peerings("uk-lab")[0].ID, lab+"/private-dns/"+s.World.Resolvers("uk-lab")[0].ID
	send(400, "PATCH", gateway, sandbox.Token, `{"cidr_blocks":["10.0.0.0/8"]}`)
	send(400, "DELETE", gateway, sandbox.Token, "")
	send(409, "PATCH", dns, sandbox.Token, change)
	send(400, "DELETE", dns, sandbox.Token, "")
	clock.Advance(time.Minute)
	send(200, "PATCH", dns, sandbox.Token, change)
	clock.Advance(time.Minute)
	// A member that the schema forbids, one that it does not, and another kind.
	send(400, "PATCH", dns, sandbox.Token, strings.Replace(change, `"dns_config"`, `"colour":"red","dns_config"`, 1))
	send(400, "PATCH", dns, sandbox.Token, strings.Replace(change, "azure-", "aws-", 1))
	send(400, "PATCH", dns, sandbox.Token, `{"private_dns_attachment_config":{"kind":"azure-outbound-resolver"}}`)
	send(200, "PATCH", dns, sandbox.Token, strings.Replace(change, `{}`, `{"a.example.org":{"remote_dns_server_ip_addresses":["10.64.0.4"],"priority":5}}`, 1))
	send(200, "GET", dns, sandbox.Token, "")
	clock.Advance(time.Minute)
	// Answers of a world in which others are at work.
	s.World.AddFault(sandbox.Fault{Late: time.Second, Times: 1})
	send(200, "PATCH", dns, sandbox.Token, change)
	send(200, "GET", dns, sandbox.Token, "")
	clock.Advance(time.Minute)
	s.World.Apply(sandbox.Event{
		Network: "uk-lab", DNS: "labs", Map: map[string][]string{"b.example.org": {"10.64.0.4"}}, State: "error", Reported: "ERROR", Reason: "Somebody was here.",
	})
	send(200, "GET", dns, sandbox.Token, "")
	zone := `{"name":"zone","private_dns_attachment_config":{"kind":"azure-private-hosted-zone-attachment","domain_name":"zone.example.org",` +
		`"peer_tenant_id":"` + nowhere + `","peer_subscription_id":"` + nowhere + `","peer_resource_group_id":"rg","peer_vnet_link_name":"link"}}`
	send(400, "POST", lab+"/private-dns", sandbox.Token, strings.Replace(zone, "domain_name", "domain", 1))
	send(201, "POST", lab+"/private-dns", sandbox.Token, zone)
	hosted := lab + "/private-dns/" + s.World.Resolvers("uk-lab")[1].ID
	send(400, "DELETE", hosted, sandbox.Token, "")
	clock.Advance(time.Minute)
	send(200, "GET", lab+"/private-dns", sandbox.Token, "")
	send(403, "GET", lab+"/private-dns", sandbox.ViewerToken, "")
	send(403, "GET", hosted, sandbox.ViewerToken, "")
	send(400, "PATCH", hosted, sandbox.Token, `{"name":"other"}`)
	send(204, "DELETE", hosted, sandbox.Token, "")
	clock.Advance(time.Minute)
	for _, one := range []string{gateway, dns} {
		send(204, "DELETE", one, sandbox.Token, "")
		send(200, "GET", one, sandbox.Token, "") // it is terminating
		clock.Advance(time.Minute)
		send(404, "GET", one, sandbox.Token, "")
	}
	for operation, statuses := range map[string][]int{
		"create-transit-gateway": {201, 400, 401, 403, 404, 409}, "update-transit-gateway": {400, 401, 403, 404}, "delete-transit-gateway": {204, 400, 401, 403, 404},
		"create-private-dns": {201, 400, 401, 403, 404, 409}, "update-private-dns": {200, 400, 401, 403, 404, 409}, "delete-private-dns": {204, 400, 401, 403, 404},
	} {
		for _, status := range statuses {
			if !c.Seen(operation, status) {
				t.Errorf("%s was never seen with %d", operation, status)
			}
		}
	}
}
