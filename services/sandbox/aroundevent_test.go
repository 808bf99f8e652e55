package sandbox_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestAroundEventsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"{around: {free: [10.20.0.4]}}":                                                                                            "needs a subscription",
		"{subscription: acme-prod, around: {free: [10.20.0.4]}}":                                                                   "needs a subscription and a vnet",
		"{subscription: acme-prod, vnet: vnet-hub, around: {subnet: attic}}":                                                       `no subnet "attic"`,
		"{subscription: acme-prod, vnet: vnet-hub, around: {free: [x]}}":                                                           `"x" is no address`,
		"{subscription: acme-prod, vnet: vnet-hub, around: {endpoint: 10.99.0.4}}":                                                 "lies in no subnet",
		"{subscription: acme-prod, vnet: vnet-hub, around: {endpoint: x}}":                                                         "lies in no subnet",
		"{subscription: acme-prod, vnet: vnet-hub, around: {rules: [{name: a, priority: 99, access: Deny}]}}":                      "from 100 to 4096",
		"{subscription: acme-prod, vnet: vnet-hub, around: {rules: [{priority: 100, access: Deny}]}}":                              "a name",
		"{subscription: acme-prod, vnet: vnet-hub, around: {rules: [{name: a, priority: 100, access: Maybe}]}}":                    "Allow, Deny",
		"{subscription: acme-prod, vnet: vnet-hub, around: {rules: [{name: a, priority: 100, access: Deny, protocol: tcp}]}}":      "Tcp, Udp",
		"{subscription: acme-prod, vnet: vnet-hub, around: {routes: [{name: r, prefix: 10.0.0.0, next_hop: None}]}}":               "no range",
		"{subscription: acme-prod, vnet: vnet-hub, around: {routes: [{name: r, prefix: 10.0.0.0/8, next_hop: Up}]}}":               "there are VirtualAppliance",
		"{subscription: acme-prod, vnet: vnet-hub, around: {routes: [{name: r, prefix: 10.0.0.0/8, next_hop: VirtualAppliance}]}}": "an address belongs",
		"{subscription: acme-prod, vnet: vnet-hub, around: {peerings: [{prefixes: [10.9.0.0/16]}]}}":                               "needs a name",
		"{subscription: acme-prod, vnet: vnet-hub, around: {peerings: [{name: to-x, prefixes: [10.9.0.0]}]}}":                      "no range",
		"{subscription: acme-prod, vnet: vnet-hub, around: {ids: Camel}}":                                                          "upper, lower",
	} {
		events, err := sandbox.ParseScenario([]byte("events: [" + text + "]"))
		if err == nil {
			_, err = sandbox.New(sandbox.Options{Events: events})
		}
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want words with %q", text, err, says)
		}
	}
}

// What is around DNS servers is answered as Azure does it: rights first, then what
// exists, each kind by the versions of its own API.
func TestReadsAroundDNSServers(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual()})}
	prod, tok := v.sub("acme-prod"), sandbox.Token
	address := func(scope, below, version string, query ...string) string {
		q := url.Values{"api-version": {version}}
		for i := 0; i+1 < len(query); i += 2 {
			q.Set(query[i], query[i+1])
		}
		return v.s.ARM + scope + below + "?" + q.Encode()
	}
	hub, shared := prod+"/resourceGroups/rg-network/providers/Microsoft.Network", prod+"/resourceGroups/rg-shared/providers/Microsoft.Network"
	const network, resolver, zones = "2025-05-01", "2022-07-01", "2024-06-01"
	for _, c := range []struct {
		status  int
		says    string
		address string
	}{
		{200, "AllowDnsTcpFromGateway", address(hub, "/networkSecurityGroups/SNET-dns-nsg", network)},
		{200, "DenyAllInBound", address(hub, "/networkSecurityGroups/snet-dns-nsg", network)},
		{200, `"sourcePortRange":"*"`, address(hub, "/networkSecurityGroups", network)},
		{404, "The Resource 'Microsoft.Network/networkSecurityGroups/none' under resource group 'rg-network' was not found.", address(hub, "/networkSecurityGroups/none", network)},
		{404, "ResourceGroupNotFound", address(prod+"/resourceGroups/rg-none", "/providers/Microsoft.Network/networkSecurityGroups/x", network)},
		{200, `"name":"AllowDnsUdpFromGateway"`, address(hub, "/networkSecurityGroups/snet-dns-nsg/securityRules", network)},
		{200, `"routes":[]`, address(hub, "/routeTables/rt-apps", network)},
		{200, "dnspr-shared", address(prod, "/providers/Microsoft.Network/dnsResolvers", resolver)},
		{200, "dnspr-shared", address(shared, "/dnsResolvers", resolver)},
		{200, `{"value":[]}`, address(hub, "/dnsResolvers", resolver)},
		{200, `"privateIpAllocationMethod":"Static"`, address(shared, "/dnsResolvers/dnspr-shared/inboundEndpoints", resolver)},
		{200, `"privateIpAddress":"10.22.0.4"`, address(shared, "/dnsResolvers/dnspr-shared/inboundEndpoints/inbound", resolver)},
		{404, "ResourceNotFound", address(shared, "/dnsResolvers/dnspr-shared/inboundEndpoints/none", resolver)},
		{404, "InvalidResourceType", address(shared, "/dnsResolvers/dnspr-shared/outside", resolver)},
		{200, `"name":"DenyTcp"`, address(prod+"/resourceGroups/rg-stage", "/providers/Microsoft.Network/networkSecurityGroups/snet-dns-apps-nsg/securityRules/denytcp", network)},
		{404, "The supported api-versions are", address(prod, "/providers/Microsoft.Network/dnsResolvers", "2021-01-01")},
		{404, "The supported api-versions are", address(prod, "/providers/Microsoft.Network/privateDnsZones", network)},
		{400, "MissingApiVersionParameter", v.s.ARM + prod + "/providers/Microsoft.Network/dnsResolvers"},
		{200, `"forwardingRuleState":"Disabled"`, address(prod+"/resourceGroups/rg-core", "/providers/Microsoft.Network/dnsForwardingRulesets/fwd-core/forwardingRules", resolver)},
		{200, "vnet-core", address(prod+"/resourceGroups/rg-core", "/providers/Microsoft.Network/dnsForwardingRulesets/fwd-core/virtualNetworkLinks", resolver)},
		{200, `"location":"global"`, address(prod, "/providers/Microsoft.Network/privateDnsZones", zones)},
		{200, `"virtualNetworkLinkState":"Completed"`, address(shared, "/privateDnsZones/privatelink.blob.core.windows.net/virtualNetworkLinks", zones)},
		{200, `{"available":true}`, address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network, "ipAddress", "10.20.0.10")},
		{200, `"available":false`, address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network, "ipAddress", "10.20.0.4")},
		{200, `"isPlatformReserved":true`, address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network, "ipAddress", "10.20.0.15")},
		{400, "PrivateIPAddressNotInAnySubnet", address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network, "ipAddress", "10.20.2.4")},
		{400, "InvalidIPAddress", address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network)},
		{404, "ResourceNotFound", address(hub, "/virtualNetworks/vnet-none/CheckIPAddressAvailability", network, "ipAddress", "10.20.0.4")},
	} {
		v.wants(c.status, c.says, "GET", c.address, tok, nil)
	}
	v.wants(501, "NotInSandbox", "PUT", address(hub, "/networkSecurityGroups/snet-dns-nsg", network), tok, map[string]any{})

	for _, role := range []string{"Owner", "Contributor", "Reader", "User Access Administrator"} {
		v.s.World.Apply(sandbox.Event{Subscription: "acme-prod", Withdraw: role})
	}
	for action, at := range map[string]string{
		"Microsoft.Network/networkSecurityGroups/read":                      address(hub, "/networkSecurityGroups/none", network),
		"Microsoft.Network/dnsResolvers/read":                               address(prod, "/providers/Microsoft.Network/dnsResolvers", resolver),
		"Microsoft.Network/dnsResolvers/inboundEndpoints/read":              address(shared, "/dnsResolvers/dnspr-shared/inboundEndpoints", resolver),
		"Microsoft.Network/privateDnsZones/virtualNetworkLinks/read":        address(shared, "/privateDnsZones/x/virtualNetworkLinks", zones),
		"Microsoft.Network/virtualNetworks/checkIpAddressAvailability/read": address(hub, "/virtualNetworks/vnet-hub/CheckIPAddressAvailability", network, "ipAddress", "10.20.0.4"),
		"Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks/read":  address(prod+"/resourceGroups/rg-core", "/providers/Microsoft.Network/dnsForwardingRulesets/fwd-core/virtualNetworkLinks", resolver),
	} {
		v.wants(403, "does not have authorization to perform action '"+action+"'", "GET", at, tok, nil)
	}
}

func TestVNetsOfAGroupShareASecurityGroup(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), Networks: 150})}
	at := v.s.ARM + v.sub("acme-data") + "/resourceGroups/rg-orders/providers/Microsoft.Network/networkSecurityGroups?api-version=2025-05-01"
	v.wants(200, "snet-dns-nsg", "GET", at, sandbox.Token, nil)
	if text := v.wants(200, "snet-dns-nsg", "GET", at, sandbox.Token, nil); strings.Count(text, `"name":"snet-dns-nsg"`) != 1 {
		t.Errorf("a group that VNETs share is there more than once")
	}
}

// Halves of other people are answered as Azure answers every half, in the case of the event.
func TestOtherPeerings(t *testing.T) {
	t.Parallel()
	v := visitor{t, sandboxtest.Start(t, sandbox.Options{Clock: manual(), Events: []sandbox.Event{{
		Subscription: "acme-prod", VNet: "vnet-hub", Around: &sandbox.Around{
			IDs: "upper", Servers: []string{"192.168.3.3"},
			Peerings: []sandbox.OtherPeering{{Name: "to-nobody"}, {Name: "to-lab", Remote: "/subscriptions/x/vnet-lab", Prefixes: []string{"192.168.8.0/22"}, State: "Disconnected"}},
		},
	}}})}
	address := v.s.ARM + v.sub("acme-prod") + "/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub?api-version=2025-05-01"
	for _, part := range []string{`"remoteVirtualNetwork":null`, `"id":"/SUBSCRIPTIONS/X/VNET-LAB"`, `"peeringState":"Disconnected"`, `"dnsServers":["192.168.3.3"]`, `"name":"to-lab"`} {
		v.wants(200, part, "GET", address, sandbox.Token, nil)
	}
}
