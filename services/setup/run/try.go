package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// try makes a reading request until it is answered, or will not be. The waits between
// are in the log and on the step.
func try[T any](ctx context.Context, e *engine, id setup.StepID, f func(context.Context) (T, error)) (T, error) {
	w := e.waiter(id)
	w.Hold = func(_ context.Context, next model.Wait) error {
		e.sayf(id, model.LineWait, "%s: %s", next.For, next.Text(w.Clock.Now()))
		return e.wait(id, next)
	}
	return attempt.Do(ctx, attempt.Reading(), w, f)
}

// waiter waits in a step for requests that change something: what they were answered
// is in the log already.
func (e *engine) waiter(id setup.StepID) attempt.Waiter {
	return attempt.Waiter{Clock: e.o.Clock, Hold: func(_ context.Context, next model.Wait) error {
		e.sayf(id, model.LineWait, "%s", next.Text(e.o.Clock.Now()))
		return e.wait(id, next)
	}}
}

// sendAgain sends what may be sent again as it is: its id is ours, so the second one is
// the first one. Answers that mean "not spread yet" are waited for as long as Azure may
// need.
func sendAgain(ctx context.Context, e *engine, step setup.StepID, w model.Write, o object, f func(context.Context) (safe.Text, error)) error {
	_, err := attempt.Do(ctx, attempt.Spreading(), e.waiter(step), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, e.send(ctx, step, w, o, f)
	})
	return err
}
