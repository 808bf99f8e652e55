package attempt_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func busy() model.Failure {
	return model.Failure{
		Kind: model.FailureThrottled, Operation: "list networks of", Subject: safe.New("acme"), Cause: safe.New("Konnect asks for patience."),
		Cure: "Look again in 7 s.", Retryable: true, RetryAfter: 7 * time.Second, TraceID: safe.New("t-1"),
	}
}

// answers gives the errors one after the other, then the value.
func answers(errs ...error) (f func(context.Context) (string, error), calls *int) {
	calls = new(int)
	return func(context.Context) (string, error) {
		*calls++
		if *calls <= len(errs) {
			return "", errs[*calls-1]
		}
		return "networks", nil
	}, calls
}

func TestTriesUntilItIsAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, calls := answers(busy(), busy())
		began := time.Now()
		got, err := attempt.Do(t.Context(), attempt.Reading(), attempt.Waiter{}, f)
		if got != "networks" || err != nil || *calls != 3 || time.Since(began) != 14*time.Second {
			t.Errorf("%q, %v after %d calls and %s", got, err, *calls, time.Since(began))
		}
	})
}

// What a person sees meanwhile: for what, why, until when, which try.
func TestTheWaitIsShown(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	clock := &jumping{now: now}
	var seen []model.Wait
	f, _ := answers(busy(), model.Failure{Cause: safe.New("broken"), Kind: model.FailureServer, Retryable: true, RetryAfter: 40 * time.Second})
	_, err := attempt.Do(t.Context(), attempt.Reading(), attempt.Waiter{Clock: clock, Hold: func(_ context.Context, w model.Wait) error {
		seen = append(seen, w)
		clock.now = w.Until
		return nil
	}}, f)
	want := []model.Wait{
		{For: "list networks of acme", Why: "Konnect asks for patience.", Until: now.Add(7 * time.Second), Try: 2, Of: 6},
		{For: "the request", Why: "broken", Until: now.Add(47 * time.Second), Try: 3, Of: 6},
	}
	if err != nil || len(seen) != 2 || seen[0] != want[0] || seen[1] != want[1] {
		t.Errorf("%v, saw %+v", err, seen)
	}
}

// jumping is a clock that jumps when somebody waits.
type jumping struct{ now time.Time }

func (j *jumping) Now() time.Time { return j.now }

func (j *jumping) After(d time.Duration) <-chan time.Time {
	j.now = j.now.Add(d)
	c := make(chan time.Time, 1)
	c <- j.now
	return c
}

// What will not pass is returned at once, and as it is; what does not pass ends with
// its own failure.
func TestHowTryingEnds(t *testing.T) {
	t.Parallel()
	denied := model.Failure{Kind: model.FailurePermission, Cause: safe.New("you may not")}
	other := errors.New("skipped by a person")
	for name, c := range map[string]struct {
		errs  []error
		want  error
		calls int
	}{
		"denied":         {[]error{denied}, denied, 1},
		"then denied":    {[]error{busy(), denied}, denied, 2},
		"no failure":     {[]error{other}, other, 1},
		"does not pass":  {[]error{busy(), busy(), busy(), busy(), busy(), busy()}, busy(), 6},
		"passes at last": {[]error{busy(), busy(), busy(), busy(), busy()}, nil, 6},
	} {
		f, calls := answers(c.errs...)
		_, err := attempt.Do(t.Context(), attempt.Reading(), attempt.Waiter{Clock: &jumping{}}, f)
		got, _ := model.AsFailure(err)
		want, _ := model.AsFailure(c.want)
		if *calls != c.calls || (err == nil) != (c.want == nil) || got.Error() != want.Error() || got.Kind != want.Kind {
			t.Errorf("%s: %v after %d calls", name, err, *calls)
		}
	}
}

// A person ends the program, or the run, while it is waited: the last failure stays, the
// cause is found, and the text is not "context canceled".
func TestTheContextEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left := errors.New("ended by the signal interrupt")
		for name, c := range map[string]struct{ cause, want error }{"with a reason": {left, left}, "without": {nil, context.Canceled}} {
			ctx, cancel := context.WithCancelCause(t.Context())
			f, calls := answers(busy())
			time.AfterFunc(3*time.Second, func() { cancel(c.cause) })
			began := time.Now()
			_, err := attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, f)
			if !errors.Is(err, c.want) || *calls != 1 || time.Since(began) != 3*time.Second {
				t.Errorf("%s: %v after %d calls and %s", name, err, *calls, time.Since(began))
			}
			end, _ := errors.AsType[attempt.Ended](err)
			if end.Cut || end.Last == nil || end.Last.TraceID.Raw() != "t-1" {
				t.Errorf("%s: %+v", name, end)
			}
			f1, _ := model.AsFailure(err)
			if f1.Kind != model.FailureCancelled || f1.Retryable || f1.TraceID.Raw() != "t-1" {
				t.Errorf("%s: %+v", name, f1)
			}
			says(t, err, "list networks of acme: stopped before the next try", "; the try before: Konnect asks for patience")
			if c.cause != nil {
				says(t, err, "(ended by the signal interrupt)")
			}
		}
	})
}

// A call that the end cuts is told from one that was answered.
func TestTheContextCutsACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hang := func(ctx context.Context) (string, error) {
			<-ctx.Done()
			return "", model.Failure{Kind: model.FailureCancelled, Operation: "list networks", Cause: safe.New("context canceled")}
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, hang)
		end, _ := errors.AsType[attempt.Ended](err)
		if !end.Cut || end.Last != nil || !errors.Is(err, context.Canceled) {
			t.Errorf("%+v", end)
		}
		says(t, err, "list networks: stopped before the answer came")

		// After a try that was answered, and with the bare error of a library.
		calls := 0
		ctx, cancel = context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err = attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, func(ctx context.Context) (string, error) {
			if calls++; calls == 1 {
				return "", busy()
			}
			<-ctx.Done()
			return "", ctx.Err()
		})
		end, _ = errors.AsType[attempt.Ended](err)
		if !end.Cut || end.Last == nil || !errors.Is(err, context.DeadlineExceeded) || calls != 2 {
			t.Errorf("%+v after %d calls", end, calls)
		}
		f, _ := model.AsFailure(err)
		if f.Kind != model.FailureTimeout || !f.Retryable {
			t.Errorf("%+v", f)
		}
		says(t, err, "the time was over before the answer came; the try before: Konnect asks for patience")
	})
}

// An answer that comes although the context has ended counts; one that is a failure is
// the last word on the matter.
func TestAnAnswerAtTheEndCounts(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f, _ := answers()
	if got, err := attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, f); got != "networks" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	f, _ = answers(busy())
	_, err := attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, f)
	if end, _ := errors.AsType[attempt.Ended](err); end.Cut || end.Last == nil {
		t.Errorf("%+v", end)
	}
	// A try within a try ends once.
	_, err = attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, func(ctx context.Context) (string, error) {
		return attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, func(context.Context) (string, error) { return "", busy() })
	})
	if strings.Count(err.Error(), "stopped") != 1 {
		t.Error(err)
	}
}

// Where the time that is left is shorter than the wait, nobody waits for its end: what
// stood in the way is said at once.
func TestNoWaitBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 6*time.Second)
		defer cancel()
		f, calls := answers(busy())
		began := time.Now()
		_, err := attempt.Do(ctx, attempt.Reading(), attempt.Waiter{}, f)
		if got, _ := model.AsFailure(err); got.Kind != model.FailureThrottled || *calls != 1 || time.Since(began) != 0 {
			t.Errorf("%v after %d calls and %s", err, *calls, time.Since(began))
		}
	})
}

// Whoever waits may be told to try now, or to stop for a reason of its own.
func TestAPersonEndsAWait(t *testing.T) {
	t.Parallel()
	f, calls := answers(busy(), busy())
	now := attempt.Waiter{Hold: func(context.Context, model.Wait) error { return nil }}
	if got, err := attempt.Do(t.Context(), attempt.Reading(), now, f); got != "networks" || err != nil || *calls != 3 {
		t.Errorf("%q, %v after %d calls", got, err, *calls)
	}
	skipped := errors.New("skipped")
	f, calls = answers(busy())
	skip := attempt.Waiter{Hold: func(context.Context, model.Wait) error { return skipped }}
	if _, err := attempt.Do(t.Context(), attempt.Reading(), skip, f); !errors.Is(err, skipped) || *calls != 1 {
		t.Errorf("%v after %d calls", err, *calls)
	}
}

func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		if err := attempt.Pause(t.Context(), attempt.Machine{}, time.Minute); err != nil || time.Since(began) != time.Minute {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		ctx, cancel := context.WithCancelCause(t.Context())
		why := errors.New("enough")
		time.AfterFunc(time.Second, func() { cancel(why) })
		if err := attempt.Pause(ctx, attempt.Machine{}, time.Minute); !errors.Is(err, why) {
			t.Error(err)
		}
		// A clock that jumps does not hide that it is over.
		if err := attempt.Pause(ctx, &jumping{}, time.Minute); !errors.Is(err, why) {
			t.Error(err)
		}
	})
}

func says(t *testing.T, err error, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(err.Error(), w) || strings.Contains(err.Error(), "context canceled") {
			t.Errorf("it says %q, without %q", err, w)
		}
	}
}
