package run_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// anew is the set-up that begins with making the network.
func (p *place) anew(mode setup.DNSMode) setup.Request {
	r := p.request(mode)
	r.Network = safe.New("uk-anew")
	r.Create = &setup.CreateNetwork{Region: safe.New("uksouth"), CIDR: safe.New("10.192.0.0/20")}
	return r
}

// slow is a world in which a network takes as long as in the clouds.
func slow() sandbox.Options { return sandbox.Options{NetworkTime: 35 * time.Minute} }

// A run makes the network once, waits for it, and goes on; the second one changes nothing.
func TestNetworkFirst(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slow())
	began := p.clock.Now()
	run := p.start(p.runner, p.anew(setup.DNSResolver), p.willing)
	p.must(run, setup.RunDone)
	made := p.world.Networks("uk-anew")
	if len(made) != 1 || made[0].State != "ready" || made[0].CIDR != "10.192.0.0/20" || p.clock.Now().Sub(began) < 35*time.Minute {
		t.Errorf("%+v after %s", made, p.clock.Now().Sub(began))
	}
	if story := p.story(p.runner); run.Steps[0].ID != setup.StepNetwork || run.Writes != 5 || len(run.Made) != 5 || !strings.Contains(story, "Konnect says initializing") {
		t.Errorf("%d writes, made %+v\n%s", run.Writes, run.Made, story)
	}
	after := p.writes()
	again := p.start(p.another(p.store), p.anew(setup.DNSResolver), p.willing)
	if again.State != setup.RunDone || again.Writes != 0 || p.writes() != after || again.Step(setup.StepNetwork).State != setup.StepAlready {
		t.Errorf("the second run: %s, %d writes", again.State, again.Writes)
	}
}

// The wait says how much of it is over; the run can be stopped in it, and goes on there.
func TestNetworkStoppedInTheWait(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slow())
	held := &stopper{Clock: express{p.clock}}
	o := p.options(p.store)
	o.Clock = held
	r := setuprun.New(t.Context(), o)
	t.Cleanup(r.Close)
	said := ""
	held.at, held.do = p.clock.Now().Add(12*time.Minute), func() {
		for _, l := range r.Log(0) {
			said += l.Text.String()
		}
		if err := r.Do(setup.RunCommand{Kind: setup.CommandCancel}); err != nil {
			t.Error(err)
		}
	}
	run := p.start(r, p.anew(setup.DNSNone), p.willing)
	if run.State != setup.RunCancelled || run.Current != setup.StepNetwork || !strings.Contains(said, "Konnect says initializing") {
		t.Fatalf("%s at %s, %q", run.State, run.Current, said)
	}
	again := p.start(p.runner, p.anew(setup.DNSNone), p.willing)
	p.must(again, setup.RunDone)
	if made := p.world.Networks("uk-anew"); len(made) != 1 || made[0].State != "ready" || len(again.Made) != 4 {
		t.Errorf("%+v, made %+v", made, again.Made)
	}
}

// stopper is a clock that does something once, at a time.
type stopper struct {
	attempt.Clock
	at time.Time
	do func()
}

func (s *stopper) After(d time.Duration) <-chan time.Time {
	if s.do != nil && !s.Now().Before(s.at) {
		do := s.do
		s.do = nil
		do()
		return make(chan time.Time) // the order ends the wait
	}
	return s.Clock.After(d)
}

// A dry run plans the network and what comes after it, and writes nothing.
func TestNetworkDryRun(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slow())
	before := p.writes()
	if err := p.runner.Start(p.anew(setup.DNSResolver), setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	run := p.follow(p.runner, p.willing)
	if run.State != setup.RunDone || p.writes() != before {
		t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
	}
	plan := run.Step(setup.StepNetwork).Plan
	if len(plan) != 1 || plan[0].Method != http.MethodPost || !strings.Contains(plan[0].Body.Raw(), `"cidr_block": "10.192.0.0/20"`) || !strings.Contains(plan[0].Body.Raw(), "uksouth-3") {
		t.Errorf("%+v", plan)
	}
	for _, id := range []setup.StepID{setup.StepPeering, setup.StepDNS} {
		if s := run.Step(id); s.State != setup.StepPlanned || len(s.Plan) != 1 || !strings.Contains(s.Plan[0].URL.Raw(), ":id-of-the-new-network") {
			t.Errorf("%s: %s %+v", id, s.State, s.Plan)
		}
	}
}

// What is wrong with the network is said before it is asked for, or in Konnect's words.
func TestNetworkThatCannotBeMade(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		world  sandbox.Options
		change func(p *place, r *setup.Request)
		says   string
	}{
		"meets the VNET":       {slow(), func(_ *place, r *setup.Request) { r.Create.CIDR = safe.New("10.64.0.0/16") }, "10.64.0.0/16 of the network meets"},
		"reserved":             {slow(), func(_ *place, r *setup.Request) { r.Create.CIDR = safe.New("10.100.16.0/20") }, "which Konnect keeps for itself"},
		"no such region":       {slow(), func(_ *place, r *setup.Request) { r.Create.Region = safe.New("uksoth") }, "did you mean uksouth"},
		"no such zone":         {slow(), func(_ *place, r *setup.Request) { r.Create.Zones = texts("uksouth-7") }, "Konnect has no zone uksouth-7"},
		"no such account":      {slow(), func(_ *place, r *setup.Request) { r.Create.Account = safe.New(model.KongAppID) }, "is no provider account on Azure"},
		"another of that name": {slow(), func(_ *place, r *setup.Request) { r.Network = safe.New("uk-lab") }, "its range is 10.60.0.0/16 and not 10.192.0.0/20"},
		"quota":                {sandbox.Options{NetworkLimit: 3}, func(*place, *setup.Request) {}, "Maximum number of networks exceeded"},
		"zones that it refuses": {slow(), func(p *place, _ *setup.Request) {
			p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "POST", Path: "/networks", Status: 400})
		}, "is not valid"},
		"the token may not": {slow(), func(p *place, _ *setup.Request) {
			p.world.AddFault(sandbox.Fault{Service: "konnect", Method: "POST", Path: "/networks", Status: 403})
		}, "do not have permission"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, c.world)
			r := p.anew(setup.DNSNone)
			c.change(p, &r)
			run := p.start(p.runner, r, p.willing)
			s := run.Step(setup.StepNetwork)
			if run.State != setup.RunFailed || s.Failure == nil || !strings.Contains(s.Failure.Error()+s.Failure.Detail.String(), c.says) || s.Failure.Cure == "" {
				t.Fatalf("%s at %s: %+v\n%s", run.State, run.Current, s.Failure, p.story(p.runner))
			}
			if len(p.world.Networks("uk-anew")) != 0 {
				t.Error("a network was made")
			}
		})
	}
}

// An answer that is lost, a conflict, and lists that lag lead to one network.
func TestNetworkIsMadeOnce(t *testing.T) {
	t.Parallel()
	post := func(f sandbox.Fault) *sandbox.Fault {
		f.Service, f.Method, f.Path, f.Times = "konnect", "POST", "/cloud-gateways/networks", 1
		return &f
	}
	for name, c := range map[string]struct {
		fault *sandbox.Fault
		lag   *sandbox.Lag
	}{
		"the answer is lost":            {post(sandbox.Fault{Kind: "reset", After: true}), nil},
		"the answer is lost, lists lag": {post(sandbox.Fault{Kind: "reset", After: true}), &sandbox.Lag{Of: []string{"networks"}, For: 3 * time.Minute}},
		"it breaks when done":           {post(sandbox.Fault{Status: 502, After: true}), &sandbox.Lag{Of: []string{"networks"}, For: 2 * time.Minute, Flapping: true}},
		"refused for now":               {post(sandbox.Fault{Status: 429, RetryAfter: "7"}), nil},
		"lists lag":                     {nil, &sandbox.Lag{Of: []string{"networks"}, For: 4 * time.Minute}},
		"reads by its id flap":          {nil, &sandbox.Lag{Of: []string{"networks"}, For: 4 * time.Minute, Hides: "reads", Flapping: true}},
		"reads by its id show it late":  {nil, &sandbox.Lag{Of: []string{"networks"}, For: 4 * time.Minute, Hides: "reads"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 3)
			p := newPlace(t, slow())
			p.event(sandbox.Event{Fault: c.fault, Lag: c.lag})
			run := p.start(p.runner, p.anew(setup.DNSNone), p.willing)
			p.must(run, setup.RunDone)
			if made := p.world.Networks("uk-anew"); len(made) != 1 {
				t.Errorf("%+v\n%s", made, p.story(p.runner))
			}
		})
	}
}

// The network of a run goes by its own typed name, last, and not while something uses it.
func TestNetworkTeardown(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slow())
	run := p.start(p.runner, p.anew(setup.DNSResolver), p.willing)
	p.must(run, setup.RunDone)
	if err := p.runner.Teardown(run.ID); err != nil {
		t.Fatal(err)
	}
	// The peering is kept, so the network must stay.
	kept := p.follow(p.runner, func(r setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepRemovePeering && s.Asks != nil {
			return &setup.RunCommand{Kind: setup.CommandSkip}
		}
		return p.willing(r, s)
	})
	if s := kept.Step(setup.StepRemoveNetwork); kept.State != setup.RunDone || s.State != setup.StepSkipped || len(s.Findings) != 1 || !strings.Contains(s.Findings[0].Cause, "it is used by 1 peering") {
		t.Fatalf("%s: %+v\n%s", kept.State, s, p.story(p.runner))
	}
	if len(p.world.Networks("uk-anew")) != 1 {
		t.Fatal("it is gone")
	}
	if err := p.runner.Teardown(run.ID); err != nil {
		t.Fatal(err)
	}
	gone := p.follow(p.runner, p.willing)
	if gone.State != setup.RunDone || len(p.world.Networks("uk-anew")) != 0 || gone.Steps[len(gone.Steps)-1].ID != setup.StepRemoveNetwork {
		t.Errorf("%s: %+v\n%s", gone.State, p.world.Networks("uk-anew"), p.story(p.runner))
	}
}

// What another network has is asked about before the network is made, once.
func TestFault21NetworkThatMeetsAnother(t *testing.T) {
	t.Parallel()
	p := newPlace(t, slow())
	r := p.anew(setup.DNSNone)
	r.Create.CIDR = safe.New("10.60.16.0/20") // uk-lab has 10.60.0.0/16
	run := p.start(p.runner, r, nobody)
	s := run.Step(setup.StepNetwork)
	if run.State != setup.RunNeedsPerson || s.Asks == nil || len(p.world.Networks("uk-anew")) != 0 {
		t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandContinue}); err != nil {
		t.Fatal(err)
	}
	run = p.follow(p.runner, p.willing)
	p.must(run, setup.RunDone)
	if story := p.story(p.runner); len(p.world.Networks("uk-anew")) != 1 || strings.Count(story, "warnings accepted: setup-network-taken") != 1 {
		t.Errorf("%+v\n%s", p.world.Networks("uk-anew"), story)
	}
}
