package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// step is one step of a run.
type step interface {
	id() setup.StepID
	// check looks whether the goal is met, and plans what to change if it is not. It
	// may ask a person.
	check(ctx context.Context) (verdict, error)
	// apply makes the change that check has planned.
	apply(ctx context.Context) error
	// verify looks until the change is there, and says what came of it.
	verify(ctx context.Context) (summary string, err error)
}

// verdict is what a check found.
type verdict struct {
	met     bool
	state   setup.StepState // for a met goal; empty: already
	summary string
	writes  []model.Write // that apply will send
}

func met(format string, args ...any) verdict {
	return verdict{met: true, summary: fmt.Sprintf(format, args...)}
}

func (e *engine) steps() []step {
	var out []step
	for _, id := range e.ids() {
		switch id {
		case setup.StepNetwork:
			out = append(out, &newNetwork{engine: e})
		case setup.StepPreflight:
			out = append(out, &preflight{engine: e})
		case setup.StepConsent:
			out = append(out, &consent{engine: e})
		case setup.StepRole:
			out = append(out, &role{engine: e})
		case setup.StepAssignment:
			out = append(out, &assignment{engine: e})
		case setup.StepHubRole:
			out = append(out, &hubRole{engine: e})
		case setup.StepPeering:
			out = append(out, &peering{engine: e})
		case setup.StepReady:
			out = append(out, &ready{engine: e})
		case setup.StepDNS:
			out = append(out, &dnsMapping{engine: e})
		case setup.StepDNSCheck:
			out = append(out, &dnsCheck{engine: e})
		case setup.StepRoute:
			out = append(out, &route{engine: e})
		case setup.StepMend, setup.StepRemoveHalf, setup.StepHalf, setup.StepRule, setup.StepRow, setup.StepUserRoute:
			out = append(out, e.mending(id))
		case setup.StepRemoveRoute, setup.StepRemoveService, setup.StepRemoveDNS, setup.StepRemovePeering, setup.StepRemoveAssignment, setup.StepRemoveRole, setup.StepRemoveNetwork, setup.StepRemoveRule:
			if e.plan.kind == setup.RunMend {
				out = append(out, &unpeer{engine: e})
				continue
			}
			out = append(out, removals(e, id)...)
		}
	}
	return out
}

// mending is a step that only a run that mends has.
func (e *engine) mending(id setup.StepID) step {
	switch id {
	case setup.StepRemoveHalf:
		return &removeHalf{engine: e}
	case setup.StepHalf:
		return &changeHalf{engine: e}
	case setup.StepRule:
		return &addRules{engine: e}
	case setup.StepRow:
		return &changeRow{engine: e}
	case setup.StepUserRoute:
		return &dropRoute{engine: e}
	default:
		return &mendPlan{engine: e}
	}
}

// back ends a step that found out that an earlier one was told wrong: the run goes on there.
type back struct {
	to  setup.StepID
	why string
}

func (b back) Error() string { return b.why }

// take does a step until it is over, or the run is.
func (e *engine) take(s step) error {
	var refused time.Time // when the step was refused first
	for {
		err := e.once(s)
		switch {
		case err == nil:
			return nil
		case e.ctx.Err() != nil:
			return context.Cause(e.ctx)
		case errors.Is(err, errAgain):
			continue
		case errors.Is(err, errSkipped):
			return e.finish(s.id(), setup.StepSkipped, e.state(s.id()).Summary)
		case errors.As(err, new(back)):
			return err
		}
		if refused.IsZero() {
			refused = e.o.Clock.Now()
		}
		if again, held := e.acts(s.id(), err, refused); held != nil {
			return held
		} else if again {
			continue
		}
		again, err := e.failed(s.id(), err)
		refused = time.Time{}
		if err != nil || !again {
			return err
		}
	}
}

// once takes a step one time.
func (e *engine) once(s step) error {
	id := s.id()
	e.update(func(r *setup.Run) {
		r.Current, r.State = id, setup.RunRunning
		st := r.Step(id)
		*st = setup.Step{ID: id, State: setup.StepChecking, StartedAt: e.o.Clock.Now(), StopHere: st.StopHere}
	})
	if err := e.note(journal.Entry{Kind: journal.Step, Step: id, State: string(setup.StepChecking)}); err != nil {
		return err
	}
	if e.facts.well && unneeded(id) {
		return e.finish(id, setup.StepAlready, e.unneededWhy())
	}
	v, err := s.check(e.ctx)
	if err != nil {
		return err
	}
	for again := true; again; {
		e.step(id, func(st *setup.Step) { st.Plan = v.writes })
		switch {
		case v.met && v.state == "":
			return e.finish(id, setup.StepAlready, v.summary)
		case v.met:
			return e.finish(id, v.state, v.summary)
		case e.plan.options.DryRun:
			return e.finish(id, setup.StepPlanned, v.summary)
		}
		if v, again, err = e.pause(s, v); err != nil {
			return err
		}
	}
	e.step(id, func(st *setup.Step) { st.State = setup.StepApplying })
	if err := s.apply(e.ctx); err != nil {
		return err
	}
	e.step(id, func(st *setup.Step) { st.State = setup.StepVerifying })
	summary, err := s.verify(e.ctx)
	if err != nil {
		return err
	}
	return e.finish(id, setup.StepDone, summary)
}

// unneeded: a step of a run that mends, where nothing is to be mended any more.
func unneeded(id setup.StepID) bool {
	return slices.Contains([]setup.StepID{setup.StepConsent, setup.StepRole, setup.StepAssignment, setup.StepRemovePeering, setup.StepRemoveHalf, setup.StepHalf, setup.StepRule, setup.StepRow, setup.StepUserRoute}, id)
}

// unneededWhy is why nothing is to be mended any more.
func (e *engine) unneededWhy() string {
	if m := e.plan.request.Mend; m != nil && !m.By.OfPeering() {
		return "not needed: what was wrong is well"
	}
	return "not needed: both halves are well"
}

// finish ends a step.
func (e *engine) finish(id setup.StepID, state setup.StepState, summary string) error {
	e.step(id, func(st *setup.Step) {
		st.State, st.Summary, st.Wait, st.Asks, st.Failure, st.EndedAt = state, summary, nil, nil, nil, e.o.Clock.Now()
	})
	tone := model.LineGood
	if state == setup.StepSkipped {
		tone = model.LineTrouble
	}
	text := state.Word()
	if summary != "" && !strings.Contains(summary, text) {
		text += ": " + summary
	}
	e.sayf(id, tone, "%s", text)
	return e.note(journal.Entry{Kind: journal.Step, Step: id, State: string(state), Text: safe.New(summary)})
}

// failed shows why a step failed and waits for what a person wants done about it.
// It returns true for another try.
func (e *engine) failed(id setup.StepID, err error) (again bool, _ error) {
	f, _ := model.AsFailure(err)
	e.forget() // what was meant for the step before this one
	// The log has it before anybody sees the step failed, and looks why.
	e.sayf(id, model.LineTrouble, "failed: %s", f.Error())
	e.update(func(r *setup.Run) {
		r.State = setup.RunFailed
		st := r.Step(id)
		st.State, st.Failure, st.Wait, st.Asks, st.EndedAt = setup.StepFailed, &f, nil, nil, e.o.Clock.Now()
	})
	// A journal that cannot be written is what failed, perhaps; there is nobody else to tell.
	_ = e.note(journal.Entry{Kind: journal.Step, Step: id, State: string(setup.StepFailed), Text: safe.New(f.Error())})
	e.o.Problem(f)
	if e.plan.options.DryRun {
		return false, errFailed // nothing is kept by waiting
	}
	c, err := e.until(id, f)
	if err != nil {
		return false, err
	}
	if c.Kind == setup.CommandSkip {
		e.sayf(id, model.LineTrouble, "gone on without it")
		return false, e.finish(id, setup.StepSkipped, "skipped")
	}
	return true, nil
}

// pause stops before a step changes anything, when that was asked. It may have waited
// for hours then, so the step is checked again: what is sent is what was shown. It
// returns true when that is another thing now.
func (e *engine) pause(s step, v verdict) (verdict, bool, error) {
	id := s.id()
	if paused, err := e.stop(id); err != nil || !paused {
		return v, false, err
	}
	e.update(func(r *setup.Run) { r.State, r.Step(id).State = setup.RunRunning, setup.StepChecking })
	now, err := s.check(e.ctx)
	if err != nil || now.met {
		return now, now.met, err
	}
	if slices.EqualFunc(v.writes, now.writes, func(a, b model.Write) bool { return a.Key() == b.Key() }) {
		return now, false, nil
	}
	e.sayf(id, model.LineTrouble, "what it would change is another thing by now; look at it again")
	e.step(id, func(st *setup.Step) { st.StopHere = true })
	return now, true, nil
}

// stop waits before a step changes anything, when that was asked. It reports whether
// it did.
func (e *engine) stop(id setup.StepID) (bool, error) {
	if !e.state(id).StopHere {
		return false, nil
	}
	e.forget()
	e.sayf(id, model.LineWait, "paused before this step changes anything, as you asked")
	e.update(func(r *setup.Run) {
		r.State = setup.RunPaused
		st := r.Step(id)
		st.State, st.StopHere = setup.StepPaused, false
	})
	c, err := e.await(setup.CommandContinue, setup.CommandSkip)
	if err == nil && c.Kind == setup.CommandSkip {
		err = errSkipped
	}
	return true, err
}
