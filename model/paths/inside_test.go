package paths_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

const arm = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/"

// Rules and routes of the VNET speak for the hosts in it, with the addresses of the data
// planes that ask.
func TestInside(t *testing.T) {
	t.Parallel()
	group := func(rules ...azurenet.Rule) azurenet.SecurityGroup {
		return azurenet.SecurityGroup{ID: safe.New(arm + "networkSecurityGroups/nsg"), Name: safe.New("nsg"), Rules: rules}
	}
	rule := func(name string, priority int, access, from, port string) azurenet.Rule {
		any1 := safe.Texts("*")
		return azurenet.Rule{Name: safe.New(name), Priority: priority, Direction: safe.New("Inbound"), Access: safe.New(access), Protocol: safe.New("*"), Sources: safe.Texts(from), SourcePorts: any1, Destinations: any1, Ports: safe.Texts(port)}
	}
	table := func(prefix, hop string) azurenet.RouteTable {
		return azurenet.RouteTable{ID: safe.New(arm + "routeTables/rt-fw"), Name: safe.New("rt-fw"), Routes: []azurenet.Route{{Name: safe.New("all"), Prefix: model.NewPrefix(safe.New(prefix)), NextHop: safe.New(hop), Address: safe.New("10.20.9.4")}}}
	}
	failed := model.Failure{Kind: model.FailurePermission, Cause: safe.New("the account may not read it"), Cure: "Ask for Reader."}
	for name, c := range map[string]struct {
		change func(*azurenet.Facts)
		by     paths.By
		code   finding.Code
		s      finding.Severity
		back   string
	}{
		"all open": {func(*azurenet.Facts) {}, paths.ByPeering, "", finding.OK, "direct"},
		"closed": {func(f *azurenet.Facts) {
			f.Groups = []azurenet.SecurityGroup{group(rule("no", 100, "Deny", "10.0.0.0/16", "8080"))}
		}, paths.ByPeering, "back-port-closed", finding.Broken, "direct"},
		"another port": {func(f *azurenet.Facts) {
			f.Groups = []azurenet.SecurityGroup{group(rule("no", 100, "Deny", "10.0.0.0/16", "443"))}
		}, paths.ByPeering, "", finding.OK, "direct"},
		"other sources": {func(f *azurenet.Facts) {
			f.Groups = []azurenet.SecurityGroup{group(rule("no", 100, "Deny", "10.0.9.0/24", "8080"))}
		}, paths.ByPeering, "", finding.OK, "direct"},
		"group not read": {func(f *azurenet.Facts) { f.Gaps = []azurenet.Gap{{Part: azurenet.PartRules, Failure: failed}} }, paths.ByPeering, "back-not-known", finding.Unknown, "direct"},
		"to an appliance": {func(f *azurenet.Facts) {
			f.Groups = []azurenet.SecurityGroup{group()}
			f.Tables = []azurenet.RouteTable{table("10.0.0.0/16", "VirtualAppliance")}
		}, paths.ByPeering, "back-route-away", finding.Attention, "another way"},
		"dropped": {func(f *azurenet.Facts) {
			f.Groups = []azurenet.SecurityGroup{group()}
			f.Tables = []azurenet.RouteTable{table("10.0.0.0/16", "None")}
		}, paths.ByPeering, "back-route-away", finding.Broken, "dropped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := world()
			n.References = []model.ConfigurationReference{{ControlPlaneID: safe.New("cp1"), DataPlanes: []model.DataPlaneGroup{{NetworkID: n.ID, PrivateIPs: safe.Texts("10.0.0.68", "10.0.0.132")}}}}
			f := facts(n, plane(service("http", "10.20.4.10", 8080)))
			net := &f.VNets[0].Net
			c.change(net)
			for i := range net.VNet.Subnets {
				if len(net.Groups)+len(net.Gaps) > 0 {
					net.VNet.Subnets[i].SecurityGroup = safe.New(arm + "networkSecurityGroups/nsg")
				}
				if len(net.Tables) > 0 {
					net.VNet.Subnets[i].RouteTable = net.Tables[0].ID
				}
			}
			h := judged(t, f)
			check(t, h, expected{by: c.by, code: c.code, s: c.s})
			if h.Back != c.back {
				t.Errorf("back %q, wanted %q", h.Back, c.back)
			}
			if h.Places[0].Subnet.IsEmpty() {
				t.Error("in no subnet")
			}
		})
	}
}

// A whole way is a list of hops in the order in which a request and its reply meet them.
func TestHops(t *testing.T) {
	t.Parallel()
	f := facts(world())
	f.Answers = []paths.Answer{{Name: safe.New("orders.corp.example.net"), Server: safe.New("10.20.0.4"), At: now(), Severity: finding.OK, Says: "10.20.4.10", Addresses: safe.Texts("10.20.4.10")}}
	p := paths.To(f, paths.Destination{Host: safe.New("orders.corp.example.net"), Port: 8080, Transport: "tcp"})
	var kinds []string
	for _, h := range p.Hops {
		kinds = append(kinds, string(h.Kind))
		if h.Outcome == "" || h.Why == "" || h.Title == "" {
			t.Errorf("%+v", h)
		}
	}
	if got := strings.Join(kinds, " "); got != "gateway name answer address peering subnet group card back" && got != "gateway name answer address peering subnet admin group card back" {
		t.Error(got)
	}
	if p.By != paths.ByPeering || p.Word != "corp.example.net → vnet-hub" || len(p.Findings) != 0 {
		t.Errorf("%+v", p)
	}
	// A VNET that nobody has read leaves open what becomes of the request there.
	f.VNets = nil
	if p = paths.To(f, paths.Destination{Host: safe.New("10.20.4.10"), Port: 8080, Transport: "tcp"}); len(p.Findings) != 1 || p.Findings[0].Code != "path-not-known" || p.Back != "cannot tell" {
		t.Errorf("%+v", p.Findings)
	}
}

// What is to be read around the VNETs are the addresses in them, each once, and VNETs that
// are peered twice are read once.
func TestAsks(t *testing.T) {
	t.Parallel()
	n := world()
	n.Peerings[1].VNet = n.Peerings[0].VNet
	f := facts(n, plane(service("http", "10.20.4.10", 80), service("http", "[::ffff:10.20.4.10]", 81), service("http", "20.50.2.1", 80)))
	asks := f.Asks()
	if len(asks) != 1 || len(asks[0].Peerings) != 2 {
		t.Fatalf("%+v", asks)
	}
	var got []string
	for _, a := range asks[0].Addresses {
		got = append(got, a.String())
	}
	if strings.Join(got, " ") != "10.20.4.10 10.20.0.4 10.20.0.5 10.22.0.4" {
		t.Error(got)
	}
}
