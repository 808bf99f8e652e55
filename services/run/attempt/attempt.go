// Package attempt is the one place that tries again. It says what may pass by itself,
// how long to wait for it, what a person sees meanwhile, and how trying ends: with an
// answer, with a failure that stays, at its limit, or with its context.
package attempt

import (
	"context"
	"errors"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// Waiter is who waits between two tries. The zero value waits by the machine's clock,
// unseen.
type Waiter struct {
	Clock  Clock   // nil: the machine's
	Chance *Chance // nil: a random one
	// Hold waits until w.Until, in sight of a person, and returns nil when it is time for
	// the next try, or when a person wants it earlier. When ctx ends it returns at once;
	// any other error ends the trying and is returned. nil waits unseen.
	Hold func(ctx context.Context, w model.Wait) error
}

// Do calls f until it succeeds, meets what will not pass, reaches the limit of the
// policy, or ctx ends. The error is that of the last call, or [Ended].
func Do[T any](ctx context.Context, p Policy, w Waiter, f func(context.Context) (T, error)) (T, error) {
	for tries := Begin(p, w); ; {
		got, err := f(ctx)
		if err == nil {
			return got, nil
		}
		if err := tries.Again(ctx, err); err != nil {
			return got, err
		}
	}
}

// Tries counts the tries of one thing, for whoever has to look at what a try has left
// behind before the next one; all others use [Do]. It is for one goroutine.
type Tries struct {
	policy Policy
	waiter Waiter
	began  time.Time
	failed int
	last   *model.Failure
}

// Begin begins to count. The first try begins now.
func Begin(p Policy, w Waiter) *Tries {
	if w.Clock == nil {
		w.Clock = Machine{}
	}
	if w.Hold == nil {
		w.Hold = func(ctx context.Context, wait model.Wait) error {
			return Pause(ctx, w.Clock, wait.Until.Sub(w.Clock.Now()))
		}
	}
	return &Tries{policy: p, waiter: w, began: w.Clock.Now()}
}

// Again is called with the error of a try. It returns nil when it has waited and the
// next try is due; otherwise the error with which the trying ends: the given one, or
// [Ended].
func (t *Tries) Again(ctx context.Context, err error) error {
	f, _ := model.AsFailure(err)
	if !Held(f) {
		t.failed++
	}
	if ctx.Err() != nil {
		return ended(ctx, err, t.last)
	}
	now := t.waiter.Clock.Now()
	wait, again := t.policy.Next(max(1, t.failed), now.Sub(t.began), f, t.waiter.Chance)
	// A context that ends before the next try is no reason to wait for its end.
	if deadline, set := ctx.Deadline(); !again || (set && time.Until(deadline) < wait) {
		return err
	}
	t.last = &f
	next := model.Wait{For: what(f), Why: f.Cause.String(), Until: now.Add(wait), Try: t.failed + 1, Of: t.policy.Tries}
	if err := t.waiter.Hold(ctx, next); err != nil && ctx.Err() == nil {
		return err
	}
	if ctx.Err() != nil {
		return Ended{Cause: context.Cause(ctx), Last: t.last}
	}
	return nil
}

// Held reports whether a request was not sent because the service had asked for fewer. It
// was no try.
func Held(f model.Failure) bool { return f.Kind == model.FailureThrottled && f.Unsent }

// AtOnce counts a try as [Tries.Again] does, without a wait: for a try that came to
// nothing because somebody else was quicker.
func (t *Tries) AtOnce(ctx context.Context, err error) error {
	t.failed++
	p := t.policy
	switch {
	case ctx.Err() != nil:
		return ended(ctx, err, t.last)
	case (p.Tries > 0 && t.failed >= p.Tries) || (p.Limit > 0 && t.waiter.Clock.Now().Sub(t.began) >= p.Limit):
		return err
	default:
		return nil
	}
}

// ended is the end by the context, while or right after err was met.
func ended(ctx context.Context, err error, last *model.Failure) error {
	if _, already := errors.AsType[Ended](err); already {
		return err // of a try within this one
	}
	f, _ := model.AsFailure(err)
	cause := context.Cause(ctx)
	if f.Kind == model.FailureCancelled || f.Kind == model.FailureTimeout || errors.Is(err, ctx.Err()) || errors.Is(err, cause) {
		return Ended{Cause: cause, Cut: true, Doing: f, Last: last} // it says no more than that it was stopped
	}
	return Ended{Cause: cause, Last: &f}
}

// what names what is tried again.
func what(f model.Failure) string {
	switch {
	case f.Operation == "":
		return "the request"
	case f.Subject.IsEmpty():
		return f.Operation
	default:
		return f.Operation + " " + f.Subject.String()
	}
}
