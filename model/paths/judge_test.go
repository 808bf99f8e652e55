package paths_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

func now() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }

func prefixes(texts ...string) []model.Prefix { return model.NewPrefixes(safe.Texts(texts...)) }

// peered is a peering with a VNET whose halves are connected and in sync.
func peered(name string, ranges ...string) model.PeeringStatus {
	return model.PeeringStatus{
		Peering: model.Peering{
			ID: safe.New("id-" + name), Name: safe.New(name), Kind: model.KindAzureVNet, State: model.PeeringReady,
			VNet: model.VNetRef{TenantID: safe.New("t"), SubscriptionID: safe.New("s"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-" + name)},
		},
		Azure: model.AzureHalf{
			Status: model.HalfPresent, ReadAt: now(),
			VNet:    model.VNet{ID: safe.New("/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet-" + name), Name: safe.New("vnet-" + name), AddressPrefixes: prefixes(ranges...)},
			Peering: model.VNetPeering{ID: safe.New("half-" + name), Name: safe.New("kong-" + name), State: model.VNetConnected, Sync: model.SyncFull, Local: prefixes(ranges...), Routed: prefixes("10.0.0.0/16"), AllowAccess: model.Yes},
		},
		Finding: finding.Finding{Code: "azure-connected", Severity: finding.OK},
	}
}

// world is a network with two peerings, a resolver and a peering's own table, all well.
func world() *model.NetworkStatus {
	read := model.Part{At: now()}
	hub := peered("hub", "10.20.0.0/22", "10.20.4.0/24")
	hub.DNS = []model.DNSMapping{{Domains: safe.Texts("legacy.example.org"), Servers: safe.Texts("10.20.0.4")}}
	n := &model.NetworkStatus{
		Network:  model.Network{ID: safe.New("n1"), Name: safe.New("eu-prod"), CIDR: model.NewPrefix(safe.New("10.0.0.0/16")), State: model.NetworkReady},
		Provider: model.ProviderAzure,
		Peerings: []model.PeeringStatus{hub, peered("shared", "10.22.0.0/20")},
		Own:      finding.Finding{Code: "network-ready", Severity: finding.OK},
		PrivateDNS: []model.PrivateDNSStatus{{
			PrivateDNS: model.PrivateDNS{ID: safe.New("r1"), Name: safe.New("corp-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady, DNS: []model.DNSMapping{
				{Domains: safe.Texts("corp.example.net"), Servers: safe.Texts("10.20.0.4", "10.20.0.5")},
				{Domains: safe.Texts("privatelink.blob.core.windows.net"), Servers: safe.Texts("10.20.0.4", "10.20.0.5")},
				{Domains: safe.Texts("db.corp.example.net"), Servers: safe.Texts("10.22.0.4")},
			}},
			Finding: finding.Finding{Code: "dns-ready", Severity: finding.OK},
		}},
		PeeringsRead: read, PrivateDNSRead: read, ReferencesRead: read,
	}
	return n
}

func plane(services ...gateway.Service) gateway.Plane {
	read := model.Part{At: now()}
	return gateway.Plane{
		ControlPlane: model.ControlPlane{ID: safe.New("cp1"), Geo: safe.New("eu"), Name: safe.New("acme-eu")},
		Services:     services, ServicesRead: read, RoutesRead: read, UpstreamsRead: read,
	}
}

func service(protocol, host string, port int) gateway.Service {
	return gateway.Service{ID: safe.New("svc"), Name: safe.New("orders"), Protocol: safe.New(protocol), Host: safe.New(host), Port: port, Enabled: true}
}

// facts are those of a network around whose VNETs all was read, and nothing is in the way.
func facts(n *model.NetworkStatus, planes ...gateway.Plane) paths.Facts {
	f := paths.Facts{At: now(), Network: n, Planes: planes, PlanesRead: model.Part{At: now()}}
	for _, p := range n.Peerings {
		v := p.Azure.VNet
		for i, r := range v.AddressPrefixes {
			v.Subnets = append(v.Subnets, model.Subnet{Name: safe.New("snet-" + string(rune('a'+i))), Prefixes: []model.Prefix{r}})
		}
		f.VNets = append(f.VNets, paths.VNet{Peering: p.ID, Ref: p.VNet, Net: azurenet.Facts{VNet: v}})
	}
	return f
}

// judged is the one host of a service.
func judged(t *testing.T, f paths.Facts) paths.Host {
	t.Helper()
	r := paths.Judge(f)
	if len(r.Hosts) != 1 {
		t.Fatalf("%d hosts", len(r.Hosts))
	}
	return r.Hosts[0]
}

// expected is what a host comes to.
type expected struct {
	by   paths.By
	code finding.Code // of the finding that speaks; empty for none
	s    finding.Severity
	says string // a part of the sentence
}

func check(t *testing.T, h paths.Host, want expected) {
	t.Helper()
	f := h.Finding()
	if h.By != want.by || f.Code != want.code || want.code != "" && f.Severity != want.s {
		t.Errorf("by %s, %s %s: %s\nwanted by %s, %s %s", h.By, f.Code, f.Severity, f.Cause, want.by, want.code, want.s)
	}
	if want.says != "" && !strings.Contains(h.Why+" "+f.Cause, want.says) {
		t.Errorf("nothing says %q: %s / %s", want.says, h.Why, f.Cause)
	}
	if want.code != "" && f.Severity.NeedsPerson() && f.Next.Text == "" {
		t.Errorf("%s has no next step", f.Code)
	}
}

// Hosts by what they are alone, on a network with which all is well.
func TestHosts(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]expected{
		"10.20.4.10":       {by: paths.ByPeering, says: "lies in 10.20.4.0/24 of vnet-hub"},
		"10.22.15.255":     {by: paths.ByPeering, says: "vnet-shared"},
		"10.22.16.0":       {paths.ByNothing, "path-unreachable", finding.Broken, "peerings do not hand traffic on"},
		"10.77.1.5":        {paths.ByNothing, "path-unreachable", finding.Broken, "10.20.0.0/22 of vnet-hub"},
		"100.64.0.1":       {paths.ByNothing, "path-unreachable", finding.Broken, ""},
		"198.18.0.1":       {paths.ByNothing, "path-unreachable", finding.Broken, ""},
		"10.0.3.4":         {paths.ByNetwork, "path-own-range", finding.Broken, "own range 10.0.0.0/16"},
		"20.50.2.1":        {paths.ByInternet, "path-internet", finding.Attention, "past every peering"},
		"127.0.0.1":        {paths.ByItself, "path-special-address", finding.Broken, "the data plane itself"},
		"::1":              {paths.ByItself, "path-special-address", finding.Broken, ""},
		"[::1]":            {paths.ByItself, "path-special-address", finding.Broken, ""},
		"localhost":        {paths.ByItself, "path-special-address", finding.Broken, ""},
		"0.0.0.0":          {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"169.254.169.254":  {paths.ByNothing, "path-special-address", finding.Broken, "metadata"},
		"169.254.1.1":      {paths.ByNothing, "path-special-address", finding.Broken, "link-local"},
		"168.63.129.16":    {paths.ByNothing, "path-special-address", finding.Broken, "Azure's own"},
		"224.0.0.251":      {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"255.255.255.255":  {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"240.0.0.1":        {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"192.0.2.7":        {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"2001:db8::1":      {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"2603:1020::5":     {paths.ByUnknown, "path-not-known", finding.Unknown, "IPv6"},
		"[2603:1020::5]":   {paths.ByUnknown, "path-not-known", finding.Unknown, "IPv6"},
		"fd00::7":          {paths.ByNothing, "path-unreachable", finding.Broken, "IPv6"},
		"fe80::1%eth0":     {paths.ByNothing, "path-special-address", finding.Broken, ""},
		"::ffff:10.20.0.9": {by: paths.ByPeering, says: "vnet-hub"},

		"":                            {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		strings.Repeat("a", 300):      {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"*.corp.example.net":          {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"https://corp.example.net/x":  {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"corp.example.net:8443":       {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"10.20.4.10:8080":             {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"two words.example":           {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"10.20.4.300":                 {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		".":                           {paths.ByNothing, "path-bad-host", finding.Broken, ""},
		"{vault://env/upstream-host}": {paths.ByUnknown, "path-reference", finding.Unknown, ""},

		"orders.corp.example.net":                {paths.ByUnknown, "path-name-unasked", finding.Unknown, "10.20.0.4, 10.20.0.5"},
		"Orders.Corp.Example.NET":                {paths.ByUnknown, "path-name-unasked", finding.Unknown, ""},
		"orders.corp.example.net.":               {paths.ByUnknown, "path-name-unasked", finding.Unknown, ""},
		"my_orders.corp.example.net":             {paths.ByUnknown, "path-name-unasked", finding.Unknown, ""},
		"x.db.corp.example.net":                  {paths.ByUnknown, "path-name-unasked", finding.Unknown, "10.22.0.4"},
		"xcorp.example.net":                      {paths.ByInternet, "path-unmapped", finding.Attention, "corp.example.net is mapped"},
		"a.legacy.example.org":                   {paths.ByUnknown, "path-name-unasked", finding.Unknown, ""},
		"billing.apps.example.net":               {paths.ByInternet, "path-unmapped", finding.Attention, "past every peering"},
		"api.partner.com":                        {paths.ByInternet, "path-internet", finding.Attention, "No rule maps api.partner.com"},
		"bücher.partner.com":                     {paths.ByInternet, "path-internet", finding.Attention, ""},
		"orders":                                 {paths.ByNothing, "path-unmapped", finding.Broken, "one label"},
		"orders.svc.internal":                    {paths.ByNothing, "path-unmapped", finding.Broken, ".internal"},
		"printer.local":                          {paths.ByNothing, "path-unmapped", finding.Broken, ".local"},
		"acct.privatelink.vaultcore.azure.net":   {paths.ByInternet, "path-privatelink", finding.Attention, ""},
		"acct.blob.core.windows.net":             {paths.ByUnknown, "path-privatelink", finding.Unknown, "documented nowhere"},
		"kv.vault.azure.net":                     {paths.ByInternet, "path-internet", finding.Attention, ""},
		"acct.privatelink.blob.core.windows.net": {paths.ByUnknown, "path-name-unasked", finding.Unknown, ""},
	} {
		t.Run(host, func(t *testing.T) {
			t.Parallel()
			h := judged(t, facts(world(), plane(service("http", host, 8080))))
			check(t, h, want)
			if h.By.Past() == (h.By == paths.ByPeering || h.By == paths.ByUnknown) {
				t.Error("past the peering or not")
			}
		})
	}
}

// A rule is offered with the servers that most rules name.
func TestARuleIsOffered(t *testing.T) {
	t.Parallel()
	f := judged(t, facts(world(), plane(service("https", "billing.apps.example.net", 443)))).Finding()
	const command = "echo 'billing.apps.example.net 10.20.0.4 10.20.0.5' | peerdeck dns apply - --network eu-prod --dry-run"
	if f.Next.Command != command || f.Next.Kind != finding.NextTable {
		t.Errorf("%+v", f.Next)
	}
}

// What the services say beside their host.
func TestServices(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	change := func(how func(*gateway.Service), host string) gateway.Service {
		s := service("https", host, 443)
		how(&s)
		return s
	}
	keep := gateway.Route{ServiceID: safe.New("svc"), PreserveHost: true}
	keepNot := gateway.Route{ServiceID: safe.New("svc")}
	for name, c := range map[string]struct {
		service gateway.Service
		routes  []gateway.Route
		want    expected
	}{
		"checked TLS to an address":   {change(func(s *gateway.Service) { s.TLSVerify = &yes }, "10.20.4.10"), nil, expected{paths.ByPeering, "path-tls-name", finding.Broken, "tls_verify"}},
		"TLS to an address":           {change(func(*gateway.Service) {}, "10.20.4.10"), nil, expected{paths.ByPeering, "path-tls-name", finding.Attention, ""}},
		"unchecked TLS to an address": {change(func(s *gateway.Service) { s.TLSVerify = &no }, "10.20.4.10"), nil, expected{by: paths.ByPeering}},
		"the client's host is kept":   {change(func(s *gateway.Service) { s.TLSVerify = &yes }, "10.20.4.10"), []gateway.Route{keep}, expected{by: paths.ByPeering}},
		"one route keeps it, one not": {change(func(s *gateway.Service) { s.TLSVerify = &yes }, "10.20.4.10"), []gateway.Route{keep, keepNot}, expected{paths.ByPeering, "path-tls-name", finding.Broken, ""}},
		"no TLS to an address":        {change(func(s *gateway.Service) { s.Protocol, s.TLSVerify = safe.New("http"), &yes }, "10.20.4.10"), nil, expected{by: paths.ByPeering}},
		"TLS is passed through":       {change(func(s *gateway.Service) { s.Protocol = safe.New("tls_passthrough") }, "10.20.4.10"), nil, expected{by: paths.ByPeering}},
		"udp":                         {change(func(s *gateway.Service) { s.Protocol = safe.New("udp") }, "10.20.4.10"), nil, expected{by: paths.ByPeering}},
		"port 0":                      {change(func(s *gateway.Service) { s.Protocol, s.Port = safe.New("http"), 0 }, "10.20.4.10"), nil, expected{paths.ByPeering, "path-bad-port", finding.Broken, "the port is 0"}},
		"no port":                     {change(func(s *gateway.Service) { s.Protocol, s.Port = safe.New("http"), -1 }, "10.20.4.10"), nil, expected{paths.ByPeering, "path-bad-port", finding.Broken, "no number"}},
		"port 70000":                  {change(func(s *gateway.Service) { s.Protocol, s.Port = safe.New("http"), 70000 }, "10.20.4.10"), nil, expected{paths.ByPeering, "path-bad-port", finding.Broken, ""}},
		"disabled, past the peering":  {change(func(s *gateway.Service) { s.Enabled = false }, "api.partner.com"), nil, expected{by: paths.ByInternet, says: "The service is disabled, so nothing is sent."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := plane(c.service)
			p.Routes = c.routes
			check(t, judged(t, facts(world(), p)), c.want)
		})
	}
}

// A service whose host is the name of an upstream.
func TestUpstreams(t *testing.T) {
	t.Parallel()
	target := func(text string, weight int) gateway.Target {
		return gateway.Target{Target: safe.New(text), Weight: weight}
	}
	up := func(targets ...gateway.Target) []gateway.Upstream {
		return []gateway.Upstream{{ID: safe.New("u"), Name: safe.New("pool.internal"), Targets: targets, TargetsRead: true}}
	}
	named := up(target("10.20.4.10:8443", 100))
	named[0].HostHeader = safe.New("orders.corp.example.net")
	unread := up()
	unread[0].TargetsRead = false
	refused := model.Part{Failure: &model.Failure{Kind: model.FailurePermission, Cause: safe.New("not allowed"), Cure: "Ask for a role."}}
	for name, c := range map[string]struct {
		protocol  string
		upstreams []gateway.Upstream
		read      *model.Part
		want      expected
	}{
		"both in peered ranges":    {"http", up(target("10.20.0.140:8080", 100), target("10.22.0.9:8080", 50)), nil, expected{by: paths.ByPeering, says: "2 targets"}},
		"one is past the peering":  {"http", up(target("10.20.0.140:8080", 100), target("20.50.2.1:8080", 50)), nil, expected{paths.ByInternet, "path-internet", finding.Attention, "20.50.2.1"}},
		"the bad one gets nothing": {"http", up(target("10.20.0.140:8080", 100), target("20.50.2.1:8080", 0)), nil, expected{by: paths.ByPeering, says: "1 target "}},
		"a target by name":         {"http", up(target("a.corp.example.net:80", 100)), nil, expected{paths.ByUnknown, "path-name-unasked", finding.Unknown, ""}},
		"a target of IPv6":         {"http", up(target("[fd00::7]:80", 100)), nil, expected{paths.ByNothing, "path-unreachable", finding.Broken, ""}},
		"no port is a port":        {"http", up(target("10.20.0.140", 100)), nil, expected{by: paths.ByPeering}},
		"a port that is none":      {"http", up(target("10.20.0.140:http", 100)), nil, expected{paths.ByPeering, "path-bad-port", finding.Broken, ""}},
		"no target":                {"http", up(), nil, expected{paths.ByNothing, "path-no-target", finding.Broken, "has no target"}},
		"only weights of 0":        {"http", up(target("10.20.0.140:8080", 0), target("10.20.0.141:8080", 0)), nil, expected{paths.ByNothing, "path-no-target", finding.Broken, "weight 0"}},
		"targets were not read":    {"http", unread, nil, expected{paths.ByUnknown, "path-not-known", finding.Unknown, "targets"}},
		"TLS without a name":       {"https", up(target("10.20.4.10:8443", 100)), nil, expected{paths.ByPeering, "path-tls-name", finding.Attention, ""}},
		"TLS with a host header":   {"https", named, nil, expected{by: paths.ByPeering}},
		"upstreams are refused":    {"http", nil, &refused, expected{paths.ByUnknown, "path-not-known", finding.Unknown, "may be the name of an upstream"}},
		"upstreams are not read":   {"http", nil, &model.Part{}, expected{paths.ByUnknown, "path-not-known", finding.Unknown, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := plane(service(c.protocol, "pool.internal", 80))
			p.Upstreams = c.upstreams
			if c.read != nil {
				p.UpstreamsRead = *c.read
			}
			check(t, judged(t, facts(world(), p)), c.want)
		})
	}
	// The name of an upstream may look like a domain that is mapped: no DNS is asked for it.
	p := plane(service("http", "orders.corp.example.net", 80))
	p.Upstreams = up(target("10.20.4.10:80", 1))
	p.Upstreams[0].Name = safe.New("orders.corp.example.net")
	check(t, judged(t, facts(world(), p)), expected{by: paths.ByPeering, says: "no DNS is asked for its own name"})
	// An address is the name of no upstream, whatever was read.
	p = plane(service("http", "10.20.4.10", 80))
	p.UpstreamsRead = refused
	check(t, judged(t, facts(world(), p)), expected{by: paths.ByPeering})
}

// What the clouds say of the way changes what comes of an address.
func TestWays(t *testing.T) {
	t.Parallel()
	const host = "10.20.4.10"
	failed := model.Failure{Kind: model.FailurePermission, Cause: safe.New("the token may not"), Cure: "Ask for a role."}
	for name, c := range map[string]struct {
		change func(*model.NetworkStatus)
		host   string
		want   expected
	}{
		"the peering is broken": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure.Peering.State = model.VNetDisconnected
			n.Peerings[0].Finding = finding.Finding{Code: "azure-disconnected", Severity: finding.Broken, Cause: "It is disconnected.", Next: finding.Next{Kind: finding.NextSetUp, Text: "Set it up anew."}}
		}, host, expected{paths.ByPeering, "path-peering", finding.Broken, "disconnected"}},
		"the half was not read": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure.Status, n.Peerings[0].Azure.Peering = model.HalfUnclear, model.VNetPeering{}
			n.Peerings[0].Finding = finding.Finding{Code: "half-unclear", Severity: finding.Unknown, Cause: "Whose the half is cannot be told.", Next: finding.Next{Text: "Ask."}}
		}, host, expected{paths.ByUnknown, "path-peering", finding.Unknown, ""}},
		"the VNET is not known": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure = model.AzureHalf{Status: model.HalfUnreadable, Failure: &failed}
			n.Peerings[0].Finding = finding.Finding{Code: "azure-unreadable", Severity: finding.Unknown, Cause: "The VNET cannot be read."}
		}, host, expected{paths.ByUnknown, "path-not-known", finding.Unknown, "vnet-hub"}},
		"the peering is starting": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure.Peering.State = model.VNetInitiated
			n.Peerings[0].Finding = finding.Finding{Code: "azure-initiating", Severity: finding.Working, Cause: "It is being made."}
		}, host, expected{paths.ByUnknown, "path-peering", finding.Working, ""}},
		"the range came later": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure.Peering.Local, n.Peerings[0].Azure.Peering.Sync = prefixes("10.20.0.0/22"), model.SyncLocalBehind
			n.Peerings[0].Finding = finding.Finding{Code: "azure-local-behind", Severity: finding.Attention, Cause: "Not in sync.", Next: finding.Next{Kind: finding.NextCommand, Text: "Sync.", Command: "az network vnet peering sync"}}
		}, host, expected{paths.ByNothing, "path-not-carried", finding.Broken, "the other half knows only 10.20.0.0/22"}},
		"another range came later": {func(n *model.NetworkStatus) {
			n.Peerings[0].Azure.Peering.Local, n.Peerings[0].Azure.Peering.Sync = prefixes("10.20.0.0/22"), model.SyncLocalBehind
			n.Peerings[0].Finding = finding.Finding{Code: "azure-local-behind", Severity: finding.Attention, Cause: "Not in sync."}
		}, "10.20.0.9", expected{by: paths.ByPeering}},
		"a peering of other subnets": {func(n *model.NetworkStatus) {
			h := &n.Peerings[0].Azure
			h.Peering.WholeVNets, h.Peering.LocalSubnets, h.Peering.Local = model.No, safe.Texts("snet-dns"), prefixes("10.20.0.0/28")
			n.Peerings[0].Finding = finding.Finding{Code: "azure-subnets", Severity: finding.Attention, Cause: "Subnets only.", Next: finding.Next{Text: "Keep them there."}}
		}, host, expected{paths.ByNothing, "path-not-carried", finding.Broken, "in none of them"}},
		"a peering of its subnet": {func(n *model.NetworkStatus) {
			h := &n.Peerings[0].Azure
			h.Peering.WholeVNets, h.Peering.LocalSubnets, h.Peering.Local = model.No, safe.Texts("snet-ledger"), prefixes("10.20.4.0/26")
			n.Peerings[0].Finding = finding.Finding{Code: "azure-subnets", Severity: finding.Attention, Cause: "Subnets only."}
		}, host, expected{by: paths.ByPeering}},
		"it drops what is not encrypted": {func(n *model.NetworkStatus) {
			n.Peerings[0].Finding = finding.Finding{Code: "azure-encrypted", Severity: finding.Attention, Cause: "Encrypted.", Next: finding.Next{Text: "Look."}}
		}, host, expected{paths.ByPeering, "path-peering", finding.Attention, ""}},
		"two VNETs of the same range": {func(n *model.NetworkStatus) {
			n.Peerings[1] = peered("other", "10.20.4.0/24")
		}, host, expected{paths.ByUnknown, "path-not-known", finding.Unknown, "two peerings"}},
		"one of two VNETs carries it not": {func(n *model.NetworkStatus) {
			n.Peerings[1] = peered("other", "10.20.4.0/24")
			n.Peerings[1].Azure.Peering.Local = prefixes("10.99.0.0/24")
		}, host, expected{by: paths.ByPeering, says: "vnet-hub"}},
		"the peering is deleted": {func(n *model.NetworkStatus) { n.Peerings[0].State = model.PeeringTerminated }, host, expected{paths.ByNothing, "path-unreachable", finding.Broken, ""}},
		"the VNET is deleted":    {func(n *model.NetworkStatus) { n.Peerings[0].Azure.Status = model.HalfNoVNet }, host, expected{paths.ByNothing, "path-unreachable", finding.Broken, ""}},
		"a hub may lead there": {func(n *model.NetworkStatus) {
			n.Peerings[1] = model.PeeringStatus{Peering: model.Peering{Name: safe.New("wan"), Kind: model.KindAzureVHub, State: model.PeeringReady}}
		}, "10.77.1.5", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "wan"}},
		"a gateway may lead there":             {func(n *model.NetworkStatus) { n.Peerings[0].Azure.Peering.RemoteGateways = model.Yes }, "10.77.1.5", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "gateway"}},
		"the peerings were not read":           {func(n *model.NetworkStatus) { n.Peerings, n.PeeringsRead = nil, model.Part{Failure: &failed} }, host, expected{paths.ByUnknown, "path-not-known", finding.Unknown, "the token may not"}},
		"a name, and the tables were not read": {func(n *model.NetworkStatus) { n.PrivateDNS, n.PrivateDNSRead = nil, model.Part{Failure: &failed} }, "api.partner.com", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "private DNS"}},
		"no peering at all":                    {func(n *model.NetworkStatus) { n.Peerings = nil }, "20.50.2.1", expected{by: paths.ByInternet, says: "the network has no peering"}},
		"a private one without a peering":      {func(n *model.NetworkStatus) { n.Peerings = nil }, host, expected{paths.ByNothing, "path-unreachable", finding.Broken, "(none)"}},
		"the network is offline": {func(n *model.NetworkStatus) {
			n.State, n.Own = model.NetworkOffline, finding.Finding{Code: "network-offline", Severity: finding.OK, Cause: "The network is offline.", Next: finding.Next{Text: "It starts."}}
		}, host, expected{paths.ByPeering, "path-network", finding.Attention, ""}},
		"the network's range is none": {func(n *model.NetworkStatus) { n.CIDR = model.NewPrefix(safe.New("soon")) }, "10.77.1.5", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "soon"}},
		"the resolver failed": {func(n *model.NetworkStatus) {
			n.PrivateDNS[0].Finding = finding.Finding{Code: "dns-error", Severity: finding.Broken, Cause: "Konnect reported an error.", Next: finding.Next{Text: "Check the rows."}}
		}, "orders.corp.example.net", expected{paths.ByUnknown, "path-resolver", finding.Broken, "corp-dns"}},
		"a rule without servers": {func(n *model.NetworkStatus) { n.PrivateDNS[0].DNS[0].Servers = nil }, "orders.corp.example.net", expected{paths.ByNothing, "path-name-fails", finding.Broken, "names no server"}},
		"two tables differ": {func(n *model.NetworkStatus) {
			n.Peerings[0].DNS = []model.DNSMapping{{Domains: safe.Texts("Corp.Example.Net."), Servers: safe.Texts("10.22.0.9")}}
		}, "orders.corp.example.net", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "documented nowhere"}},
		"a private zone":                   {func(n *model.NetworkStatus) { n.PrivateDNS = append(n.PrivateDNS, zone("zone.example.net")) }, "a.zone.example.net", expected{paths.ByUnknown, "path-name-unasked", finding.Unknown, "private zone zone.example.net"}},
		"a private zone and a rule":        {func(n *model.NetworkStatus) { n.PrivateDNS = append(n.PrivateDNS, zone("corp.example.net")) }, "orders.corp.example.net", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "which of the two"}},
		"a zone whose domain nobody tells": {func(n *model.NetworkStatus) { n.PrivateDNS = append(n.PrivateDNS, zone("")) }, "api.partner.com", expected{paths.ByUnknown, "path-not-known", finding.Unknown, "does not tell its domain"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := world()
			c.change(n)
			check(t, judged(t, facts(n, plane(service("http", c.host, 8080)))), c.want)
		})
	}
}

func zone(domain string) model.PrivateDNSStatus {
	d := model.PrivateDNSStatus{
		PrivateDNS: model.PrivateDNS{ID: safe.New("z1"), Name: safe.New("zone"), Kind: model.KindAzureHostedZone, State: model.PrivateDNSReady},
		Finding:    finding.Finding{Code: "dns-ready", Severity: finding.OK},
	}
	if domain != "" {
		d.Target = []model.Field{{Label: safe.New(model.LabelDomain), Value: safe.New(domain)}}
	}
	return d
}

// Where an address lies that no peering of the network leads to, is said.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	n := world()
	n.Peerings[0].Azure.VNet.Peerings = []model.VNetPeering{n.Peerings[0].Azure.Peering, {ID: safe.New("spoke"), Name: safe.New("to-spoke"), RemoteNow: prefixes("10.21.0.0/16")}}
	f := facts(n, plane(service("http", "10.21.3.4", 80)))
	check(t, judged(t, f), expected{paths.ByNothing, "path-unreachable", finding.Broken, "with which vnet-hub is peered (to-spoke)"})
	one, two := world(), world()
	one.Name, one.ID, one.CIDR, one.Peerings = safe.New("us-prod"), safe.New("n2"), model.NewPrefix(safe.New("10.8.0.0/16")), []model.PeeringStatus{peered("orders", "10.9.0.0/20")}
	two.Name, two.ID, two.CIDR, two.Peerings = safe.New("us-copy"), safe.New("n3"), model.NewPrefix(safe.New("10.8.0.0/16")), nil
	f = facts(world(), plane(service("http", "10.9.3.10", 80)))
	f.Others = []*model.NetworkStatus{one, two}
	check(t, judged(t, f), expected{paths.ByNothing, "path-unreachable", finding.Broken, "vnet-orders (10.9.0.0/20), with which us-prod is peered"})
	f.Planes = []gateway.Plane{plane(service("http", "10.8.3.10", 80))}
	check(t, judged(t, f), expected{paths.ByNothing, "path-unreachable", finding.Broken, "the network us-copy (10.8.0.0/16) and the network us-prod (10.8.0.0/16)"})
}

// What servers last answered decides where a mapped name leads.
func TestAnswers(t *testing.T) {
	t.Parallel()
	at := now().Add(-time.Hour)
	answer := func(server string, s model.Severity, says string, addresses ...string) paths.Answer {
		return paths.Answer{Name: safe.New("orders.corp.example.net"), Server: safe.New(server), At: at, Severity: s, Says: says, Addresses: safe.Texts(addresses...)}
	}
	old := answer("10.20.0.4", finding.OK, "10.20.4.10", "10.20.4.10")
	old.At = now().Add(-25 * time.Hour)
	for name, c := range map[string]struct {
		answers []paths.Answer
		want    expected
	}{
		"to a peered range":              {[]paths.Answer{answer("10.20.0.4", finding.OK, "10.20.4.10", "10.20.4.10"), answer("10.20.0.5", finding.OK, "10.20.4.10", "10.20.4.10")}, expected{by: paths.ByPeering, says: "(10.20.4.10) lies in 10.20.4.0/24"}},
		"one server fails":               {[]paths.Answer{answer("10.20.0.4", finding.OK, "10.20.4.10", "10.20.4.10"), answer("10.20.0.5", finding.Attention, "SERVFAIL")}, expected{paths.ByPeering, "path-name-fails", finding.Attention, "10.20.0.5"}},
		"all say no":                     {[]paths.Answer{answer("10.20.0.4", finding.Attention, "NXDOMAIN"), answer("10.20.0.5", finding.Attention, "NXDOMAIN")}, expected{paths.ByNothing, "path-name-fails", finding.Broken, "NXDOMAIN"}},
		"one says no, one was not asked": {[]paths.Answer{answer("10.20.0.4", finding.Attention, "NXDOMAIN")}, expected{paths.ByUnknown, "path-name-fails", finding.Attention, ""}},
		"not testable":                   {[]paths.Answer{answer("10.20.0.4", finding.Unknown, "not testable from here")}, expected{paths.ByUnknown, "path-name-unasked", finding.Unknown, "not testable"}},
		"to the Internet":                {[]paths.Answer{answer("10.20.0.4", finding.OK, "20.50.2.1", "20.50.2.1")}, expected{paths.ByInternet, "path-internet", finding.Attention, "20.50.2.1"}},
		"to nowhere":                     {[]paths.Answer{answer("10.20.0.4", finding.OK, "10.77.0.1", "10.77.0.1")}, expected{paths.ByNothing, "path-unreachable", finding.Broken, "10.77.0.1"}},
		"one of two is nowhere":          {[]paths.Answer{answer("10.20.0.4", finding.OK, "two", "10.20.4.10", "10.77.0.1")}, expected{paths.ByNothing, "path-unreachable", finding.Broken, "10.77.0.1"}},
		"a day old":                      {[]paths.Answer{old}, expected{paths.ByUnknown, "path-name-unasked", finding.Unknown, ""}},
		"of a server that no rule names": {[]paths.Answer{answer("10.20.0.99", finding.OK, "10.20.4.10", "10.20.4.10")}, expected{paths.ByUnknown, "path-name-unasked", finding.Unknown, ""}},
		"no address that can be read":    {[]paths.Answer{answer("10.20.0.4", finding.OK, "x", "soon")}, expected{paths.ByUnknown, "path-not-known", finding.Unknown, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := facts(world(), plane(service("http", "orders.corp.example.net", 8080)))
			f.Answers = c.answers
			check(t, judged(t, f), c.want)
		})
	}
}

// What could not be read of a control plane is said, and nothing is well for it.
func TestPlanes(t *testing.T) {
	t.Parallel()
	refused := model.Failure{Kind: model.FailurePermission, Cause: safe.New("the token may not read it"), Cure: "Ask for the role Viewer."}
	gone := model.Failure{Kind: model.FailureNotFound, Cause: safe.New("Not found")}
	for name, c := range map[string]struct {
		change func(*gateway.Plane)
		code   finding.Code
	}{
		"refused":      {func(p *gateway.Plane) { p.ServicesRead = model.Part{Failure: &refused} }, "path-plane-unread"},
		"routes alone": {func(p *gateway.Plane) { p.RoutesRead = model.Part{Failure: &refused} }, "path-plane-unread"},
		"gone":         {func(p *gateway.Plane) { p.ServicesRead = model.Part{Failure: &gone} }, "path-plane-gone"},
		"not read yet": {func(p *gateway.Plane) { p.ServicesRead = model.Part{} }, "path-plane-unread"},
		"read in part": {func(p *gateway.Plane) { p.UpstreamsRead.Failure = &refused }, "path-plane-unread"},
		"all of it":    {func(*gateway.Plane) {}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := plane()
			c.change(&p)
			r := paths.Judge(facts(world(), p))
			got := r.ControlPlanes[0].Finding
			if got.Code != c.code || c.code != "" && !strings.Contains(got.Cause, "acme-eu") {
				t.Errorf("%+v", got)
			}
			if c.code != "" && !slices.ContainsFunc(r.Findings, func(f finding.Finding) bool { return f.Code == c.code }) {
				t.Error("the report does not say it")
			}
		})
	}
	f := facts(world())
	f.PlanesRead = model.Part{Failure: &refused}
	if r := paths.Judge(f); len(r.Findings) != 1 || r.Findings[0].Code != "path-plane-unread" || r.Findings[0].Because != "failure-permission" {
		t.Errorf("%+v", r.Findings)
	}
}

// Whatever a host is, it is judged, and each way that needs somebody says what to do.
func FuzzJudge(f *testing.F) {
	for _, host := range []string{"", "10.20.4.10", "[::1]", "a.corp.example.net", "{vault://x}", "*.x", "::ffff:1.2.3.4%1", "\x00", "xn--", "ü.corp.example.net", "10.20.4.10:80"} {
		f.Add(host, 80, "http", "10.20.4.10:80")
	}
	f.Fuzz(func(t *testing.T, host string, port int, protocol, target string) {
		p := plane(service(protocol, host, port))
		p.Upstreams = []gateway.Upstream{{Name: safe.New("pool"), TargetsRead: true, Targets: []gateway.Target{{Target: safe.New(target), Weight: 1}}}}
		p.Services = append(p.Services, service("http", "pool", 80))
		for _, h := range paths.Judge(facts(world(), p)).Hosts {
			if h.By == "" || h.Why == "" || len(h.Places) != 1 {
				t.Fatalf("%+v", h)
			}
			for _, one := range h.Findings {
				if one.Code == "" || one.Cause == "" || one.Severity.NeedsPerson() && one.Next.Text == "" {
					t.Fatalf("%+v", one)
				}
			}
			if h.By != paths.ByPeering && len(h.Findings) == 0 {
				t.Fatalf("%q is well, by %s", host, h.By)
			}
		}
	})
}

// Thousands of services cost what they are: each place is judged once.
func BenchmarkJudge(b *testing.B) {
	p := plane()
	for i := range 5000 {
		s := service("http", "10.20.4."+string(rune('0'+i%10)), 8000+i%100)
		if i%3 == 0 {
			s.Host = safe.New("s" + string(rune('a'+i%26)) + ".corp.example.net")
		}
		s.ID = safe.New("svc" + string(rune(i)))
		p.Services = append(p.Services, s)
	}
	f := facts(world(), p)
	for b.Loop() {
		paths.Judge(f)
	}
	b.ReportMetric(float64(len(p.Services)), "services")
}
