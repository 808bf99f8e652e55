package setup

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RunKind is what a run does.
type RunKind string

// The kinds of runs.
const (
	RunSetup    RunKind = "setup"
	RunTeardown RunKind = "teardown"
	RunMend     RunKind = "mend"
)

// RunState is how a run stands.
type RunState string

// The states of a run.
const (
	RunRunning     RunState = "running"      // it works, or waits for a cloud
	RunNeedsPerson RunState = "needs-person" // it waits for a decision or an act of a person
	RunPaused      RunState = "paused"       // it stopped before a step, as was asked
	RunFailed      RunState = "failed"       // a step failed; it can be retried
	RunCancelled   RunState = "cancelled"
	RunDone        RunState = "done"
	// RunInterrupted is only seen in journals: the program ended in mid-run.
	RunInterrupted RunState = "interrupted"
)

// Over reports whether the run has come to an end and holds nothing any more. A
// failed run is not over: it waits to be retried or cancelled.
func (s RunState) Over() bool {
	return s == RunCancelled || s == RunDone || s == RunInterrupted
}

// Run is a set-up or a teardown at one moment, whole. It is a value: the runner
// sends a new one after every change.
type Run struct {
	ID      string // also the name of its journal; made of digits, letters and hyphens
	Kind    RunKind
	DryRun  bool // nothing is written, the plans are made
	Request Request
	State   RunState
	Current StepID // the step that is worked on, or that the run ended at
	Steps   []Step
	// StartedAt is the beginning of this run, or of its resumption.
	StartedAt time.Time
	EndedAt   time.Time // zero while it goes on
	// Writes is the number of requests that changed something, or may have. Those
	// that were refused do not count.
	Writes int
	// Made is what this run has made so far, in this and in earlier sessions.
	Made []Made
	// Log is the number of the newest log line; 0 when there is none.
	Log uint64
	// Failure is why the run as a whole cannot go on, such as a journal that
	// cannot be written; a step's failure is in the step.
	Failure *model.Failure
}

// Over reports whether the run has come to its end. A dry run that failed has, too:
// it holds nothing that a retry could save.
func (r *Run) Over() bool { return r.State.Over() || !r.EndedAt.IsZero() }

// Step returns a step by its id, nil when the run has none such.
func (r *Run) Step(id StepID) *Step {
	for i := range r.Steps {
		if r.Steps[i].ID == id {
			return &r.Steps[i]
		}
	}
	return nil
}

// Progress counts the steps that are over, and all.
func (r *Run) Progress() (over, all int) {
	for i := range r.Steps {
		if r.Steps[i].State.Over() {
			over++
		}
	}
	return over, len(r.Steps)
}

// Made is one object that a run has made in a cloud.
type Made struct {
	Step StepID
	Kind model.ObjectKind
	ID   safe.Text // as its service names it
	Name safe.Text // as people name it; what a teardown asks to be typed
	At   time.Time
	// Changed: the object was there before; the run changed it.
	Changed bool
	// Gone: a teardown has removed it.
	Gone bool
}

// Is reports whether this is the object of a kind, an id and a name. One whose id was
// never learned is known by its name. A role has an id for each subscription that it
// is read in, and all of them mean the same role.
func (m Made) Is(kind model.ObjectKind, id, name safe.Text) bool {
	switch {
	case m.Kind != kind:
		return false
	case m.ID.IsEmpty() || id.IsEmpty():
		return m.Name == name
	case kind == model.ObjectRole:
		return model.SameRole(m.ID, id)
	default:
		return m.ID.EqualFold(id)
	}
}

// RunSummary is an earlier run, as its journal tells it.
type RunSummary struct {
	ID        string
	Kind      RunKind
	DryRun    bool
	Request   Request
	State     RunState
	Last      StepID // where it stood
	StartedAt time.Time
	ChangedAt time.Time
	Made      []Made
	// Active: it goes on in this program. Elsewhere: in another one on this machine.
	Active, Elsewhere bool
	// Problem says what is wrong with its journal, empty for nothing.
	Problem string
}

// Unfinished reports whether there is something left to do or to undo that nobody
// works on.
func (s RunSummary) Unfinished() bool {
	if s.DryRun || s.Active || s.Elsewhere || s.State == RunDone {
		return false
	}
	return s.State != RunCancelled || len(s.Standing()) > 0
}

// Standing lists what the run made and nothing has removed.
func (s RunSummary) Standing() []Made {
	var out []Made
	for _, m := range s.Made {
		if !m.Gone {
			out = append(out, m)
		}
	}
	return out
}
