package paths_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

const hubID = "/subscriptions/sub/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub"

const ofHub = "/subscriptions/sub/resourceGroups/rg-network/providers/Microsoft.Network/"

// around are the facts of a network with one peering, and of the VNET behind it: DNS in
// snet-dns, a service in snet-ledger, and a gateway's own subnet.
func around() paths.Facts {
	cidr := model.NewPrefix(safe.New("10.0.0.0/16"))
	vnet := model.VNet{
		ID: safe.New(hubID), Name: safe.New("vnet-hub"), AddressPrefixes: model.NewPrefixes(safe.Texts("10.20.0.0/16")),
		Subnets: []model.Subnet{
			{Name: safe.New("snet-dns"), Prefixes: model.NewPrefixes(safe.Texts("10.20.0.0/28")), SecurityGroup: safe.New(ofHub + "networkSecurityGroups/nsg-dns")},
			{Name: safe.New("snet-ledger"), Prefixes: model.NewPrefixes(safe.Texts("10.20.4.0/24")), RouteTable: safe.New(ofHub + "routeTables/rt-fw")},
			{Name: safe.New("GatewaySubnet"), Prefixes: model.NewPrefixes(safe.Texts("10.20.255.0/27")), RouteTable: safe.New(ofHub + "routeTables/rt-fw")},
		},
	}
	n := &model.NetworkStatus{Network: model.Network{ID: safe.New("n"), Name: safe.New("eu-prod"), CIDR: cidr, State: model.NetworkReady}}
	p := model.PeeringStatus{Peering: model.Peering{
		ID: safe.New("p"), Name: safe.New("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady,
		DNS: []model.DNSMapping{{Domains: safe.Texts("corp.example.org"), Servers: safe.Texts("10.20.0.4")}},
	}}
	p.Azure = model.AzureHalf{Status: model.HalfPresent, VNet: vnet, Peering: model.VNetPeering{AllowAccess: model.Yes, Routed: []model.Prefix{cidr}}}
	n.Peerings = []model.PeeringStatus{p}
	return paths.Facts{Network: n, VNets: []paths.VNet{{Peering: p.ID, Ref: model.VNetRef{Name: safe.New("vnet-hub")}, Net: azurenet.Facts{
		VNet:   vnet,
		Groups: []azurenet.SecurityGroup{{ID: safe.New(ofHub + "networkSecurityGroups/nsg-dns"), Name: safe.New("nsg-dns")}},
		Tables: []azurenet.RouteTable{{ID: safe.New(ofHub + "routeTables/rt-fw"), Name: safe.New("rt-fw")}},
	}}}}
}

func wayOf(f paths.Facts, subnet string) paths.Way {
	ways := f.WaysBack()
	i := slices.IndexFunc(ways, func(w paths.Way) bool { return w.Subnet.Raw() == subnet })
	if i < 0 {
		return paths.Way{}
	}
	return ways[i]
}

func TestTheWayBackOfEachSubnet(t *testing.T) {
	f := around()
	for _, w := range f.WaysBack() {
		if w.Word != "direct" || len(w.Findings) != 0 || w.Why == "" {
			t.Errorf("%+v", w)
		}
	}
	if w := wayOf(f, "GatewaySubnet"); !w.Subnet.IsEmpty() {
		t.Errorf("nothing that a gateway asks is in %+v", w)
	}
	// Replies that go through an appliance, whatever services are there.
	net := &f.VNets[0].Net
	net.Tables[0].Routes = []azurenet.Route{{Name: safe.New("fw"), Prefix: f.Network.CIDR, NextHop: safe.New("VirtualAppliance"), Address: safe.New("10.20.9.4")}}
	w := wayOf(f, "snet-ledger")
	if w.Word != "another way" || len(w.Findings) != 1 || w.Findings[0].Code != "back-route-away" || w.Findings[0].Severity != finding.Attention || !strings.Contains(w.Findings[0].Cause, "rt-fw") {
		t.Errorf("%+v", w)
	}
	if r := paths.Judge(f); !slices.ContainsFunc(r.Findings, w.Findings[0].Same) || len(r.Ways) != 2 {
		t.Errorf("%+v", r)
	}
	// A default route gives way, and no missing route is ever reported.
	net.Tables[0].Routes[0].Prefix = model.NewPrefix(safe.New("0.0.0.0/0"))
	if w := wayOf(f, "snet-ledger"); w.Word != "direct" || len(w.Findings) != 0 {
		t.Errorf("%+v", w)
	}
	net.Tables = nil
	if w := wayOf(f, "snet-ledger"); w.Word != "cannot tell" || len(w.Findings) != 1 || w.Findings[0].Code != "back-not-known" {
		t.Errorf("%+v", w)
	}
	net.VNet, net.Gaps = model.VNet{}, []azurenet.Gap{{Part: azurenet.PartVNet, Failure: model.Failure{Kind: model.FailurePermission, Cause: safe.New("you may not"), Cure: "Ask for Reader."}}}
	if ways := f.WaysBack(); len(ways) != 1 || ways[0].Word != "cannot tell" || !strings.Contains(ways[0].Findings[0].Cause, "you may not") || ways[0].Findings[0].Code != "back-not-known" {
		t.Errorf("%+v", ways)
	}
	net.Gaps = nil
	if ways := f.WaysBack(); len(ways) != 1 || ways[0].Findings[0].Severity != finding.Unknown {
		t.Errorf("%+v", ways)
	}
}

// Port 53 is asked for from the network's whole range, over UDP and TCP.
func TestPort53OfTheServersInASubnet(t *testing.T) {
	f := around()
	deny := azurenet.Rule{
		Name: safe.New("No"), Priority: 200, Direction: safe.New("Inbound"), Access: safe.New("Deny"), Protocol: safe.New("*"),
		Sources: safe.Texts("10.0.0.128/25"), SourcePorts: safe.Texts("*"), Destinations: safe.Texts("*"), Ports: safe.Texts("53"),
	}
	group := &f.VNets[0].Net.Groups[0]
	group.Rules = []azurenet.Rule{deny}
	w := wayOf(f, "snet-dns")
	if len(w.Findings) != 1 || w.Findings[0].Code != "server-port-closed" || w.Findings[0].Servers[0].Raw() != "10.20.0.4" || !strings.Contains(w.Findings[0].Next.Command, "--protocol Udp --source-address-prefixes 10.0.0.0/16 ") {
		t.Errorf("%+v", w.Findings)
	}
	if w.Word != "direct" {
		t.Errorf("the replies are another matter: %+v", w)
	}
	group.Rules[0].Protocol = safe.New("Tcp")
	if w := wayOf(f, "snet-dns"); len(w.Findings) != 1 || !strings.Contains(w.Findings[0].Cause, "TCP 53") {
		t.Errorf("%+v", w.Findings)
	}
	group.Rules[0].Ports = safe.Texts("54")
	if w := wayOf(f, "snet-dns"); len(w.Findings) != 0 {
		t.Errorf("%+v", w.Findings)
	}
}

func TestAPeeringOfSubnetsLeavesSomeOut(t *testing.T) {
	f := around()
	half := &f.Network.Peerings[0].Azure
	half.Peering.WholeVNets, half.Peering.LocalSubnets = model.No, safe.Texts("snet-dns")
	if w := wayOf(f, "snet-dns"); len(w.Findings) != 0 {
		t.Errorf("%+v", w)
	}
	w := wayOf(f, "snet-ledger")
	if w.Word != "left out" || len(w.Findings) != 1 || w.Findings[0].Code != "back-left-out" || w.Findings[0].NeedsPerson() {
		t.Errorf("%+v", w)
	}
	if r := paths.Judge(f); slices.ContainsFunc(r.Findings, w.Findings[0].Same) {
		t.Errorf("nobody has to look: %+v", r.Findings)
	}
}
