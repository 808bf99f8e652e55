package sandbox_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// What Konnect refuses of a new network, by the rules that its contract names.
func TestNetworksThatKonnectRefuses(t *testing.T) {
	t.Parallel()
	clock := manual()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: clock, NetworkTime: 35 * time.Minute, NetworkLimit: 15})}
	at := v.s.Konnect + "/v2/cloud-gateways/networks"
	good := func(change ...any) map[string]any {
		b := map[string]any{
			"name": "new", "cloud_gateway_provider_account_id": v.s.World.AccountID("azure"), "region": "eastus2",
			"availability_zones": []string{"eastus2-1", "eastus2-2"}, "cidr_block": "10.192.0.0/20",
		}
		for i := 0; i+1 < len(change); i += 2 {
			b[change[i].(string)] = change[i+1]
		}
		return b
	}
	for _, c := range []struct {
		body   any
		status int
		says   string
	}{
		{"[]", 400, "is_object"},
		{map[string]any{}, 400, `"field":"cidr_block","rule":"required"`},
		{good("colour", "red"), 400, `"rule":"unknown_property"`},
		{good("cloud_gateway_provider_account_id", none), 400, "missing_reference"},
		{good("region", "moon"), 400, "is_supported_provider_region"},
		{good("availability_zones", []string{"eastus2-9"}), 400, "is_supported_network_availability_zone_list"},
		{good("availability_zones", []string{"eastus2-1", "eastus2-1"}), 400, "is_supported_network_availability_zone_list"},
		{good("availability_zones", []string{}), 400, "is_supported_network_availability_zone_list"},
		{good("cidr_block", "10.192.0.0/22"), 400, "is_supported_network_cidr_block"},
		{good("cidr_block", "10.192.0.0/15"), 400, "is_supported_network_cidr_block"},
		{good("cidr_block", "10.192.8.0/20"), 400, "is_supported_network_cidr_block"},
		{good("cidr_block", "10.100.0.0/20"), 400, "is_supported_network_cidr_block"},
		{good("cidr_block", "11.0.0.0/20"), 400, "is_supported_network_cidr_block"},
		{good("state", "ready"), 400, `"rule":"enum"`},
		{good("name", "eu-prod"), 409, "already exists"},
	} {
		v.wants(c.status, c.says, "POST", at, sandbox.Token, c.body)
	}
	v.wants(403, "Forbidden", "POST", at, sandbox.ViewerToken, good())
	v.wants(405, "", "PUT", at, sandbox.Token, good())
	v.wants(201, `"state":"initializing"`, "POST", at, sandbox.Token, good())
	v.wants(403, "Quota Exceeded", "POST", at, sandbox.Token, good("name", "another"))
	v.wants(201, `"state":"offline"`, "POST", at, sandbox.Token, good("name", "another", "state", "offline"))
	one := v.network("new")
	v.wants(400, "cannot be deleted now", "DELETE", one, sandbox.Token, nil)
	clock.Advance(34 * time.Minute)
	v.wants(200, `"state":"initializing"`, "GET", one, sandbox.Token, nil)
	clock.Advance(2 * time.Minute)
	v.wants(200, `"state":"ready"`, "GET", one, sandbox.Token, nil)
	v.wants(400, "referenced by an active configuration", "DELETE", v.network("eu-prod"), sandbox.Token, nil)
	v.wants(204, "", "DELETE", one, sandbox.Token, nil)
	v.wants(200, `"state":"terminating"`, "GET", one, sandbox.Token, nil)
	clock.Advance(12 * time.Minute)
	v.wants(404, "", "GET", one, sandbox.Token, nil)
	v.wants(404, "", "DELETE", one, sandbox.Token, nil)
	v.wants(400, "is_uuid", "DELETE", at+"/x", sandbox.Token, nil)
}
