package ranges_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	rangesread "github.com/peerdeck/peerdeck/services/paths/ranges"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start serves a world, and returns a reader with the real clients before it.
func start(t *testing.T) (*rangesread.Reader, *sandbox.World) {
	t.Helper()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	sender := transport.New()
	t.Cleanup(sender.Close)
	labs := s.World.TenantID(sandbox.LabsDomain)
	tokens := signin.New(signin.Options{
		Choice: signin.DeviceCode, Given: secret.New(s.World.HomeToken()), Sender: sender,
		GivenFor: map[string]secret.Secret{labs: secret.New(s.World.GuestToken(labs))},
	})
	return rangesread.New(rangesread.Options{
		Konnect: konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: sender, Retry: transport.Once(),
		}),
		Azure:   azure.New(azure.Options{Tokens: tokens, Endpoint: sandboxtest.Endpoint(t, s.ARM), Sender: sender, Retry: transport.Once()}),
		Tenants: []safe.Text{safe.New(labs)}, Report: func(p work.Panic) { t.Errorf("%v: %v", p, p.Value) },
	}), s.World
}

func owners(list []ranges.Taken) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.String() + "\n")
	}
	return b.String()
}

// Everything of both clouds is read: networks of every provider, VNETs of every tenant that
// a peering leads to, the far sides of peerings, hubs.
func TestReadsAllOwners(t *testing.T) {
	t.Parallel()
	r, _ := start(t)
	got, err := r.Read(t.Context(), nil)
	if err != nil || len(got.Gaps) > 0 || got.Unavailable != nil || got.At.IsZero() {
		t.Fatalf("%v, %+v, %v", err, got.Gaps, got.Unavailable)
	}
	said := owners(got.Taken)
	for _, want := range []string{
		"10.20.0.0/22 VNET vnet-hub (acme-prod)", "Konnect network eu-prod (Azure)", "(GCP)", "(AWS)", "virtual hub hub-uae (acme-prod)",
		"the far side of peering ", "(labs-sandbox)",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in\n%s", want, said)
		}
	}
	f, err := got.In(safe.Text{})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range ranges.Find(f, 20).Offers {
		for _, k := range got.Taken {
			if k.Range.Overlaps(o.Range) {
				t.Errorf("%s is offered, and it meets %s", o.Range, k)
			}
		}
	}
	again, err := r.Read(t.Context(), nil)
	if err != nil || owners(again.Taken) != said {
		t.Error("the second reading came in another order")
	}
}

// What one of many refuses leaves the rest as it is, and is named.
func TestWhatIsRefusedIsNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault sandbox.Fault
		gap   string
		still string // an owner that is known all the same
	}{
		"VNETs of a subscription": {sandbox.Fault{Service: "arm", Path: "/providers/Microsoft.Network/virtualNetworks", Status: 403, Code: "AuthorizationFailed"}, "the VNETs of subscription acme-prod", "virtual hub hub-uae"},
		"hubs":                    {sandbox.Fault{Service: "arm", Path: "/virtualHubs", Status: 403, Code: "AuthorizationFailed"}, "the virtual hubs of subscription acme-prod", "VNET vnet-hub"},
		"networks":                {sandbox.Fault{Service: "konnect", Path: "/cloud-gateways/networks", Status: 403}, "the Konnect networks", "VNET vnet-hub"},
		"one network's peerings":  {sandbox.Fault{Service: "konnect", Path: "/transit-gateways", Status: 403, Times: 1}, "the tenants that network ", "VNET vnet-hub"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, w := start(t)
			w.AddFault(c.fault)
			got, err := r.Read(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			named := false
			for _, g := range got.Gaps {
				named = named || strings.HasPrefix(g.What, c.gap) && g.Reason() != ""
			}
			if said := owners(got.Taken); !named || !strings.Contains(said, c.still) {
				t.Errorf("gaps %+v\n%s", got.Gaps, said)
			}
		})
	}
}

// Without its document, the figures of Kong's documentation are used, and that is said.
func TestNoAvailability(t *testing.T) {
	t.Parallel()
	r, w := start(t)
	w.AddFault(sandbox.Fault{Service: "konnect", Path: "availability", Status: 403})
	got, err := r.Read(t.Context(), nil)
	if err != nil || got.Unavailable == nil {
		t.Fatalf("%v %v", err, got.Unavailable)
	}
	f, err := got.In(safe.New("eastus2"))
	if err != nil || !f.Limits.BuiltIn || !strings.Contains(f.Limits.Source(), "was not read") {
		t.Errorf("%v %+v", err, f.Limits)
	}
}

// A service reads for a screen, whole views, and can be stopped.
func TestViews(t *testing.T) {
	t.Parallel()
	r, w := start(t)
	s := rangesread.NewService(t.Context(), r)
	first := s.Look()
	for v := range s.Views() {
		if v.Number != first {
			t.Fatalf("number %d", v.Number)
		}
		if v.Over() {
			if v.State != ranges.Done || v.Read.Seen.Networks == 0 {
				t.Errorf("%+v", v)
			}
			break
		}
		if v.Doing == "" {
			t.Error("it does not say what it does")
		}
	}
	w.AddFault(sandbox.Fault{Kind: "hang"})
	second := s.Look()
	if third := s.Look(); second != first+1 || third != second {
		t.Error("two readings at the same time")
	}
	s.Cancel()
	for v := range s.Views() {
		if v.Over() {
			if v.State != ranges.Cancelled {
				t.Errorf("%+v", v)
			}
			break
		}
	}
	s.Close()
}

// Where nothing answers at all, it is a failure and not a world without networks.
func TestNothingAnswers(t *testing.T) {
	t.Parallel()
	r, w := start(t)
	w.AddFault(sandbox.Fault{Service: "konnect", Status: 403})
	w.AddFault(sandbox.Fault{Service: "arm", Status: 403, Code: "AuthorizationFailed"})
	_, err := r.Read(t.Context(), nil)
	if f, failed := model.AsFailure(err); !failed || f.Kind != model.FailurePermission {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Read(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
