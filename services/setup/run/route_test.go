package run_test

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// planeOf puts a control plane on the network of the set-up.
func (p *place) planeOf(change sandbox.Plane) {
	p.t.Helper()
	p.world.Apply(sandbox.Event{Network: "uk-lab", Plane: &change})
}

// routed is a set-up without DNS that ends with a service and a route.
func (p *place) routed() setup.Request {
	r := p.request(setup.DNSNone)
	r.Route = &gateway.Draft{
		Plane:   safe.New("labs-eu"),
		Service: gateway.ServiceDraft{Name: safe.New("orders"), URL: safe.New("https://orders.labs.example.org/v1")},
		Route:   gateway.RouteDraft{Name: safe.New("orders-in"), Paths: safe.Texts("/orders"), Methods: safe.Texts("GET", "POST")},
	}
	return r
}

// planeID is the control plane as Konnect tells it.
func (p *place) plane() model.ControlPlane {
	p.t.Helper()
	n, err := p.plain().Networks(p.t.Context(), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, network := range n.Items {
		if network.Name.Raw() != "uk-lab" {
			continue
		}
		refs, err := p.plain().References(p.t.Context(), network.ID)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, r := range refs.Items {
			c, err := p.plain().ControlPlane(p.t.Context(), r.Geo, r.ControlPlaneID)
			if err == nil && c.Name.Raw() == "labs-eu" {
				return c
			}
		}
	}
	p.t.Fatal("there is no control plane labs-eu on uk-lab")
	return model.ControlPlane{}
}

// onPlane is what the control plane tells its data planes.
func (p *place) onPlane() gateway.Plane {
	p.t.Helper()
	return p.plain().Plane(p.t.Context(), p.plane())
}

// routeOnce looks whether the service and the route are there, each once, as they are wanted.
func (p *place) routeOnce() {
	p.t.Helper()
	got := p.onPlane()
	if len(got.Services) != 1 || len(got.Routes) != 1 {
		p.t.Fatalf("%+v, %+v", got.Services, got.Routes)
	}
	s, r := p.routed().Route.Wanted()
	r.ServiceID = got.Services[0].ID
	if d := append(gateway.ServiceDifferences(s, got.Services[0]), gateway.RouteDifferences(r, got.Routes[0])...); len(d) > 0 {
		p.t.Error(gateway.Words(d))
	}
}

func TestTheRouteIsTheLastStep(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.planeOf(sandbox.Plane{Name: "labs-eu", Geo: "eu"})
	request := p.routed()
	run := p.start(p.runner, request, p.willing)
	p.must(run, setup.RunDone)
	last := run.Steps[len(run.Steps)-1]
	if last.ID != setup.StepRoute || last.State != setup.StepDone || len(last.Plan) != 2 || !last.Plan[0].Sent || !last.Plan[1].Sent || !strings.Contains(last.Summary, "orders-in → orders in labs-eu") {
		t.Errorf("%+v", last)
	}
	p.routeOnce()
	before := p.writes()
	again := p.start(p.runner, request, p.willing)
	p.must(again, setup.RunDone)
	if last := again.Step(setup.StepRoute); last.State != setup.StepAlready || p.writes() != before {
		t.Errorf("%+v after %d writes", last, p.writes()-before)
	}
}

func TestADryRunShowsTheRequestsOfTheRoute(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.planeOf(sandbox.Plane{Name: "labs-eu", Geo: "eu"})
	if err := p.runner.Start(p.routed(), setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	run := p.follow(p.runner, p.willing)
	p.must(run, setup.RunDone)
	s := run.Step(setup.StepRoute)
	if s.State != setup.StepPlanned || len(s.Plan) != 2 || p.writes() != 0 {
		t.Fatalf("%+v", s)
	}
	// The route is shown under the service as it would be made.
	id := strings.TrimSuffix(s.Plan[1].URL.Raw()[strings.Index(s.Plan[1].URL.Raw(), "/services/")+len("/services/"):], "/routes")
	if !strings.Contains(s.Plan[0].Body.Raw(), strconv.Quote(id)) {
		t.Errorf("%s is not in %s", id, s.Plan[0].Body)
	}
}

func TestWhatStandsInTheWayOfTheRoute(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		plane  sandbox.Plane
		change func(r *setup.Request)
		says   []string
	}{
		"another service of the name": {sandbox.Plane{Name: "labs-eu", Services: []sandbox.PlaneService{{Name: "orders", Host: "old.example.org"}}}, nil, []string{"service.host is old.example.org", "another name"}},
		"another control plane":       {sandbox.Plane{Name: "labs-eu"}, func(r *setup.Request) { r.Route.Plane = safe.New("shop") }, []string{"no control plane of this name or id", "labs-eu in eu"}},
		"another region":              {sandbox.Plane{Name: "labs-eu"}, func(r *setup.Request) { r.Route.Geo = safe.New("us") }, []string{"no control plane of this name or id"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			p.planeOf(c.plane)
			request := p.routed()
			if c.change != nil {
				c.change(&request)
			}
			run := p.start(p.runner, request, p.willing)
			s := run.Step(setup.StepRoute)
			if run.State != setup.RunFailed || s.State != setup.StepFailed || s.Failure == nil {
				t.Fatalf("%s: %+v\n%s", run.State, s, p.story(p.runner))
			}
			for _, part := range c.says {
				if text := s.Failure.Error() + " " + s.Failure.Cure; !strings.Contains(text, part) {
					t.Errorf("%q does not say %q", text, part)
				}
			}
			if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandSkip}); err != nil {
				t.Fatal(err)
			}
			p.must(p.follow(p.runner, func(run setup.Run, s *setup.Step) *setup.RunCommand {
				if run.State == setup.RunFailed {
					return &setup.RunCommand{} // as it was before the order came
				}
				return p.willing(run, s)
			}), setup.RunDone)
		})
	}
}

// A teardown removes the route and the service, unless somebody else uses them by now.
func TestTeardownOfTheRoute(t *testing.T) {
	t.Parallel()
	for name, other := range map[string]bool{"alone": false, "used by another route": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			p.planeOf(sandbox.Plane{Name: "labs-eu", Geo: "eu"})
			p.must(p.start(p.runner, p.routed(), p.willing), setup.RunDone)
			if other {
				service := p.onPlane().Services[0].ID
				w := p.plain().CreateRouteWrite(p.plane(), service, gateway.Route{Name: safe.New("checkout"), Protocols: safe.Texts("https"), Paths: safe.Texts("/checkout"), StripPath: true})
				if _, err := p.plain().CreateRoute(t.Context(), p.plane(), w); err != nil {
					t.Fatal(err)
				}
			}
			var asked []string
			run := p.down(func(run setup.Run, s *setup.Step) *setup.RunCommand {
				asked = append(asked, s.Asks.Confirm.Raw())
				return p.willing(run, s)
			})
			p.must(run, setup.RunDone)
			got := p.onPlane()
			if !other {
				if len(got.Services)+len(got.Routes) != 0 || !slices.Equal(asked[:2], []string{"orders-in", "orders"}) {
					t.Errorf("left %+v %+v, asked for %q", got.Services, got.Routes, asked)
				}
				return
			}
			s := run.Step(setup.StepRemoveService)
			if len(got.Services) != 1 || len(got.Routes) != 1 || s.State != setup.StepSkipped || !strings.Contains(s.Findings[0].Cause, "checkout") {
				t.Errorf("left %+v %+v, %+v", got.Services, got.Routes, s)
			}
		})
	}
}

// The program is killed around both requests of the route, also where readers learn late.
func TestKilledAroundTheRoute(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a killed program looks like a failed one there")
	}
	const others = 3 // writes before the route: role, assignment, peering
	for n := 1; n <= 2; n++ {
		for _, when := range []string{"before", "after"} {
			for lag := range lags() {
				t.Run(when+" write "+strconv.Itoa(n)+", "+lag, func(t *testing.T) {
					t.Parallel()
					longtest.OneIn(t, 7)
					p := newPlace(t, sandbox.Options{})
					p.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
					p.planeOf(sandbox.Plane{Name: "labs-eu", Geo: "eu"})
					p.world.Apply(sandbox.Event{Lag: lags()[lag]})
					dir, request := t.TempDir(), p.routed()
					if code, out := p.childOf(request, dir, others+n, when); code != killed {
						t.Fatalf("the first program ended with %d\n%s", code, out)
					}
					if code, out := p.childOf(request, dir, 0, ""); code != 0 {
						t.Fatalf("the second program ended with %d\n%s", code, out)
					}
					p.clock.Advance(10 * time.Minute) // what readers learn late they know by then
					p.routeOnce()
					list, err := journal.NewStore(dir).List()
					if err != nil || len(list) != 1 || list[0].State != setup.RunDone || len(list[0].Made) != others+2 || list[0].Problem != "" {
						t.Errorf("the journal tells %+v, %v", list, err)
					}
				})
			}
		}
	}
}
