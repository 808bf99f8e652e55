package dnsfacts_test

import (
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/azure/dnsfacts"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
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

type fixture struct {
	world  *sandbox.World
	clock  *sandbox.ManualClock
	client *dnsfacts.Client
}

func start(t *testing.T) fixture {
	t.Helper()
	clock := sandbox.NewManualClock(sandboxtest.Epoch())
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock})
	sender := transport.Open(transport.Options{Clock: sandboxtest.Clock(clock)})
	t.Cleanup(sender.Close)
	o := rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(sandbox.Token), Login: sandboxtest.Endpoint(t, s.Login), Sender: sender}),
		Endpoint: sandboxtest.Endpoint(t, s.ARM), Sender: sender, Retry: transport.Once(),
	}
	return fixture{world: s.World, clock: clock, client: dnsfacts.New(o, azure.New(o))}
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

func (f fixture) read(t *testing.T, vnet, server, domain string) azuredns.Facts {
	t.Helper()
	return f.client.Read(t.Context(), f.ref(t, vnet), texts(server), texts(domain), hasty())
}

// judge reads and judges, and returns the findings by what they are about.
func (f fixture) judge(t *testing.T, vnet, server, domain, from string) map[azuredns.CheckID]azuredns.Check {
	t.Helper()
	facts := f.read(t, vnet, server, domain)
	out := map[azuredns.CheckID]azuredns.Check{}
	for _, g := range facts.Judge(azuredns.Question{Server: safe.New(server), Domain: safe.New(domain), From: model.NewPrefix(safe.New(from)), Access: model.Yes}) {
		out[g.ID] = g
	}
	return out
}

const (
	udp, tcp = azuredns.CheckUDP, azuredns.CheckTCP
	wayBack  = azuredns.CheckWayBack
	owner    = azuredns.CheckOwner
	zone     = azuredns.CheckZone
	loop     = azuredns.CheckLoop
)

func want(t *testing.T, f azuredns.Check, outcome azuredns.Outcome, words string) {
	t.Helper()
	if f.Outcome != outcome || !strings.Contains(f.Why+" "+f.Finding.Next.Text, words) {
		t.Errorf("%s: %s, %s / %s; want %s, %q", f.ID, f.Outcome, f.Why, f.Finding.Next.Text, outcome, words)
	}
}

func TestTheStorysVNets(t *testing.T) {
	f := start(t)
	hub := f.judge(t, "vnet-hub", "10.20.0.4", "privatelink.blob.core.windows.net", "10.0.0.0/16")
	for _, g := range hub {
		want(t, g, azuredns.Done, "")
	}
	if len(hub) != 7 {
		t.Errorf("%d findings", len(hub))
	}
	want(t, hub[tcp], azuredns.Done, "AllowDnsTcpFromGateway (priority 110)")
	want(t, hub[owner], azuredns.Done, "the network card nic-dns-10-20-0-4 of the machine vm-dns-10-20-0-4 has 10.20.0.4")

	apps := f.judge(t, "vnet-stage-apps", "10.24.0.4", "stage.example.org", "10.4.0.0/16")
	want(t, apps[udp], azuredns.Done, "AllowDnsUdp (priority 100)")
	want(t, apps[tcp], azuredns.Failed, "denied by the rule DenyTcp (priority 200)")

	shared := f.judge(t, "vnet-shared", "10.22.0.4", "acct.privatelink.blob.core.windows.net", "10.0.0.0/16")
	want(t, shared[owner], azuredns.Done, "inbound endpoint inbound of the private resolver dnspr-shared")
	want(t, shared[zone], azuredns.Done, "linked to the VNET vnet-shared")
	shared = f.judge(t, "vnet-shared", "10.22.0.4", "privatelink.database.windows.net", "10.0.0.0/16")
	want(t, shared[zone], azuredns.Failed, "Link the private DNS zone privatelink.database.windows.net to the VNET vnet-shared.")

	core := f.judge(t, "vnet-core", "10.29.0.4", "ldap.core.example.org", "10.28.0.0/16")
	want(t, core[loop], azuredns.Failed, "fwd-core")
	core = f.judge(t, "vnet-core", "10.29.0.4", "partners.example.net", "10.28.0.0/16")
	want(t, core[loop], azuredns.Done, "no ruleset")
}

func TestEventsChangeWhatIsAround(t *testing.T) {
	f := start(t)
	at := func(a sandbox.Around) {
		t.Helper()
		e := sandbox.Event{Subscription: "acme-prod", VNet: "vnet-shared", Around: &a}
		if err := f.world.Schedule(e); err != nil {
			t.Fatal(err)
		}
		f.world.CatchUp()
	}
	at(sandbox.Around{
		Rules:  []sandbox.AroundRule{{Name: "NoGateway", Priority: 300, Access: "Deny", From: []string{"10.0.0.0/17", "10.0.128.0/17"}, Ports: []string{"1-100", "200"}}},
		Routes: []sandbox.UserRoute{{Name: "to-firewall", Prefix: "10.0.0.0/16", NextHop: "VirtualAppliance", Address: "10.22.9.4"}},
		Link:   []string{"privatelink.database.windows.net", "new.example.org"}, State: "Updating",
	})
	got := f.judge(t, "vnet-shared", "10.22.0.4", "privatelink.database.windows.net", "10.0.0.0/16")
	want(t, got[udp], azuredns.Failed, "NoGateway (priority 300)")
	want(t, got[wayBack], azuredns.Partly, "10.22.9.4")
	want(t, got[zone], azuredns.Done, "linked")
	want(t, got[owner], azuredns.Partly, "Updating")
	at(sandbox.Around{Rules: []sandbox.AroundRule{}, Unlink: []string{"privatelink.database.windows.net"}, Endpoint: "10.22.0.6", State: "Succeeded", Free: []string{"10.22.0.4"}})
	got = f.judge(t, "vnet-shared", "10.22.0.4", "privatelink.database.windows.net", "10.0.0.0/16")
	want(t, got[udp], azuredns.Done, "AllowVnetInBound")
	want(t, got[zone], azuredns.Failed, "Link the private")
	want(t, got[owner], azuredns.Failed, "inbound of dnspr-shared has 10.22.0.6")
	got = f.judge(t, "vnet-shared", "10.22.0.3", "", "10.0.0.0/16")
	want(t, got[owner], azuredns.Failed, "keeps for itself")
}

func TestSurroundingsForTheTablesRules(t *testing.T) {
	f := start(t)
	facts := f.read(t, "vnet-core", "10.29.0.4", "ldap.core.example.org")
	var s dnstable.Surroundings
	facts.Surround(&s)
	facts.Surround(&s)
	if len(s.Endpoints) != 2 || len(s.Rulesets) != 1 {
		t.Fatalf("got %+v", s)
	}
	set := s.Rulesets[0]
	if set.Name.Raw() != "fwd-core" || len(set.Targets) != 1 || set.Targets[0].Raw() != "10.29.0.4" || len(set.VNets) != 1 || !slices.ContainsFunc(s.Endpoints, func(e dnstable.Endpoint) bool { return e.VNet == set.VNets[0] }) {
		t.Errorf("got %+v", s)
	}
}

// Every part fails alone: the others are there all the same.
func TestAPartThatMayNotBeRead(t *testing.T) {
	for path, part := range map[string]azurenet.Part{
		"/networkSecurityGroups/": azurenet.PartRules, "/routeTables/": azurenet.PartRoutes, "/dnsResolvers": azuredns.PartResolvers,
		"/dnsForwardingRulesets": azuredns.PartRulesets, "/privateDnsZones": azuredns.PartZones, "/CheckIPAddressAvailability": azurenet.PartAddresses,
		"/inboundEndpoints": azuredns.PartResolvers, "/forwardingRules": azuredns.PartRulesets, "/virtualNetworkLinks": azuredns.PartZones, "/networkInterfaces": azurenet.PartCards,
	} {
		t.Run(path, func(t *testing.T) {
			f := start(t)
			err := f.world.Schedule(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-core", Around: &sandbox.Around{
				Routes: []sandbox.UserRoute{}, Link: []string{"core.example.org"},
			}})
			if err != nil {
				t.Fatal(err)
			}
			f.world.CatchUp()
			f.world.AddFault(sandbox.Fault{Service: "arm", Path: path, Status: 403})
			facts := f.read(t, "vnet-core", "10.29.0.4", "ldap.core.example.org")
			found := false
			for _, g := range facts.Gaps {
				found = found || g.Part == part
				if g.Failure.Kind != model.FailurePermission || !strings.Contains(g.Failure.Cause.String(), "you may not read") || g.Failure.Cure == "" {
					t.Errorf("got %+v", g)
				}
			}
			if !found || len(facts.Gaps) > 2 {
				t.Errorf("gaps: %+v", facts.Gaps)
			}
			unknown := 0
			for _, g := range facts.Judge(azuredns.Question{Server: safe.New("10.29.0.4"), Domain: safe.New("ldap.core.example.org"), From: model.NewPrefix(safe.New("10.28.0.0/16")), Access: model.Yes}) {
				if g.Outcome == azuredns.Unknown {
					unknown++
					want(t, g, azuredns.Unknown, "not known: you may not read")
				}
			}
			if unknown == 0 && part != azurenet.PartAddresses && part != azurenet.PartCards {
				t.Error("nothing is unknown")
			}
		})
	}
}

// A reader of one VNET alone has no list of the subscription.
func TestAReaderOfTheVNetAlone(t *testing.T) {
	f := start(t)
	sub := f.world.SubscriptionID("acme-prod")
	for _, role := range []string{"Owner", "Contributor", "Reader", "User Access Administrator"} {
		f.world.Apply(sandbox.Event{Subscription: sub, Withdraw: role})
	}
	f.world.Apply(sandbox.Event{Subscription: sub, VNet: "vnet-hub", Grant: "Reader"})
	facts := f.read(t, "vnet-hub", "10.20.0.4", "privatelink.blob.core.windows.net")
	if facts.VNet.ID.IsEmpty() || len(facts.Addresses) != 1 || len(facts.Gaps) != 5 {
		t.Errorf("addresses %+v, gaps %+v", facts.Addresses, facts.Gaps)
	}
	for _, g := range facts.Gaps {
		if g.Failure.Code.Raw() != "AuthorizationFailed" {
			t.Errorf("got %+v", g)
		}
	}
}

func TestAVNetThatIsNotThere(t *testing.T) {
	f := start(t)
	ref := f.ref(t, "vnet-hub")
	ref.Name = safe.New("vnet-gone")
	facts := f.client.Read(t.Context(), ref, texts("10.20.0.4"), texts("example.org"), hasty())
	got := facts.Judge(azuredns.Question{Server: safe.New("10.20.0.4")})
	if len(got) != 1 || len(facts.Gaps) != 9 {
		t.Fatalf("%+v, %+v", got, facts.Gaps)
	}
	want(t, got[0], azuredns.Unknown, "vnet-gone")
}

// What is told of network cards, records, links and tables is read as Azure tells it.
func TestCardsRecordsAndTables(t *testing.T) {
	f := start(t)
	around := sandbox.Around{
		PeeringRoutes: "All", Fallback: []string{"privatelink.blob.core.windows.net"},
		Records: []sandbox.AroundRecord{{Zone: "privatelink.blob.core.windows.net", Name: "there", Addresses: []string{"10.20.0.12"}}, {Zone: "privatelink.blob.core.windows.net", Name: "acct"}},
		Cards: []sandbox.AroundCard{
			{Name: "nic-pe", Address: "10.20.0.13", Endpoint: "pe-acct", Names: []string{"acct.blob.core.windows.net"}},
			{Name: "nic-own", Address: "10.20.0.4", Machine: "vm-dns", Rules: []sandbox.AroundRule{{Name: "NoTcp", Priority: 100, Access: "Deny", Protocol: "Tcp"}}},
		},
		Taken: []string{"10.20.0.4"},
	}
	if err := f.world.Schedule(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-hub", Around: &around}); err != nil {
		t.Fatal(err)
	}
	f.world.CatchUp()
	got := f.judge(t, "vnet-hub", "10.20.0.4", "acct.blob.core.windows.net", "10.0.0.0/16")
	want(t, got[udp], azuredns.Done, "AllowDnsUdpFromGateway")
	want(t, got[tcp], azuredns.Failed, "NoTcp (priority 100) of the security group nic-own-nsg")
	want(t, got[owner], azuredns.Done, "the machine vm-dns")
	want(t, got[wayBack], azuredns.Failed, "disablePeeringRoute is All")
	want(t, got[zone], azuredns.Done, "NxDomainRedirect")
	for name, held := range map[string]bool{"acct.blob.core.windows.net": false, "there.blob.core.windows.net": true, "there.privatelink.blob.core.windows.net": true} {
		facts := f.read(t, "vnet-hub", "10.20.0.4", name)
		z, known := facts.ZoneFacts(safe.New(name)).Get()
		if is, read := z.Held.Get(); !known || !read || is != held || held != (z.Missing.Code == "") {
			t.Errorf("%s: %+v", name, z)
		}
		pe, known := facts.EndpointFor(safe.New(name)).Get()
		if !known || pe.Name.IsEmpty() != held {
			t.Errorf("%s: %+v", name, pe)
		}
	}
	facts := f.read(t, "vnet-hub", "10.20.0.4", "example.org")
	owners := f.client.Owners(t.Context(), f.ref(t, "vnet-hub"), facts.VNet, texts("10.20.0.4", "10.20.0.11", "10.99.0.1", "x"), hasty())
	if len(owners.Addresses) != 2 || owners.Addresses[0].Free || !owners.Addresses[1].Free || len(owners.Gaps) != 0 {
		t.Errorf("%+v", owners)
	}
	// A zone of which nobody says what it holds, holds what is asked for.
	facts = f.read(t, "vnet-hub", "10.20.0.4", "db1.privatelink.database.windows.net")
	if len(facts.Zones) != 1 || len(facts.Zones[0].Records) != 1 || !facts.Zones[0].Records[0].Held {
		t.Errorf("%+v", facts.Zones)
	}
}

func TestTheSubnetOfAnEndpointIsDelegated(t *testing.T) {
	f := start(t)
	want(t, f.judge(t, "vnet-shared", "10.22.0.4", "x.example.org", "10.0.0.0/16")[owner], azuredns.Done, "inbound")
	for delegation, says := range map[string]string{"none": "is not delegated to Microsoft.Network/dnsResolvers", "Microsoft.Web/serverFarms": "but to Microsoft.Web/serverFarms"} {
		f.world.Apply(sandbox.Event{Subscription: "acme-prod", VNet: "vnet-shared", Around: &sandbox.Around{Delegation: delegation}})
		want(t, f.judge(t, "vnet-shared", "10.22.0.4", "x.example.org", "10.0.0.0/16")[owner], azuredns.Partly, says)
	}
}
