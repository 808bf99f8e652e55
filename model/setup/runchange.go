package setup

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Change is how the run stands, for the time line; false where that is of no interest
// there: a dry run changes nothing.
func (r *Run) Change() (model.Change, bool) {
	name := "set-up"
	if r.Kind == RunTeardown {
		name = "teardown"
	}
	c := model.Change{Aspect: model.AspectRun, Object: safe.New(r.ID), NetworkName: r.Request.Network, ObjectName: r.Request.Peering}
	at := ""
	if r.Current != "" {
		at = " at " + r.Current.Title()
	}
	said, severity := "", model.SeverityOK
	switch r.State {
	case RunRunning:
		said, severity = name+" goes on", model.SeverityWorking
		if r.Current == "" {
			said = name + " began"
		}
	case RunNeedsPerson:
		said, severity = name+" needs a person"+at, model.SeverityAttention
	case RunFailed:
		said, severity = name+" stopped"+at, model.SeverityAttention
	case RunPaused:
		said, severity = name+" pauses"+at, model.SeverityWorking
	case RunCancelled:
		said, severity = name+" was cancelled"+at, model.SeverityUnknown
	case RunDone:
		said = name + " is done"
	case RunInterrupted:
		said, severity = name+" was interrupted"+at, model.SeverityAttention
	}
	c.To, c.Severity = safe.New(said), severity.String()
	if f := r.why(); f != nil {
		c.Reason, c.Code = f.Cause, f.FindingCode()
	}
	return c, said != "" && !r.DryRun
}

// why is the failure for which the run stands still; nil for none.
func (r *Run) why() *model.Failure {
	if r.State != RunFailed && r.State != RunNeedsPerson {
		return nil
	}
	if r.Failure != nil {
		return r.Failure
	}
	if s := r.Step(r.Current); s != nil {
		return s.Failure
	}
	return nil
}
