package wayin_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	group = "/subscriptions/s-1/resourceGroups/rg-us/providers/Microsoft.Network/"
	vnet  = group + "virtualNetworks/vnet-orders"
	ilb   = group + "loadBalancers/ilb-gateway"
	agw   = group + "applicationGateways/agw"
	zone  = group + "privateDnsZones/gateway.example.net"
	nsg   = group + "networkSecurityGroups/nsg-entry"
)

func text(s string) safe.Text { return safe.New(s) }

func prefix(s string) model.Prefix { return model.NewPrefix(text(s)) }

// plane is a configuration with one group of data planes.
func plane(id, access, state string, addresses ...string) model.ConfigurationReference {
	return model.ConfigurationReference{
		ID: text("c-" + id), ControlPlaneID: text(id), Geo: text("us"), Version: text("3.11"), APIAccess: text(access),
		DataPlanes: []model.DataPlaneGroup{{ID: text("g-" + id), NetworkID: text("n-us"), Region: text("eastus2"), State: text(state), PrivateIPs: safe.Texts(addresses...), Hostnames: safe.Texts("abc.gateways.konghq.com")}},
	}
}

// facts are those of a network with one private gateway, peered with a VNET in which an
// internal load balancer points at it, and all is well.
func facts() wayin.Facts {
	half := model.VNetPeering{Name: text("to-kong"), State: model.VNetConnected, Routed: []model.Prefix{prefix("10.8.0.0/16")}, AllowAccess: model.Yes}
	v := model.VNet{
		ID: text(vnet), Name: text("vnet-orders"), AddressPrefixes: []model.Prefix{prefix("10.9.0.0/20")}, Peerings: []model.VNetPeering{half},
		Subnets: []model.Subnet{{Name: text("snet-entry"), Prefixes: []model.Prefix{prefix("10.9.2.0/27")}}},
	}
	n := &model.NetworkStatus{
		Network:        model.Network{ID: text("n-us"), Name: text("us-prod"), CIDR: prefix("10.8.0.0/16")},
		References:     []model.ConfigurationReference{plane("cp-1", "private", "ready", "10.8.0.132", "10.8.0.68")},
		ControlPlanes:  []model.ControlPlane{{ID: text("cp-1"), Geo: text("us"), Name: text("retail")}},
		ReferencesRead: model.Part{At: time.Unix(1, 0)},
		Peerings:       []model.PeeringStatus{{Peering: model.Peering{ID: text("p-1"), Name: text("orders")}, Azure: model.AzureHalf{Status: model.HalfPresent, VNet: v, Peering: half}}},
	}
	other := &model.NetworkStatus{
		Network: model.Network{ID: text("n-eu"), Name: text("eu-prod"), CIDR: prefix("10.0.0.0/16")}, ReferencesRead: model.Part{At: time.Unix(1, 0)},
	}
	return wayin.Facts{Network: n, Others: []*model.NetworkStatus{other}, VNets: []wayin.VNet{{
		Peering: text("p-1"), Ref: model.VNetRef{SubscriptionID: text("s-1"), ResourceGroup: text("rg-us"), Name: text("vnet-orders")},
		Net: azurenet.Facts{VNet: v, Balancers: []azurenet.Balancer{balancer("10.8.0.68", "10.8.0.132")}},
	}}}
}

func balancer(addresses ...string) azurenet.Balancer {
	b := azurenet.Balancer{
		ID: text(ilb), Name: text("ilb-gateway"), Frontends: []azurenet.Frontend{{ID: text(ilb + "/f/1"), Address: text("10.9.2.4"), Subnet: text(vnet + "/subnets/snet-entry")}},
		Pools: []azurenet.Pool{{ID: text(ilb + "/p/gateways"), Name: text("gateways")}},
		Rules: []azurenet.BalancerRule{{Name: text("https"), Frontend: text(ilb + "/F/1"), Pool: text(ilb + "/P/gateways"), Protocol: text("Tcp"), Port: 443, BackendPort: 443, Probe: text("p"), ProbePort: 443, ProbeKind: text("Tcp")}},
	}
	for i, a := range addresses {
		b.Pools[0].Targets = append(b.Pools[0].Targets, azurenet.PoolTarget{Name: text("gw-" + string(rune('1'+i))), Address: text(a)})
	}
	return b
}

func appGateway(targets ...string) azurenet.AppGateway {
	g := azurenet.AppGateway{
		ID: text(agw), Name: text("agw"), Subnet: text(vnet + "/subnets/snet-entry"), Frontends: []azurenet.Frontend{{ID: text(agw + "/f"), Address: text("10.9.2.9")}},
		Pools: []azurenet.Pool{{ID: text(agw + "/p"), Name: text("kong")}}, Listeners: []azurenet.Listener{{Frontend: text(agw + "/f"), Port: 443, Protocol: text("Https"), Pool: text(agw + "/p"), Backend: 443}},
	}
	for _, a := range targets {
		t := azurenet.PoolTarget{Address: text(a)}
		if strings.ContainsAny(a, "abcdefghijklmnopqrstuvwxyz") {
			t = azurenet.PoolTarget{Host: text(a)}
		}
		g.Pools[0].Targets = append(g.Pools[0].Targets, t)
	}
	return g
}

func record(name string, addresses ...string) azurenet.Record {
	return azurenet.Record{Zone: text(zone), ZoneName: text("gateway.example.net"), Name: text(name), Addresses: safe.Texts(addresses...), Linked: true}
}

// rule makes a rule of "name priority direction access far ports".
func rule(t *testing.T, line string) azurenet.Rule {
	t.Helper()
	p := strings.Fields(line)
	if len(p) != 6 {
		t.Fatalf("%q has %d words", line, len(p))
	}
	priority := 0
	for _, c := range p[1] {
		priority = priority*10 + int(c-'0')
	}
	r := azurenet.Rule{Name: text(p[0]), Priority: priority, Direction: text(p[2]), Access: text(p[3]), Protocol: text("Tcp"), SourcePorts: safe.Texts("*"), Ports: safe.Texts(p[5])}
	far, all := safe.Texts(strings.Split(p[4], ",")...), safe.Texts("*")
	if r.Sources, r.Destinations = far, all; p[2] == "Outbound" {
		r.Sources, r.Destinations = all, far
	}
	return r
}

func rulesOf(t *testing.T, lines ...string) []azurenet.SecurityGroup {
	t.Helper()
	g := azurenet.SecurityGroup{ID: text(nsg), Name: text("nsg-entry")}
	for _, l := range lines {
		g.Rules = append(g.Rules, rule(t, l))
	}
	return []azurenet.SecurityGroup{g}
}

func codes(list []finding.Finding) []string {
	var out []string
	for _, f := range list {
		out = append(out, string(f.Code)+" "+f.Severity.String())
	}
	slices.Sort(out)
	return out
}

// complete checks that each finding says what is so, what to do, and has no loose ends.
func complete(t *testing.T, list []finding.Finding) {
	t.Helper()
	for _, f := range list {
		if f.Cause == "" || !strings.HasSuffix(f.Cause, ".") || f.Next.Text == "" || f.Word == "" {
			t.Errorf("%+v", f)
		}
		if f.Next.Kind == finding.NextCommand && f.Next.Command == "" {
			t.Errorf("no command: %+v", f)
		}
		if strings.Contains(f.Next.Command, "<") || strings.Contains(f.Next.Command, " delete ") || strings.Contains(f.Next.Command, " remove ") {
			t.Errorf("%s cannot be pasted, or removes something", f.Next.Command)
		}
		if _, known := finding.Lookup(string(f.Code)); !known {
			t.Errorf("%s is in no catalogue", f.Code)
		}
	}
}
