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
)

// machines are clouds with a machine at the address of the service; what is in effect at its
// card takes a second to find out.
type machines struct {
	clouds

	gap *model.Failure // why Azure does not tell; nil: it does
}

const card = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/networkInterfaces/nic"

func (m machines) Planes(ctx context.Context, p model.ControlPlane) []gateway.Plane {
	return m.clouds.Planes(ctx, p)
}

func (m machines) Read(ctx context.Context, ref model.VNetRef, addresses []safe.Text, w attempt.Waiter) azurenet.Facts {
	f := m.clouds.Read(ctx, ref, addresses, w)
	at := azurenet.CardAddress{Address: safe.New("10.20.4.10"), Subnet: safe.New(ref.ID().Raw() + "/subnets/snet-ledger")}
	f.Cards = []azurenet.Card{
		{ID: safe.New(card), Name: safe.New("nic"), Machine: safe.New("/vm"), Addresses: []azurenet.CardAddress{at}},
		{ID: safe.New(card + "-pe"), Name: safe.New("nic-pe"), Endpoint: safe.New("/pe"), Addresses: []azurenet.CardAddress{{Address: safe.New("10.20.4.11"), Subnet: at.Subnet}}},
	}
	return f
}

func (m machines) Effective(ctx context.Context, _ model.VNetRef, of safe.Text, _ attempt.Waiter) azurenet.Facts {
	if attempt.Pause(ctx, attempt.Machine{}, time.Second) != nil {
		return azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartEffective, Subject: of, Failure: model.Failure{Kind: model.FailureCancelled}}}}
	}
	if m.gap != nil {
		return azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartEffective, Subject: of, Failure: *m.gap}}}
	}
	drop := azurenet.EffectiveRoute{Name: safe.New("drop"), Source: safe.New("User"), State: safe.New("Active"), Prefixes: model.NewPrefixes(safe.Texts("10.0.0.0/16")), NextHop: safe.New("None")}
	return azurenet.Facts{Effective: []azurenet.Effective{{Card: of, RoutesRead: true, Routes: []azurenet.EffectiveRoute{drop}}}}
}

func (m machines) reader(ctx context.Context) *pathreader.Reader {
	return pathreader.New(ctx, pathreader.Options{Snapshot: snapshot, Konnect: m, Azure: m, InEffect: m})
}

// What Azure says is in effect takes the place of what tables say, and a second question that
// of the first.
func TestAsksWhatIsInEffect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := machines{clouds: clouds{make(chan string, 10)}}.reader(t.Context())
		defer r.Close()
		to := paths.Destination{Host: safe.New("10.20.4.10"), Port: 8080, Transport: "tcp"}
		if err := r.ReadTo(safe.New("eu-prod"), to); err != nil {
			t.Fatal(err)
		}
		before := last(t, r)
		if err := r.Effective(before, paths.Destination{Host: safe.New("10.20.4.11"), Port: 443}); err == nil {
			t.Error("it asks for a card that is in no machine")
		}
		v := before
		for range 2 {
			if err := r.Effective(v, to); err != nil {
				t.Fatal(err)
			}
			if v = last(t, r); v.State != paths.Done || v.Failure != nil || len(v.VNets[0].Net.Effective) != 1 || v.Number <= before.Number {
				t.Fatalf("%s %+v %+v", v.State, v.Failure, v.VNets[0].Net)
			}
		}
		if before.ToWorst() >= v.ToWorst() || len(before.VNets[0].Net.Effective) != 0 {
			t.Errorf("%+v", v.To)
		}
	})
}

// What Azure does not tell is the failure of the view, and nothing that was known goes.
func TestWhatIsInEffectIsNotTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refused := &model.Failure{Kind: model.FailurePermission, Cause: safe.New("no right"), Cure: "ask"}
		r := machines{clouds: clouds{make(chan string, 10)}, gap: refused}.reader(t.Context())
		defer r.Close()
		to := paths.Destination{Host: safe.New("10.20.4.10"), Port: 8080, Transport: "tcp"}
		if err := r.ReadTo(safe.New("eu-prod"), to); err != nil {
			t.Fatal(err)
		}
		before := last(t, r)
		if err := r.Effective(before, to); err != nil {
			t.Fatal(err)
		}
		v := last(t, r)
		if v.State != paths.Done || v.Failure == nil || v.Failure.Kind != model.FailurePermission || len(v.To) != 1 || v.ToWorst() != before.ToWorst() {
			t.Errorf("%s %+v %+v", v.State, v.Failure, v.To)
		}
		if err := r.Effective(v, to); err != nil {
			t.Fatal(err)
		}
		r.Cancel()
		if v = last(t, r); v.State != paths.Cancelled {
			t.Errorf("%s", v.State)
		}
	})
}
