package app_test

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
)

const entryScope = "/subscriptions/8f0e0000-0000-4000-8000-00000000000a/resourceGroups/rg-network/providers/Microsoft.Network/"

// entryFacts are those of the way into eu-prod: a load balancer with a stale backend, names,
// an application gateway of another network, and a rule.
func entryFacts(edits ...func(*wayin.Facts)) wayin.Facts {
	network := *world().Networks[2]
	network.ReferencesRead = model.Part{At: noon}
	network.References = []model.ConfigurationReference{
		{ControlPlaneID: text("cp-eu"), APIAccess: text("private"), DataPlanes: []model.DataPlaneGroup{{NetworkID: network.ID, Region: text("northeurope"), State: text("ready"), PrivateIPs: texts("10.0.0.68", "10.0.0.132")}}},
		{ControlPlaneID: text("cp-web"), APIAccess: text("public"), DataPlanes: []model.DataPlaneGroup{{NetworkID: network.ID, Region: text("northeurope"), State: text("ready"), PrivateIPs: texts("10.0.0.200")}}},
	}
	network.ControlPlanes = []model.ControlPlane{{ID: text("cp-eu"), Name: text("acme-eu")}, {ID: text("cp-web"), Name: text("acme-web")}}
	hub := model.VNet{
		ID: text(entryScope + "virtualNetworks/vnet-hub"), Name: text("vnet-hub"), AddressPrefixes: []model.Prefix{model.NewPrefix(text("10.20.0.0/16"))},
		Subnets: []model.Subnet{{Name: text("snet-entry"), Prefixes: []model.Prefix{model.NewPrefix(text("10.20.2.0/27"))}}},
	}
	pool := func(addresses ...string) []azurenet.PoolTarget {
		var out []azurenet.PoolTarget
		for i, a := range addresses {
			out = append(out, azurenet.PoolTarget{Name: text("gw-" + string(rune('1'+i))), Address: text(a)})
		}
		return out
	}
	ilb := text(entryScope + "loadBalancers/ilb-gateway")
	zone := text(entryScope + "privateDnsZones/gateway.example.net")
	f := wayin.Facts{At: noon, Network: &network, Others: []*model.NetworkStatus{{Network: model.Network{ID: text("n-other"), Name: text("us-prod"), CIDR: model.NewPrefix(text("10.8.0.0/16"))}}}, VNets: []wayin.VNet{{
		Peering: text("p"), Ref: model.VNetRef{Name: text("vnet-hub")}, Net: azurenet.Facts{
			VNet: hub,
			Balancers: []azurenet.Balancer{{
				ID: ilb, Name: text("ilb-gateway"), Frontends: []azurenet.Frontend{{ID: text("f"), Address: text("10.20.2.4"), Subnet: text(hub.ID.String() + "/subnets/snet-entry")}},
				Pools: []azurenet.Pool{{ID: text("p"), Name: text("gateways"), Targets: pool("10.0.0.68", "10.0.0.70")}},
				Rules: []azurenet.BalancerRule{{Frontend: text("f"), Pool: text("p"), Protocol: text("Tcp"), Port: 443, BackendPort: 443, Probe: text("x"), ProbeKind: text("Tcp"), ProbePort: 443}},
			}},
			AppGateways: []azurenet.AppGateway{{
				ID: text(entryScope + "applicationGateways/agw-shop"), Name: text("agw-shop"), Subnet: text(hub.ID.String() + "/subnets/snet-entry"),
				Pools: []azurenet.Pool{{ID: text("q"), Name: text("kong"), Targets: []azurenet.PoolTarget{{Address: text("10.8.0.68")}}}},
			}},
			Records: []azurenet.Record{
				{Zone: zone, ZoneName: text("gateway.example.net"), Name: text("eu"), Addresses: texts("10.0.0.68", "10.0.0.132")},
				{Zone: zone, ZoneName: text("gateway.example.net"), Name: text("eu-old"), Addresses: texts("10.0.0.70")},
			},
			Groups: []azurenet.SecurityGroup{{ID: text(entryScope + "networkSecurityGroups/nsg-apps"), Name: text("nsg-apps"), Rules: []azurenet.Rule{{
				Name: text("AllowKong"), Priority: 100, Direction: text("Inbound"), Access: text("Allow"), Protocol: text("Tcp"), Sources: texts("10.0.0.68", "10.0.0.132"), SourcePorts: safe.Texts("*"), Destinations: safe.Texts("*"), Ports: texts("8080"),
			}}}},
		},
	}}}
	for _, edit := range edits {
		edit(&f)
	}
	return f
}

// entriesView is a reading with the way in.
func entriesView(edits ...func(*wayin.Facts)) func() paths.View {
	return func() paths.View {
		f := entryFacts(edits...)
		return paths.View{
			Facts: paths.Facts{At: noon, Network: f.Network, PlanesRead: model.Part{At: noon}}, Number: 1, Of: f.Network.ID, State: paths.Done, Begun: noon.Add(-time.Second), Ended: noon,
			Report: paths.Report{In: wayin.Judge(f)},
		}
	}
}

func wayInScenes() []scene {
	refused := model.Failure{Kind: model.FailurePermission, Operation: "list load balancers", Cause: text("you may not read load balancers"), Cure: "Ask for the role Reader on the subscription.", Finding: finding.Code("refused-azure-role")}
	none := func(f *wayin.Facts) { f.VNets = nil }
	return []scene{
		{name: "wayin/normal", know: world, act: onPaths(entriesView(), "i")},
		{name: "wayin/stale_name", know: world, act: onPaths(entriesView(), "i", "j")},
		{name: "wayin/other_network", know: world, act: onPaths(entriesView(), "i", "j", "j")},
		{name: "wayin/well", know: world, act: onPaths(entriesView(), "i", "G")},
		{name: "wayin/copied", know: world, act: onPaths(entriesView(), "i", "y")},
		{name: "wayin/rule_copied", know: world, act: onPaths(entriesView(), "i", "r")},
		{name: "wayin/unread", know: world, act: onPaths(nil, "i")},
		{name: "wayin/public", know: world, act: onPaths(entriesView(none, func(f *wayin.Facts) {
			f.Network.References = f.Network.References[1:]
		}), "i")},
		{name: "wayin/nothing_points", know: world, act: onPaths(entriesView(none), "i")},
		{name: "wayin/being_made", know: world, act: onPaths(entriesView(none, func(f *wayin.Facts) {
			f.Network.References[0].DataPlanes[0].State, f.Network.References[0].DataPlanes[0].PrivateIPs = text("initializing"), nil
		}), "i")},
		{name: "wayin/refused", know: world, act: onPaths(entriesView(func(f *wayin.Facts) {
			f.VNets[0].Net = azurenet.Facts{VNet: f.VNets[0].Net.VNet, Gaps: []azurenet.Gap{{Part: azurenet.PartBalancers, Failure: refused}}}
		}), "i")},
		{name: "wayin/long_names", know: world, act: onPaths(entriesView(func(f *wayin.Facts) {
			net := &f.VNets[0].Net
			net.Balancers[0].Name, net.Balancers[0].Pools[0].Name = text("ilb-with-a-name-that-is-much-longer-than-any-column-\x1b[31mred"), text("pool-名前-with-wide-characters-in-it")
		}), "i")},
		{name: "wayin/help", know: world, act: onPaths(entriesView(), "i", "?")},
		{name: "wayin/ascii", know: world, act: onPaths(entriesView(), "i"), edit: ascii},
	}
}
