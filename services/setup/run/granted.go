package run

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Rights that were granted a moment ago, or whose role was activated just now, do not act at
// once: a write is refused although the account has the right by then.
const (
	grantLook = 15 * time.Second
	// grantFor is how long a step that failed looks whether the right was granted.
	grantFor = time.Hour
)

// lacked is the right that a refused write of a step needs. False: the refusal is about
// something else, which no waiting mends.
func (e *engine) lacked(id setup.StepID, f model.Failure) (setup.Right, bool) {
	ref := e.plan.request.VNet
	rights := setup.RightsFor(ref, subscriptionScope(ref.SubscriptionID))
	at := slices.Index([]setup.StepID{setup.StepRole, setup.StepAssignment}, id)
	if at < 0 || f.Kind != model.FailurePermission || f.FindingCode() != "refused-writing" {
		return setup.Right{}, false
	}
	return rights[at], true
}

// granted reports whether Azure says that the account has a right. What cannot be read is no.
func (e *engine) granted(ctx context.Context, r setup.Right) bool {
	sets, err := e.o.Clouds.Roles.Permissions(ctx, e.plan.request.VNet.TenantID, r.On)
	return err == nil && model.Allowed(sets, r.Action)
}

// acts waits in sight of everybody for a right that the account has and that does not act
// yet. It reports whether to take the step again: nobody has to press a key for that. Since
// is when it was refused first.
func (e *engine) acts(id setup.StepID, err error, since time.Time) (bool, error) {
	right, is := e.lacked(id, failure(err))
	if !is || e.plan.options.DryRun || e.o.Clock.Now().Sub(since) >= rightsTake || !e.granted(e.ctx, right) {
		return false, nil
	}
	e.sayf(id, model.LineWait, "refused, although you have the right by now: new rights can take some minutes to act, so it is sent again")
	return true, e.hold(id, "you have the right, and it does not act yet; it is sent again", grantLook, 0, 0)
}

// until waits for an order of a person about a step that failed. Where a right is lacked, it
// looks meanwhile whether it was granted, and goes on without being told.
func (e *engine) until(id setup.StepID, f model.Failure) (setup.RunCommand, error) {
	right, is := e.lacked(id, f)
	if !is {
		return e.await(setup.CommandRetry, setup.CommandSkip)
	}
	for end := e.o.Clock.Now().Add(grantFor); e.o.Clock.Now().Before(end); {
		until := e.o.Clock.Now().Add(grantLook)
		e.step(id, func(s *setup.Step) {
			s.Wait = &model.Wait{Why: "looking whether you may by now", Until: until}
		})
		c, err := e.awaitFor(grantLook, setup.CommandRetry, setup.CommandSkip)
		if !errors.Is(err, errLate) {
			return c, err
		}
		if e.granted(e.ctx, right) {
			e.sayf(id, model.LineGood, "you have the right by now; it is tried again")
			return setup.RunCommand{Kind: setup.CommandRetry}, nil
		}
	}
	e.step(id, func(s *setup.Step) { s.Wait = nil })
	return e.await(setup.CommandRetry, setup.CommandSkip)
}
