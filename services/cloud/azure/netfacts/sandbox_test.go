package netfacts_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func texts(list ...string) []safe.Text {
	var out []safe.Text
	for _, s := range list {
		out = append(out, safe.New(s))
	}
	return out
}

// hasty waits for nothing.
func hasty() attempt.Waiter {
	return attempt.Waiter{Hold: func(context.Context, model.Wait) error { return nil }}
}

type fixture struct {
	world  *sandbox.World
	clock  *sandbox.ManualClock
	client *netfacts.Client
	vnets  *azure.Client
}

func start(t *testing.T) fixture {
	t.Helper()
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	sender := transport.Open(transport.Options{Clock: sandboxtest.Clock(clock)})
	t.Cleanup(sender.Close)
	o := rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(sandbox.Token), Login: sandboxtest.Endpoint(t, s.Login), Sender: sender}),
		Endpoint: sandboxtest.Endpoint(t, s.ARM), Sender: sender, Retry: transport.Once(), Now: clock.Now,
	}
	vnets := azure.New(o)
	return fixture{world: s.World, clock: clock, client: netfacts.New(o, vnets), vnets: vnets}
}

// ref names a VNET of the story's production subscription.
func (f fixture) ref(t *testing.T, vnet string) model.VNetRef {
	t.Helper()
	id := strings.Split(f.world.VNetID("acme-prod", vnet), "/")
	if len(id) < 9 {
		t.Fatalf("there is no VNET %s", vnet)
	}
	return model.VNetRef{
		TenantID: safe.New(f.world.TenantID(sandbox.HomeDomain)), SubscriptionID: safe.New(id[2]),
		ResourceGroup: safe.New(id[4]), Name: safe.New(vnet),
	}
}

func (f fixture) card(t *testing.T, vnet, name string) safe.Text {
	t.Helper()
	above, _, _ := strings.Cut(f.world.VNetID("acme-prod", vnet), "/virtualNetworks/")
	return safe.New(above + "/networkInterfaces/" + name)
}

func at[T any](t *testing.T, list []T, is func(T) bool) T {
	t.Helper()
	i := slices.IndexFunc(list, is)
	if i < 0 {
		t.Fatalf("it is not in %+v", list)
	}
	return list[i]
}

func named[T any](name string, of func(T) safe.Text) func(T) bool {
	return func(item T) bool { return of(item).Raw() == name }
}

// All that lies on the ways through the VNET of us-prod.
func TestTheVNetWithAPrivateGateway(t *testing.T) {
	f := start(t)
	got := f.client.Read(t.Context(), f.ref(t, "vnet-orders"), texts("10.8.0.68", "10.8.0.132", "10.9.3.10", "10.9.4.10", "10.9.4.11"), hasty())
	if len(got.Gaps) != 0 {
		t.Fatalf("%+v", got.Gaps)
	}
	table := at(t, got.Tables, named("rt-fw", func(r azurenet.RouteTable) safe.Text { return r.Name }))
	if len(table.Routes) != 1 || table.Routes[0].NextHop.Raw() != "VirtualAppliance" || table.Routes[0].Address.Raw() != "10.9.14.4" || table.PeeringRoutes.Raw() != "None" || table.NoGatewayRoutes != model.No {
		t.Errorf("%+v", table)
	}
	group := at(t, got.Groups, named("nsg-sap", func(g azurenet.SecurityGroup) safe.Text { return g.Name }))
	if len(group.Rules) != 2+6 {
		t.Errorf("%+v", group)
	}
	if c := at(t, got.Cards, named("nic-fw", func(c azurenet.Card) safe.Text { return c.Name })); c.Forwards != model.Yes {
		t.Errorf("%+v", c)
	}
	if len(got.Balancers) != 1 || len(got.AppGateways) != 1 || len(got.Endpoints) != 1 {
		t.Fatalf("%+v %+v %+v", got.Balancers, got.AppGateways, got.Endpoints)
	}
	b := got.Balancers[0]
	if b.Frontends[0].Address.Raw() != "10.9.2.4" || len(b.Pools[0].Targets) != 2 || b.Pools[0].Targets[1].Address.Raw() != "10.8.0.70" ||
		len(b.Rules) != 1 || b.Rules[0].Port != 443 || b.Rules[0].ProbePort != 443 || b.Rules[0].Pool != b.Pools[0].ID || b.Rules[0].Frontend != b.Frontends[0].ID {
		t.Errorf("%+v", b)
	}
	g := got.AppGateways[0]
	if l := g.Listeners; len(l) != 1 || l[0].Port != 443 || l[0].Backend != 8080 || l[0].Pool != g.Pools[0].ID || len(g.Pools[0].Targets) != 2 || !strings.HasSuffix(g.Subnet.Raw(), "/snet-agw") {
		t.Errorf("%+v", g)
	}
	if e := got.Endpoints[0]; e.State.Raw() != "Approved" || len(e.Cards) != 1 || !strings.HasSuffix(e.Subnet.Raw(), "/snet-endpoints") {
		t.Errorf("%+v", e)
	}
	if len(got.Policies) != len(got.VNet.Subnets) || got.Policies[0].Endpoints.Raw() != "Disabled" {
		t.Errorf("%+v", got.Policies)
	}
	var records []string
	for _, r := range got.Records {
		if r.Linked {
			records = append(records, r.Name.Raw())
		}
	}
	if !slices.Equal(records, []string{"us", "us-old"}) || len(got.Records[0].Addresses) != 2 {
		t.Errorf("%+v", got.Records)
	}
	if len(got.Addresses) != 3 || got.Addresses[0].Free || !got.Addresses[2].Free {
		t.Errorf("%+v", got.Addresses)
	}
}

// Groups of addresses, rules of a network manager, and backends that are named by card.
func TestTheVNetsWhereAllIsOpen(t *testing.T) {
	f := start(t)
	hub := f.client.Read(t.Context(), f.ref(t, "vnet-hub"), texts("10.20.4.10"), hasty())
	c := at(t, hub.Cards, named("nic-ledger", func(c azurenet.Card) safe.Text { return c.Name }))
	r := at(t, at(t, hub.Groups, named("nsg-ledger", func(g azurenet.SecurityGroup) safe.Text { return g.Name })).Rules,
		named("AllowLedgerFromGateway", func(r azurenet.Rule) safe.Text { return r.Name }))
	if len(c.Addresses) != 1 || len(c.Addresses[0].Groups) != 1 || len(r.DestinationGroups) != 1 || !r.DestinationGroups[0].EqualFold(c.Addresses[0].Groups[0]) {
		t.Errorf("%+v %+v", c, r)
	}
	if len(hub.AdminRules) != 2 || hub.AdminRules[1].Name.Raw() != "monitoring-always" || hub.AdminRules[1].Protocol.Raw() != "*" || hub.AdminRules[1].Manager.Raw() != "avnm-acme-prod" ||
		hub.AdminRules[1].Collection.Raw() != "base" || hub.AdminRules[1].Config.Raw() != "baseline" || len(hub.AdminRules[0].Ports) != 2 || hub.AdminRules[0].Sources[0].Raw() != "*" {
		t.Errorf("%+v", hub.AdminRules)
	}
	shared := f.client.Read(t.Context(), f.ref(t, "vnet-shared"), nil, hasty())
	if len(shared.Balancers) != 1 || len(shared.Balancers[0].Pools[0].Targets) != 2 {
		t.Fatalf("%+v", shared.Balancers)
	}
	if target := shared.Balancers[0].Pools[0].Targets[0]; target.Address.Raw() != "10.22.1.10" || !target.Card.EqualFold(f.card(t, "vnet-shared", "nic-files-1")) {
		t.Errorf("%+v", target)
	}
}

// Each part may be refused by itself, and is a gap then; the others are there.
func TestAPartThatMayNotBeRead(t *testing.T) {
	for action, part := range map[string]azurenet.Part{
		"networkSecurityGroups/read": azurenet.PartRules, "routeTables/read": azurenet.PartRoutes, "networkInterfaces/read": azurenet.PartCards,
		"virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action": azurenet.PartAdminRules, "loadBalancers/read": azurenet.PartBalancers,
		"applicationGateways/read": azurenet.PartAppGateways, "privateEndpoints/read": azurenet.PartEndpoints, "privateDnsZones/read": azurenet.PartRecords,
		"virtualNetworks/checkIpAddressAvailability/read": azurenet.PartAddresses,
	} {
		t.Run(action, func(t *testing.T) {
			f := start(t)
			f.world.Apply(sandbox.Event{Subscription: "acme-prod", Deny: &sandbox.Deny{Name: "no", Actions: []string{"Microsoft.Network/" + action}}})
			got := f.client.Read(t.Context(), f.ref(t, "vnet-orders"), texts("10.8.0.68", "10.9.4.10", "10.9.4.11"), hasty())
			if len(got.Gaps) == 0 || len(got.VNet.Subnets) == 0 {
				t.Fatalf("%+v", got)
			}
			for _, g := range got.Gaps {
				if g.Part != part || g.Failure.Kind != model.FailurePermission || g.Failure.Cure == "" {
					t.Errorf("%+v", g)
				}
			}
		})
	}
	// A VNET that is not there is a gap in every part.
	f := start(t)
	ref := f.ref(t, "vnet-hub")
	ref.Name = safe.New("none")
	if got := f.client.Read(t.Context(), ref, nil, hasty()); len(got.Gaps) != 11 || got.Gap(azurenet.PartRecords, safe.Text{}) == nil {
		t.Errorf("%+v", got.Gaps)
	}
}

// What Azure refuses for a moment is asked for again, in sight of whoever waits; what went
// meanwhile is said to be gone.
func TestWhatPassesAndWhatIsGone(t *testing.T) {
	f := start(t)
	f.world.Apply(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "listNetworkManager", Status: 429, RetryAfter: "7", Times: 2}})
	f.world.Apply(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "/routeTables/rt-fw", Status: 404, Code: "ResourceNotFound", Times: 1}})
	var mu sync.Mutex
	var seen []model.Wait
	got := f.client.Read(t.Context(), f.ref(t, "vnet-orders"), nil, attempt.Waiter{Hold: func(_ context.Context, w model.Wait) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, w)
		f.clock.Advance(7 * time.Second)
		return nil
	}})
	if len(seen) != 2 || got.Gap(azurenet.PartAdminRules, safe.Text{}) != nil {
		t.Errorf("%+v %+v", seen, got.Gaps)
	}
	if len(got.Gaps) != 1 || got.Gaps[0].Part != azurenet.PartRoutes || got.Gaps[0].Failure.Cure != model.CureMoved || !strings.HasSuffix(got.Gaps[0].Subject.Raw(), "/rt-fw") {
		t.Errorf("%+v", got.Gaps)
	}
}

// Azure spells ids as it likes.
func TestIDsInAnotherCase(t *testing.T) {
	for _, how := range []string{"upper", "lower"} {
		f := start(t)
		f.world.Apply(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-orders", Around: &sandbox.Around{IDs: how}})
		got := f.client.Read(t.Context(), f.ref(t, "vnet-orders"), texts("10.8.0.68"), hasty())
		if len(got.Gaps) != 0 || len(got.Balancers) != 1 || len(got.Endpoints) != 1 || len(got.Cards) < 6 || len(got.Records) != 2 || !got.Records[0].Linked {
			t.Errorf("%s: %+v", how, got)
		}
	}
}

// What is in effect at a card is waited for, in sight of whoever waits.
func TestWhatIsInEffectAtACard(t *testing.T) {
	f := start(t)
	var mu sync.Mutex
	var seen []model.Wait
	patient := attempt.Waiter{Hold: func(_ context.Context, w model.Wait) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, w)
		f.clock.Advance(5 * time.Second)
		return nil
	}}
	got := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), f.card(t, "vnet-orders", "nic-ledger-us"), patient)
	if len(got.Gaps) != 0 || len(got.Effective) != 1 || len(seen) == 0 {
		t.Fatalf("%+v, %d waits", got, len(seen))
	}
	if w := seen[0]; !strings.Contains(w.For, "effective") || !strings.Contains(w.For, "nic-ledger-us") || w.Why == "" {
		t.Errorf("%+v", w)
	}
	e := got.Effective[0]
	own := at(t, e.Routes, named("all-to-firewall", func(r azurenet.EffectiveRoute) safe.Text { return r.Name }))
	if !e.RoutesRead || !e.GroupsRead || own.Source.Raw() != "User" || own.NextHop.Raw() != "VirtualAppliance" || len(own.Addresses) != 1 || e.At.IsZero() {
		t.Errorf("%+v", e)
	}
	peered := at(t, e.Routes, func(r azurenet.EffectiveRoute) bool {
		return strings.HasPrefix(r.NextHop.Raw(), "VNet") && r.Name.IsEmpty() && r.NextHop.Raw() != "VnetLocal"
	})
	if peered.State.Raw() != "Invalid" {
		t.Errorf("%+v", peered)
	}

	got = f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), f.card(t, "vnet-orders", "nic-sap"), patient)
	if len(got.Gaps) != 0 || len(got.Effective) != 1 || len(got.Effective[0].Groups) != 1 {
		t.Fatalf("%+v", got)
	}
	g := got.Effective[0].Groups[0]
	allow := at(t, g.Rules, named("AllowHttpsFromGateway", func(r azurenet.Rule) safe.Text { return r.Name }))
	vnet := at(t, g.Rules, named("AllowVnetInBound", func(r azurenet.Rule) safe.Text { return r.Name }))
	if !strings.HasSuffix(g.Subnet.Raw(), "/snet-sap") || allow.Ports[0].Raw() != "443-443" || !slices.Contains(vnet.Sources, safe.New("10.8.0.0/16")) || vnet.Protocol.Raw() != "*" {
		t.Errorf("%+v", g)
	}
}

// Azure knows it of machines that run alone, and does not tell it to everybody.
func TestWhatAzureDoesNotTellOfACard(t *testing.T) {
	f := start(t)
	stopped := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), f.card(t, "vnet-orders", "nic-shop-2"), hasty())
	if len(stopped.Effective) != 0 || len(stopped.Gaps) != 2 || stopped.Gaps[0].Failure.Cure != model.CureRunningMachine || stopped.Gaps[0].Part != azurenet.PartEffective {
		t.Errorf("%+v", stopped)
	}
	f.world.Apply(sandbox.Event{Subscription: "acme-prod", Deny: &sandbox.Deny{Name: "no", Actions: []string{"Microsoft.Network/networkInterfaces/*/action"}}})
	denied := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), f.card(t, "vnet-orders", "nic-sap"), hasty())
	if len(denied.Gaps) != 2 || denied.Gaps[1].Failure.Kind != model.FailurePermission {
		t.Errorf("%+v", denied)
	}
	gone := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), f.card(t, "vnet-orders", "none"), hasty())
	if len(gone.Gaps) != 2 {
		t.Errorf("%+v", gone)
	}
	if odd := f.client.Effective(t.Context(), f.ref(t, "vnet-orders"), safe.New("/none"), hasty()); len(odd.Gaps) != 2 || odd.Gaps[0].Failure.Kind != model.FailureContract {
		t.Errorf("%+v", odd)
	}
}

// What the subnets name costs a request each, and what they do not name costs none.
func TestTheSubnetsAlone(t *testing.T) {
	f := start(t)
	ref := f.ref(t, "vnet-orders")
	v, err := f.vnets.VNet(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	before := f.world.Requests("arm")
	got := f.client.Subnets(t.Context(), ref, v, hasty())
	groups, tables := 6, 2
	if len(got.Gaps) != 0 || len(got.Groups) != groups || len(got.Tables) != tables || f.world.Requests("arm")-before != groups+tables {
		t.Errorf("%d groups, %d tables, %d requests, %+v", len(got.Groups), len(got.Tables), f.world.Requests("arm")-before, got.Gaps)
	}
	for i := range v.Subnets {
		v.Subnets[i].SecurityGroup, v.Subnets[i].RouteTable = safe.Text{}, safe.Text{}
	}
	before = f.world.Requests("arm")
	if got := f.client.Subnets(t.Context(), ref, v, hasty()); len(got.Gaps)+len(got.Groups)+len(got.Tables) != 0 || f.world.Requests("arm") != before {
		t.Errorf("%+v", got)
	}
}
