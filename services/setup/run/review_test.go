package run_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/sandbox"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// with returns a runner whose clouds are changed a little.
func (p *place) with(change func(c *setuprun.Clouds)) *setuprun.Runner {
	o := p.options(p.store)
	change(&o.Clouds)
	r := setuprun.New(p.t.Context(), o)
	p.t.Cleanup(r.Close)
	return r
}

// forgetful lists no roles, as Azure does now and then.
type forgetful struct{ setuprun.Roles }

func (forgetful) RoleDefinitions(context.Context, safe.Text, safe.Text, safe.Text) ([]model.RoleDefinition, error) {
	return nil, nil
}

// A role that the list leaves out is found by its id, and keeps what others have
// added to it.
func TestRoleThatTheListHides(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	second := p.request(setup.DNSNone)
	second.VNet.Name, second.Peering = safe.New("vnet-labs-data"), safe.New("labs-data")
	before := len(p.world.Roles(sandbox.LabsDomain))
	run := p.start(p.with(func(c *setuprun.Clouds) { c.Roles = forgetful{c.Roles} }), second, p.willing)
	p.must(run, setup.RunDone)
	if s := run.Step(setup.StepRole); s.State != setup.StepAlready || run.Writes != 2 || len(p.world.Roles(sandbox.LabsDomain)) != before {
		t.Errorf("the role: %+v, %d writes", s, run.Writes)
	}
}

// behind shows peerings some looks late.
type behind struct {
	setuprun.Konnect
	left int
}

func (b *behind) Peerings(ctx context.Context, network safe.Text) (konnect.List[model.Peering], error) {
	l, err := b.Konnect.Peerings(ctx, network)
	if len(l.Items) > 0 && b.left > 0 {
		b.left--
		l.Items, l.Total = nil, 0
	}
	return l, err
}

// A peering whose answer was lost, and that the list shows late, is asked for once.
func TestLateListAfterALostAnswer(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Path: "transit-gateways", Method: http.MethodPost, Kind: "reset", After: true, Times: 1}})
	r := p.with(func(c *setuprun.Clouds) { c.Konnect = &behind{Konnect: c.Konnect, left: 4} })
	run := p.start(r, p.request(setup.DNSNone), nobody)
	p.must(run, setup.RunDone)
	if n := strings.Count(p.story(r), "POST "); n != 1 {
		t.Errorf("%d POSTs\n%s", n, p.story(r))
	}
	p.onceEach(setup.DNSNone)
}

// A list that never shows it ends in a question, not in a second peering.
func TestDoubtIsThePersons(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Path: "transit-gateways", Method: http.MethodPost, Kind: "reset", Times: 1}})
	run := p.start(p.runner, p.request(setup.DNSNone), nobody)
	p.must(run, setup.RunNeedsPerson)
	if run.Current != setup.StepPeering || len(p.world.Peerings("uk-lab")) != 0 {
		t.Fatalf("at %s with %+v", run.Current, p.world.Peerings("uk-lab"))
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandSendAgain}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(p.runner, patient), setup.RunDone)
	p.onceEach(setup.DNSNone)
}

// What was agreed to is what was shown: a rule that somebody adds while the question
// stands is not removed with the resolver.
func TestTeardownLooksAgain(t *testing.T) {
	t.Parallel()
	p := consented(t)
	request := p.request(setup.DNSResolver)
	p.must(p.start(p.runner, request, p.willing), setup.RunDone)
	k := p.gateways()
	added := false
	run := p.down(func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepRemoveDNS && !added {
			added = true
			network := p.networkID("uk-lab")
			mappings := slices.Concat(request.Mappings, []model.DNSMapping{{Domains: texts("theirs.example.org"), Servers: texts("10.64.0.4")}})
			w := k.PatchResolverWrite(network, safe.New(p.world.Resolvers("uk-lab")[0].ID), mappings, nil)
			if _, err := k.PatchResolver(t.Context(), network, w); err != nil {
				t.Error(err)
			}
		}
		return p.willing(run, s)
	})
	p.must(run, setup.RunDone)
	left := p.world.Resolvers("uk-lab")
	if len(left) != 1 || len(left[0].Servers) != 1 || !strings.Contains(p.story(p.runner), "it has changed since the question was put") {
		t.Errorf("left: %+v\n%s", left, p.story(p.runner))
	}
}

func (p *place) networkID(name string) safe.Text {
	p.t.Helper()
	list, err := p.options(p.store).Clouds.Konnect.Networks(p.t.Context(), nil)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, n := range list.Items {
		if n.Name.Raw() == name {
			return n.ID
		}
	}
	p.t.Fatalf("there is no network %s", name)
	return safe.Text{}
}

// A network that is gone by its id has taken its peering with it; Azure's part is
// asked for all the same.
func TestTeardownWithoutTheNetwork(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.event(sandbox.Event{Network: "uk-lab", Peering: "labs", Azure: "none"})
	p.event(sandbox.Event{Network: "uk-lab", Delete: true})
	run := p.down(p.willing)
	p.must(run, setup.RunDone)
	if s := run.Step(setup.StepRemovePeering); s.State != setup.StepAlready {
		t.Errorf("the peering: %+v", s)
	}
	if s := run.Step(setup.StepRemoveRole); s.State != setup.StepDone {
		t.Errorf("the role: %+v\n%s", s, p.story(p.runner))
	}
}

// An order that was meant for one step never acts on the next.
func TestStaleOrders(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.event(sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"})
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID != setup.StepConsent {
			if run.State == setup.RunFailed {
				return nil
			}
			return p.willing(run, s)
		}
		p.consent(s.Asks.Link)
		return &setup.RunCommand{Kind: setup.CommandRetry}
	})
	p.must(run, setup.RunFailed)
	if run.Current != setup.StepAssignment || strings.Contains(p.story(p.runner), "gone on without it") {
		t.Errorf("at %s\n%s", run.Current, p.story(p.runner))
	}
}

// A dry run that fails ends; a run that failed in the preflight gives way to one with
// other values.
func TestFailedRunsGiveWay(t *testing.T) {
	t.Parallel()
	p := consented(t)
	wrong := p.request(setup.DNSNone)
	wrong.VNet.Name = safe.New("vnet-lab")
	if err := p.runner.Start(wrong, setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	run := p.follow(p.runner, nobody)
	if p.must(run, setup.RunFailed); run.Step(setup.StepPreflight).Failure == nil {
		t.Errorf("got %+v", run)
	}
	p.must(p.start(p.runner, wrong, func(run setup.Run, _ *setup.Step) *setup.RunCommand {
		if run.DryRun {
			return &setup.RunCommand{} // the end of the one before
		}
		return nil
	}), setup.RunFailed)
	if err := p.runner.Start(p.request(setup.DNSNone), setup.Options{}); err != nil {
		t.Fatal(err)
	}
	for run := range p.runner.Runs() {
		if run.Request.VNet.Name.Raw() == "vnet-labs" && run.State == setup.RunDone {
			break
		}
		if run.Request.VNet.Name.Raw() == "vnet-labs" && run.State == setup.RunFailed {
			t.Fatalf("got %+v", run)
		}
	}
	p.onceEach(setup.DNSNone)
}

// Who went in steps goes on in steps.
func TestStepsAreKept(t *testing.T) {
	t.Parallel()
	p := consented(t)
	first := p.another(p.store)
	if err := first.Start(p.request(setup.DNSNone), setup.Options{StopAt: []setup.StepID{setup.StepRole, setup.StepPeering}}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(first, nobody), setup.RunPaused)
	first.Close()
	list, err := p.runner.Earlier(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := p.runner.Resume(list[0].ID, setup.Options{}); err != nil {
		t.Fatal(err)
	}
	run := p.follow(p.runner, nobody)
	if p.must(run, setup.RunPaused); run.Current != setup.StepRole || !run.Step(setup.StepPeering).StopHere {
		t.Errorf("at %s: %+v", run.Current, run.Step(setup.StepPeering))
	}
}
