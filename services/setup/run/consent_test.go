package run_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Each way in which Kong's application can be in a tenant, or not, is told apart.
func TestFault42ConsentKinds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event sandbox.Event
		says  string // in the log, or in the failure
		state setup.RunState
	}{
		"none":      {sandbox.Event{}, "must let Kong's application in", setup.RunNeedsPerson},
		"disabled":  {sandbox.Event{Principal: "disabled"}, "sign-in is disabled", setup.RunFailed},
		"deleted":   {sandbox.Event{Principal: "deleted"}, "was deleted", setup.RunNeedsPerson},
		"recreated": {sandbox.Event{Principal: "recreated"}, "already: given", setup.RunDone},
		"forbidden": {sandbox.Event{Directory: "guest"}, "Cannot tell", setup.RunNeedsPerson},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			if name != "none" {
				p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
				c.event.Tenant = sandbox.LabsDomain
				p.event(c.event)
			}
			run := p.start(p.runner, p.request(setup.DNSNone), nobody)
			if run.State != c.state || !strings.Contains(p.story(p.runner), c.says) {
				t.Errorf("%s at %s, want %s and %q:\n%s", run.State, run.Current, c.state, c.says, p.story(p.runner))
			}
		})
	}
}

// An application that was deleted and made anew leaves an assignment behind that
// belongs to nobody; the new one gets its own, and the old one is pointed at.
func TestRecreatedPrincipal(t *testing.T) {
	t.Parallel()
	p := consented(t)
	p.must(p.start(p.runner, p.request(setup.DNSNone), p.willing), setup.RunDone)
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "recreated"})
	run := p.start(p.runner, p.request(setup.DNSNone), p.willing)
	p.must(run, setup.RunDone)
	if f := run.Step(setup.StepAssignment).Findings; run.Writes != 1 || len(f) != 1 || f[0].Code != "setup-other-assignment" {
		t.Errorf("%d writes, findings %+v", run.Writes, f)
	}
}

// Who may not read the directory gives the object id; what is no id is refused.
func TestGivenPrincipal(t *testing.T) {
	t.Parallel()
	p := consented(t)
	principal := p.world.Principals(sandbox.LabsDomain)[0].ObjectID
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Directory: "guest"})
	run := p.start(p.runner, p.request(setup.DNSNone), nobody)
	p.must(run, setup.RunNeedsPerson)
	for _, bad := range []string{"", "kong", setup.KongAppID, setup.KongAppID + "x", "$(id)"} {
		if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandGivePrincipal, Text: safe.New(bad)}); err == nil {
			t.Errorf("%q was taken for an object id", bad)
		}
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandGivePrincipal, Text: safe.New(principal)}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(p.runner, patient), setup.RunDone)
	p.onceEach(setup.DNSNone)
}

// The second way makes the application without a consent, once, and says so.
func TestPrincipalWithoutConsent(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if s.ID == setup.StepConsent {
			return &setup.RunCommand{Kind: setup.CommandCreatePrincipal}
		}
		return p.willing(run, s)
	})
	p.must(run, setup.RunDone)
	if s := run.Step(setup.StepConsent); s.Summary != "no consent" || p.world.Writes("graph") != 1 {
		t.Errorf("%+v, %d writes", s, p.world.Writes("graph"))
	}
}

// It is known as made by the run also when the answer to its request was lost.
func TestPrincipalWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"reset", "truncated", "html", "empty"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "graph", Method: http.MethodPost, Kind: kind, After: true, Times: 1}})
			run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
				switch {
				case run.State == setup.RunFailed:
					// A page of somebody else does not pass until a person has seen to it.
					if s.Failure.Kind == model.FailureAuth || s.Failure.Retryable == (kind == "html") {
						t.Errorf("the answer was lost, and it is told as %+v", s.Failure)
					}
					return &setup.RunCommand{Kind: setup.CommandRetry}
				case s.ID == setup.StepConsent:
					return &setup.RunCommand{Kind: setup.CommandCreatePrincipal}
				default:
					return p.willing(run, s)
				}
			})
			p.must(run, setup.RunDone)
			id := p.world.Principals(sandbox.LabsDomain)[0].ObjectID
			if s := run.Step(setup.StepConsent); s.Summary != "no consent" || p.world.Writes("graph") != 1 || len(run.Made) != 4 || run.Made[0].ID.Raw() != id {
				t.Errorf("%+v, %d writes, made %+v\n%s", s, p.world.Writes("graph"), run.Made, p.story(p.runner))
			}
		})
	}
}

// Orders that make no sense are refused with the reason, and change nothing.
func TestOrders(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandCancel}); err == nil {
		t.Error("there is no run to cancel")
	}
	p.must(p.start(p.runner, p.request(setup.DNSNone), nobody), setup.RunNeedsPerson)
	for _, kind := range []setup.RunCommandKind{setup.CommandContinue, setup.CommandConfirm, setup.CommandGivePrincipal} {
		if err := p.runner.Do(setup.RunCommand{Kind: kind, Text: safe.New("x")}); err == nil {
			t.Errorf("%s was taken", kind)
		}
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandStopAt, Step: "nowhere"}); err == nil {
		t.Error("a step that there is not was marked")
	}
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandCancel}); err != nil {
		t.Fatal(err)
	}
	p.must(p.follow(p.runner, patient), setup.RunCancelled)
	if err := p.runner.Do(setup.RunCommand{Kind: setup.CommandRetry}); err == nil {
		t.Error("the run has ended")
	}
}
