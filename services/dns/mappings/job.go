package mappings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// job is one order at work. Its goroutine alone takes steps; the order as others see it
// is changed under a lock.
type job struct {
	writer *Writer
	order  dnstable.Order
	id     string          // in the journal
	ctx    context.Context //nolint:containedctx // of the whole order: a person may end it
	cancel context.CancelCauseFunc
	entry  entry    // what the journal has of it; without a time it has nothing
	table  *Locked  // while it runs
	notes  []string // what a person should know although it goes well

	mu   sync.Mutex
	now  dnstable.Apply
	left bool // the request is on its way, or was answered well
}

// ending is how an order ends.
type ending struct {
	state   dnstable.ApplyState
	failure *model.Failure
	theirs  []dnstable.Row
	left    []dnstable.Change
	written bool // something was changed, or may have been
	open    bool // nobody knows what became of the request: the journal keeps it open
}

// ErrCancelled ends an order at a person's wish.
var ErrCancelled = errors.New("cancelled")

func newJob(d *Writer, ctx context.Context, o dnstable.Order, id string, number uint64) *job { //nolint:revive // the context is kept, not passed on
	j := &job{writer: d, order: o, id: id}
	j.ctx, j.cancel = context.WithCancelCause(ctx)
	j.now = dnstable.Apply{Number: number, Order: o, State: dnstable.ApplyReading, StartedAt: d.o.Clock.Now()}
	return j
}

// run carries the order out. It is the job's goroutine.
func (j *job) run(do func(*job) ending) {
	defer j.cancel(nil) // also after a fault
	j.update(func(*dnstable.Apply) {})
	table, err := j.writer.sender.Open(j.ctx, j.order.Target.Network)
	var end ending
	if err != nil {
		end = j.busy(err)
	} else {
		j.table = table
		end = do(j)
		j.endEntry(end)
		table.Close() // before anybody hears of the end and begins the next
	}
	j.finish(end)
}

func (j *job) busy(err error) ending {
	if !errors.Is(err, ErrBusy) {
		return failed(j.failure(model.FailureConflict, err.Error(), "Give the folder back to its owner, or make room on the disk. Without it nothing is written."))
	}
	f := j.failure(model.FailureConflict, err.Error(), "Wait for it and apply again; your edits are kept.")
	f.Retryable = true
	return failed(f)
}

func failed(f model.Failure) ending { return ending{state: dnstable.ApplyFailed, failure: &f} }

// failure makes a failure of this order.
func (j *job) failure(kind model.FailureKind, cause, cure string) model.Failure {
	return model.Failure{Kind: kind, Operation: "apply the mapping table of", Subject: j.name(), Cause: safe.New(cause), Cure: cure}
}

func (j *job) name() safe.Text {
	return j.order.Target.NetworkName.Or(j.order.Target.Network.Raw())
}

func (j *job) finish(end ending) {
	o := j.writer.o
	a, c, r := dnstable.Count(j.order.Changes())
	what := fmt.Sprintf("mapping table of %s (+%d ~%d -%d): %s", j.name(), a, c, r, end.state)
	if end.failure != nil {
		o.Problem(*end.failure)
		what += ": " + end.failure.Cause.String()
	}
	o.Note(what)
	j.update(func(a *dnstable.Apply) {
		a.State, a.EndedAt, a.Wait = end.state, o.Clock.Now(), nil
		a.Failure, a.Theirs, a.Left, a.Sent = end.failure, end.theirs, end.left, end.written
		a.Note = strings.Join(j.notes, " ")
	})
}

func (j *job) over() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.now.State.Over()
}

// stop ends the order if its request has not left.
func (j *job) stop() {
	j.mu.Lock()
	left, over := j.left, j.now.State.Over()
	if !left && !over {
		j.cancel(ErrCancelled)
	}
	j.mu.Unlock()
	if left && !over {
		j.sayf(model.LineTrouble, "the request has left and cannot be called back; what becomes of it is looked at")
	}
}

// leave marks that the request leaves now; from then on the order cannot be cancelled.
func (j *job) leave() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ctx.Err() != nil {
		return context.Cause(j.ctx)
	}
	j.left = true
	return nil
}

// refused marks that the request has changed nothing.
func (j *job) refused() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.left = false
}

// update changes the order and sends it on.
func (j *job) update(f func(a *dnstable.Apply)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	f(&j.now)
	j.writer.feed.Put(j.now) // it never waits; under the lock, so that the newest is the last
}

func (j *job) state(s dnstable.ApplyState) {
	j.update(func(a *dnstable.Apply) { a.State, a.Wait = s, nil })
}

// maxLines bounds the log of an order that waits for long.
const maxLines = 500

// sayf adds a line to the log. The list is made anew: what was sent does not change.
func (j *job) sayf(tone model.LineTone, format string, args ...any) {
	line := model.LogLine{At: j.writer.o.Clock.Now(), Step: string(setup.StepDNS), Tone: tone, Text: safe.New(fmt.Sprintf(format, args...))}
	j.update(func(a *dnstable.Apply) {
		line.Number = 1
		if n := len(a.Log); n > 0 {
			line.Number = a.Log[n-1].Number + 1
		}
		a.Log = append(slices.Clone(a.Log[max(0, len(a.Log)-maxLines+1):]), line)
	})
}

// remark keeps what a person should know at the end, and says it now.
func (j *job) remark(text string) {
	j.notes = append(j.notes, text)
	j.sayf(model.LineTrouble, "%s", text)
}

// interrupted is the ending of an order whose context has ended: a person has cancelled
// it, or the program ends.
func (j *job) interrupted() ending {
	j.mu.Lock()
	left := j.left
	j.mu.Unlock()
	if left {
		f := j.failure(model.FailureCancelled, "peerdeck was ended before it was seen what became of the request", "It is looked at when peerdeck starts again.")
		return ending{state: dnstable.ApplyFailed, failure: &f, written: true, open: true}
	}
	j.sayf(model.LineTrouble, "cancelled; nothing was written")
	return ending{state: dnstable.ApplyCancelled}
}

// broken is the ending of an order that an error has stopped before anything was
// written.
func (j *job) broken(err error) ending {
	if j.ctx.Err() != nil {
		return j.interrupted()
	}
	f, _ := model.AsFailure(err)
	j.sayf(model.LineTrouble, "%s", f.Error())
	return failed(f)
}

// hold waits for the next look, in sight of everybody.
func (j *job) hold(why string, d time.Duration) error {
	return j.wait(j.ctx, model.Wait{Why: why, Until: j.writer.o.Clock.Now().Add(d)})
}

// wait waits, in sight of everybody.
func (j *job) wait(ctx context.Context, w model.Wait) error {
	clock := j.writer.o.Clock
	j.update(func(a *dnstable.Apply) { a.Wait = &w })
	err := attempt.Pause(ctx, clock, w.Until.Sub(clock.Now()))
	j.update(func(a *dnstable.Apply) { a.Wait = nil })
	return err
}

// waiter waits between the tries of an order.
func (j *job) waiter() attempt.Waiter {
	return attempt.Waiter{Clock: j.writer.o.Clock, Hold: j.wait}
}

// try makes a reading request until it is answered, or will not be.
func try[T any](j *job, f func(context.Context) (T, error)) (T, error) {
	w := j.waiter()
	w.Hold = func(ctx context.Context, next model.Wait) error {
		j.sayf(model.LineWait, "%s: %s", next.For, next.Text(w.Clock.Now()))
		return j.wait(ctx, next)
	}
	return attempt.Do(j.ctx, attempt.Reading(), w, f)
}
