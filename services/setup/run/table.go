package run

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// target names a resolver of the run's network, or the one to be made when it has no id.
func (e *engine) target(p model.PrivateDNS) dnstable.Target {
	return dnstable.Target{Network: e.facts.network.ID, NetworkName: e.facts.network.Name, Resolver: p.ID, ResolverName: p.Name}
}

// openTable keeps others on this machine from writing a table of the network; one that
// is being written is waited for.
func (e *engine) openTable(ctx context.Context, step setup.StepID) (*mappings.Locked, error) {
	return try(ctx, e, step, func(ctx context.Context) (*mappings.Locked, error) {
		table, err := e.o.Tables.Open(ctx, e.facts.network.ID)
		if err != nil {
			return nil, setup.TableTaken(e.facts.network.Name, err.Error(), errors.Is(err, mappings.ErrBusy))
		}
		return table, nil
	})
}

// sendTable sends a plan, with the journal around the request. It fails with
// [mappings.Moved] when the resolver is not what the plan was made from.
func (e *engine) sendTable(ctx context.Context, step setup.StepID, t *mappings.Locked, p mappings.Plan, o object) (answer model.PrivateDNS, err error) {
	err = t.Send(ctx, p, func(r mappings.Ready) error {
		e.step(step, func(s *setup.Step) { s.Plan = []model.Write{r.Write} }) // what is shown is what is sent
		if r.Restore != "" {
			e.sayf(step, model.LinePlain, "what is there now is kept as the restore point %s", r.Restore)
		}
		return e.send(ctx, step, r.Write, o, func(ctx context.Context) (safe.Text, error) {
			answer, err = r.Do(ctx)
			return answer.ID.Or(o.id.Raw()), err // a deletion has no answer
		})
	})
	if err == nil {
		e.aside(step, p.Between(answer))
	}
	return answer, err
}

// aside says what a person should look at although it went well; an empty text is
// nothing.
func (e *engine) aside(step setup.StepID, text string) {
	if text != "" {
		e.remark(step, setup.TableChanged(text))
	}
}

// again waits before the next try of a table, and returns the error with which the
// trying ends when there is none. What was refused because somebody else was quicker is
// compared again at once.
func (e *engine) again(ctx context.Context, step setup.StepID, tries *attempt.Tries, err error) error {
	if _, moved := errors.AsType[*mappings.Moved](err); moved {
		e.sayf(step, model.LineTrouble, "%v; it is compared again", err)
		return tries.AtOnce(ctx, setup.TableMoves(e.facts.network.Name))
	}
	if is(err, model.FailureNotFound) {
		// What was read a moment ago is not gone because one look does not show it; the next
		// check finds out.
		f := failure(err)
		f.Kind, f.Retryable = model.FailureConflict, true
		err = f
	}
	return tries.Again(ctx, err)
}

// readBack looks until a resolver is ready and its map is the one that was sent. Own
// are the rows that the run is about. What others have added since is no fault of the
// step's, and is said; anything else that differs is for a person.
func (e *engine) readBack(ctx context.Context, step setup.StepID, p mappings.Plan, id safe.Text, own []dnstable.Row) error {
	r := p.ReadBack(e.o.Clock.Now(), true, nil)
	for {
		now, err := try(ctx, e, step, func(ctx context.Context) (model.PrivateDNS, error) {
			return e.o.Clouds.Konnect.PrivateDNSByID(ctx, e.facts.network.ID, id)
		})
		late := is(err, model.FailureNotFound) // a new one may show late, and a look may not show one that is there
		if err != nil && !late {
			return err
		}
		if v, over := r.Look(now, !late, e.o.Clock.Now()); over {
			return e.judged(step, now, v, own)
		}
		if err := e.hold(step, r.Why(now), resolverEvery, 0, 0); err != nil {
			return err
		}
	}
}

// judged makes an error of a verdict that is not as it was wanted.
func (e *engine) judged(step setup.StepID, now model.PrivateDNS, v mappings.Verdict, own []dnstable.Row) error {
	switch {
	case v.State == dnstable.ApplyDone:
		e.aside(step, strings.Join(v.Notes, " "))
		return nil
	case v.Failure != nil:
		f := *v.Failure
		f.Operation, f.Subject = "wait for resolver", now.Name
		if f.Kind == model.FailureNotFound {
			f.Cure = model.CureRetryNetwork
		}
		return f
	case onlyAdded(v.Left, own):
		e.sayf(step, model.LinePlain, "somebody else has added to the table meanwhile; that stays, and what this set-up has written is there")
		return nil
	default:
		return setup.TableDiffers(now.Name, strings.Join(v.Notes, " "))
	}
}

// onlyAdded reports whether changes are rules that were added, none of them of a domain
// of the run's own.
func onlyAdded(changes []dnstable.Change, own []dnstable.Row) bool {
	return !slices.ContainsFunc(changes, func(c dnstable.Change) bool {
		return c.Kind != dnstable.Added || slices.ContainsFunc(own, func(r dnstable.Row) bool { return r.Label() == c.Domain })
	})
}
