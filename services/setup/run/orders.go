package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// yield ends a run that failed before it changed anything, and waits for its end:
// what made it fail is mended in the form, and begun anew from there.
func (e *engine) yield() {
	e.mu.Lock()
	first := e.now.Current == setup.StepPreflight || e.now.Current == setup.StepMend || e.now.Current == setup.StepNetwork && e.now.Writes == 0
	stuck := e.now.State == setup.RunFailed && first && !e.now.Over()
	e.mu.Unlock()
	if stuck {
		e.cancel(errCancelled)
		<-e.ended
	}
}

// order takes an order of a person, or says why it makes no sense now. Cancelling
// and the marks to stop at work at any time; the others answer what the run asks.
func (e *engine) order(c setup.RunCommand) error {
	e.mu.Lock()
	state, current, over := e.now.State, e.now.Current, e.now.Over()
	var asks *setup.Ask
	if s := e.now.Step(current); s != nil {
		asks = s.Asks
	}
	e.mu.Unlock()
	if over {
		return errors.New("the run has ended")
	}
	switch c.Kind {
	case setup.CommandCancel:
		e.cancel(errCancelled)
		return nil
	case setup.CommandStopAt:
		return e.stopAt(c.Step)
	default:
		if err := e.fits(c, state, current, asks); err != nil {
			return err
		}
	}
	select {
	case e.orders <- c:
		return nil
	default:
		return errors.New("the run has not taken the order before this one yet")
	}
}

// fits says why an order makes no sense now; nil when it does.
func (e *engine) fits(c setup.RunCommand, state setup.RunState, current setup.StepID, asks *setup.Ask) error {
	asked := asks != nil && slices.Contains(asks.Options, c.Kind)
	switch c.Kind {
	case setup.CommandRetry:
		if !asked && state != setup.RunFailed && e.state(current).Wait == nil {
			return errors.New("there is nothing to try again now")
		}
	case setup.CommandSkip:
		if state == setup.RunFailed && (needed(current) || e.plan.kind == setup.RunMend && current == setup.StepRemovePeering) {
			return errors.New("the steps after this one need it, so it cannot be skipped")
		}
		if !asked && state != setup.RunFailed && state != setup.RunPaused {
			return errors.New("this cannot be skipped now")
		}
	case setup.CommandReplace, setup.CommandSendAgain, setup.CommandBeside:
		if !asked {
			return errors.New("that is not asked for now")
		}
	case setup.CommandContinue:
		if !asked && state != setup.RunPaused {
			return errors.New("nothing waits for you to go on")
		}
	case setup.CommandConfirm, setup.CommandGivePrincipal, setup.CommandCreatePrincipal:
		if !asked {
			return errors.New("that is not asked for now")
		}
		return typed(c, asks, e.plan.request.App())
	case setup.CommandCancel, setup.CommandStopAt:
	}
	return nil
}

// needed: the steps after this one stand on what it finds, makes or removes. In a teardown
// each step is for itself, and none of them has failed to be skipped here.
func needed(id setup.StepID) bool {
	return slices.Contains([]setup.StepID{setup.StepNetwork, setup.StepPreflight, setup.StepPeering, setup.StepMend, setup.StepRemoveHalf, setup.StepHalf, setup.StepRule, setup.StepRow, setup.StepUserRoute}, id)
}

// typed looks at what came with an answer.
func typed(c setup.RunCommand, asks *setup.Ask, app safe.Text) error {
	if c.Kind == setup.CommandConfirm && c.Text != asks.Confirm {
		return fmt.Errorf("that is not the name; type %s to go on", asks.Confirm)
	}
	if c.Kind == setup.CommandGivePrincipal && c.Text.EqualFold(app) {
		return fmt.Errorf("%s is the id of the application, the same everywhere; its object id is another one in each tenant, which Entra shows under Enterprise applications", c.Text)
	}
	if c.Kind == setup.CommandGivePrincipal && !model.IsGUID(c.Text.Raw()) {
		return fmt.Errorf("%q is no object id; it is a GUID, which Entra shows under Enterprise applications", c.Text)
	}
	return nil
}

// stopAt marks a step to pause before, or takes the mark away.
func (e *engine) stopAt(id setup.StepID) error {
	s := e.state(id)
	if s.ID == "" || s.State != setup.StepPending && s.State != setup.StepChecking {
		return errors.New("this step has begun already")
	}
	e.step(id, func(st *setup.Step) { st.StopHere = !st.StopHere })
	return nil
}

// await waits for one of some orders. Others, and those that are older than the
// question, are dropped.
func (e *engine) await(kinds ...setup.RunCommandKind) (setup.RunCommand, error) {
	return e.awaitFor(0, kinds...)
}

// errLate is the end of a wait for an order that nobody gave.
const errLate ending = "late"

// awaitFor is [engine.await] for no longer than a time, 0 for ever: then it fails with errLate.
func (e *engine) awaitFor(d time.Duration, kinds ...setup.RunCommandKind) (setup.RunCommand, error) {
	var late <-chan time.Time
	if d > 0 {
		late = e.o.Clock.After(d)
	}
	for {
		select {
		case <-late:
			return setup.RunCommand{}, errLate
		case <-e.ctx.Done():
			return setup.RunCommand{}, context.Cause(e.ctx)
		case c := <-e.orders:
			if slices.Contains(kinds, c.Kind) {
				return c, nil
			}
		}
	}
}

// ask puts a question to the person and waits for the answer.
func (e *engine) ask(id setup.StepID, a setup.Ask) (setup.RunCommand, error) {
	return e.askFor(id, a, 0)
}

// askFor puts a question and waits for the answer no longer than for a time, 0 for
// ever. No answer gives an empty command.
func (e *engine) askFor(id setup.StepID, a setup.Ask, d time.Duration) (setup.RunCommand, error) {
	first := e.state(id).Asks == nil
	if first {
		e.forget() // an answer to the same question may have come while the run looked again
		// The log has it before anybody sees the question, and may answer it.
		e.sayf(id, model.LineWait, "%s", a.Text)
	}
	e.update(func(r *setup.Run) {
		r.State = setup.RunNeedsPerson
		st := r.Step(id)
		st.State, st.Asks, st.Wait = setup.StepPerson, &a, nil
		if d > 0 {
			st.Wait = &model.Wait{Why: "looking again", Until: e.o.Clock.Now().Add(d)}
		}
	})
	if first {
		if err := e.note(journal.Entry{Kind: journal.Step, Step: id, State: string(setup.StepPerson)}); err != nil {
			return setup.RunCommand{}, err
		}
	}
	var late <-chan time.Time
	if d > 0 {
		late = e.o.Clock.After(d)
	}
	kinds := append(slices.Clone(a.Options), setup.CommandRetry)
	for {
		select {
		case <-e.ctx.Done():
			return setup.RunCommand{}, context.Cause(e.ctx)
		case <-late:
			return setup.RunCommand{}, nil
		case c := <-e.orders:
			if slices.Contains(kinds, c.Kind) {
				return c, nil
			}
		}
	}
}

// answered takes the question away and goes on working.
func (e *engine) answered(id setup.StepID) {
	e.update(func(r *setup.Run) {
		r.State = setup.RunRunning
		st := r.Step(id)
		st.State, st.Asks, st.Wait = setup.StepChecking, nil, nil
	})
}

// forget drops an order that nobody took.
func (e *engine) forget() {
	select {
	case <-e.orders:
	default:
	}
}

// hold waits for the next look. The step shows why and until when.
func (e *engine) hold(id setup.StepID, why string, d time.Duration, look, of int) error {
	return e.wait(id, model.Wait{Why: why, Until: e.o.Clock.Now().Add(d), Try: look, Of: of})
}

// wait waits in sight of everybody; a retry of a person ends it early.
func (e *engine) wait(id setup.StepID, w model.Wait) error {
	was := e.state(id).State
	e.step(id, func(st *setup.Step) { st.State, st.Wait = setup.StepWaiting, &w })
	defer e.step(id, func(st *setup.Step) { st.State, st.Wait = was, nil })
	late := e.o.Clock.After(w.Until.Sub(e.o.Clock.Now()))
	var kept *setup.RunCommand
	defer func() {
		if kept != nil && e.state(id).Asks != nil {
			select {
			case e.orders <- *kept:
			default:
			}
		}
	}()
	for {
		select {
		case <-e.ctx.Done():
			return context.Cause(e.ctx)
		case <-late:
			return nil
		case c := <-e.orders:
			if c.Kind == setup.CommandRetry {
				return nil
			}
			kept = &c // an answer to what is asked; it is for whoever asks next
		}
	}
}
