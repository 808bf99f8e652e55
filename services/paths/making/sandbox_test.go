package making_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// ordersPlane is the control plane orders-eu of the simulated Konnect.
func ordersPlane(t *testing.T, k *konnect.Client) model.ControlPlane {
	t.Helper()
	networks, err := k.Networks(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range networks.Items {
		refs, err := k.References(t.Context(), n.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range refs.Items {
			if p, err := k.ControlPlane(t.Context(), r.Geo, r.ControlPlaneID); err == nil && p.Name.Raw() == "orders-eu" {
				return p
			}
		}
	}
	t.Fatal("there is no control plane orders-eu")
	return model.ControlPlane{}
}

// witness holds every request and every answer to Kong's contract.
type witness struct {
	*transport.Client
	t        *testing.T
	contract *sandboxtest.Contract
}

func (w witness) Do(r *http.Request) (*http.Response, error) {
	var sent []byte
	if r.Body != nil {
		var err error
		if sent, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
	}
	resp, err := w.Client.Do(r)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if err := w.contract.Check(r, resp.StatusCode, resp.Header, body); err != nil {
		w.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	return resp, nil
}

// What is sent and what is answered is one of the contract.
func TestWhatIsSentKeepsTheContract(t *testing.T) {
	c := sandboxtest.NewContract(t)
	s := sandboxtest.Start(t, sandbox.Options{})
	sender := transport.New()
	t.Cleanup(sender.Close)
	k := konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: witness{sender, t, c}, Retry: transport.Once(),
	})
	plane := ordersPlane(t, k)
	m := making.NewMaker(t.Context(), making.Options{Konnect: k, Clock: newPlane().clock})
	t.Cleanup(m.Close)
	d := draft()
	d.Service = gateway.ServiceDraft{Name: safe.New("invoices"), URL: safe.New("https://10.20.4.10:8443/v1")}
	d.Route = gateway.RouteDraft{
		Name: safe.New("invoices-in"), Paths: safe.Texts("/a", "~/b/\\d+$"), Hosts: safe.Texts("*.example.org"), Methods: safe.Texts("GET"), SNIs: safe.Texts("a.example.org"),
		StripPath: safe.New("false"),
	}
	o, _, err := m.Order(plane, d)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Make(o); err != nil {
		t.Fatal(err)
	}
	got := end(t, m)
	says(t, got, gateway.MakingDone)
	says(t, undo(t, m, got.ID), gateway.MakingUndone)
}

// The real client against the simulated Konnect: made, read back and undone, also where the
// answers of both requests are lost after they have taken effect.
func TestAgainstKonnect(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]bool{"answered": false, "answers lost": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := newPlane().clock
			s := sandboxtest.Start(t, sandbox.Options{})
			sender := transport.New()
			t.Cleanup(sender.Close)
			k := konnect.New(konnect.Options{Endpoint: sandboxtest.Endpoint(t, s.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: sender, Retry: transport.Once()})
			plane := ordersPlane(t, k)
			if lost {
				s.World.AddFault(sandbox.Fault{Service: "konnect", Method: "POST", Path: "core-entities", Kind: "reset", After: true, Times: 2})
			}
			m := making.NewMaker(t.Context(), making.Options{Konnect: k, Clock: clock, Report: func(f work.Panic) { t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) }})
			t.Cleanup(m.Close)
			d := draft()
			d.Service.Name, d.Route.Name = safe.New("invoices"), safe.New("invoices-in")
			o, writes, err := m.Order(plane, d)
			if err != nil || len(writes) != 2 {
				t.Fatalf("%v, %v", writes, err)
			}
			if err := m.Make(o); err != nil {
				t.Fatal(err)
			}
			got := end(t, m)
			says(t, got, gateway.MakingDone)
			if got.Service.ID != o.Service.ID || got.Route.ID != o.Route.ID || !got.MadeService || !got.MadeRoute {
				t.Errorf("%+v", got)
			}
			for i, w := range got.Plan {
				if w.Key() != writes[i].Key() {
					t.Errorf("sent %s, shown was %s", w.Key(), writes[i].Key())
				}
			}
			says(t, undo(t, m, got.ID), gateway.MakingUndone)
			if _, err := k.Service(t.Context(), plane, o.Service.ID); err == nil {
				t.Error("the service is still there")
			}
		})
	}
}
