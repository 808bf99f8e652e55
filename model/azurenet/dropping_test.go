package azurenet_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
)

// A route is deleted by a known sequence where nothing can be in use over it: it is for
// ranges of the gateway network alone, and drops what goes there. All others are their owner's.
func TestWhichRouteGoes(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		route, peered, off string
		goes               bool
	}{
		"the range":                {route: "r 10.0.0.0/16 None -", goes: true},
		"a part":                   {route: "r 10.0.64.0/18 Internet -", goes: true},
		"an appliance's":           {route: "r 10.0.0.0/16 VirtualAppliance 10.20.9.4"},
		"the gateway's":            {route: "r 10.0.0.0/16 VirtualNetworkGateway -"},
		"wider than the network":   {route: "r 10.0.0.0/12 None -", peered: "10.0.0.0/8"},
		"gives way":                {route: "r 0.0.0.0/0 None -"},
		"no routes of peerings":    {route: "r 10.0.0.0/16 None -", off: "All"},
		"a next hop that is new":   {route: "r 10.0.0.0/16 Wormhole -"},
		"it is none of the ranges": {route: "r 10.9.0.0/16 None -"},
	} {
		rt := table("rt")
		rt.ID, rt.PeeringRoutes = text(resources+"routeTables/rt"), text(c.off)
		w := strings.Fields(c.route)
		rt.Routes = []azurenet.Route{route(w[0], w[1], w[2], strings.Trim(w[3], "-"))}
		shared := func(name, prefix string) model.Subnet {
			return model.Subnet{Name: text(name), Prefixes: prefixes(prefix), RouteTable: rt.ID}
		}
		f := azurenet.Facts{VNet: model.VNet{ID: text(vnetID), Name: text("vnet-hub"), AddressPrefixes: prefixes("10.20.0.0/16"), Subnets: []model.Subnet{shared("a", "10.20.0.0/24"), shared("b", "10.20.1.0/24")}}, Tables: []azurenet.RouteTable{rt}}
		peered := c.peered
		if peered == "" {
			peered = cidr
		}
		next := f.Back(f.VNet.Subnets[0], prefixes(cidr), prefixes(peered)).Finding.Next
		if (next.Mend == finding.MendRoute) != c.goes || strings.Contains(next.Command, "route delete") {
			t.Errorf("%s: %+v", name, next)
		}
		if !c.goes {
			continue
		}
		if d := f.Dropped(next.Change, prefixes(peered)); !d.Same || len(d.Subnets) != 2 || d.Step.Outcome != azurenet.Closed {
			t.Errorf("%s: %+v", name, d)
		}
		f.Tables[0].Routes[0].NextHop = text("VirtualAppliance")
		if d := f.Dropped(next.Change, prefixes(peered)); d.Same || d.Route.Name.Raw() != "r" {
			t.Errorf("%s, changed: %+v", name, d)
		}
		f.Tables[0].Routes = nil
		if d := f.Dropped(next.Change, prefixes(peered)); !d.Route.Name.IsEmpty() || d.Step.Outcome != azurenet.Open {
			t.Errorf("%s, gone: %+v", name, d)
		}
	}
}
