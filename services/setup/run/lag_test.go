package run_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// However lists lag, flap and hide, a run makes one of each, nobody is asked anything that
// a lag explains, and a second run finds all of it.
func TestALagMakesNothingTwice(t *testing.T) {
	t.Parallel()
	for name, lag := range map[string]sandbox.Lag{
		"lists":              {For: 2 * time.Minute},
		"lists by name":      {For: 2 * time.Minute, Hides: "named"},
		"lists that flap":    {For: 4 * time.Minute, Flapping: true},
		"reads by id too":    {For: 2 * time.Minute, Hides: "reads"},
		"reads that flap":    {For: 4 * time.Minute, Hides: "reads", Flapping: true},
		"longer than a step": {For: 4*time.Minute + 50*time.Second},
	} {
		for _, mode := range []setup.DNSMode{setup.DNSNone, setup.DNSResolver} {
			t.Run(name+" "+string(mode), func(t *testing.T) {
				t.Parallel()
				longtest.OneIn(t, 3)
				p := consented(t)
				p.event(sandbox.Event{Lag: &lag})
				run := p.start(p.runner, p.request(mode), nobody)
				p.must(run, setup.RunDone)
				p.onceEach(mode)
				before := p.writes()
				again := p.start(p.another(p.store), p.request(mode), nobody)
				p.must(again, setup.RunDone)
				p.onceEach(mode)
				// A read that flaps may hide what is there; to write it again changes nothing.
				if flaps := lag.Flapping && lag.Hides == "reads"; !flaps && (again.Writes != 0 || p.writes() != before) {
					t.Errorf("the second run wrote %d times\n%s", again.Writes, p.said)
				}
			})
		}
	}
}

// The answer to each write is lost while lists lag: it is looked for until it shows, and
// not sent again because a list is empty.
func TestALagAndALostAnswer(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]sandbox.Fault{
		"role":       {Service: "arm", Path: "roleDefinitions", Method: http.MethodPut},
		"assignment": {Service: "arm", Path: "roleAssignments", Method: http.MethodPut},
		"peering":    {Service: "konnect", Path: "transit-gateways", Method: http.MethodPost},
		"resolver":   {Service: "konnect", Path: "private-dns", Method: http.MethodPost},
	} {
		for kind, lag := range map[string]sandbox.Lag{"lists": {For: 3 * time.Minute}, "flapping": {For: 3 * time.Minute, Flapping: true}} {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				longtest.OneIn(t, 3)
				p := consented(t)
				f := f
				f.After, f.Times, f.Kind = true, 1, "reset"
				p.event(sandbox.Event{Lag: &lag})
				p.event(sandbox.Event{Fault: &f})
				run := p.start(p.runner, p.request(setup.DNSResolver), nobody)
				p.must(run, setup.RunDone)
				p.onceEach(setup.DNSResolver)
				if n := strings.Count(p.story(p.runner), "POST "); n != 2 {
					t.Errorf("%d POSTs\n%s", n, p.story(p.runner))
				}
			})
		}
	}
}

// Somebody else made the role minutes ago, under an id of their own, and no list shows it
// yet. Azure says that the name is taken; the run waits until a look shows it, and extends
// or uses it. It makes nothing beside it, and says nothing that it has not read.
func TestFault40ARoleThatIsNotShownYet(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lag  sandbox.Lag
		says string
	}{
		"every list":    {sandbox.Lag{For: 3 * time.Minute, There: true, Of: []string{"roles"}, Hides: "reads"}, "is not shown by the lists by name"},
		"lists by name": {sandbox.Lag{For: time.Hour, There: true, Of: []string{"roles"}, Hides: "named"}, "the list of all custom roles does"},
		"flapping":      {sandbox.Lag{For: time.Hour, There: true, Of: []string{"roles"}, Flapping: true}, "in another subscription"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			request := p.home("acme-data", "rg-analytics", "vnet-analytics")
			before := len(p.world.Roles("acme.example"))
			p.event(sandbox.Event{Lag: &c.lag})
			request.RoleName = safe.New(model.DefaultRoleName + model.RoleNameSuffix)
			run := p.start(p.runner, request, nobody)
			p.must(run, setup.RunDone)
			story := p.story(p.runner)
			if n := len(p.world.Roles("acme.example")); n != before || !strings.Contains(story, c.says) || strings.Contains(story, "there is no role") {
				t.Errorf("%d roles became %d\n%s", before, n, story)
			}
		})
	}
}

// A role that no look ever shows ends with what was looked at and where, and with a
// question that nobody can have answered beforehand.
func TestARoleThatIsNeverShown(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.event(sandbox.Event{Subscription: "acme-prod", Withdraw: "Owner"})
	request := p.home("acme-data", "rg-analytics", "vnet-analytics")
	request.RoleName = safe.New(model.DefaultRoleName + model.RoleNameSuffix)
	before := len(p.world.Roles("acme.example"))
	run := p.start(p.runner, request, nobody)
	p.must(run, setup.RunNeedsPerson)
	s := run.Step(setup.StepRole)
	if run.Current != setup.StepRole || len(p.world.Roles("acme.example")) != before || len(s.Findings) != 1 || s.Findings[0].Code != "setup-exists-unseen" {
		t.Fatalf("at %s: %+v", run.Current, s)
	}
	for _, word := range []string{"RoleDefinitionWithSameNameExists", "request ", "the lists by name", "the list of all custom roles", "a read of the id", "acme-audit", "within 5 min"} {
		if !strings.Contains(s.Findings[0].Cause, word) {
			t.Errorf("%q does not say %q", s.Findings[0].Cause, word)
		}
	}
	if slices.Contains(s.Asks.Options, setup.CommandContinue) {
		t.Error("what --yes agrees to would make a second role")
	}
}

// 409 for an assignment is success only when it is the same one: what Azure says is there
// is looked for and compared.
func TestFault21AnAssignmentThatIsThere(t *testing.T) {
	t.Parallel()
	for name, lag := range map[string]*sandbox.Lag{"shown": nil, "shown late": {For: 2 * time.Minute, There: true, Of: []string{"assignments"}}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			// The role is there, and so is the assignment, by somebody's hand.
			p.must(p.start(p.runner, p.request(setup.DNSNone), nobody), setup.RunDone)
			second := p.request(setup.DNSNone)
			second.VNet.Name, second.Peering = safe.New("vnet-labs-data"), safe.New("labs-data")
			p.event(sandbox.Event{Subscription: "labs-sandbox", VNet: "vnet-labs-data", Grant: model.DefaultRoleName, To: "kong"})
			if lag != nil {
				p.event(sandbox.Event{Lag: lag})
			}
			given := len(p.world.Assignments(p.world.VNetID("labs-sandbox", "vnet-labs-data")))
			run := p.start(p.another(p.store), second, nobody)
			p.must(run, setup.RunDone)
			if n := len(p.world.Assignments(p.world.VNetID("labs-sandbox", "vnet-labs-data"))); n != given {
				t.Errorf("%d assignments became %d", given, n)
			}
		})
	}
	p := consented(t)
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "roleAssignments", Method: http.MethodPut, Status: 409, Code: "RoleAssignmentExists"}})
	run := p.start(p.runner, p.request(setup.DNSNone), nobody)
	p.must(run, setup.RunNeedsPerson)
	if s := run.Step(setup.StepAssignment); run.Current != setup.StepAssignment || len(s.Findings) != 1 || s.Findings[0].Code != "setup-exists-unseen" {
		t.Errorf("at %s: %+v", run.Current, s)
	}
}

// Fault 21: a create is answered with 409: it is there already.
// Seen: “already” where what is found by its name is what was wanted; a question where it is
// something else, or is not shown yet. Nothing is made beside it.
//
// Konnect says 409, and its list never shows what is there: nothing is sent again.
func TestFault21WhatKonnectSaysIsThere(t *testing.T) {
	t.Parallel()
	for path, step := range map[string]setup.StepID{"transit-gateways": setup.StepPeering, "private-dns": setup.StepDNS} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Path: path, Method: http.MethodPost, Status: 409}})
			run := p.start(p.runner, p.request(setup.DNSResolver), nobody)
			p.must(run, setup.RunNeedsPerson)
			s := run.Step(step)
			if run.Current != step || len(s.Findings) != 1 || s.Findings[0].Code != "setup-exists-unseen" || !slices.Equal(s.Asks.Options, []setup.RunCommandKind{setup.CommandRetry}) {
				t.Errorf("at %s: %+v", run.Current, s)
			}
			want := 1
			if step == setup.StepDNS {
				want = 2
			}
			if n := strings.Count(p.story(p.runner), "POST "); n != want {
				t.Errorf("%d POSTs, want %d", n, want)
			}
		})
	}
}

// A half and a peering that a look does not show are not gone: the run that watches them
// goes on.
func TestWatchingWhatFlaps(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Lag: &sandbox.Lag{For: 4 * time.Minute, Flapping: true, Hides: "reads", Of: []string{"peerings", "halves"}}})
	p.must(p.start(p.runner, p.request(setup.DNSNone), nobody), setup.RunDone)
	if story := p.story(p.runner); strings.Contains(story, "any more") {
		t.Error(story)
	}
}

// A teardown right after a set-up, while lists lag, leaves nothing behind because it is
// not shown, and keeps nothing because it is shown still.
func TestTeardownWhileListsLag(t *testing.T) {
	t.Parallel()
	for name, lag := range lags() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			if lag != nil {
				p.event(sandbox.Event{Lag: lag})
			}
			roles, given := len(p.world.Roles(sandbox.LabsDomain)), len(p.world.Assignments(p.vnet()))
			p.must(p.start(p.runner, p.request(setup.DNSResolver), nobody), setup.RunDone)
			if lag != nil { // as if all of it had been made at this moment
				now := *lag
				now.There = true
				p.event(sandbox.Event{Lag: &now})
			}
			p.must(p.down(p.willing), setup.RunDone)
			if len(p.world.Peerings("uk-lab"))+len(p.world.Resolvers("uk-lab")) != 0 || len(p.world.Assignments(p.vnet())) != given || len(p.world.Roles(sandbox.LabsDomain)) != roles {
				t.Errorf("left: %+v %+v %+v %+v\n%s", p.world.Peerings("uk-lab"), p.world.Resolvers("uk-lab"), p.world.Assignments(p.vnet()), p.world.Roles(sandbox.LabsDomain), p.story(p.runner))
			}
		})
	}
}

// A list shows a role that was deleted a moment ago, so none is made; Azure refuses to assign it.
// The run goes back by itself and makes it, instead of failing at each retry.
func TestARoleThatIsGoneIsMade(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.event(sandbox.Event{Lag: &sandbox.Lag{Of: []string{"roles"}, For: 2 * time.Minute}})
	p.must(p.down(p.willing), setup.RunDone)
	run := p.start(p.runner, p.request(setup.DNSNone), p.willing)
	p.must(run, setup.RunDone)
	if s := run.Step(setup.StepRole); s.State != setup.StepDone {
		t.Errorf("the role is %s\n%s", s.State, p.story(p.runner))
	}
	p.onceEach(setup.DNSNone)
}
