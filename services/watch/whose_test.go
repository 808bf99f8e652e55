package watch_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
)

// sharing makes the second network's peering one with the first one's VNET.
func sharing(f *fake, state model.PeeringState) {
	p := f.peerings["aaa"][0]
	p.ID, p.State = text("p-baa"), state
	f.peerings["baa"] = []model.Peering{p}
}

func codes(s model.Snapshot) string {
	var out []string
	for _, n := range s.Networks {
		for _, p := range n.Peerings {
			out = append(out, string(p.Finding.Code))
		}
	}
	return strings.Join(out, " | ")
}

// All networks of the fake have one range. That is no alarm while each has its own VNET;
// where two are peered with one VNET, its one half makes neither of them well.
func TestTheHalfOfOneNetworkDoesNotMakeTheOtherWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		sharing(f, model.PeeringReady)
		r := run(t, f)
		if got := codes(r.after(30 * time.Second)); got != "half-cannot-tell | half-cannot-tell | azure-connected" {
			t.Errorf("got %s", got)
		}
		f.edit(func() {
			f.networks[0].VPCID = text("/subscriptions/kong/resourceGroups/k/providers/Microsoft.Network/virtualNetworks/of-a")
			v := f.vnets["v-aaa"]
			v.Peerings = slices.Clone(v.Peerings)
			v.Peerings[0].RemoteVNetID = text("/SUBSCRIPTIONS/kong/resourceGroups/k/providers/Microsoft.Network/virtualNetworks/of-a")
			f.vnets["v-aaa"] = v
		})
		if got := codes(r.after(3 * time.Minute)); got != "azure-connected | half-range-taken | azure-connected" {
			t.Errorf("where Konnect names the VNET: %s", got)
		}
	})
}

// A half that came while a peering was being made is that peering's, and one that was
// there before a peering is not.
func TestTheOrderInWhichHalvesComeTellsWhoseTheyAre(t *testing.T) {
	for name, c := range map[string]struct {
		before, after func(f *fake) // the world at the start, and what comes later
		want          string
	}{
		"it came with the second": {
			func(f *fake) {
				f.vnets["v-aaa"] = model.VNet{Name: text("v-aaa")}
				sharing(f, model.PeeringReady)
				f.peerings["baa"] = nil
			},
			func(f *fake) {
				sharing(f, model.PeeringInitializing)
				f.vnets["v-aaa"] = model.VNet{Name: text("v-aaa"), Peerings: f.vnets["v-baa"].Peerings}
			},
			"half-range-taken | azure-connected",
		},
		"it was there before the second": {
			func(f *fake) { sharing(f, model.PeeringReady); f.peerings["baa"] = nil },
			func(f *fake) { sharing(f, model.PeeringInitializing) },
			"azure-connected | half-range-taken",
		},
		"both were being made": {
			func(f *fake) {
				f.vnets["v-aaa"] = model.VNet{Name: text("v-aaa")}
				sharing(f, model.PeeringInitializing)
				f.peerings["aaa"][0].State = model.PeeringInitializing
			},
			func(f *fake) { f.vnets["v-aaa"] = model.VNet{Name: text("v-aaa"), Peerings: f.vnets["v-baa"].Peerings} },
			"half-cannot-tell | half-cannot-tell",
		},
		"nobody saw it come": {
			func(f *fake) { sharing(f, model.PeeringInitializing) },
			func(*fake) {},
			"half-cannot-tell | half-cannot-tell",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake(2)
				for _, v := range f.vnets {
					v.Peerings[0].GUID = text("of " + v.Name.Raw())
				}
				c.before(f)
				r := run(t, f)
				r.after(time.Minute)
				f.edit(func() { c.after(f) })
				r.after(2 * time.Minute)
				f.edit(func() {
					for _, list := range f.peerings {
						for i := range list {
							list[i].State = model.PeeringReady
						}
					}
				})
				if got := codes(r.after(2 * time.Minute)); got != c.want {
					t.Errorf("got %s, want %s", got, c.want)
				}
			})
		})
	}
}

// While it is not known what other networks of the range are peered with, no half is
// called well.
func TestAnUnreadNeighbourOfTheSameRangeLeavesItOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		f.fail = func(call, key string) error {
			if call == "peerings" && key == "baa" {
				return model.Failure{Kind: model.FailurePermission, Operation: "list peerings", Cause: text("no"), Status: 403}
			}
			return nil
		}
		r := run(t, f)
		if s := r.after(time.Minute); codes(s) != "half-others-unread" || s.Networks[0].Finding.Severity != model.SeverityUnknown {
			t.Errorf("got %s", codes(s))
		}
		f.edit(func() { f.fail = nil })
		if s := r.after(10 * time.Minute); codes(s) != "azure-connected | azure-connected" {
			t.Errorf("after it was read: %s", codes(s))
		}
	})
}

// A hint that does not match takes no half away, whatever Konnect calls the account.
func TestTheNameOfTheAccountDecidesNothing(t *testing.T) {
	for _, account := range []string{"kong-prod", "6c1f0f3e-7a53-4a52-9d02-5b7c0c8d1e2f", "/subscriptions/x/resourceGroups/y", "none"} {
		s := sandboxtest.Start(t, sandbox.Options{Events: []sandbox.Event{{Network: "us-west", Identity: &sandbox.Identity{Account: account}}}})
		for _, n := range realWatcher(t, s).Collect(context.Background()).Networks {
			for _, p := range n.Peerings {
				if p.Name.Raw() == "inventory" && p.Finding.Code != "azure-connected" {
					t.Errorf("with the account %q: %+v", account, p.Finding)
				}
			}
		}
	}
}

// Where one network is asked for, the peerings of those that share its addresses are read
// too: whose its half is cannot be told without them. Their VNETs are not.
func TestNeighboursOfTheOneThatIsAskedForAreRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(4)
		f.networks[3].CIDR = model.NewPrefix(text("10.77.0.0/16"))
		sharing(f, model.PeeringReady)
		w := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace(), Seed: 1})
		s := w.CollectOne(t.Context(), text("aaa"))
		if got := s.Networks[0].Peerings[0].Finding.Code; got != "half-cannot-tell" {
			t.Errorf("got %s", got)
		}
		if n, v := f.count("peerings"), f.count("vnet"); n != 3 || v != 1 {
			t.Errorf("%d lists of peerings and %d VNETs were read", n, v)
		}
	})
}
