package setup_test

import (
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// How a run stands is told in the time line; what waits for a person, with why.
func TestRunChange(t *testing.T) {
	refused := &model.Failure{Kind: model.FailurePermission, Cause: safe.New("you may not")}
	for _, c := range []struct {
		run            setup.Run
		want, severity string
		reason         string
		told           bool
	}{
		{setup.Run{Kind: setup.RunSetup, State: setup.RunRunning}, "set-up began", "working", "", true},
		{setup.Run{Kind: setup.RunSetup, State: setup.RunRunning, Current: setup.StepConsent}, "set-up goes on", "working", "", true},
		{setup.Run{Kind: setup.RunSetup, State: setup.RunNeedsPerson, Current: setup.StepConsent}, "set-up needs a person at " + setup.StepConsent.Title(), "attention", "", true},
		{
			setup.Run{Kind: setup.RunSetup, State: setup.RunFailed, Current: setup.StepConsent, Steps: []setup.Step{{ID: setup.StepConsent, Failure: refused}}},
			"set-up stopped at " + setup.StepConsent.Title(), "attention", "you may not", true,
		},
		{setup.Run{Kind: setup.RunTeardown, State: setup.RunDone}, "teardown is done", "ok", "", true},
		{setup.Run{Kind: setup.RunSetup, State: setup.RunDone, DryRun: true}, "set-up is done", "ok", "", false},
	} {
		c.run.Request = setup.Request{Network: safe.New("eu-prod"), Peering: safe.New("hub")}
		got, told := c.run.Change()
		if got.To.Raw() != c.want || got.Severity != c.severity || got.Reason.Raw() != c.reason || told != c.told || got.NetworkName.Raw() != "eu-prod" || got.ObjectName.Raw() != "hub" {
			t.Errorf("%s: %+v, %v", c.want, got, told)
		}
	}
}
