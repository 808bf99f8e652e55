package netfacts_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

const (
	sub   = "/subscriptions/s"
	group = sub + "/resourceGroups/g/providers/Microsoft.Network/"
)

// subnets is a VNET with subnets that name groups and tables.
type subnets []model.Subnet

func (s subnets) VNet(context.Context, model.VNetRef) (model.VNet, error) {
	return model.VNet{
		ID: safe.New(group + "virtualNetworks/v"), Name: safe.New("v"), AddressPrefixes: model.NewPrefixes(texts("10.1.0.0/16")), Subnets: s,
		Peerings: []model.VNetPeering{{Routed: model.NewPrefixes(texts("10.8.0.0/16"))}},
	}, nil
}

func subnet(nsg, table string) subnets {
	return subnets{{Name: safe.New("apps"), Prefixes: model.NewPrefixes(texts("10.1.0.0/24")), SecurityGroup: safe.New(nsg), RouteTable: safe.New(table)}}
}

func ref() model.VNetRef {
	return model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("v")}
}

// bodies answers by the end of the path; what it does not have is an empty list. A body that
// begins with an exclamation mark begins with a status.
func bodies(t *testing.T, by map[string]string) *resttest.Listener {
	t.Helper()
	return resttest.Listen(t, func(r *http.Request) resttest.Answer {
		for end, body := range by {
			if !strings.HasSuffix(r.URL.Path, end) {
				continue
			}
			status := http.StatusOK
			if strings.HasPrefix(body, "!") {
				_, _ = fmt.Sscanf(body, "!%d", &status)
				body = body[4:]
			}
			return resttest.Answer{Status: status, Body: strings.ReplaceAll(body, "HOST", "http://"+r.Host)}
		}
		return resttest.Answer{Status: http.StatusOK, Body: `{"value":[]}`}
	})
}

func read(t *testing.T, l *resttest.Listener, v subnets) azurenet.Facts {
	t.Helper()
	return netfacts.New(l.Options(), v).Read(t.Context(), ref(), texts("10.8.0.68"), hasty())
}

// Hundreds of subnets with a group and a table each are a list or two; what it does not have
// is asked for by its id, as is what lies elsewhere.
func TestManySubnets(t *testing.T) {
	var v subnets
	var groups, tables []string
	const many = 300
	for i := range many {
		nsg, table := fmt.Sprintf("%snetworkSecurityGroups/NSG%d", group, i), fmt.Sprintf("%srouteTables/rt%d", group, i)
		v = append(v, model.Subnet{Name: safe.New(fmt.Sprint("s", i)), SecurityGroup: safe.New(nsg), RouteTable: safe.New(table)})
		if i > 0 { // the first is missing in the lists
			groups = append(groups, fmt.Sprintf(`{"id":"%s","name":"nsg%d","properties":{"securityRules":[]}}`, strings.ToLower(nsg), i))
			tables = append(tables, fmt.Sprintf(`{"id":"%s","name":"rt%d","properties":{"routes":[],"disablePeeringRoute":"All"}}`, table, i))
		}
	}
	elsewhere := "/subscriptions/other/resourceGroups/x/providers/Microsoft.Network/networkSecurityGroups/far"
	v = append(v, model.Subnet{Name: safe.New("far"), SecurityGroup: safe.New(elsewhere), RouteTable: safe.New(strings.ToUpper(group) + "routeTables/RT7")})
	half := len(groups) / 2
	l := bodies(t, map[string]string{
		sub + "/providers/Microsoft.Network/networkSecurityGroups": `{"value":[` + strings.Join(groups[:half], ",") + `],"nextLink":"HOST` + sub + `/more?x=1"}`,
		"/more":                         `{"value":[` + strings.Join(groups[half:], ",") + `]}`,
		"/networkSecurityGroups/NSG0":   `{"id":"x","name":"nsg0","properties":{"securityRules":[]}}`,
		elsewhere:                       `!403{"error":{"code":"AuthorizationFailed","message":"no"}}`,
		"Microsoft.Network/routeTables": `{"value":[` + strings.Join(tables, ",") + `]}`,
		"/routeTables/rt0":              `!404{"error":{"code":"ResourceNotFound","message":"gone"}}`,
	})
	vnet, _ := v.VNet(t.Context(), ref())
	got := netfacts.New(l.Options(), v).Subnets(t.Context(), ref(), vnet, hasty())
	if len(got.Groups) != many || len(got.Tables) != many-1 || len(got.Gaps) != 2 || got.Tables[0].PeeringRoutes.Raw() != "All" {
		t.Errorf("%d groups, %d tables, %+v", len(got.Groups), len(got.Tables), got.Gaps)
	}
	if n := len(l.Arrived()); n != 2+1+1+1+1 {
		t.Errorf("%d requests", n)
	}
	if _, found := got.Group(v[7].SecurityGroup); !found {
		t.Error("a group is not found by the id that its subnet has")
	}
}

// Nobody may list: then each is asked for, up to a bound, and the rest is a gap.
func TestManySubnetsWithoutALists(t *testing.T) {
	var v subnets
	for i := range 200 {
		v = append(v, model.Subnet{Name: safe.New(fmt.Sprint("s", i)), SecurityGroup: safe.New(fmt.Sprintf("%snetworkSecurityGroups/nsg%d", group, i))})
	}
	l := resttest.Listen(t, func(r *http.Request) resttest.Answer {
		if strings.HasSuffix(r.URL.Path, "networkSecurityGroups") {
			return resttest.Answer{Status: http.StatusForbidden, Body: `{"error":{"code":"AuthorizationFailed","message":"no"}}`}
		}
		return resttest.Answer{Status: http.StatusOK, Body: `{"id":"x","properties":{"securityRules":[]}}`}
	})
	vnet, _ := v.VNet(t.Context(), ref())
	got := netfacts.New(l.Options(), v).Subnets(t.Context(), ref(), vnet, hasty())
	if len(got.Groups) != 128 || len(got.Gaps) != 72 || len(l.Arrived()) != 129 {
		t.Errorf("%d groups, %d gaps, %d requests", len(got.Groups), len(got.Gaps), len(l.Arrived()))
	}
}

// Some clouds know no newer version of the API: what it alone tells is not known there.
func TestACloudWithoutTheNewerVersion(t *testing.T) {
	l := resttest.Listen(t, func(r *http.Request) resttest.Answer {
		if r.URL.Query().Get("api-version") == "2025-07-01" {
			return resttest.Answer{Status: http.StatusBadRequest, Body: `{"error":{"code":"NoRegisteredProviderFound","message":"no"}}`}
		}
		return resttest.Answer{Status: http.StatusOK, Body: `{"name":"rt","properties":{"disableBgpRoutePropagation":true,"routes":[null,{"name":"bare"},
			{"name":"same","properties":{"addressPrefix":"10.8.0.0/16","nextHopType":"VirtualApplianceEcmp"}},{"name":"twice","properties":{"addressPrefix":"10.8.0.0/16","nextHopType":"None"}}]}}`}
	})
	vnet, _ := subnet("", group+"routeTables/rt").VNet(t.Context(), ref())
	got := netfacts.New(l.Options(), subnets(nil)).Subnets(t.Context(), ref(), vnet, hasty())
	if len(got.Gaps) != 0 || len(got.Tables) != 1 || len(got.Tables[0].Routes) != 2 || !got.Tables[0].PeeringRoutes.IsEmpty() || got.Tables[0].NoGatewayRoutes != model.Yes {
		t.Errorf("%+v", got)
	}
}

// Shapes of the vendor's description, with null, missing and unknown members.
func TestBodiesAsAzureSendsThem(t *testing.T) {
	card := group + "networkInterfaces/n"
	l := bodies(t, map[string]string{
		"/networkInterfaces": `{"value":[null,{"name":"bare"},{"name":"n","id":"` + card + `","properties":{"enableIPForwarding":true,"networkSecurityGroup":{"id":"` + group + `networkSecurityGroups/own"},
			"ipConfigurations":[null,{"name":"bare"},{"id":"` + strings.ToUpper(card) + `/ipConfigurations/c","properties":{"privateIPAddress":"10.1.0.9","subnet":{"id":"` + group + `virtualNetworks/V/subnets/apps"},
			"applicationSecurityGroups":[{"id":"/asg/a"},null],"newer":1}}]}}]}`,
		"/networkSecurityGroups/own": `{"name":"own","properties":{"securityRules":[{"name":"r","properties":{"direction":"Inbound"}}]}}`,
		"/networkSecurityGroups/nsg": `{"name":"nsg","properties":{"securityRules":null}}`,
		"/loadBalancers": `{"value":[{"name":"bare"},{"name":"far","properties":{"frontendIPConfigurations":[{"properties":{"publicIPAddress":{"id":"/p"}}}]}},
			{"name":"lb","id":"` + group + `loadBalancers/lb","properties":{"frontendIPConfigurations":[null,{"id":"/f","properties":{"privateIPAddress":"10.1.0.4","subnet":{"id":"` + group + `virtualNetworks/v/subnets/apps"}}}],
			"backendAddressPools":[null,{"id":"/p1","properties":{"backendIPConfigurations":[{"id":"` + card + `/ipConfigurations/c"},{"id":"` + group + `virtualMachineScaleSets/v/ipConfigurations/x"}],
			"loadBalancerBackendAddresses":[{"name":"a","properties":{"networkInterfaceIPConfiguration":{"id":"` + card + `/ipConfigurations/C"}}},{"name":"b","properties":{"ipAddress":"10.8.0.70","subnet":{"id":"` + group + `virtualNetworks/v/subnets/apps"}}},null]}},{"id":"/p2"}],
			"loadBalancingRules":[null,{"name":"r","properties":{"frontendPort":0,"backendPort":0,"protocol":"All","enableFloatingIP":true,"backendAddressPools":[{"id":"/p1"},{"id":"/p2"}],"probe":{"id":"/PROBE"}}}],
			"probes":[{"id":"/probe","properties":{"port":8080,"protocol":"Http"}}]}}]}`,
		"/applicationGateways": `{"value":[{"name":"gw","properties":{"gatewayIPConfigurations":[{"properties":{"subnet":{"id":"/elsewhere"}}}],"frontendIPConfigurations":[{"id":"/f","properties":{"publicIPAddress":{"id":"/x"}}}],
			"frontendPorts":[{"id":"/port","properties":{"port":443}}],"backendAddressPools":[{"id":"/pool","properties":{"backendAddresses":[{"ipAddress":"10.8.0.68"},{"fqdn":"a.example.org"},null]}}],
			"httpListeners":[{"id":"/l","name":"l","properties":{"frontendPort":{"id":"/PORT"},"protocol":"Https"}},null],"requestRoutingRules":[{"properties":{"ruleType":"PathBasedRouting","httpListener":{"id":"/l"}}}]}}]}`,
		"/privateEndpoints": `{"value":[{"name":"bare"},{"name":"pe","properties":{"subnet":{"id":"` + group + `virtualNetworks/v/subnets/apps"},"networkInterfaces":[{"id":"` + card + `"}],
			"manualPrivateLinkServiceConnections":[{"properties":{"privateLinkServiceId":"/svc","privateLinkServiceConnectionState":{"status":"Pending"}}}]}}]}`,
		"/listNetworkManagerEffectiveSecurityAdminRules": `{"value":[null,{"kind":"Default","id":"/x/networkManagers/m/rules/d","properties":{"access":"Deny","direction":"Inbound","protocol":"Any","priority":1,"flag":"AllowVnetInbound"}}]}`,
		"/privateDnsZones":            `{"value":[{"name":"privatelink.blob.core.windows.net","id":"` + group + `privateDnsZones/pl"},{"name":"a.test","id":"` + group + `privateDnsZones/a.test"}]}`,
		"/a.test/A":                   `{"value":[{"name":"old","properties":{"aRecords":[{"ipv4Address":"10.8.0.70"},{}]}},{"name":"far","properties":{"aRecords":[{"ipv4Address":"10.77.0.1"}]}},{"name":"lb","properties":{"aRecords":[{"ipv4Address":"10.1.0.4"}]}},{"name":"none"}]}`,
		"/a.test/virtualNetworkLinks": `{"value":[{"properties":{"virtualNetwork":{"id":"` + strings.ToUpper(group) + `virtualNetworks/V"}}},{}]}`,
	})
	got := read(t, l, subnet(group+"networkSecurityGroups/nsg", ""))
	if len(got.Gaps) != 0 || len(got.Groups) != 2 || len(got.Cards) != 1 || got.Cards[0].Forwards != model.Yes || len(got.Cards[0].Addresses[0].Groups) != 1 {
		t.Fatalf("%+v %+v %+v", got.Gaps, got.Groups, got.Cards)
	}
	if len(got.Balancers) != 1 || len(got.Balancers[0].Pools) != 2 || len(got.Balancers[0].Rules) != 2 {
		t.Fatalf("%+v", got.Balancers)
	}
	b := got.Balancers[0]
	if p := b.Pools[0].Targets; len(p) != 3 || p[0].Address.Raw() != "10.1.0.9" || !p[0].Card.EqualFold(safe.New(card)) || p[1].VNet.Raw() != group+"virtualNetworks/v" || !p[2].Address.IsEmpty() {
		t.Errorf("%+v", p)
	}
	if r := b.Rules[1]; r.Pool.Raw() != "/p2" || !r.FloatingIP || r.ProbePort != 8080 || r.ProbeKind.Raw() != "Http" || r.Protocol.Raw() != "All" {
		t.Errorf("%+v", r)
	}
	if len(got.AppGateways) != 1 || len(got.AppGateways[0].Pools[0].Targets) != 2 || got.AppGateways[0].Listeners[0].Port != 443 || !got.AppGateways[0].Listeners[0].Pool.IsEmpty() {
		t.Errorf("%+v", got.AppGateways)
	}
	if len(got.Endpoints) != 1 || got.Endpoints[0].State.Raw() != "Pending" || got.Endpoints[0].Target.Raw() != "/svc" {
		t.Errorf("%+v", got.Endpoints)
	}
	if len(got.AdminRules) != 1 || got.AdminRules[0].Name.Raw() != "d" || got.AdminRules[0].Protocol.Raw() != "*" || got.AdminRules[0].Ports[0].Raw() != "*" {
		t.Errorf("%+v", got.AdminRules)
	}
	if len(got.Records) != 2 || got.Records[0].Name.Raw() != "old" || got.Records[1].Name.Raw() != "lb" || !got.Records[0].Linked {
		t.Errorf("%+v", got.Records)
	}
	for _, a := range l.Arrived() {
		if a.Method != http.MethodGet && !strings.Contains(a.URI, "listNetworkManagerEffectiveSecurityAdminRules") || !strings.Contains(a.URI, "api-version=") || strings.Contains(a.URI, "/pl/") {
			t.Errorf("%s %s", a.Method, a.URI)
		}
	}
}

// What is no answer is a gap, and nothing is asked for without an end.
func TestAnswersThatAreNone(t *testing.T) {
	whole := map[string]azurenet.Part{
		"/networkSecurityGroups/nsg": azurenet.PartRules, "/routeTables/rt": azurenet.PartRoutes, "/networkInterfaces": azurenet.PartCards, "/loadBalancers": azurenet.PartBalancers,
		"/applicationGateways": azurenet.PartAppGateways, "/privateEndpoints": azurenet.PartEndpoints, "/listNetworkManagerEffectiveSecurityAdminRules": azurenet.PartAdminRules, "/privateDnsZones": azurenet.PartRecords,
	}
	for name, body := range map[string]string{
		"nothing": "", "null": "null", "an empty object": "{}", "a page of a hotel": "<html>", "half of one": `{"value":[`, "a list": "[]", "numbers": `{"value":7,"properties":7}`,
	} {
		t.Run(name, func(t *testing.T) {
			by := map[string]string{}
			for end := range whole {
				by[end] = body
			}
			got := read(t, bodies(t, by), subnet(group+"networkSecurityGroups/nsg", group+"routeTables/rt"))
			for _, part := range whole {
				if g := got.Gap(part, safe.Text{}); g == nil || g.Failure.Kind != model.FailureContract || g.Failure.Cure == "" {
					t.Errorf("%s: %+v", part, got.Gaps)
				}
			}
		})
	}
	l := bodies(t, map[string]string{
		"/networkInterfaces": `{"value":[],"nextLink":"HOST` + sub + `/networkInterfaces"}`, "/loadBalancers": `{"value":[],"nextLink":"https://elsewhere.example/"}`,
		"AdminRules": `{"value":[],"skipToken":"the same"}`,
	})
	got := read(t, l, nil)
	if len(got.Gaps) != 2 || got.Gap(azurenet.PartCards, safe.Text{}) == nil || got.Gap(azurenet.PartBalancers, safe.Text{}) == nil || len(l.Arrived()) > 40 {
		t.Errorf("%d requests, %+v", len(l.Arrived()), got.Gaps)
	}
}

// Whoever stops a reading gets a gap for every part, and no more requests leave.
func TestAStoppedReading(t *testing.T) {
	l := bodies(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := netfacts.New(l.Options(), subnet(group+"networkSecurityGroups/nsg", group+"routeTables/rt")).Read(ctx, ref(), texts("10.1.0.4"), hasty())
	if len(got.Gaps) == 0 || len(l.Arrived()) != 0 {
		t.Errorf("%d requests, %+v", len(l.Arrived()), got.Gaps)
	}
	for _, g := range got.Gaps {
		if g.Failure.Kind != model.FailureCancelled {
			t.Errorf("%+v", g)
		}
	}
	if got := netfacts.New(l.Options(), nil).Effective(ctx, ref(), safe.New(group+"networkInterfaces/n"), hasty()); len(got.Gaps) != 2 {
		t.Errorf("%+v", got)
	}
}

// FuzzBodies holds the reader and the judge against whatever an answer may hold.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{
		`{"value":[{"name":"a","id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/a.test","properties":{"frontendIPConfigurations":[{"properties":{}}]}}]}`,
		`{"properties":{"securityRules":[{"name":"r","properties":{"priority":1}}],"routes":[{"properties":{"addressPrefix":"0/0"}}]}}`, `{"value":[null],"skipToken":"x","nextLink":"/x"}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		c := netfacts.New(resttest.Parrot(t, http.StatusOK, body), subnet(group+"networkSecurityGroups/nsg", group+"routeTables/rt"))
		for _, g := range c.Read(t.Context(), ref(), texts("10.8.0.68", "10.1.0.4"), hasty()).Gaps {
			if g.Failure.Cause.IsEmpty() {
				t.Errorf("%+v", g)
			}
		}
		c.Effective(t.Context(), ref(), safe.New(group+"networkInterfaces/n"), hasty())
	})
}
