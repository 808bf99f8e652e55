package run

import (
	"context"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// Readers of both clouds learn of a write late. So nothing that was written, or that a
// service says is there, is called absent because a look did not show it.
const (
	// lagTakes is how long readers have been seen to lag behind a write.
	lagTakes = 5 * time.Minute
	// lookEvery is between two looks at one thing that was written just now.
	lookEvery = 5 * time.Second
	lookTries = int(lagTakes / lookEvery)
	// lookSlow is the longest wait between two searches, each of which is many requests.
	lookSlow = time.Minute
	// lookTwice: answers may still flap after the first good one.
	lookTwice = 2
)

// seek looks for something that is there by all accounts, until a look finds it or readers
// have had the time that they have been seen to need. A retry of a person ends a wait, not
// the looking.
func (e *engine) seek(ctx context.Context, step setup.StepID, why string, look func(context.Context) (bool, error)) (found bool, _ error) {
	wait := lookEvery
	for end := e.o.Clock.Now().Add(lagTakes); ; wait = min(2*wait, lookSlow) {
		found, err := look(ctx)
		if err != nil || found {
			return found, err
		}
		left := end.Sub(e.o.Clock.Now())
		if left <= 0 {
			return false, nil
		}
		if err := e.hold(step, why, min(wait, left), 0, 0); err != nil {
			return false, err
		}
	}
}

// lost looks for what a request should have made whose answer was lost. If no look shows
// it, a person decides. It reports whether to send it again; false without an error: it
// is there.
func (e *engine) lost(ctx context.Context, step setup.StepID, c setup.Checked, look func(context.Context) (bool, error)) (again bool, _ error) {
	for {
		found, err := e.seek(ctx, step, "looking whether Konnect made it", look)
		if err != nil || found {
			return false, err
		}
		order, err := e.ask(step, setup.Ask{
			Text:    c.Cause + " " + c.Next.Line(),
			Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandSendAgain},
			Labels:  []string{"look for some minutes more", "it is not there: ask for it again"},
		})
		if err != nil {
			return false, err
		}
		e.answered(step)
		if order.Kind == setup.CommandSendAgain {
			return true, nil
		}
	}
}

// unseen leaves to a person what a service says is there and no look shows: they look
// again, and nothing is made beside it.
func (e *engine) unseen(_ context.Context, step setup.StepID, c setup.Checked) error {
	e.remark(step, c)
	_, err := e.ask(step, setup.Ask{
		Text: c.Cause + " " + c.Next.Line(), Options: []setup.RunCommandKind{setup.CommandRetry}, Labels: []string{"look again now"},
	})
	if err != nil {
		return err
	}
	e.answered(step)
	return errAgain
}

// seen is something that was made or read at a time.
type seen struct {
	id safe.Text
	at time.Time
}

// madeHere lists what runs on this machine have made of a kind for the network of this
// one, by their journals, and nothing has removed. Of is the end, as [setup.Request.EndKey] has
// it; empty: every one. What a run of a
// minute ago has made may be shown by no list yet.
func (e *engine) madeHere(kind model.ObjectKind, of string) []seen {
	var out []seen
	add := func(list []setup.Made) {
		for _, m := range list {
			known := slices.ContainsFunc(out, func(s seen) bool { return s.id.EqualFold(m.ID) })
			if m.Kind == kind && !m.Gone && !m.ID.IsEmpty() && !known {
				out = append(out, seen{m.ID, m.At})
			}
		}
	}
	add(e.made())
	earlier, err := e.o.Store.List()
	if err != nil {
		return out // what other journals would tell is only known earlier
	}
	for _, r := range earlier {
		here := r.Request.Network == e.plan.request.Network || r.Request.Network == e.facts.network.ID
		if here && r.ID != e.plan.id && (of == "" || r.Request.EndKey() == of) {
			add(r.Made)
		}
	}
	return out
}

// among reads what is known by its id until one of it is found. What was made or seen a
// moment ago is looked for as long as readers have been seen to need.
func (e *engine) among(ctx context.Context, step setup.StepID, known []seen, why string, read func(context.Context, safe.Text) (bool, error)) error {
	look := func(ctx context.Context) (bool, error) {
		for _, s := range known {
			found, err := read(ctx, s.id)
			if found || (err != nil && !is(err, model.FailureNotFound)) {
				return found, err
			}
		}
		return false, nil
	}
	fresh := slices.ContainsFunc(known, func(s seen) bool { return e.o.Clock.Now().Sub(s.at) < lagTakes })
	if !fresh || e.plan.options.DryRun {
		_, err := look(ctx)
		return err
	}
	_, err := e.seek(ctx, step, why, look)
	return err
}
