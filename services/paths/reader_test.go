package paths_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	pathreader "github.com/peerdeck/peerdeck/services/paths"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// clouds are both clouds; each answer takes a second.
type clouds struct{ read chan string }

func (c clouds) Planes(ctx context.Context, p model.ControlPlane) []gateway.Plane {
	if attempt.Pause(ctx, attempt.Machine{}, time.Second) != nil {
		part := model.Part{Failure: &model.Failure{Kind: model.FailureCancelled, Cause: safe.New("it was ended")}}
		return []gateway.Plane{{ControlPlane: p, ServicesRead: part, RoutesRead: part, UpstreamsRead: part}}
	}
	part := model.Part{At: time.Now()}
	return []gateway.Plane{{
		ControlPlane: p, ServicesRead: part, RoutesRead: part, UpstreamsRead: part,
		Services: []gateway.Service{{ID: safe.New("s"), Name: safe.New("ledger"), Protocol: safe.New("http"), Host: safe.New("10.20.4.10"), Port: 8080, Enabled: true}},
	}}
}

func (c clouds) Read(_ context.Context, ref model.VNetRef, addresses []safe.Text, _ attempt.Waiter) azurenet.Facts {
	for _, a := range addresses {
		c.read <- ref.Name.String() + " " + a.String()
	}
	in := model.NewPrefixes(safe.Texts("10.20.4.0/24"))
	return azurenet.Facts{VNet: model.VNet{ID: ref.ID(), Name: ref.Name, AddressPrefixes: in, Subnets: []model.Subnet{{Name: safe.New("snet-ledger"), Prefixes: in}}}}
}

func snapshot() model.Snapshot {
	part := model.Part{At: time.Now()}
	in := model.NewPrefixes(safe.Texts("10.20.4.0/24"))
	n := &model.NetworkStatus{
		Network: model.Network{ID: safe.New("n1"), Name: safe.New("eu-prod"), State: model.NetworkReady, CIDR: model.NewPrefix(safe.New("10.0.0.0/16"))},
		Peerings: []model.PeeringStatus{{
			Peering: model.Peering{ID: safe.New("p1"), Name: safe.New("hub"), Kind: model.KindAzureVNet, State: model.PeeringReady, VNet: model.VNetRef{SubscriptionID: safe.New("s"), ResourceGroup: safe.New("rg"), Name: safe.New("vnet-hub")}},
			Azure:   model.AzureHalf{Status: model.HalfPresent, VNet: model.VNet{Name: safe.New("vnet-hub"), AddressPrefixes: in}, Peering: model.VNetPeering{State: model.VNetConnected, Sync: model.SyncFull, Local: in, Routed: model.NewPrefixes(safe.Texts("10.0.0.0/16")), AllowAccess: model.Yes}},
		}},
		References:   []model.ConfigurationReference{{ControlPlaneID: safe.New("cp"), Geo: safe.New("eu")}, {ControlPlaneID: safe.New("cp"), Geo: safe.New("eu")}},
		PeeringsRead: part, PrivateDNSRead: part, ReferencesRead: part,
		ControlPlanes: []model.ControlPlane{{ID: safe.New("cp"), Geo: safe.New("eu"), Name: safe.New("acme-eu")}},
	}
	other := *n
	other.ID, other.Name = safe.New("n2"), safe.New("twin")
	third := other
	third.ID = safe.New("n3")
	return model.Snapshot{Networks: []*model.NetworkStatus{n, &other, &third}}
}

func reader(ctx context.Context, t *testing.T, c clouds) *pathreader.Reader {
	t.Helper()
	return pathreader.New(ctx, pathreader.Options{Snapshot: snapshot, Konnect: c, Azure: c, Report: func(p work.Panic) { t.Errorf("%v %s", p.Value, p.Stack) }})
}

// last is the end of the reading in hand.
func last(t *testing.T, r *pathreader.Reader) paths.View {
	t.Helper()
	for v := range r.Views() {
		if v.State.Over() {
			return v
		}
	}
	t.Fatal("no end came")
	return paths.View{}
}

func TestReads(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := clouds{make(chan string, 10)}
		r := reader(t.Context(), t, c)
		defer r.Close()
		if err := r.Read(safe.New("eu-prod")); err != nil {
			t.Fatal(err)
		}
		v := last(t, r)
		if v.State != paths.Done || len(v.Hosts) != 1 || len(v.Findings) != 0 || v.Hosts[0].By != paths.ByPeering || v.Hosts[0].Plane.Name.Raw() != "acme-eu" {
			t.Errorf("%s: %+v %+v", v.State, v.Hosts, v.Findings)
		}
		if len(v.Planes) != 1 || len(v.Others) != 2 || v.Ended.Sub(v.Begun) != time.Second || v.Doing != "" {
			t.Errorf("%d control planes, %d others, %v", len(v.Planes), len(v.Others), v.Ended.Sub(v.Begun))
		}
		if got := <-c.read; got != "vnet-hub 10.20.4.10" {
			t.Error(got)
		}
	})
}

// A new reading takes the place of the one in hand, and what is cancelled says what it knows.
func TestCancels(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := reader(t.Context(), t, clouds{make(chan string, 10)})
		defer r.Close()
		for range 2 {
			if err := r.Read(safe.New("n1")); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		r.Cancel()
		for range 2 {
			v := last(t, r)
			if v.State != paths.Cancelled || len(v.ControlPlanes) != 1 || v.ControlPlanes[0].Finding.Code != "path-plane-unread" {
				t.Errorf("%d: %s %+v", v.Number, v.State, v.ControlPlanes)
			}
		}
	})
}

func TestNoSuchNetwork(t *testing.T) {
	t.Parallel()
	for name, why := range map[string]string{"us-prod": "Konnect did not tell of it", "twin": "several networks have this name"} {
		synctest.Test(t, func(t *testing.T) {
			r := reader(t.Context(), t, clouds{make(chan string, 10)})
			if err := r.Read(safe.New(name)); err != nil {
				t.Fatal(err)
			}
			if v := last(t, r); v.State != paths.Failed || v.Failure == nil || v.Failure.Cause.Raw() != why {
				t.Errorf("%s: %+v", v.State, v.Failure)
			}
			r.Close()
			r.Close()
			if err := r.Read(safe.New(name)); err == nil {
				t.Error("a reader that is closed reads")
			}
		})
	}
}
