package watch_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/watch"
)

// rulesOf reads the tables of a fake.
type rulesOf struct {
	*fake

	facts azurenet.Facts
}

func (r *rulesOf) Subnets(ctx context.Context, ref model.VNetRef, _ model.VNet, _ attempt.Waiter) azurenet.Facts {
	err := r.call(ctx, "subnets", ref.Name.Raw())
	r.mu.Lock()
	defer r.mu.Unlock()
	if f, failed := model.AsFailure(err); failed {
		return azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartRoutes, Failure: f}, {Part: azurenet.PartRules, Failure: f}}}
	}
	return r.facts
}

const table = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/rt-fw"

// withTable gives the first VNET of a fake a subnet that names a route table.
func withTable(f *fake) *rulesOf {
	v := f.vnets["v-aaa"]
	v.ID, v.AddressPrefixes = text("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v-aaa"), []model.Prefix{model.NewPrefix(text("10.20.0.0/24"))}
	v.Subnets = []model.Subnet{{Name: text("snet-ledger"), Prefixes: v.AddressPrefixes, RouteTable: text(table)}}
	v.Peerings[0].Local = v.AddressPrefixes
	f.vnets["v-aaa"] = v
	return &rulesOf{fake: f, facts: azurenet.Facts{Tables: []azurenet.RouteTable{{ID: text(table), Name: text("rt-fw"), Routes: []azurenet.Route{
		{Name: text("all"), Prefix: model.NewPrefix(text("10.1.0.0/16")), NextHop: text("VirtualAppliance"), Address: text("10.20.0.4")},
	}}}}}
}

func pathCodes(n *model.NetworkStatus) []finding.Code {
	var out []finding.Code
	for _, p := range n.Paths {
		out = append(out, p.Finding.Code)
	}
	return out
}

// Only a VNET whose subnets name something costs a request, at a slow pace; what it says is
// part of the network's verdict.
func TestRoutesAreReadWhereSubnetsNameThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		rules := withTable(f)
		r := run(t, f, func(o *watch.Options) { o.Rules = rules })
		s := r.after(time.Minute)
		if got := s.Networks[0]; !slices.Equal(pathCodes(got), []finding.Code{"back-route-away"}) || got.Finding.Code != "back-route-away" || len(s.Networks[1].Paths) != 0 {
			t.Errorf("%v: %+v", pathCodes(got), got.Finding)
		}
		if f.count("subnets") != 1 {
			t.Errorf("%d requests", f.count("subnets"))
		}
		r.after(time.Hour)
		if n := f.count("subnets"); n < 60/6 || n > 60/2 {
			t.Errorf("%d requests in an hour", n)
		}
		// Another table is looked at as soon as it is named, and none costs none.
		before := f.count("subnets")
		f.edit(func() {
			v := f.vnets["v-aaa"] // what was handed out keeps its own list
			v.Subnets = []model.Subnet{v.Subnets[0]}
			v.Subnets[0].RouteTable = text(table + "2")
			f.vnets["v-aaa"] = v
		})
		r.after(2 * time.Minute)
		if n := f.count("subnets") - before; n == 0 {
			t.Error("another table was not read")
		}
		f.edit(func() { v := f.vnets["v-aaa"]; v.Subnets = nil; f.vnets["v-aaa"] = v })
		if s = r.after(2 * time.Minute); len(s.Networks[0].Paths) != 0 {
			t.Errorf("%v without a table", pathCodes(s.Networks[0]))
		}
		before = f.count("subnets")
		r.after(time.Hour)
		if n := f.count("subnets") - before; n != 0 {
			t.Errorf("%d requests for nothing", n)
		}
	})
}

// What cannot be read keeps the network from being called well, and what was good stays.
func TestRoutesThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		rules := withTable(f)
		rules.facts.Tables[0].Routes = nil
		refuse := func(call, _ string) error {
			if call != "subnets" {
				return nil
			}
			return model.Failure{Kind: model.FailurePermission, Operation: "read", Cause: text("the account may not read it"), Cure: "Ask for the role Reader."}
		}
		f.fail = refuse
		r := run(t, f, func(o *watch.Options) { o.Rules = rules })
		s := r.after(time.Minute)
		if got := s.Networks[0]; got.Finding.Severity != finding.Unknown || got.Finding.Because != "failure-permission" || got.Finding.Next.Text == "" {
			t.Errorf("%+v", got.Finding)
		}
		f.edit(func() { f.fail = nil })
		if s = r.after(10 * time.Minute); s.Networks[0].Finding.Severity != finding.OK {
			t.Errorf("it can be read: %+v", s.Networks[0].Finding)
		}
		f.edit(func() { f.fail = refuse })
		if s = r.after(10 * time.Minute); s.Networks[0].Finding.Severity != finding.OK {
			t.Errorf("what was read stays: %+v", s.Networks[0].Finding)
		}
	})
}

// A look that ends says of what it did not reach that it is not known.
func TestCollectReadsRoutesToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		rules := withTable(f)
		s := watch.New(watch.Options{Konnect: f, Azure: f, Rules: rules, Pace: watch.DefaultPace()}).Collect(context.Background())
		if !slices.Equal(pathCodes(s.Networks[0]), []finding.Code{"back-route-away"}) || f.count("subnets") != 1 {
			t.Errorf("%v, %d requests", pathCodes(s.Networks[0]), f.count("subnets"))
		}
		f.latency = time.Second
		ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second-time.Millisecond)
		defer cancel()
		s = watch.New(watch.Options{Konnect: f, Azure: f, Rules: rules, Pace: watch.DefaultPace()}).Collect(ctx)
		if len(s.Networks) == 2 && s.Networks[0].Finding.Severity == finding.OK {
			t.Errorf("well, although nobody knows: %+v", s.Networks[0].Finding)
		}
	})
}

// The last whole reading of the paths counts as long as it rests on what is so.
func TestTheLastReadingCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		var kept *model.PathsRead
		r := run(t, f, func(o *watch.Options) { o.PathsRead = func(safe.Text) *model.PathsRead { return kept } })
		s := r.after(time.Minute)
		if len(s.Networks[0].Paths) != 0 {
			t.Errorf("%v before it", pathCodes(s.Networks[0]))
		}
		kept = &model.PathsRead{At: time.Now(), Services: 4, Faults: []model.PathFault{{Service: text("ledger"), Code: "path-unreachable", Severity: finding.Broken}}, Rests: paths.Rests(s.Networks[0])}
		r.Rejudge()
		if s = r.after(time.Second); !slices.Equal(pathCodes(s.Networks[0]), []finding.Code{"path-last-reading"}) || s.Networks[0].Finding.Severity != finding.Broken {
			t.Errorf("%v after it", pathCodes(s.Networks[0]))
		}
		f.edit(func() { f.peerings["aaa"][0].State = model.PeeringError })
		if s = r.after(3 * time.Minute); len(s.Networks[0].Paths) != 0 {
			t.Errorf("%v although the peering is another one", pathCodes(s.Networks[0]))
		}
	})
}
