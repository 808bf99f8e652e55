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

// A route that leads replies away is said of the network, once for all subnets of its table;
// one that could not be read is not known; and what is being read is on its way.
func TestStanding(t *testing.T) {
	t.Parallel()
	n := world()
	v := facts(n).VNets[0]
	if got := paths.Standing(n, []paths.VNet{v}); len(got) != 0 {
		t.Errorf("all is open, and %+v", got)
	}
	table := azurenet.RouteTable{ID: safe.New(arm + "routeTables/rt-fw"), Name: safe.New("rt-fw"), Routes: []azurenet.Route{{Name: safe.New("all"), Prefix: model.NewPrefix(safe.New("10.0.0.0/16")), NextHop: safe.New("VirtualAppliance"), Address: safe.New("10.20.9.4")}}}
	for i := range v.Net.VNet.Subnets {
		v.Net.VNet.Subnets[i].RouteTable = table.ID
	}
	led := v
	led.Net.Tables = []azurenet.RouteTable{table}
	got := paths.Standing(n, []paths.VNet{led})
	if len(got) != 1 || got[0].Finding.Code != "back-route-away" || got[0].ID.Raw() != "id-hub" || !strings.HasPrefix(got[0].Subject.Raw(), "vnet-hub › ") {
		t.Errorf("%+v", got)
	}
	unread := v
	unread.Net.Gaps = []azurenet.Gap{{Part: azurenet.PartRoutes, Failure: model.Failure{Kind: model.FailurePermission, Cause: safe.New("the account may not"), Cure: "Ask for the role Reader."}}}
	got = paths.Standing(n, []paths.VNet{unread})
	if len(got) != 1 || got[0].Finding.Severity != finding.Unknown || got[0].Finding.Because != "failure-permission" {
		t.Errorf("%+v", got)
	}
	got = paths.Standing(n, []paths.VNet{{Peering: v.Peering, Ref: v.Ref, Unread: true}})
	if len(got) != 1 || got[0].Finding.Code != "path-rules-unread" || got[0].Finding.NeedsPerson() {
		t.Errorf("%+v", got)
	}
}

// What the last whole reading found counts for the network, without the services that go
// over the Internet, and as long as it rests on what is so.
func TestOfReading(t *testing.T) {
	t.Parallel()
	n := world()
	f := facts(n, plane(service("http", "api.partner.com", 80), service("http", "10.77.1.5", 80), service("http", "10.20.4.10", 80)))
	v := paths.View{Facts: f, State: paths.Done, Begun: now()}.Judged()
	read, whole := v.Kept()
	if !whole || read.Services != 3 || len(read.Faults) != 1 || read.Faults[0].Code != "path-unreachable" {
		t.Fatalf("%v %+v", whole, read)
	}
	n.PathsRead = &read
	got := paths.OfReading(n)
	if len(got) != 1 || got[0].Finding.Code != "path-last-reading" || got[0].Finding.Severity != finding.Broken || !strings.Contains(got[0].Finding.Cause, "1 of 3 services") {
		t.Errorf("%+v", got)
	}
	if paths.Rests(world()) != read.Rests {
		t.Error("the same world is another one")
	}
	for name, change := range map[string]func(*model.NetworkStatus){
		"a rule":    func(n *model.NetworkStatus) { n.PrivateDNS[0].DNS[0].Servers = safe.Texts("10.20.0.9") },
		"a range":   func(n *model.NetworkStatus) { n.Peerings[0].Azure.Peering.Local = prefixes("10.20.0.0/22") },
		"a state":   func(n *model.NetworkStatus) { n.Peerings[1].State = model.PeeringError },
		"a peering": func(n *model.NetworkStatus) { n.Peerings = n.Peerings[:1] },
		"a reader": func(n *model.NetworkStatus) {
			n.References = []model.ConfigurationReference{{ControlPlaneID: safe.New("x")}}
		},
		"a resolver": func(n *model.NetworkStatus) { n.PrivateDNS = nil },
	} {
		other := world()
		if change(other); paths.Rests(other) == read.Rests {
			t.Errorf("%s changes nothing", name)
		}
	}
	for _, state := range []paths.State{paths.Cut, paths.Cancelled, paths.Failed, paths.Reading} {
		v.State = state
		if _, whole := v.Kept(); whole {
			t.Errorf("%s is no whole reading", state)
		}
	}
}
