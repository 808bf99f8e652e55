package attempt_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// policies are all of the program.
func policies() map[string]attempt.Policy {
	return map[string]attempt.Policy{
		"reading": attempt.Reading(), "writing": attempt.Writing(), "spreading": attempt.Spreading(),
		"watching": attempt.Watching(), "once": attempt.Once(), "blink": attempt.Blink(),
	}
}

// What each kind of failure means to each policy.
func TestWhatIsTriedAgain(t *testing.T) {
	t.Parallel()
	failure := func(kind model.FailureKind, retryable bool) model.Failure {
		return model.Failure{Kind: kind, Retryable: retryable}
	}
	for name, c := range map[string]struct {
		f     model.Failure
		again map[string]bool // the policies that try again; all others do not
	}{
		"asks for patience": {failure(model.FailureThrottled, true), map[string]bool{"reading": true, "writing": true, "spreading": true, "watching": true, "once": true}},
		"broken":            {failure(model.FailureServer, true), map[string]bool{"reading": true, "spreading": true, "watching": true, "once": true, "blink": true}},
		"no answer":         {failure(model.FailureTimeout, true), map[string]bool{"reading": true, "spreading": true, "watching": true, "once": true, "blink": true}},
		"unreachable":       {failure(model.FailureUnreachable, true), map[string]bool{"reading": true, "spreading": true, "watching": true, "once": true, "blink": true}},
		"bad certificate":   {failure(model.FailureUnreachable, false), nil},
		"not spread":        {failure(model.FailureInvalid, true), map[string]bool{"reading": true, "spreading": true, "watching": true, "once": true, "blink": true}},
		"wrong":             {failure(model.FailureInvalid, false), nil},
		"at work":           {failure(model.FailureConflict, true), map[string]bool{"reading": true, "writing": true, "spreading": true, "watching": true, "once": true, "blink": true}},
		"taken":             {failure(model.FailureConflict, false), nil},
		"not allowed":       {failure(model.FailurePermission, false), nil},
		"signed out":        {failure(model.FailureAuth, false), nil},
		"not there":         {failure(model.FailureNotFound, false), nil},
		"cancelled":         {failure(model.FailureCancelled, true), nil},
		"a fault of ours":   {failure(model.FailureBug, true), nil},
	} {
		for policy, p := range policies() {
			if wait, again := p.Next(1, 0, c.f, nil); again != c.again[policy] || again != (wait > 0) {
				t.Errorf("%s, %s: again %v after %s", name, policy, again, wait)
			}
		}
	}
}

// The back-off of 2 s to a minute, of which up to half is chance.
func TestBackoff(t *testing.T) {
	t.Parallel()
	broken := model.Failure{Kind: model.FailureServer, Retryable: true}
	for i, most := range []time.Duration{2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 32 * time.Second, time.Minute, time.Minute} {
		seen := map[time.Duration]bool{}
		for seed := range uint64(50) {
			wait := attempt.Watching().Wait(i+1, broken, attempt.NewChance(seed+1))
			seen[wait] = true
			if wait < most/2 || wait > most {
				t.Errorf("%s after %d failures, want %s at most, and half at least", wait, i+1, most)
			}
		}
		if len(seen) < 40 {
			t.Errorf("after %d failures there are %d different waits", i+1, len(seen))
		}
	}
	if wait := attempt.Watching().Wait(1<<40, broken, nil); wait < 30*time.Second || wait > time.Minute {
		t.Errorf("%s after very many", wait)
	}
}

// Looks at a change of our own come at known times.
func TestLooking(t *testing.T) {
	t.Parallel()
	for i, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second} {
		if got := attempt.Looking().Wait(i+1, model.Failure{}, nil); got != want {
			t.Errorf("look %d comes after %s, want %s", i+2, got, want)
		}
	}
}

// A refusal for too many requests is obeyed to the second, and never answered at once.
func TestPatienceThatWasAskedFor(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		f           model.Failure
		n           int
		least, most time.Duration
	}{
		"throttled":                {model.Failure{Kind: model.FailureThrottled, RetryAfter: 7 * time.Second}, 1, 7 * time.Second, 7 * time.Second},
		"throttled again":          {model.Failure{Kind: model.FailureThrottled, RetryAfter: 7 * time.Second}, 9, 7 * time.Second, 7 * time.Second},
		"throttled without a time": {model.Failure{Kind: model.FailureThrottled}, 1, 5 * time.Second, 5 * time.Second},
		"and again":                {model.Failure{Kind: model.FailureThrottled}, 9, 30 * time.Second, time.Minute},
		"broken, for long":         {model.Failure{Kind: model.FailureServer, RetryAfter: 50 * time.Second}, 1, 50 * time.Second, 50 * time.Second},
		"broken, and impatient":    {model.Failure{Kind: model.FailureServer, RetryAfter: time.Second}, 5, 16 * time.Second, 32 * time.Second},
	} {
		for seed := range uint64(20) {
			if wait := attempt.Watching().Wait(c.n, c.f, attempt.NewChance(seed+1)); wait < c.least || wait > c.most {
				t.Errorf("%s: waits %s, want %s to %s", name, wait, c.least, c.most)
			}
		}
	}
}

// Whatever is met, waits stay within the limit of the policy and are never shorter than
// what the service asks for, and the number of tries is never exceeded.
func TestLimits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"reading", "writing", "spreading", "once", "blink"}
		p := policies()[rapid.SampledFrom(names).Draw(t, "policy")]
		if rapid.Bool().Draw(t, "own") {
			p.Tries, p.Limit = rapid.IntRange(0, 9).Draw(t, "tries"), time.Duration(rapid.Int64Range(1, int64(time.Hour)).Draw(t, "limit"))
		}
		chance := attempt.NewChance(rapid.Uint64().Draw(t, "seed"))
		var spent, waited time.Duration
		n := 0
		for {
			n++
			f := model.Failure{
				Kind: rapid.SampledFrom([]model.FailureKind{
					model.FailureThrottled, model.FailureServer, model.FailureTimeout, model.FailureConflict, model.FailureUnreachable,
				}).Draw(t, "kind"),
				Retryable:  rapid.IntRange(0, 9).Draw(t, "stays") > 0,
				RetryAfter: time.Duration(rapid.Int64Range(0, int64(3*time.Minute)).Draw(t, "asked")) * time.Duration(rapid.IntRange(0, 1).Draw(t, "asks")),
			}
			spent += time.Duration(rapid.Int64Range(0, int64(20*time.Second)).Draw(t, "call"))
			wait, again := p.Next(n, spent, f, chance)
			if !again {
				break
			}
			if wait < f.RetryAfter {
				t.Fatalf("waits %s although %s was asked for", wait, f.RetryAfter)
			}
			if wait <= 0 || (f.Kind == model.FailureThrottled && f.RetryAfter == 0 && wait < time.Second) {
				t.Fatalf("waits %s after %+v", wait, f)
			}
			spent, waited = spent+wait, waited+wait
			if spent > p.Limit || waited > p.Limit {
				t.Fatalf("after %d tries %s were spent, %s of them waiting; the limit is %s", n, spent, waited, p.Limit)
			}
			if n > 5000 {
				t.Fatal("there is no end")
			}
		}
		if p.Tries > 0 && n > p.Tries {
			t.Fatalf("%d tries of %d", n, p.Tries)
		}
	})
}

// A policy with a limit alone uses it: Azure has its ten minutes whatever chance says.
func TestSpreadingTakesTenMinutes(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		chance, spent, n := attempt.NewChance(seed+1), time.Duration(0), 0
		for {
			n++
			wait, again := attempt.Spreading().Next(n, spent, model.Failure{Kind: model.FailureInvalid, Retryable: true}, chance)
			if !again {
				break
			}
			spent += wait
		}
		if spent < 10*time.Minute-2*time.Second || spent > 10*time.Minute || n < 14 || n > 30 {
			t.Errorf("%d tries took %s", n, spent)
		}
	}
}

// Around spreads to both sides and never further.
func TestAround(t *testing.T) {
	t.Parallel()
	c := attempt.NewChance(7)
	low, high := time.Hour, time.Duration(0)
	for range 1000 {
		d := c.Around(30*time.Second, 1.0/3)
		low, high = min(low, d), max(high, d)
	}
	if low < 20*time.Second || low > 21*time.Second || high > 40*time.Second || high < 39*time.Second {
		t.Errorf("%s to %s", low, high)
	}
	if a, b := attempt.NewChance(3).Around(time.Hour, 1), attempt.NewChance(3).Around(time.Hour, 1); a != b {
		t.Errorf("one seed gives %s and %s", a, b)
	}
}
