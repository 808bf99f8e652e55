package app_test

import (
	"time"

	"github.com/google/uuid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) //nolint:gochecknoglobals // a constant, were there constants of time

func text(s string) safe.Text { return safe.New(s) }

func texts(list ...string) []safe.Text {
	out := make([]safe.Text, len(list))
	for i, s := range list {
		out[i] = text(s)
	}
	return out
}

func prefixes(list ...string) []model.Prefix { return model.NewPrefixes(texts(list...)) }

// id makes a stable id of a name.
func id(kind, name string) safe.Text {
	return safe.New(uuid.NewSHA1(uuid.NameSpaceURL, []byte(kind+"/"+name)).String())
}

// builder makes networks as the watcher would, judged at noon.
type builder struct{ n model.NetworkStatus }

func network(name, region, cidr string) *builder {
	return &builder{model.NetworkStatus{
		Network: model.Network{
			ID: id("network", name), Name: text(name), Region: text(region),
			CIDR: model.NewPrefix(text(cidr)), State: model.NetworkReady, AvailabilityZones: texts(region+"-1", region+"-2"), EntityVersion: 3,
			CreatedAt: noon.AddDate(0, -3, 0), UpdatedAt: noon.AddDate(0, -3, 0).Add(37 * time.Minute),
		},
		Provider: model.ProviderAzure, KongAccount: text("20000000-0000-4000-8000-000000000001"),
		PeeringsRead: model.Part{At: noon}, PrivateDNSRead: model.Part{At: noon}, ReferencesRead: model.Part{At: noon},
	}}
}

func (b *builder) state(s model.NetworkState, since time.Duration) *builder {
	b.n.State, b.n.Since = s, model.SinceExactly(noon.Add(-since))
	return b
}

func (b *builder) cloud(p model.Provider) *builder { b.n.Provider = p; return b }

func (b *builder) plane(name string) *builder {
	b.n.ControlPlanes = append(b.n.ControlPlanes, model.ControlPlane{ID: text("plane-" + name), Geo: text("eu"), Name: text(name)})
	b.n.References = append(b.n.References, model.ConfigurationReference{
		ID: text("ref"), DataPlanes: []model.DataPlaneGroup{{State: text("ready"), PrivateIPs: texts("10.0.0.68", "10.0.0.132"), EgressIPs: texts("203.0.113.20")}},
	})
	return b
}

func (b *builder) dns(name string, state model.PrivateDNSState, lines ...string) *builder {
	d := model.PrivateDNS{ID: text("dns-" + name), Name: text(name), Kind: model.KindAzureResolver, State: state}
	if state == model.PrivateDNSError {
		d.Reason = text("Forwarding rule for core.example.org could not be created.")
	}
	for _, l := range lines {
		d.DNS = append(d.DNS, model.DNSMapping{Domains: texts(l), Servers: texts("10.20.0.4", "10.20.0.5")})
	}
	b.n.PrivateDNS = append(b.n.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: d, Finding: model.NewJudge().PrivateDNS(model.PrivateDNSFacts{PrivateDNS: d, Now: noon})})
	return b
}

// peer adds a peering with a VNET that is fine on both sides, and changes it.
func (b *builder) peer(name, vnet string, ranges []string, edits ...func(*model.PeeringStatus)) *builder {
	p := model.PeeringStatus{
		Peering: model.Peering{
			ID: id("peering", name), Name: text(name), Kind: model.KindAzureVNet,
			State: model.PeeringReady, UpdatedAt: noon.AddDate(0, -2, 0),
			VNet: model.VNetRef{
				TenantID: text("40000000-0000-4000-8000-000000000001"), SubscriptionID: text("50000000-0000-4000-8000-000000000001"),
				ResourceGroup: text("rg-network"), Name: text(vnet),
			},
			Target: []model.Field{{Label: text("VNET"), Value: text(vnet)}},
		},
		Azure: model.AzureHalf{
			Status: model.HalfPresent, ReadAt: noon, Proof: model.ProofRange, Removable: true,
			How:  "its range is " + b.n.CIDR.String() + ", and no other network that can be seen may be meant",
			VNet: model.VNet{Name: text(vnet), AddressPrefixes: prefixes(ranges...), Subnets: []model.Subnet{{Name: text("snet-dns"), Prefixes: prefixes("10.20.0.0/28"), SecurityGroup: text("/x/snet-dns-nsg")}}},
			Peering: model.VNetPeering{
				Name: text("kong-3d3ff5dc"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded,
				Routed: []model.Prefix{b.n.CIDR}, RemoteNow: []model.Prefix{b.n.CIDR}, AllowAccess: model.Yes, AllowForward: model.No,
			},
		},
	}
	for _, e := range edits {
		e(&p)
	}
	b.n.Peerings = append(b.n.Peerings, p)
	return b
}

func (b *builder) done() *model.NetworkStatus {
	j := model.NewJudge()
	b.n.PeeringCount = len(b.n.Peerings)
	b.n.Own = j.Network(model.NetworkFacts{Network: b.n.Network, Since: b.n.Since, Now: noon})
	for i := range b.n.Peerings {
		p := &b.n.Peerings[i]
		p.Finding = j.Peering(model.PeeringFacts{Network: b.n.Network, Peering: p.Peering, Azure: p.Azure, Overlaps: p.Overlaps, Since: p.Since, Now: noon})
	}
	b.n.Finding = j.RollUp(b.n)
	return &b.n
}

func waiting(p *model.PeeringStatus) {
	p.State, p.Azure, p.Since = model.PeeringPendingUserAction, model.AzureHalf{Status: model.HalfAbsent, VNet: p.Azure.VNet, ReadAt: noon}, model.SinceExactly(noon.Add(-12*time.Minute))
}

func disconnected(p *model.PeeringStatus) {
	p.Azure.Peering.State, p.Since = model.VNetDisconnected, model.SinceExactly(noon.Add(-26*time.Minute))
}

func signedOut(p *model.PeeringStatus) {
	p.Azure = model.AzureHalf{Status: model.HalfUnreadable, Failure: &model.Failure{
		Kind: model.FailureAuth, Cause: text("the Azure CLI is not signed in"), Cure: "Run az login --tenant 40000000-0000-4000-8000-000000000001, or sign in with a device code.",
	}}
}

func overlapping(p *model.PeeringStatus) {
	p.State, p.Reason, p.Since = model.PeeringError, text("VnetAddressSpacesOverlap: 10.8.64.0/20 overlaps 10.8.0.0/16."), model.SinceExactly(noon.Add(-3*time.Hour))
	p.Azure.Status, p.Azure.How, p.Azure.Peering = model.HalfAbsent, "", model.VNetPeering{}
	p.Overlaps = []model.Overlap{{Network: model.NewPrefix(text("10.8.0.0/16")), Other: model.NewPrefix(text("10.8.64.0/20")), Of: text("vnet-billing")}}
}

func aws(p *model.PeeringStatus) {
	p.Kind, p.VNet = model.KindAWSTransitGateway, model.VNetRef{}
	p.Target = []model.Field{{Label: text("Transit gateway"), Value: text("tgw-0d9c1e5a7b3f2468a")}}
	p.CIDRs, p.Azure = prefixes("10.40.0.0/14"), model.AzureHalf{}
}

// world is what the screens are drawn with: something of everything.
func world() model.Snapshot {
	s := model.Snapshot{
		At: noon, Organization: model.Organization{ID: text("org"), Name: text("acme-corp")}, User: model.User{Email: text("alice@acme.example")},
		Konnect: model.SourceStatus{State: model.SourceLive, LastOK: noon}, Azure: model.SourceStatus{State: model.SourceLive, LastOK: noon},
		Tenants: []model.Tenant{{ID: text("40000000-0000-4000-8000-000000000001"), Identity: model.Identity{
			Service: model.WriteARM, Source: model.FromAzureCLI, Account: text("alice@azure.example"),
		}}},
		Networks: []*model.NetworkStatus{
			network("aws-legacy", "us-east-2", "10.40.0.0/16").cloud(model.ProviderAWS).peer("core-tgw", "", nil, aws).plane("acme-us").done(),
			network("de-core", "germanywestcentral", "10.28.0.0/16").peer("core-services", "vnet-core", []string{"10.29.0.0/16"}).dns("core-dns", model.PrivateDNSError, "core.example.org", "ldap.core.example.org").done(),
			network("eu-prod", "northeurope", "10.0.0.0/16").plane("acme-eu").
				peer("hub-vnet", "vnet-hub", []string{"10.20.0.0/22", "10.20.4.0/24"}).peer("shared-services", "vnet-shared", []string{"10.22.0.0/20"}).
				dns("corp-dns", model.PrivateDNSReady, "corp.example.org", "db.example.org", "pay.example.org").done(),
			network("eu-stage", "northeurope", "10.4.0.0/16").plane("acme-eu").
				peer("stage-apps", "vnet-stage-apps", []string{"10.24.0.0/20"}).peer("stage-hub", "vnet-stage-hub", []string{"10.25.0.0/22"}, waiting).done(),
			network("fr-pay", "francecentral", "10.36.0.0/16").peer("partner-bank", "vnet-bank", nil, signedOut).done(),
			network("jp-new", "japaneast", "10.12.0.0/16").state(model.NetworkInitializing, 33*time.Minute).done(),
			network("uk-lab", "uksouth", "10.60.0.0/16").done(),
			network("us-prod", "eastus2", "10.8.0.0/16").
				peer("orders", "vnet-orders", []string{"10.9.0.0/20"}).peer("billing", "vnet-billing", []string{"10.8.64.0/20", "10.10.0.0/20"}, overlapping).
				dns("us-dns", model.PrivateDNSReady, "us.example.org").done(),
			network("us-west", "westus2", "10.16.0.0/16").peer("inventory", "vnet-inventory", []string{"10.17.0.0/20"}, disconnected).done(),
		},
		Progress: model.Progress{Listed: 9, Total: 9, ListedAll: true, Details: 7, DetailTotal: 7, Halves: 8, HalfTotal: 8},
	}
	return s
}

// longNames is a world in which every text is longer than any screen.
func longNames() model.Snapshot {
	s := world()
	long := func(what string) string {
		return what + "-with-a-name-that-somebody-made-from-the-whole-history-of-the-project-and-its-owners-and-more"
	}
	waits := func(p *model.PeeringStatus) {
		waiting(p)
		p.Reason = text(long("a reason") + " " + long("and another"))
	}
	s.Organization.Name = text(long("organization"))
	s.Networks = []*model.NetworkStatus{
		network(long("network"), long("region"), "fd00:aaaa:bbbb:cccc:dddd:eeee:ffff:0/112").plane(long("plane")).
			peer(long("peering"), long("vnet"), []string{"fd00:1111:2222:3333:4444:5555:6666:0/112", "10.0.0.0/8"}, waits).
			dns(long("resolver"), model.PrivateDNSReady, long("domain")).done(),
		network("東京ネットワーク本番環境用クラスタその壱", "japaneast", "10.1.0.0/16").peer("ピアリング", "仮想ネットワーク", []string{"10.2.0.0/16"}).done(),
		network("\x1b[2J\u202eevil\u009b31m", "x\x07y", "10.3.0.0/16").peer("\u200b", "a\tb", []string{"10.4.0.0/16"}).done(),
		func() *model.NetworkStatus { b := network("x", "", ""); b.n.Name = safe.Text{}; return b.done() }(),
	}
	return s
}
