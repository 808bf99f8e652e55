package run

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// writeTimeout bounds one request that changes something. It is not cut short by a
// cancelled run: half a request is a change that nobody knows of.
const writeTimeout = 45 * time.Second

// object is what a write makes, changes or removes.
type object struct {
	kind    model.ObjectKind
	id      safe.Text // empty: the service chooses it
	name    safe.Text
	changed bool // it was there before
	deletes bool
	domains []safe.Text // that are added to a resolver
}

// send writes down what is intended, sends it, and writes down what became of it.
// The returned id is the one that the service gives.
func (e *engine) send(ctx context.Context, step setup.StepID, w model.Write, o object, f func(context.Context) (safe.Text, error)) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	e.writes++
	n := e.writes
	err := e.note(journal.Entry{
		Kind: journal.Intent, Step: step, Number: n, Object: o.kind, ID: o.id, Name: o.name, Changed: o.changed, Deletes: o.deletes,
		Domains: o.domains, Method: w.Method, URL: w.URL, Body: w.Body,
	})
	if err != nil {
		return err
	}
	e.sayf(step, model.LineWrite, "%s %s", w.Method, w.URL.Raw())
	e.update(func(r *setup.Run) {
		st := r.Step(step)
		st.Plan = slices.Clone(st.Plan)
		for i := range st.Plan {
			st.Plan[i].Sent = st.Plan[i].Sent || (st.Plan[i].Method == w.Method && st.Plan[i].URL == w.URL)
		}
	})
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), writeTimeout)
	defer stop()
	id, sent := f(ctx)
	out := journal.Entry{Kind: journal.Outcome, Step: step, Number: n, ID: id}
	if sent != nil {
		failure, _ := model.AsFailure(sent)
		out.Error, out.Unsure = safe.New(failure.Error()), failure.Unsure()
		e.sayf(step, model.LineTrouble, "%s", failure.Error())
	} else if !o.deletes && o.kind.Kept() { // what is being removed is gone when it is not found any more
		e.keep(step, o, id)
	}
	if sent == nil || out.Unsure {
		e.update(func(r *setup.Run) { r.Writes++ })
	}
	e.tell(w, out)
	if err := e.note(out); err != nil {
		return err
	}
	if slices.Contains([]model.ObjectKind{model.ObjectNetwork, model.ObjectPeering, model.ObjectHalf, model.ObjectResolver, model.ObjectRule, model.ObjectRow, model.ObjectUserRoute}, o.kind) {
		e.o.Changed() // the networks on the screen are others now
	}
	return sent
}

// tell puts a write into the activity log.
func (e *engine) tell(w model.Write, out journal.Entry) {
	what := fmt.Sprintf("%s %s: %s %s", e.plan.kind, e.plan.request.Peering, w.Method, w.Makes)
	if out.Error.IsEmpty() {
		e.o.Note(what)
	} else {
		e.o.Note(what + " failed: " + out.Error.String())
	}
}

// keep adds what was made to the run, or marks what is gone.
func (e *engine) keep(step setup.StepID, o object, id safe.Text) {
	if id.IsEmpty() {
		id = o.id
	}
	e.update(func(r *setup.Run) {
		made := slices.Clone(r.Made)
		i := slices.IndexFunc(made, func(m setup.Made) bool { return m.Is(o.kind, id, o.name) })
		switch {
		case o.deletes && i >= 0:
			made[i].Gone = true
		case o.deletes:
		case i >= 0:
			made[i].ID, made[i].Gone = id, false
		default:
			made = append(made, setup.Made{Step: step, Kind: o.kind, ID: id, Name: o.name, At: e.o.Clock.Now(), Changed: o.changed})
		}
		r.Made = made
	})
}

// found notes the outcome of a write of an earlier session, or of an unsure answer, that turns
// out to have taken effect.
func (e *engine) found(step setup.StepID, kind model.ObjectKind, id, name safe.Text) error {
	open, ok := e.reread().Open(step, kind)
	if !ok || (!open.ID.IsEmpty() && !model.LastSegment(open.ID).EqualFold(model.LastSegment(id))) || (open.ID.IsEmpty() && open.Name != name) {
		return nil
	}
	e.keep(step, object{kind: kind, name: name, changed: open.Changed}, id)
	e.sayf(step, model.LineGood, "the request that was sent before had taken effect")
	return e.note(journal.Entry{Kind: journal.Found, Step: step, Number: open.Number, Object: kind, ID: id, Name: name, Changed: open.Changed})
}

// reread returns the journal as it is now.
func (e *engine) reread() journal.Record {
	if e.diary == nil {
		return journal.Record{}
	}
	r, err := e.o.Store.Read(e.plan.id)
	if err != nil {
		return e.plan.record
	}
	return r
}
