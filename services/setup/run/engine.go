package run

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// plan is what an engine is to do.
type plan struct {
	kind    setup.RunKind
	id      string
	request setup.Request
	options setup.Options
	record  journal.Record // of earlier sessions; empty for a new run
}

// engine is one run at work. Its goroutine alone takes steps; the run as others see
// it is changed under a lock.
type engine struct {
	o      Options
	plan   plan          // with the request as it is sent
	typed  setup.Request // as it was given: what is changed in sending it is asked about
	feed   *feed.Feed[setup.Run]
	log    *ring
	orders chan setup.RunCommand
	ctx    context.Context //nolint:containedctx // of the whole run: an order ends it
	cancel context.CancelCauseFunc
	diary  *journal.Writer // nil in a dry run
	unlock func()
	ended  chan struct{} // closed when the run's goroutine is done
	facts  facts
	writes int // the number of the last one, over all sessions
	// accepted are the changes that a person has agreed to in this session.
	accepted []string

	mu  sync.Mutex
	now setup.Run
}

// facts is what the steps of a run have learned of the clouds. A run begins with
// none, also one that is gone on with.
type facts struct {
	network    model.Network
	accounts   []model.ProviderAccount
	beside     beside           // the other networks, as they were read last
	before     *before          // what was there before the peering was asked for; nil when it was not by this session
	vnet       model.VNet       // or the hub, seen as one
	hub        model.VirtualHub // for a run with a virtual hub, as it was read last
	ways       model.HubWays
	principal  model.ServicePrincipal // empty id: not known
	role       model.RoleDefinition
	assignment model.RoleAssignment
	peering    model.Peering
	resolver   model.PrivateDNS
	well       bool // a run that mends has found nothing to mend
}

// ending is why a run, or a step, ends early.
type ending string

func (e ending) Error() string { return string(e) }

const (
	errCancelled ending = "cancelled"
	errSkipped   ending = "skipped"
	errFailed    ending = "failed"
	errAgain     ending = "again" // from the beginning of the step
)

// newEngine takes the lock, opens the journal, and writes down what is to be done.
func newEngine(o Options, f *feed.Feed[setup.Run], ctx context.Context, p plan) (*engine, error) { //nolint:revive // the context is kept, not passed on
	e := &engine{
		o: o, plan: p, typed: p.request, feed: f, log: &ring{}, orders: make(chan setup.RunCommand, 1), unlock: func() {},
		ended:  make(chan struct{}),
		writes: p.record.Writes(),
	}
	e.plan.request = p.request.Normalised()
	e.ctx, e.cancel = context.WithCancelCause(ctx)
	e.now = setup.Run{
		ID: p.id, Kind: p.kind, DryRun: p.options.DryRun, Request: p.request, State: setup.RunRunning,
		StartedAt: o.Clock.Now(), Made: p.record.Made(),
	}
	for _, id := range e.ids() {
		e.now.Steps = append(e.now.Steps, setup.Step{ID: id, State: setup.StepPending, StopHere: slices.Contains(p.options.StopAt, id)})
	}
	if p.options.DryRun {
		return e, nil
	}
	var err error
	if e.unlock, err = o.Store.Lock(ctx, p.request); err != nil {
		e.cancel(nil)
		return nil, err
	}
	// Another program may have ended between the look and the lock.
	if record, err := o.Store.Read(p.id); err == nil {
		e.plan.record, e.writes, e.now.Made = record, record.Writes(), record.Made()
	}
	if e.diary, err = o.Store.Open(p.id); err == nil {
		err = e.diary.Append(journal.Started(o.Clock.Now(), p.kind, p.request, p.options.StopAt))
	}
	if err != nil {
		e.cancel(nil)
		e.unlock()
		return nil, err
	}
	o.Turned(e.now)
	return e, nil
}

// ids lists the steps of the run. A teardown has those that have something to do.
func (e *engine) ids() []setup.StepID {
	if e.plan.kind != setup.RunTeardown {
		return e.plan.request.Steps()
	}
	var out []setup.StepID
	for _, id := range setup.TeardownSteps() {
		if len(e.standing(id)) > 0 {
			out = append(out, id)
		}
	}
	return out
}

// run does all steps. It is the engine's goroutine.
func (e *engine) run(context.Context) {
	defer close(e.ended)
	defer e.cancel(nil) // what still waits for the run's context ends with it
	state := e.work()
	if e.diary != nil {
		if err := e.diary.Append(journal.Entry{At: e.o.Clock.Now(), Kind: journal.End, State: string(e.lastWord(state))}); err != nil {
			e.sayf("", model.LineTrouble, "%v", err)
		}
	}
	e.unlock() // before anybody hears of the end and begins the next
	e.o.Note(fmt.Sprintf("%s of %s: %s", e.plan.kind, e.plan.request.Peering, state))
	e.update(func(r *setup.Run) {
		r.State, r.EndedAt = state, e.o.Clock.Now()
		if state == setup.RunFailed {
			return // a dry run stays as it failed
		}
		for i := range r.Steps {
			if s := &r.Steps[i]; state != setup.RunDone && (s.State.Working() || s.State == setup.StepPerson || s.State == setup.StepPaused) {
				s.State, s.Wait, s.Asks, s.EndedAt = setup.StepCancelled, nil, nil, r.EndedAt
			}
		}
	})
}

// lastWord is what the journal says of the end: a run that was left where it had
// failed is a failed one at the next start.
func (e *engine) lastWord(state setup.RunState) setup.RunState {
	e.mu.Lock()
	defer e.mu.Unlock()
	if state == setup.RunInterrupted && e.now.State == setup.RunFailed {
		return setup.RunFailed
	}
	return state
}

// work returns how the run ends.
func (e *engine) work() setup.RunState {
	e.sayf("", model.LinePlain, "%s", e.opening())
	steps := e.steps()
	for i := 0; i < len(steps); i++ {
		s := steps[i]
		err := e.take(s)
		switch earlier, goes := errors.AsType[back](err); {
		case err == nil:
		case goes:
			e.sayf(s.id(), model.LineTrouble, "%s; the run goes back to that", earlier.why)
			e.step(s.id(), func(st *setup.Step) { *st = setup.Step{ID: s.id(), State: setup.StepPending, StopHere: st.StopHere} })
			i = slices.IndexFunc(steps, func(o step) bool { return o.id() == earlier.to }) - 1
		case errors.Is(err, errFailed):
			e.sayf("", model.LineTrouble, "the dry run ends here")
			return setup.RunFailed
		case errors.Is(err, errCancelled):
			e.sayf(s.id(), model.LineTrouble, "cancelled; what is made stays, and the run can be gone on with")
			return setup.RunCancelled
		default:
			return setup.RunInterrupted
		}
	}
	switch without := e.skipped(); {
	case e.plan.options.DryRun:
		e.sayf("", model.LineGood, "dry run done: nothing was written")
	case without != "" && e.plan.kind != setup.RunTeardown:
		e.sayf("", model.LineTrouble, "done, without: %s", without)
	default:
		e.sayf("", model.LineGood, "done")
	}
	if e.plan.kind == setup.RunTeardown {
		e.principalStays()
	}
	return setup.RunDone
}

func (e *engine) opening() string {
	switch {
	case e.plan.options.DryRun:
		return "dry run: nothing will be written"
	case e.plan.kind == setup.RunTeardown:
		return "teardown: every item is asked for by itself"
	case len(e.plan.record.Entries) > 0:
		return "going on: every step is checked again, and what is done is left as it is"
	default:
		return "the run begins"
	}
}

// skipped names the steps that a person went on without.
func (e *engine) skipped() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var names []string
	for i := range e.now.Steps {
		if e.now.Steps[i].State == setup.StepSkipped {
			names = append(names, e.now.Steps[i].ID.Title())
		}
	}
	return strings.Join(names, ", ")
}

// principalStays tells that Kong's application is left in the tenant: others may
// peer with it too, and an administrator has let it in.
func (e *engine) principalStays() {
	for _, m := range e.made() {
		if m.Kind == model.ObjectPrincipal && !m.Gone {
			e.sayf("", model.LinePlain, "Kong's application stays in the tenant; when nobody needs it any more: az ad sp delete --id %s", m.ID)
		}
	}
}

// over reports whether the run has ended.
func (e *engine) over() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now.Over()
}

// update changes the run and sends it on.
func (e *engine) update(f func(r *setup.Run)) {
	e.mu.Lock()
	before := e.now.State
	f(&e.now)
	r := e.now
	// What was sent must not change any more; the inner lists are replaced whole.
	r.Steps, r.Made = slices.Clone(r.Steps), slices.Clone(r.Made)
	e.feed.Put(r) // it never waits; under the lock, so that the newest is the last
	if r.State != before {
		e.o.Turned(r)
	}
	e.mu.Unlock()
}

// step changes one step and sends the run on.
func (e *engine) step(id setup.StepID, f func(s *setup.Step)) {
	e.update(func(r *setup.Run) {
		if s := r.Step(id); s != nil {
			f(s)
		}
	})
}

// state is how a step stands now.
func (e *engine) state(id setup.StepID) setup.Step {
	e.mu.Lock()
	defer e.mu.Unlock()
	if s := e.now.Step(id); s != nil {
		return *s
	}
	return setup.Step{}
}

// say adds a line to the log.
func (e *engine) sayf(step setup.StepID, tone model.LineTone, format string, args ...any) {
	n := e.log.add(model.LogLine{At: e.o.Clock.Now(), Step: string(step), Tone: tone, Text: safe.New(fmt.Sprintf(format, args...))})
	e.update(func(r *setup.Run) { r.Log = n })
}

// remark shows what was found at a step that goes on, in the log and beside the step.
func (e *engine) remark(step setup.StepID, c setup.Checked) {
	c.Finding = c.In(e.o.Clouds.Cloud)
	tone := model.LinePlain
	if c.Stops || c.Severity >= model.SeverityAttention {
		tone = model.LineTrouble
	}
	e.sayf(step, tone, "%s: %s", c.Title, c.Cause)
	e.step(step, func(s *setup.Step) { s.Findings = append(slices.Clip(s.Findings), c) })
}

// note puts an entry into the journal, which a dry run does not have.
func (e *engine) note(entry journal.Entry) error {
	if e.diary == nil {
		return nil
	}
	entry.At = e.o.Clock.Now()
	if err := e.diary.Append(entry); err != nil {
		return model.Failure{
			Kind: model.FailureInvalid, Operation: "write the journal", Cause: safe.New(err.Error()),
			Cure: model.CureJournal,
		}
	}
	return nil
}
