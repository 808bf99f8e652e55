package run_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

func (p *place) event(e sandbox.Event) { p.world.Apply(e) }

// consented is a world in which only the consent is given.
func consented(t *testing.T) *place {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	return p
}

// nobody answers nothing.
func nobody(setup.Run, *setup.Step) *setup.RunCommand { return nil }

// patient waits for what was ordered to show.
func patient(setup.Run, *setup.Step) *setup.RunCommand { return &setup.RunCommand{} }

func (p *place) must(run setup.Run, want setup.RunState) {
	p.t.Helper()
	if run.State != want {
		p.t.Fatalf("%s at %s, want %s: %+v\n%s", run.State, run.Current, want, run.Step(run.Current), p.story(p.runner))
	}
}

func texts(words ...string) []safe.Text {
	var out []safe.Text
	for _, w := range words {
		out = append(out, safe.New(w))
	}
	return out
}

// home is a set-up in the tenant where Kong is at work already, in a subscription
// that the role does not name.
func (p *place) home(subscription, group, vnet string) setup.Request {
	r := p.request(setup.DNSNone)
	r.VNet = model.VNetRef{
		TenantID: safe.New(p.world.TenantID("acme.example")), SubscriptionID: safe.New(p.world.SubscriptionID(subscription)),
		ResourceGroup: safe.New(group), Name: safe.New(vnet),
	}
	return r
}

// Fault 40: the role is there and may not be assigned in this subscription
// (RoleDefinitionWithSameNameExists on a create).
// Seen: the difference: the subscription that is added to the role's scopes, before it is sent;
// nothing of the role is lost.
//
// A second subscription of the tenant ends with one role that has both scopes, and
// what the role had before it keeps.
func TestFault40SecondSubscription(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	before := p.world.Roles("acme.example")
	request := p.home("acme-data", "rg-analytics", "vnet-analytics")
	if err := p.runner.Start(request, setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	dry := p.follow(p.runner, nobody)
	p.must(dry, setup.RunDone)
	for _, id := range []setup.StepID{setup.StepRole, setup.StepAssignment, setup.StepPeering} {
		if s := dry.Step(id); s.State != setup.StepPlanned || len(s.Plan) != 1 {
			t.Errorf("the dry run plans for %s: %+v", id, s)
		}
	}
	run := p.start(p.runner, request, p.willing)
	p.must(run, setup.RunDone)
	after := p.world.Roles("acme.example")
	if len(after) != len(before) {
		t.Fatalf("roles %+v became %+v", before, after)
	}
	for i := range after {
		if !strings.HasPrefix(after[i].Name, model.DefaultRoleName) {
			continue
		}
		if len(after[i].Scopes) != len(before[i].Scopes)+1 || after[i].ID != before[i].ID || len(after[i].Actions) != len(before[i].Actions) {
			t.Errorf("%+v became %+v", before[i], after[i])
		}
	}
	if run.Writes != 3 || len(run.Made) != 3 || !run.Made[0].Changed {
		t.Errorf("%d writes, made %+v", run.Writes, run.Made)
	}
	again := p.start(p.runner, request, p.willing)
	if p.must(again, setup.RunDone); again.Writes != 0 {
		t.Errorf("the second run wrote %d times\n%s", again.Writes, p.story(p.runner))
	}
}

// A dry run writes nothing and keeps no journal, and shows every request.
func TestDryRun(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	before := p.writes()
	if err := p.runner.Start(p.request(setup.DNSResolver), setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	run := p.follow(p.runner, nobody)
	p.must(run, setup.RunDone)
	planned := 0
	for _, s := range run.Steps {
		for _, w := range s.Plan {
			planned++
			if w.Method == "" || w.URL.IsEmpty() || w.Sent {
				t.Errorf("%s plans %+v", s.ID, w)
			}
		}
		if !s.State.Over() {
			t.Errorf("%s is %s", s.ID, s.State)
		}
	}
	if list, err := p.runner.Earlier(t.Context()); planned != 4 || p.writes() != before || run.Writes != 0 || err != nil || len(list) != 0 {
		t.Errorf("%d requests planned, %d writes, journals %+v, %v", planned, p.writes()-before, list, err)
	}
}

// What a run says it will send is what arrives.
func TestPreviewIsWhatIsSent(t *testing.T) {
	t.Parallel()
	p := consented(t)
	dry := p.another(journal.NewStore(""))
	if err := dry.Start(p.request(setup.DNSResolver), setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	planned := p.follow(dry, nobody)
	sent := p.start(p.runner, p.request(setup.DNSResolver), p.willing)
	p.must(sent, setup.RunDone)
	for i, s := range sent.Steps {
		if len(s.Plan) != len(planned.Steps[i].Plan) {
			t.Fatalf("%s: planned %+v, sent %+v", s.ID, planned.Steps[i].Plan, s.Plan)
		}
		for j, w := range s.Plan {
			if w.Key() != planned.Steps[i].Plan[j].Key() || !w.Sent {
				t.Errorf("%s: planned %+v, sent %+v", s.ID, planned.Steps[i].Plan[j], w)
			}
		}
	}
}

// Two programs on one machine do not work on the same VNET at once.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.start(p.runner, p.request(setup.DNSNone), nobody) // waits for the consent
	if err := p.runner.Start(p.request(setup.DNSNone), setup.Options{}); err == nil {
		t.Error("a second run was begun in the same program")
	}
	other := p.another(p.store)
	if err := other.Start(p.request(setup.DNSResolver), setup.Options{}); err == nil || !strings.Contains(err.Error(), "another peerdeck") {
		t.Errorf("the other program got %v", err)
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandCancel}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(p.runner, patient), setup.RunCancelled)
	p.must(p.start(other, p.request(setup.DNSNone), p.willing), setup.RunDone)
}

// A run that is cancelled, and one that is left, can be gone on with; both are told
// of at the next start.
func TestLeftAndResumed(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	first := p.another(p.store)
	stop := setup.Options{StopAt: []setup.StepID{setup.StepPeering}}
	if err := first.Start(p.request(setup.DNSNone), stop); err != nil {
		t.Fatal(err)
	}
	run := p.follow(first, func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State == setup.RunPaused {
			return nil
		}
		return p.willing(run, s)
	})
	if p.must(run, setup.RunPaused); run.Current != setup.StepPeering || len(p.world.Peerings("uk-lab")) != 0 {
		t.Fatalf("paused at %s with %+v", run.Current, p.world.Peerings("uk-lab"))
	}
	first.Close()
	list, err := p.runner.Earlier(t.Context())
	if err != nil || len(list) != 1 || !list[0].Unfinished() || len(list[0].Made) != 2 || list[0].Last != setup.StepPeering {
		t.Fatalf("%+v, %v", list, err)
	}
	if err := p.runner.Resume(list[0].ID, setup.Options{}); err != nil {
		t.Fatal(err)
	}
	run = p.follow(p.runner, p.willing)
	if p.must(run, setup.RunDone); run.Writes != 1 || len(run.Made) != 3 || run.ID != list[0].ID {
		t.Errorf("%d writes, made %+v", run.Writes, run.Made)
	}
}

// What a service refuses for a while is waited for as it asks, in sight.
func TestThrottled(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Status: 429, RetryAfter: "7", Times: 2}})
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Status: 503, Times: 2}})
	began := p.clock.Now()
	run := p.start(p.runner, p.request(setup.DNSResolver), p.willing)
	p.must(run, setup.RunDone)
	if p.clock.Now().Sub(began) < 14*time.Second || !strings.Contains(p.story(p.runner), "next try in 7 s (2 of 6)") {
		t.Errorf("it did not wait:\n%s", p.story(p.runner))
	}
	p.onceEach(setup.DNSResolver)
}

// Fault 44: the signed-in user may not create roles or assignments.
// Seen: the set-up stops before the write or at it, says who must act and prints a text that
// can be sent to them; a retry, also days later, goes on from there.
//
// An assignment that Azure has not spread yet, and a right that comes late.
func TestFault44NoRight(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.event(sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"})
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State == setup.RunFailed {
			return nil
		}
		return p.willing(run, s) // the warning about the missing right
	})
	p.must(run, setup.RunFailed)
	f := run.Step(run.Current).Failure
	if run.Current != setup.StepAssignment && run.Current != setup.StepRole || f.Kind != model.FailurePermission || f.Cure == "" {
		t.Fatalf("at %s: %+v", run.Current, f)
	}
	p.event(sandbox.Event{Subscription: "labs-sandbox", Grant: "User Access Administrator"})
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandRetry}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(p.runner, patient), setup.RunDone)
	p.onceEach(setup.DNSNone)
}

// Read-only is a gate of the service, whatever a screen shows.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	p := consented(t)
	o := p.options(p.store)
	o.ReadOnly = true
	r := setuprun.New(t.Context(), o)
	t.Cleanup(r.Close)
	before := p.writes()
	if err := r.Start(p.request(setup.DNSNone), setup.Options{}); err == nil {
		t.Error("a run was begun")
	}
	if err := r.Teardown("x"); err == nil {
		t.Error("a teardown was begun")
	}
	if err := r.Start(p.request(setup.DNSNone), setup.Options{DryRun: true}); err != nil {
		t.Errorf("a dry run was refused: %v", err)
	}
	p.follow(r, nobody)
	if p.writes() != before {
		t.Error("something was written")
	}
}
