package picture_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/paths/picture"
	"github.com/peerdeck/peerdeck/model/paths/wayin"
	"github.com/peerdeck/peerdeck/model/safe"
)

func text(s string) safe.Text      { return safe.New(s) }
func ranged(s string) model.Prefix { return model.NewPrefix(text(s)) }

// view is a network with a peering, whose VNET has two subnets, and services of each kind.
func view() paths.View {
	n := &model.NetworkStatus{
		Network: model.Network{ID: text("n1"), Name: text("eu-prod"), CIDR: ranged("10.0.0.0/16"), Region: text("northeurope"), State: model.NetworkReady},
		Own:     finding.Finding{Severity: finding.OK, Word: "ready"},
		Peerings: []model.PeeringStatus{
			{
				Peering: model.Peering{
					ID: text("p1"), Name: text("hub-vnet"), State: model.PeeringReady,
					DNS: []model.DNSMapping{{Domains: []safe.Text{text("corp.example.org")}, Servers: []safe.Text{text("10.20.0.4"), text("10.20.0.5"), text("10.99.0.4")}}},
				},
				Azure:   model.AzureHalf{VNet: model.VNet{ID: text("/subscriptions/s/x"), Name: text("vnet-hub"), AddressPrefixes: []model.Prefix{ranged("10.20.0.0/16")}}, Peering: model.VNetPeering{State: "Connected"}},
				Finding: finding.Finding{Severity: finding.OK, Word: "ready"},
			},
			{Peering: model.Peering{ID: text("p2"), Name: text("old"), State: model.PeeringTerminated}},
		},
		References: []model.ConfigurationReference{
			{ControlPlaneID: text("c1"), APIAccess: text("private+public"), DataPlanes: []model.DataPlaneGroup{
				{NetworkID: text("n1"), PrivateIPs: []safe.Text{text("10.0.1.4"), text("10.0.1.5")}}, {NetworkID: text("other"), PrivateIPs: []safe.Text{text("10.7.7.7")}},
			}},
		},
		ReferencesRead: model.Part{At: time.Unix(1, 0)},
	}
	host := func(name string, by paths.By, at string, port int, change func(*paths.Place)) paths.Host {
		p := paths.Place{Host: text(at), Port: port, By: by, Weight: 1}
		if by == paths.ByPeering {
			p.Peering, p.VNet = text("hub-vnet"), text("vnet-hub")
		}
		if change != nil {
			change(&p)
		}
		return paths.Host{Key: name, Service: gateway.Service{Name: text(name)}, By: by, Places: []paths.Place{p}, Findings: p.Findings}
	}
	in := func(subnet string) func(*paths.Place) {
		return func(p *paths.Place) { p.Subnet = text(subnet) }
	}
	appliance := finding.Finding{Code: "back-appliance", Severity: finding.Attention, Word: "appliance", Cause: "Replies of snet-ledger go to the appliance 10.20.9.4."}
	v := paths.View{Number: 1, State: paths.Done}
	v.Network = n
	v.Answers = []paths.Answer{
		{Server: text("10.20.0.5"), Severity: model.SeverityOK, Says: "10.20.4.10"},
		{Server: text("10.20.0.5"), Severity: model.SeverityBroken, Says: "silent"},
	}
	v.Report = paths.Report{
		Ways: []paths.Way{
			{Peering: text("p1"), Subnet: text("snet-apps"), Prefixes: []model.Prefix{ranged("10.20.1.0/24")}},
			{Peering: text("p1"), Subnet: text("snet-ledger"), Findings: []finding.Finding{appliance}},
		},
		ControlPlanes: []paths.ControlPlane{{ControlPlane: model.ControlPlane{Name: text("au-retail")}, Finding: finding.Finding{Code: "path-plane-unread", Severity: finding.Unknown, Word: "cannot tell", Cause: "It may not be read."}}},
		In: wayin.Report{Entries: []wayin.Entry{
			{Kind: wayin.KindBalancer, Name: text("ilb"), Part: text("gateways"), Front: "10.20.6.4:443", Word: "1 of 2, 1 stale", Findings: []finding.Finding{{Code: "entry-stale", Severity: finding.Broken, Cause: "10.0.1.9 is no data plane."}}},
		}},
		Hosts: []paths.Host{
			host("orders", paths.ByPeering, "orders.corp.example.org", 443, in("SNET-APPS")),
			host("ledger", paths.ByPeering, "10.20.4.10", 8080, func(p *paths.Place) {
				p.Subnet, p.Findings = text("snet-ledger"), []finding.Finding{appliance}
			}),
			host("loose", paths.ByPeering, "10.20.200.1", 80, nil),
			host("billing", paths.ByInternet, "billing.apps.example.net", 443, nil),
			host("partner", paths.ByNothing, "fd00::1", -1, nil),
			host("vault", paths.ByUnknown, "{vault://env/host}", 80, nil),
		},
	}
	return v
}

func named(list []picture.Box) string {
	out := make([]string, len(list))
	for i, b := range list {
		out[i] = strings.TrimSpace(b.Name + " " + b.Word + " " + strings.Join(b.Notes, ","))
	}
	return strings.Join(out, "; ")
}

// Everything that was judged stands on the map once, where it lies.
func TestOf(t *testing.T) {
	t.Parallel()
	p := picture.Of(view())
	if len(p.Ways) != 1 {
		t.Fatalf("%d ways", len(p.Ways))
	}
	w := p.Ways[0]
	for what, c := range map[string][2]string{
		"entries":     {named(p.Entries), "the Internet public address of 1 control plane; ilb › gateways 1 of 2, 1 stale 10.20.6.4:443,load balancer"},
		"gateway":     {named([]picture.Box{p.Gateway}), "eu-prod ready 10.0.0.0/16,northeurope,1 control plane,data planes 10.0.1.4 and 10.0.1.5"},
		"peering":     {named([]picture.Box{w.Peering}), "hub-vnet ready Konnect ready,Azure connected"},
		"servers":     {named(w.Servers), "10.20.0.4 not asked; 10.20.0.5 silent"},
		"snet-apps":   {named(w.Subnets[0].Services), "orders orders.corp.example.org:443"},
		"snet-ledger": {named(w.Subnets[1].Services), "ledger appliance 10.20.4.10:8080"},
		"others":      {named(w.Others), "loose 10.20.200.1:80"},
		"outside":     {named(p.Outside), "billing billing.apps.example.net:443"},
		"nowhere":     {named(p.Nowhere), "partner [fd00::1]"},
		"unknown":     {named(p.Unknown), "control plane au-retail cannot tell It may not be read.; vault {vault://env/host}:80"},
	} {
		got, want := c[0], c[1]
		// What is well has the usual word for it, which is not the matter here.
		got = strings.ReplaceAll(strings.ReplaceAll(got, " well ", " "), "  ", " ")
		if got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	if len(p.Broken) != 2 || p.Broken[0].Where != "ilb › gateways" || p.Broken[1].Where != "snet-ledger" {
		t.Errorf("broken: %+v", p.Broken)
	}
	if p.Worst() != model.SeverityBroken {
		t.Errorf("worst is %v: a silent server is on the map", p.Worst())
	}
}

// Of thousands of services the worst are drawn, and the others are counted.
func TestOfMany(t *testing.T) {
	t.Parallel()
	v := view()
	bad := finding.Finding{Code: "path-x", Severity: finding.Broken, Word: "closed", Cause: "It is closed."}
	for i := range 5000 {
		h := v.Hosts[0]
		h.Key, h.Service.Name = strconv.Itoa(i), text(fmt.Sprintf("service-%04d", i))
		if i == 4321 {
			h.Places = []paths.Place{h.Places[0]}
			h.Places[0].Findings = []finding.Finding{bad}
		}
		v.Hosts = append(v.Hosts, h)
	}
	list := picture.Of(v).Ways[0].Subnets[0].Services
	if len(list) != 9 || list[0].Name != "service-4321" || list[8].Name != "4993 more services" {
		t.Errorf("%d: %s", len(list), named(list))
	}
}

func TestOfNothing(t *testing.T) {
	t.Parallel()
	if p := picture.Of(paths.View{}); len(p.Ways) != 0 || p.Gateway.Name != "" {
		t.Errorf("%+v", p)
	}
}
