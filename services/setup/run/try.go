package run

import (
	"context"
	"time"

	"peerdeck/model"
	"peerdeck/model/setup"
)

const (
	tries     = 6                // of one request that meets trouble that may pass
	firstWait = time.Second      // before the second one; doubled after that
	longWait  = 30 * time.Second // the longest, unless the service asks for more
)

// try makes a reading request until it is answered. What may pass is waited for, in
// sight of everybody; what will not is returned at once.
func try[T any](ctx context.Context, e *engine, id setup.StepID, f func(context.Context) (T, error)) (T, error) {
	for n := 1; ; n++ {
		got, err := f(ctx)
		if err == nil {
			return got, nil
		}
		if ctx.Err() != nil {
			return got, context.Cause(ctx)
		}
		failure, _ := model.AsFailure(err)
		if !failure.Retryable || n == tries {
			return got, failure
		}
		wait := patience(n, failure)
		e.sayf(id, model.LineWait, "%s; next try in %s (%d of %d)", failure.Error(), wait.Round(time.Second), n+1, tries)
		if err := e.hold(id, failure.Cause.String(), wait, n+1, tries); err != nil {
			return got, err
		}
	}
}

// patience is how long to wait before the try after the nth.
func patience(n int, f model.Failure) time.Duration {
	if f.RetryAfter > 0 {
		return f.RetryAfter
	}
	return min(firstWait<<(n-1), longWait)
}
