package app_test

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakeWhatIf has files in place of those of a disk.
type fakeWhatIf struct{ files map[string]assume.Proposal }

func (f *fakeWhatIf) Open(_ context.Context, path string) (assume.Proposal, error) {
	if p, there := f.files[path]; there {
		return p, nil
	}
	return assume.Proposal{}, errors.New("the what-if file " + path + " cannot be read: no such file")
}

func (f *fakeWhatIf) Text(p assume.Proposal) string {
	return "network: " + p.Network.String() + "\n"
}

func newFakeWhatIf() *fakeWhatIf {
	values := func(pairs ...string) map[assume.Key][]safe.Text {
		out := map[assume.Key][]safe.Text{}
		for i := 0; i+1 < len(pairs); i += 2 {
			out[assume.Key(pairs[i])] = append(out[assume.Key(pairs[i])], text(pairs[i+1]))
		}
		return out
	}
	return &fakeWhatIf{files: map[string]assume.Proposal{
		"what-if.yaml": {Changes: []assume.Change{
			{Verb: assume.Remove, Kind: assume.Route, Line: 2, Values: values("table", "rt-fw", "name", "kong")},
			{Verb: assume.Add, Kind: assume.Rule, Line: 5, Values: values("group", "nsg-apps", "name", "NoWeb", "priority", "150", "direction", "Inbound", "access", "Deny", "ports", "8443")},
			{Verb: assume.Remove, Kind: assume.Mapping, Line: 12, Values: values("domain", "crop.example.org")},
		}},
		"other.yaml": {Network: text("us-prod")},
	}}
}

// assumable is a reading of eu-prod of which changes can be judged.
func assumable() paths.View {
	n := world().Networks[2]
	const scope = "/subscriptions/s/resourceGroups/rg-network/providers/Microsoft.Network/"
	read := model.Part{At: noon}
	plane := gateway.Plane{ControlPlane: model.ControlPlane{ID: text("plane-" + planeName), Geo: text("eu"), Name: text(planeName)}, ServicesRead: read, RoutesRead: read, UpstreamsRead: read}
	hub := n.Peerings[0].Azure.VNet
	hub.ID = n.Peerings[0].VNet.ID()
	at := hub.AddressPrefixes[0].Range().Addr().As4()
	address := func(third, last byte) string { return addressText(at[0], at[1], third, last) }
	subnet := func(name string, third byte, group, table string) model.Subnet {
		s := model.Subnet{Name: text(name), Prefixes: []model.Prefix{model.NewPrefix(text(address(third, 0) + "/26"))}}
		if group != "" {
			s.SecurityGroup = text(scope + "networkSecurityGroups/" + group)
		}
		if table != "" {
			s.RouteTable = text(scope + "routeTables/" + table)
		}
		return s
	}
	hub.Subnets = []model.Subnet{subnet("snet-ledger", 1, "", "rt-fw"), subnet("snet-apps", 2, "nsg-apps", "")}
	for i, s := range [][2]string{{"ledger", address(1, 10)}, {"apps", address(2, 10)}, {"billing", "billing.apps.example.net"}, {"partner", "10.77.1.5"}} {
		plane.Services = append(plane.Services, gateway.Service{ID: id("service", string(rune('a'+i))), Name: text(s[0]), Protocol: text("http"), Host: text(s[1]), Port: 8443, Enabled: true})
	}
	net := azurenet.Facts{
		VNet:   hub,
		Tables: []azurenet.RouteTable{{ID: text(scope + "routeTables/rt-fw"), Name: text("rt-fw"), Routes: []azurenet.Route{{Name: text("kong"), Prefix: n.CIDR, NextHop: text("VirtualAppliance"), Address: text(address(3, 4))}}}},
		Groups: []azurenet.SecurityGroup{{ID: text(scope + "networkSecurityGroups/nsg-apps"), Name: text("nsg-apps")}},
	}
	f := paths.Facts{At: noon, Network: n, Planes: []gateway.Plane{plane}, PlanesRead: read, VNets: []paths.VNet{{Peering: n.Peerings[0].ID, Ref: n.Peerings[0].VNet, Net: net}}}
	return paths.View{Facts: f, Number: 1, Of: n.ID, State: paths.Done, Begun: noon.Add(-time.Second), Ended: noon}.Judged()
}

func addressText(a, b, c, d byte) string { return netip.AddrFrom4([4]byte{a, b, c, d}).String() }

func whatIfScenes() []scene {
	add := func(what string, k ...string) []string {
		return append([]string{"w", "a", `"` + what + `"`, "enter"}, k...)
	}
	return []scene{
		{name: "whatif/nothing", know: world, act: onPaths(assumable, "w")},
		{name: "whatif/unread", know: world, act: onPaths(nil, "w")},
		{name: "whatif/pick", know: world, act: onPaths(assumable, "w", "a")},
		{name: "whatif/form", know: world, act: onPaths(assumable, add("add rule")...)},
		{name: "whatif/form_wrong", know: world, act: onPaths(assumable, add("remove route", `"rt-wf"`, "enter", `"kong"`, "enter")...)},
		{name: "whatif/form_missing", know: world, act: onPaths(assumable, add("add mapping", "ctrl+s")...)},
		{name: "whatif/better", know: world, act: onPaths(assumable, add("remove route", `"rt-fw"`, "tab", `"kong"`, "ctrl+s")...)},
		{name: "whatif/file", know: world, act: onPaths(assumable, "w", "o", `"what-if.yaml"`, "enter")},
		{name: "whatif/file_worse", know: world, act: onPaths(assumable, "w", "o", `"what-if.yaml"`, "enter", "g")},
		{name: "whatif/file_none", know: world, act: onPaths(assumable, "w", "o", `"none.yaml"`, "enter")},
		{name: "whatif/file_other", know: world, act: onPaths(assumable, "w", "o", `"other.yaml"`, "enter")},
		{name: "whatif/taken_back", know: world, act: onPaths(assumable, "w", "o", `"what-if.yaml"`, "enter", "u", "u", "u")},
		{name: "whatif/copied", know: world, act: onPaths(assumable, "w", "o", `"what-if.yaml"`, "enter", "y")},
		{name: "whatif/help", know: world, act: onPaths(assumable, "w", "?")},
		{name: "whatif/ascii", know: world, act: onPaths(assumable, "w", "o", `"what-if.yaml"`, "enter"), edit: ascii},
	}
}
