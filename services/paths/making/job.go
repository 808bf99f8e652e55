package making

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// job is one order at work. Its goroutine alone takes steps; the order as others see it is
// changed under a lock.
type job struct {
	maker  *Maker
	ctx    context.Context //nolint:containedctx // of the whole order: a person may end it
	cancel context.CancelCauseFunc

	mu  sync.Mutex
	now gateway.Making
}

// ending is how a piece of work on an order ends.
type ending struct {
	state   gateway.MakingState
	failure *model.Failure
}

// errCancelled ends an order at a person's wish.
var errCancelled = errors.New("cancelled")

// writeTimeout bounds one request that changes something. A person who cancels does not
// cut it short: half a request is a change that nobody knows of.
const writeTimeout = 45 * time.Second

func newJob(m *Maker, ctx context.Context, now gateway.Making) *job { //nolint:revive // the context is kept, not passed on
	j := &job{maker: m, now: now}
	j.now.State, j.now.EndedAt = gateway.MakingLooking, time.Time{}
	j.ctx, j.cancel = context.WithCancelCause(ctx)
	return j
}

func (j *job) is(id string) bool { return j.state().ID == id }

// state is the order as it is now.
func (j *job) state() gateway.Making {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now
}

// run does a piece of work on the order. It is the job's goroutine.
func (j *job) run(do func(*job) ending) {
	defer j.cancel(nil) // also after a fault
	j.update(func(*gateway.Making) {})
	end := do(j)
	o := j.maker.o
	what := fmt.Sprintf("service %s and route %s in %s: %s", j.now.Order.Service.Name, j.now.Order.Route.Name, j.now.Order.Plane.Name.Or(j.now.Order.Plane.ID.Raw()), end.state)
	if end.failure != nil {
		o.Problem(*end.failure)
		what += ": " + end.failure.Cause.String()
	}
	o.Note(what)
	j.set(func(m *gateway.Making) {
		m.State, m.Failure, m.Wait, m.EndedAt = end.state, end.failure, nil, o.Clock.Now()
	})
	if err := j.keep(); err != nil && end.failure == nil {
		end.failure = &model.Failure{Kind: model.FailureInvalid, Operation: "keep the order of", Subject: j.now.Order.Service.Name, Cause: safe.New(err.Error()), Cure: model.CureStateFolder}
		j.set(func(m *gateway.Making) { m.Note = end.failure.Error() })
	}
	o.Changed()
	j.update(func(*gateway.Making) {})
}

// set changes the order without sending it on.
func (j *job) set(f func(m *gateway.Making)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.now)
}

// update changes the order and sends it on.
func (j *job) update(f func(m *gateway.Making)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.now)
	j.maker.feed.Put(j.now) // it never waits; under the lock, so that the newest is the last
}

// keep writes the order down as it is.
func (j *job) keep() error { return j.maker.o.Store.save(j.state()) }

// maxLines bounds the log of an order that waits for long.
const maxLines = 200

// sayf adds a line to the log. The list is made anew: what was sent does not change.
func (j *job) sayf(tone model.LineTone, format string, args ...any) {
	line := model.LogLine{At: j.maker.o.Clock.Now(), Tone: tone, Text: safe.New(fmt.Sprintf(format, args...))}
	j.update(func(m *gateway.Making) {
		line.Number = 1
		if n := len(m.Log); n > 0 {
			line.Number = m.Log[n-1].Number + 1
		}
		m.Log = append(slices.Clone(m.Log[max(0, len(m.Log)-maxLines+1):]), line)
	})
}

// failed is the ending of a piece of work that an error has stopped.
func (j *job) failed(err error) ending {
	now := j.state()
	if j.ctx.Err() != nil && !now.Unsure && !now.MadeService && !now.MadeRoute {
		j.sayf(model.LineTrouble, "cancelled; nothing was sent")
		return ending{state: gateway.MakingCancelled}
	}
	f, _ := model.AsFailure(err)
	if j.ctx.Err() != nil {
		f = model.Failure{
			Kind: model.FailureCancelled, Operation: "make the service", Subject: now.Order.Service.Name,
			Cause: safe.New("cancelled; what was made stays"), Cure: model.CureGoOnOrUndo,
		}
	}
	j.sayf(model.LineTrouble, "%s", f.Error())
	return ending{state: gateway.MakingFailed, failure: &f}
}

// wait waits, in sight of everybody.
func (j *job) wait(ctx context.Context, w model.Wait) error {
	clock := j.maker.o.Clock
	j.update(func(m *gateway.Making) { m.Wait = &w })
	err := attempt.Pause(ctx, clock, w.Until.Sub(clock.Now()))
	j.update(func(m *gateway.Making) { m.Wait = nil })
	return err
}

func (j *job) waiter() attempt.Waiter {
	return attempt.Waiter{Clock: j.maker.o.Clock, Hold: func(ctx context.Context, next model.Wait) error {
		j.sayf(model.LineWait, "%s: %s", next.For, next.Text(j.maker.o.Clock.Now()))
		return j.wait(ctx, next)
	}}
}

// try makes a reading request until it is answered, or will not be.
func try[T any](j *job, f func(context.Context) (T, error)) (T, error) {
	return attempt.Do(j.ctx, attempt.Reading(), j.waiter(), f)
}

// until looks again and again until a look says that it is over, for a time at most.
func (j *job) until(why string, most time.Duration, look func(context.Context) (bool, error)) (bool, error) {
	began := j.maker.o.Clock.Now()
	for n := 1; ; n++ {
		over, err := try(j, look)
		if err != nil || over {
			return over, err
		}
		now := j.maker.o.Clock.Now()
		if now.Sub(began) >= most {
			return false, nil
		}
		if err := j.wait(j.ctx, model.Wait{Why: why, Until: now.Add(attempt.Looking().Wait(n, model.Failure{}, nil))}); err != nil {
			return false, err
		}
	}
}
