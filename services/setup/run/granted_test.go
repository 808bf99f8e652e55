package run_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A right that is granted while the run stands at its refusal is seen, and the run goes on
// without a key.
func TestFault44ARightThatIsGrantedMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	p.world.Apply(sandbox.Event{Subscription: "labs-sandbox", Withdraw: "User Access Administrator"})
	failed := 0
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State != setup.RunFailed {
			return p.willing(run, s)
		}
		if failed++; failed == 1 {
			p.world.Apply(sandbox.Event{Subscription: "labs-sandbox", Grant: "User Access Administrator"})
		}
		return &setup.RunCommand{} // nobody presses a key
	})
	if run.State != setup.RunDone || failed == 0 {
		t.Errorf("%s after %d refusals\n%s", run.State, failed, p.story(p.runner))
	}
}

// A right that the account has and that does not act yet is waited for: the request is sent
// again, in sight, and no failure is shown.
func TestARightThatDoesNotActYet(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.world.Apply(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	p.world.Apply(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "roleAssignments", Method: "PUT", Status: 403, Times: 3}})
	run := p.start(p.runner, p.request(setup.DNSNone), func(run setup.Run, s *setup.Step) *setup.RunCommand {
		if run.State == setup.RunFailed {
			t.Errorf("failed at %s: %v", s.ID, s.Failure)
			return nil
		}
		return p.willing(run, s)
	})
	if run.State != setup.RunDone {
		t.Errorf("%s\n%s", run.State, p.story(p.runner))
	}
}
