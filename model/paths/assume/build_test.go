package assume_test

import (
	"slices"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	scope = "/subscriptions/s-1/resourceGroups/rg-network/providers/Microsoft.Network/"
	hub   = scope + "virtualNetworks/vnet-hub"
)

func text(s string) safe.Text { return safe.New(s) }

func prefixes(list ...string) []model.Prefix { return model.NewPrefixes(safe.Texts(list...)) }

// rule makes a rule of a group that lets TCP in, or does not.
func rule(name string, priority int, access, from, port string) azurenet.Rule {
	return azurenet.Rule{
		Name: text(name), Priority: priority, Direction: text("Inbound"), Access: text(access), Protocol: text("Tcp"),
		Sources: safe.Texts(from), SourcePorts: safe.Texts("*"), Destinations: safe.Texts("*"), Ports: safe.Texts(port),
	}
}

// facts are those of a network that is peered with one VNET. Its services: orders by a
// mapped name, ledger in a subnet with a group and a table, billing by a name that no row
// covers, partner at an address that no peering leads to.
func facts() paths.Facts {
	half := model.VNetPeering{
		ID: text(hub + "/virtualNetworkPeerings/kong"), Name: text("kong"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, RemoteVNetID: text("/x"),
		Local: prefixes("10.20.0.0/22"), LocalNow: prefixes("10.20.0.0/22"), Routed: prefixes("10.0.0.0/16"), RemoteNow: prefixes("10.0.0.0/16"), AllowAccess: model.Yes, AllowForward: model.Yes, WholeVNets: model.Yes,
	}
	v := model.VNet{
		ID: text(hub), Name: text("vnet-hub"), AddressPrefixes: prefixes("10.20.0.0/22"), Peerings: []model.VNetPeering{half},
		Subnets: []model.Subnet{
			{Name: text("snet-dns"), Prefixes: prefixes("10.20.0.0/28")},
			{Name: text("snet-ledger"), Prefixes: prefixes("10.20.1.0/26"), SecurityGroup: text(scope + "networkSecurityGroups/nsg-ledger"), RouteTable: text(scope + "routeTables/rt-fw")},
			{Name: text("snet-dark"), Prefixes: prefixes("10.20.2.0/26"), SecurityGroup: text(scope + "networkSecurityGroups/nsg-dark")},
		},
	}
	n := &model.NetworkStatus{
		Network:  model.Network{ID: text("n-eu"), Name: text("eu-prod"), CIDR: model.NewPrefix(text("10.0.0.0/16")), State: model.NetworkReady},
		Provider: model.ProviderAzure, PeeringsRead: model.Part{At: time.Unix(1, 0)}, PrivateDNSRead: model.Part{At: time.Unix(1, 0)}, ReferencesRead: model.Part{At: time.Unix(1, 0)},
		Peerings: []model.PeeringStatus{{
			Peering: model.Peering{ID: text("p-hub"), Name: text("hub-vnet"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: model.VNetRef{SubscriptionID: text("s-1"), ResourceGroup: text("rg-network"), Name: text("vnet-hub")}},
			Azure:   model.AzureHalf{Status: model.HalfPresent, VNet: v, Peering: half, Proof: model.ProofRange},
		}},
		PrivateDNS: []model.PrivateDNSStatus{{PrivateDNS: model.PrivateDNS{
			ID: text("d-1"), Name: text("corp-dns"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady,
			DNS: []model.DNSMapping{{Domains: safe.Texts("corp.internal"), Servers: safe.Texts("10.20.0.4", "10.20.0.5")}, {Domains: safe.Texts("hr.internal"), Servers: safe.Texts("10.20.0.4")}},
		}}},
		References:    []model.ConfigurationReference{{ID: text("c-1"), ControlPlaneID: text("cp-1"), Geo: text("eu"), APIAccess: text("public"), DataPlanes: []model.DataPlaneGroup{{NetworkID: text("n-eu"), State: text("ready"), PrivateIPs: safe.Texts("10.0.0.68")}}}},
		ControlPlanes: []model.ControlPlane{{ID: text("cp-1"), Geo: text("eu"), Name: text("retail")}},
	}
	read := model.Part{At: time.Unix(1, 0)}
	plane := gateway.Plane{ControlPlane: n.ControlPlanes[0], ServicesRead: read, RoutesRead: read, UpstreamsRead: read}
	for i, s := range [][3]string{{"orders", "https", "orders.corp.internal"}, {"ledger", "http", "10.20.1.10"}, {"billing", "https", "billing.apps.internal"}, {"partner", "http", "10.77.1.5"}, {"dark", "http", "10.20.2.10"}} {
		plane.Services = append(plane.Services, gateway.Service{ID: text("s-" + string(rune('1'+i))), Name: text(s[0]), Protocol: text(s[1]), Host: text(s[2]), Port: 8080, Enabled: true})
	}
	refused := model.Failure{Kind: model.FailurePermission, Operation: "read the group", Cause: text("you may not read nsg-dark"), Cure: "Ask for Reader."}
	f := paths.Facts{
		At: time.Unix(100, 0), Network: n, Planes: []gateway.Plane{plane}, PlanesRead: read,
		VNets: []paths.VNet{{Peering: text("p-hub"), Ref: n.Peerings[0].VNet, Net: azurenet.Facts{
			VNet: v,
			Groups: []azurenet.SecurityGroup{{ID: text(scope + "networkSecurityGroups/nsg-ledger"), Name: text("nsg-ledger"), Rules: []azurenet.Rule{
				rule("AllowGateway", 200, "Allow", "10.0.0.0/16", "8080"), rule("DenyRest", 4000, "Deny", "*", "*"),
			}}},
			Tables: []azurenet.RouteTable{
				{ID: text(scope + "routeTables/rt-fw"), Name: text("rt-fw"), Routes: []azurenet.Route{{Name: text("all"), Prefix: model.NewPrefix(text("10.0.0.0/16")), NextHop: text("VirtualAppliance"), Address: text("10.20.3.4")}}},
				{ID: text(scope + "routeTables/rt-plain"), Name: text("rt-plain")},
			},
			Gaps: []azurenet.Gap{{Part: azurenet.PartRules, Subject: text(scope + "networkSecurityGroups/nsg-dark"), Failure: refused}},
		}}},
	}
	other := &model.NetworkStatus{Network: model.Network{ID: text("n-us"), Name: text("us-prod"), CIDR: model.NewPrefix(text("10.8.0.0/16"))}, Peerings: []model.PeeringStatus{{
		Peering: model.Peering{ID: text("p-us"), Name: text("partners"), Kind: model.KindAzureVNet, VNet: model.VNetRef{SubscriptionID: text("s-2"), ResourceGroup: text("rg-p"), Name: text("vnet-partners")}},
		Azure:   model.AzureHalf{VNet: model.VNet{ID: text("/subscriptions/s-2/resourceGroups/rg-p/providers/Microsoft.Network/virtualNetworks/vnet-partners"), Name: text("vnet-partners"), AddressPrefixes: prefixes("10.77.0.0/16")}},
	}}}
	f.Others = []*model.NetworkStatus{other}
	// The verdicts that the watcher has given.
	judge := model.NewJudge()
	n.Own = judge.Network(model.NetworkFacts{Network: n.Network, Now: f.At, Provider: n.Provider})
	n.Peerings[0].Finding = judge.Peering(model.PeeringFacts{Network: n.Network, Peering: n.Peerings[0].Peering, Azure: n.Peerings[0].Azure, Servers: n.Servers(), Now: f.At})
	n.Finding = judge.RollUp(*n)
	return f
}

// change makes a change of "verb kind" and keys with values.
func change(t *testing.T, what string, values ...any) assume.Change {
	t.Helper()
	c := assume.Change{Values: map[assume.Key][]safe.Text{}}
	for i := range what {
		if what[i] == ' ' {
			c.Verb, c.Kind = assume.Verb(what[:i]), assume.Kind(what[i+1:])
			break
		}
	}
	for i := 0; i+1 < len(values); i += 2 {
		key, _ := values[i].(assume.Key)
		switch v := values[i+1].(type) {
		case string:
			c.Values[key] = safe.Texts(v)
		case []string:
			c.Values[key] = safe.Texts(v...)
		default:
			t.Fatalf("%v is no value", v)
		}
	}
	return c
}

// effect finds the effect on a subject.
func effect(r assume.Result, name string) (assume.Effect, bool) {
	i := slices.IndexFunc(r.Effects, func(e assume.Effect) bool { return e.Name == name })
	if i < 0 {
		return assume.Effect{}, false
	}
	return r.Effects[i], true
}

var _ = finding.OK
