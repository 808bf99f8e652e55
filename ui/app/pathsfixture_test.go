package app_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
)

// fakePaths takes what is asked of it, and answers nothing by itself.
type fakePaths struct {
	views   chan paths.View
	asked   []string
	cancels int
	effect  []paths.Destination // that were asked about
	err     error
}

func newFakePaths() *fakePaths { return &fakePaths{views: make(chan paths.View)} }

func (f *fakePaths) Read(network safe.Text) error {
	f.asked = append(f.asked, network.String())
	return f.err
}

func (f *fakePaths) Effective(_ paths.View, to ...paths.Destination) error {
	f.effect = append(f.effect, to...)
	return f.err
}

func (f *fakePaths) Cancel() { f.cancels++ }

// reads hands over how a reading stands.
func (s *stage) reads(v paths.View) {
	s.paths.views <- v
	s.drain()
}

const (
	tableBack = "az network route-table route create -g rg-network --route-table-name rt-fw -n kong-direct --address-prefix 10.0.0.0/16 --next-hop-type VnetLocal"
	planeName = "acme-eu"
)

// gone is what is wrong with a place past which requests go.
func bypasses() finding.Finding {
	return finding.Finding{
		Code: "path-unmapped", Severity: finding.Broken, Word: "no rule", Cause: "No rule maps billing.apps.example.net, so the data planes ask the platform's own DNS and leave over the Internet",
		Next: finding.Next{Kind: finding.NextTable, Text: "Map apps.example.net to the DNS servers that know it.", Command: "peerdeck dns apply --network eu-prod --add apps.example.net=10.20.0.4"},
	}
}

func appliance() finding.Finding {
	return finding.Finding{
		Code: "back-appliance", Severity: finding.Attention, Word: "appliance", Cause: "Replies of snet-ledger go to the appliance 10.20.9.4 by the route kong of rt-fw, and questions do not pass it: it drops what it has not seen begin",
		Next: finding.Next{Kind: finding.NextCommand, Text: "Give rt-fw a route for 10.0.0.0/16 that leaves the appliance out.", Command: tableBack},
	}
}

func unreachable() finding.Finding {
	return finding.Finding{
		Code: "path-unreachable", Severity: finding.Broken, Word: "no peered range", Cause: "10.77.1.5 lies in no range that a peering of eu-prod leads to",
		Next: finding.Next{Kind: finding.NextAdmin, Text: "Peer the VNET that holds 10.77.1.5, or give the service an address of a peered one."},
	}
}

func planeShut() finding.Finding {
	return finding.Finding{
		Code: "path-plane-unread", Severity: finding.Unknown, Word: "cannot tell", Cause: "The services of risk-us cannot be read: You do not have permission to perform this action (403)", Because: "refused-konnect-role",
		Next: finding.Next{Kind: finding.NextKonnect, Text: "Ask for the role Viewer on the control plane risk-us."},
	}
}

// way makes the hops of a place; the outcomes are in their order.
func way(edit func([]paths.Hop)) []paths.Hop {
	hops := []paths.Hop{
		{Kind: paths.HopGateway, Title: "The data planes run", Decides: "eu-prod, 10.0.0.0/16", Outcome: paths.Open, Why: "eu-prod is ready"},
		{Kind: paths.HopName, Title: "The name is asked of the right servers", Decides: "corp.example.org → 10.20.0.4, 10.20.0.5", Outcome: paths.Open, Why: "the rule corp.example.org covers it"},
		{Kind: paths.HopAddress, Title: "The address can be reached", Decides: "vnet-hub, 10.20.4.0/24", Outcome: paths.Open, Why: "10.20.4.10 lies in a range that hub-vnet carries"},
		{Kind: paths.HopPeering, Title: "The peering carries it", Decides: "hub-vnet", Outcome: paths.Open, Why: "both halves are up and in sync"},
		{Kind: paths.HopSubnet, Title: "The address lies in a subnet", Decides: "snet-ledger, 10.20.4.0/26", Outcome: paths.Open, Why: "it lies in snet-ledger"},
		{Kind: "rules", Title: "The rules let it in", Decides: "nsg-ledger, rule 100 AllowKong", Outcome: paths.Open, Why: "rule 100 lets TCP 8080 in from 10.0.0.0/16"},
		{Kind: paths.HopBack, Title: "The replies come home", Decides: "rt-fw", Outcome: paths.Open, Why: "the peering's own route leads home"},
	}
	edit(hops)
	return hops
}

func asItIs([]paths.Hop) {}

// serviceOf makes a service of eu-prod with one place.
func serviceOf(name, protocol, host string, port int, p paths.Place, list ...finding.Finding) paths.Host {
	p.Host, p.Port, p.Transport, p.Weight, p.Findings = text(host), port, "tcp", 1, list
	return paths.Host{
		Key:     "plane-" + planeName + "/" + name,
		Plane:   model.ControlPlane{ID: text("plane-" + planeName), Geo: text("eu"), Name: text(planeName)},
		Service: gateway.Service{ID: id("service", name), Name: text(name), Protocol: text(protocol), Host: text(host), Port: port, Enabled: true, CreatedAt: noon.AddDate(0, -1, 0), UpdatedAt: noon.AddDate(0, 0, -3)},
		Routes:  []gateway.Route{{ID: id("route", name), Name: text(name), Paths: texts("/" + name), Methods: texts("GET", "POST"), StripPath: true}},
		Places:  []paths.Place{p}, By: p.By, Word: p.Word, Why: p.Why, Back: p.Back, Findings: list,
	}
}

// euPaths are the paths of eu-prod: something of everything.
func euPaths(edits ...func(*paths.View)) func() paths.View {
	return func() paths.View {
		n := world().Networks[2]
		closed := way(func(h []paths.Hop) {
			h[6].Outcome, h[6].Decides, h[6].Why, h[6].Finding = paths.Partly, "rt-fw, route kong", "10.0.0.0/16 goes to 10.20.9.4", appliance()
		})
		past := []paths.Hop{way(asItIs)[0], {Kind: paths.HopName, Title: "The name is asked of the right servers", Decides: "the platform's own DNS", Outcome: paths.Closed, Why: "no rule covers billing.apps.example.net", Finding: bypasses()}}
		pool := serviceOf("pool", "http", "pool.internal", 80, paths.Place{By: paths.ByPeering, Word: "2 targets → vnet-hub", Why: "pool.internal is an upstream with 2 targets, both in vnet-hub", Back: "direct", VNet: text("vnet-hub"), Subnet: text("snet-apps"), Hops: way(asItIs)})
		pool.Upstream = text("pool.internal")
		second := pool.Places[0]
		pool.Places[0].Host, pool.Places[0].Port = text("10.20.0.140"), 8000
		second.Host, second.Port = text("10.20.0.141"), 8000
		pool.Places = append(pool.Places, second)
		v := paths.View{
			Facts:  paths.Facts{At: noon, Network: n, PlanesRead: model.Part{At: noon}},
			Number: 1, Of: n.ID, State: paths.Done, Begun: noon.Add(-3 * time.Second), Ended: noon,
			Report: paths.Report{
				Hosts: []paths.Host{
					serviceOf("billing", "https", "billing.apps.example.net", 443, paths.Place{By: paths.ByInternet, Word: "the Internet: no rule", Why: "No rule maps the name", Hops: past}, bypasses()),
					serviceOf("ledger", "http", "10.20.4.10", 8080, paths.Place{By: paths.ByPeering, Peering: text("hub-vnet"), VNet: text("vnet-hub"), Subnet: text("snet-ledger"), Address: text("10.20.4.10"), Word: "vnet-hub", Why: "10.20.4.10 lies in a range that hub-vnet carries", Back: "appliance", Hops: closed}, appliance()),
					serviceOf("orders", "https", "orders.corp.example.org", 443, paths.Place{By: paths.ByPeering, Domain: text("corp.example.org"), Servers: texts("10.20.0.4", "10.20.0.5"), VNet: text("vnet-hub"), Word: "corp.example.org → vnet-hub", Why: "orders.corp.example.org is asked of 10.20.0.4, and its address lies in vnet-hub", Back: "direct", Hops: way(asItIs)}),
					serviceOf("partner", "http", "10.77.1.5", 80, paths.Place{By: paths.ByNothing, Word: "no peered range", Why: "10.77.1.5 lies in no peered range"}, unreachable()),
					pool,
					serviceOf("website", "https", "www.example.com", 443, paths.Place{By: paths.ByInternet, Word: "the Internet", Why: "www.example.com is a public name"}),
				},
				ControlPlanes: []paths.ControlPlane{
					{ControlPlane: model.ControlPlane{ID: text("plane-" + planeName), Geo: text("eu"), Name: text(planeName)}, Services: 6},
					{ControlPlane: model.ControlPlane{ID: text("plane-risk"), Geo: text("us"), Name: text("risk-us")}, Finding: planeShut()},
				},
				Ways: []paths.Way{
					subnetWay(n, "snet-dns", "10.20.0.0/28"), subnetWay(n, "snet-apps", "10.20.0.128/25"),
					subnetWay(n, "snet-ledger", "10.20.4.0/26", appliance()), subnetWay(n, "snet-files", "10.22.1.0/26"),
				},
				Findings: []finding.Finding{bypasses(), unreachable(), appliance(), planeShut()},
			},
		}
		for _, e := range edits {
			e(&v)
		}
		return v
	}
}

func subnetWay(n *model.NetworkStatus, name, prefix string, list ...finding.Finding) paths.Way {
	word := "direct"
	if len(list) > 0 {
		word = "another way"
	}
	return paths.Way{Word: word, Why: "A route of the peering leads to 10.0.0.0/16.", Peering: n.Peerings[0].ID, VNet: n.Peerings[0].VNet, Subnet: text(name), Prefixes: prefixes(prefix), Findings: list}
}

// stillReading is a reading that goes on.
func stillReading(doing string) func(*paths.View) {
	return func(v *paths.View) { v.State, v.Doing, v.Ended = paths.Reading, doing, time.Time{} }
}

// nothingRead is a reading that has found nothing yet.
func nothingRead(v *paths.View) {
	v.Report, v.Hosts, v.Ways, v.ControlPlanes = paths.Report{}, nil, nil, nil
}

// longPaths are paths in which every text is longer than any screen.
func longPaths() paths.View {
	return euPaths(func(v *paths.View) {
		long := func(what string) string { return strings.Repeat(what+"-of-a-very-long-name-", 15) }
		for i := range v.Hosts {
			h := &v.Hosts[i]
			h.Service.Name, h.Service.Host, h.Plane.Name, h.Service.Path = text(long("service")), text(long("host")[:300]), text(long("plane")), text("/"+long("path"))
			h.Word, h.Why, h.Back = long("word"), long("why"), long("back")
			h.Routes[0].Name, h.Routes[0].Paths = text(long("route")), texts(long("/path"), long("/other"))
			for k := range h.Places {
				h.Places[k].Host, h.Places[k].Word = text(long("host")), long("word")
				for j := range h.Places[k].Hops {
					h.Places[k].Hops[j].Title, h.Places[k].Hops[j].Decides, h.Places[k].Hops[j].Why = long("hop"), long("who"), long("why")
				}
			}
			for k := range h.Findings {
				h.Findings[k].Cause, h.Findings[k].Next.Text, h.Findings[k].Next.Command = long("cause"), long("next"), long("command")
			}
		}
		v.Hosts[1].Service.Host = text("\x1b[2J\u202e東京ネットワーク本番環境用クラスタ")
		v.Hosts[2].Service.Host = text("fd00:1234:5678:9abc:def0:1234:5678:9abc")
		for i := range v.Ways {
			v.Ways[i].Subnet, v.Ways[i].VNet.Name = text(long("subnet")), text(long("vnet"))
		}
		v.ControlPlanes[1].Name, v.ControlPlanes[1].Finding.Cause = text(long("plane")), long("cause")
	})()
}

// manyPaths are the paths of a network with so many services.
func manyPaths(count int) paths.View {
	return euPaths(func(v *paths.View) {
		some := v.Hosts
		v.Hosts = make([]paths.Host, 0, count)
		for i := range count {
			h := some[i%len(some)]
			h.Key = fmt.Sprintf("plane-%d/%d", i%7, i)
			h.Service.Name = text(fmt.Sprintf("service-%05d", i))
			v.Hosts = append(v.Hosts, h)
		}
	})()
}
