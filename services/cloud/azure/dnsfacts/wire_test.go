package dnsfacts_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/dnsfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest/resttest"
)

const (
	sub   = "/subscriptions/s"
	group = sub + "/resourceGroups/g/providers/Microsoft.Network/"
)

// fixed is a VNET that was read before.
type fixed struct{ nsg, routes string }

func (f fixed) VNet(context.Context, model.VNetRef) (model.VNet, error) {
	p := func(s string) []model.Prefix { return []model.Prefix{model.NewPrefix(safe.New(s))} }
	return model.VNet{
		ID: safe.New(group + "virtualNetworks/v"), Name: safe.New("v"), AddressPrefixes: p("10.1.0.0/16"),
		Subnets: []model.Subnet{{Name: safe.New("dns"), Prefixes: p("10.1.0.0/24"), SecurityGroup: safe.New(f.nsg), RouteTable: safe.New(f.routes)}},
	}, nil
}

func ref() model.VNetRef {
	return model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("g"), Name: safe.New("v")}
}

// bodies answers by the end of the path; what it does not have is an empty list.
func bodies(t *testing.T, by map[string]string) *resttest.Listener {
	t.Helper()
	return resttest.Listen(t, func(r *http.Request) resttest.Answer {
		for end, body := range by {
			if strings.HasSuffix(r.URL.Path, end) {
				if status := 0; strings.HasPrefix(body, "!") {
					_, _ = fmt.Sscanf(body, "!%d", &status)
					return resttest.Answer{Status: status, Body: body[4:]}
				}
				return resttest.Answer{Status: http.StatusOK, Body: strings.ReplaceAll(body, "HOST", "http://"+r.Host)}
			}
		}
		if strings.HasSuffix(r.URL.Path, "CheckIPAddressAvailability") {
			return resttest.Answer{Status: http.StatusOK, Body: `{"available":false,"availableIPAddresses":["10.1.0.6"]}`}
		}
		return resttest.Answer{Status: http.StatusOK, Body: `{"value":[]}`}
	})
}

func read(t *testing.T, l *resttest.Listener, f fixed) azuredns.Facts {
	t.Helper()
	return dnsfacts.New(l.Options(), f).Read(t.Context(), ref(), texts("10.1.0.4"), texts("db.privatelink.database.windows.net"), hasty())
}

// The shapes of Azure's published examples, with null, missing and unknown members.
func TestBodiesAsAzureSendsThem(t *testing.T) {
	l := bodies(t, map[string]string{
		"/networkSecurityGroups/nsg": `{"name":"nsg","id":"x","properties":{"securityRules":[null,{"name":"bare"},
			{"name":"r","properties":{"protocol":"Tcp","sourcePortRange":"*","sourceAddressPrefix":"","sourceAddressPrefixes":["10.0.0.0/16"],"sourceApplicationSecurityGroups":[{"id":"/asg"}],
			"destinationPortRange":"53","destinationPortRanges":[],"destinationAddressPrefix":"*","access":"Deny","priority":130,"direction":"Inbound","newer":{"a":1}}}],
			"defaultSecurityRules":null}}`,
		"/routeTables/rt": `{"properties":{"routes":[{"name":"r","properties":{"addressPrefix":"10.0.0.0/16","nextHopType":"VirtualAppliance","nextHopIpAddress":"10.1.9.4"}}]}}`,
		"/dnsResolvers": `{"value":[{"name":"far","id":"` + group + `dnsResolvers/far","properties":{"virtualNetwork":{"id":"/other"}}}],
			"nextLink":"HOST` + sub + `/providers/Microsoft.Network/more/resolvers?api-version=2022-07-01&$skiptoken=1"}`,
		"/more/resolvers":         `{"value":[null,{"name":"near","id":"` + group + `dnsResolvers/near","properties":{"provisioningState":"Succeeded","virtualNetwork":{"id":"` + strings.ToUpper(group) + `virtualNetworks/V"}}}]}`,
		"/near/inboundEndpoints":  `{"value":[{"name":"in","properties":{"ipConfigurations":[{"privateIpAddress":"10.1.0.4","privateIpAllocationMethod":"Dynamic","subnet":{"id":"/sn"}}],"provisioningState":"Succeeded"}}]}`,
		"/dnsForwardingRulesets":  `{"value":[{"name":"rs","id":"` + group + `dnsForwardingRulesets/rs","properties":{}}]}`,
		"/rs/forwardingRules":     `{"value":[{"name":"f","properties":{"domainName":"windows.net.","targetDnsServers":[{"ipAddress":"10.1.0.4","port":53}],"forwardingRuleState":"Enabled"}}]}`,
		"/rs/virtualNetworkLinks": `{"value":[{"name":"l","properties":{"virtualNetwork":{"id":"` + group + `virtualNetworks/v"}}}]}`,
		"/privateDnsZones":        `{"value":[{"name":"privatelink.database.windows.net","id":"` + group + `privateDnsZones/privatelink.database.windows.net"},{"name":"elsewhere.test","id":"` + group + `privateDnsZones/elsewhere.test"}]}`,
		"/privatelink.database.windows.net/virtualNetworkLinks": `{"value":[{"name":"bare"},{"name":"z","properties":{"virtualNetwork":{"id":"` + group + `virtualNetworks/v"},"virtualNetworkLinkState":"Completed","provisioningState":"Succeeded","resolutionPolicy":"NxDomainRedirect"}}]}`,
	})
	f := read(t, l, fixed{group + "networkSecurityGroups/nsg", group + "routeTables/rt"})
	if len(f.Gaps) != 0 || len(f.Zones) != 1 || len(f.Resolvers) != 2 || f.Resolvers[0].Name.Raw() != "near" {
		t.Fatalf("got %+v", f)
	}
	got := map[azuredns.CheckID]azuredns.Check{}
	for _, g := range f.Judge(azuredns.Question{Server: safe.New("10.1.0.4"), Domain: safe.New("db.privatelink.database.windows.net"), From: model.NewPrefix(safe.New("10.0.0.0/16")), Access: model.Yes}) {
		got[g.ID] = g
	}
	want(t, got[udp], azuredns.Done, "AllowVnetInBound")
	want(t, got[tcp], azuredns.Failed, "the rule r (priority 130)")
	want(t, got[wayBack], azuredns.Partly, "10.1.9.4")
	want(t, got[owner], azuredns.Done, "dynamic")
	want(t, got[zone], azuredns.Done, "NxDomainRedirect")
	want(t, got[loop], azuredns.Failed, "rs")
	for _, a := range l.Arrived() {
		if a.Method != http.MethodGet && !strings.Contains(a.URI, "listNetworkManagerEffectiveSecurityAdminRules") || strings.Contains(a.URI, "api-version=") == false {
			t.Errorf("%s %s", a.Method, a.URI)
		}
	}
}

func TestAnswersThatAreNone(t *testing.T) {
	nsg := fixed{group + "networkSecurityGroups/nsg", group + "routeTables/rt"}
	whole := map[string]azurenet.Part{
		"/networkSecurityGroups/nsg": azurenet.PartRules, "/routeTables/rt": azurenet.PartRoutes, "/dnsResolvers": azuredns.PartResolvers,
		"/dnsForwardingRulesets": azuredns.PartRulesets, "/privateDnsZones": azuredns.PartZones, "/CheckIPAddressAvailability": azurenet.PartAddresses,
	}
	for name, body := range map[string]string{
		"nothing": "", "null": "null", "an empty object": "{}", "a page of a hotel": "<html>", "half of one": `{"value":[`, "a list": "[]", "numbers": `{"value":7,"properties":7,"available":7}`,
		"a list without end": `{"value":[],"nextLink":"HOST/subscriptions/s/again?api-version=1"}`,
		"a way elsewhere":    `{"value":[],"nextLink":"https://elsewhere.example/?x=1"}`,
	} {
		t.Run(name, func(t *testing.T) {
			by := map[string]string{"/again": `{"value":[],"nextLink":"HOST/subscriptions/s/again?api-version=1"}`}
			for end := range whole {
				by[end] = body
			}
			f := read(t, bodies(t, by), nsg)
			for end, part := range whole {
				found := false
				for _, g := range f.Gaps {
					found = found || g.Part == part && g.Failure.Kind == model.FailureContract && g.Failure.Cure != ""
				}
				if !found {
					t.Errorf("%s: gaps %+v", end, f.Gaps)
				}
			}
		})
	}
}

// Azure names things by ids, and what is no id of a resource is not asked for.
func TestIdsThatLeadElsewhere(t *testing.T) {
	for _, id := range []string{"@evil.example/x", "/subscriptions", "/subscriptions/s/../../x", "/subscriptions//x", "https://evil.example/subscriptions/s", "/providers/x"} {
		l := bodies(t, nil)
		f := read(t, l, fixed{nsg: id})
		if len(f.Gaps) != 1 || f.Gaps[0].Failure.Kind != model.FailureContract {
			t.Errorf("%s: %+v", id, f.Gaps)
		}
	}
	l := bodies(t, map[string]string{"/nsg?a=b#c": `{"properties":{}}`})
	if f := read(t, l, fixed{nsg: group + "networkSecurityGroups/nsg?a=b#c"}); len(f.Groups) != 1 {
		t.Errorf("got %+v", f)
	}
}

func TestManyResolversAndRulesets(t *testing.T) {
	var resolvers, sets, zones []string
	for i := range 40 {
		resolvers = append(resolvers, fmt.Sprintf(`{"name":"r%d","id":"%sdnsResolvers/r%d"}`, i, group, i))
		sets = append(sets, fmt.Sprintf(`{"name":"s%d","id":"%sdnsForwardingRulesets/s%d"}`, i, group, i))
		zones = append(zones, fmt.Sprintf(`{"name":"windows.net","id":"%sprivateDnsZones/windows.net"}`, strings.Replace(group, "/g/", fmt.Sprintf("/g%d/", i), 1)))
	}
	l := bodies(t, map[string]string{
		"/dnsResolvers": `{"value":[` + strings.Join(resolvers, ",") + `]}`, "/dnsForwardingRulesets": `{"value":[` + strings.Join(sets, ",") + `]}`,
		"/privateDnsZones": `{"value":[` + strings.Join(zones, ",") + `]}`,
	})
	f := read(t, l, fixed{})
	count := map[azurenet.Part]int{}
	for _, g := range f.Gaps {
		count[g.Part]++
		if !strings.Contains(g.Failure.Cause.String(), "more than are read at once") {
			t.Errorf("got %+v", g)
		}
	}
	if len(f.Resolvers) != 40 || len(f.Rulesets) != 32 || count[azuredns.PartResolvers] != 8 || count[azuredns.PartRulesets] != 1 || count[azuredns.PartZones] != 8 {
		t.Errorf("%d resolvers, %d rulesets, gaps %v", len(f.Resolvers), len(f.Rulesets), count)
	}
	if n := len(l.Arrived()); n > 3+1+1+1+32+64+32+32 {
		t.Errorf("%d requests", n)
	}
}

func TestACancelledRead(t *testing.T) {
	hangs := make(chan struct{}, 1)
	l := resttest.Listen(t, func(r *http.Request) resttest.Answer {
		if strings.HasSuffix(r.URL.Path, "/dnsResolvers") {
			hangs <- struct{}{}
			<-r.Context().Done()
		}
		return resttest.Answer{Status: http.StatusOK, Body: `{"value":[]}`}
	})
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan azuredns.Facts)
	go func() {
		done <- dnsfacts.New(l.Options(), fixed{}).Read(ctx, ref(), texts("10.1.0.4"), texts("example.org"), hasty())
	}()
	<-hangs
	cancel()
	facts := <-done
	found := false
	for _, g := range facts.Gaps {
		found = found || g.Part == azuredns.PartResolvers && g.Failure.Kind == model.FailureCancelled
	}
	if !found {
		t.Errorf("got %+v", facts.Gaps)
	}
	// Nothing is asked for any more, and every part says why it is not there. What was on
	// its way when the first reading was stopped may still arrive, so a listener of its own
	// counts.
	quiet := resttest.Listen(t, func(*http.Request) resttest.Answer {
		return resttest.Answer{Status: http.StatusOK, Body: `{"value":[]}`}
	})
	facts = dnsfacts.New(quiet.Options(), fixed{group + "networkSecurityGroups/nsg", group + "routeTables/rt"}).Read(ctx, ref(), texts("10.1.0.4"), texts("example.org"), hasty())
	if len(facts.Gaps) != 8 || len(quiet.Arrived()) != 0 {
		t.Errorf("gaps %+v, %d requests", facts.Gaps, len(quiet.Arrived()))
	}
}

// FuzzBodies holds the reader and the judge against whatever an answer may hold.
func FuzzBodies(f *testing.F) {
	for _, body := range []string{
		`{"value":[{"name":"a","id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/windows.net"}]}`,
		`{"available":true,"isPlatformReserved":true}`, `{"properties":{"securityRules":[{"name":"r","properties":{"priority":1,"sourceAddressPrefix":"10.0.0.0/8"}}],"routes":[{"properties":{"addressPrefix":"0/0"}}]}}`,
		`{"value":[null],"nextLink":"/x"}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		c := dnsfacts.New(resttest.Parrot(t, http.StatusOK, body), fixed{group + "networkSecurityGroups/nsg", group + "routeTables/rt"})
		facts := c.Read(t.Context(), ref(), texts("10.1.0.4"), texts("db.windows.net"), hasty())
		q := azuredns.Question{Server: safe.New("10.1.0.4"), Domain: safe.New("db.windows.net"), From: model.NewPrefix(safe.New("10.0.0.0/16")), Access: model.Yes}
		for _, g := range facts.Judge(q) {
			if g.Why == "" || g.Why != safe.Clean(g.Why) {
				t.Errorf("%+v", g)
			}
		}
		facts.ServerFacts(q)
	})
}
