package setup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/services/setup/journal"
)

// removal is a step of a teardown: it removes the objects of one kind that the run
// has made, each after its name was typed.
type removal struct {
	*engine
	item model.StepID
	how  remover
	left int // objects that stay
}

// remover knows how to look at and remove the objects of a kind.
type remover interface {
	// find looks whether the object is still there. The returned object has the id and
	// the name that the service gives.
	find(ctx context.Context, m model.Made) (there model.Made, ok bool, err error)
	// keep says why the object must stay, empty when it may go.
	keep(ctx context.Context, m model.Made) (string, error)
	// write is the request that removes it.
	write(m model.Made) model.Write
	// remove sends it.
	remove(ctx context.Context, w model.Write) error
	// after says what ends with it, for the question.
	after(m model.Made) string
}

const (
	removeEvery = 3 * time.Second
	removeTries = 200 // ten minutes
)

// removals lists the steps that remove what a run has made.
func removals(e *engine, id model.StepID) []step {
	r := &removal{engine: e, item: id}
	switch id {
	case model.StepRemoveDNS:
		r.how = &removeResolver{engine: e}
	case model.StepRemovePeering:
		r.how = &removePeering{engine: e}
	case model.StepRemoveAssignment:
		r.how = &removeAssignment{engine: e}
	case model.StepRemoveRole:
		r.how = &removeRole{engine: e}
	default:
		return nil
	}
	return []step{r}
}

// kindOf is the kind of object that a step of a teardown removes.
func kindOf(id model.StepID) model.ObjectKind {
	switch id {
	case model.StepRemoveDNS:
		return model.ObjectResolver
	case model.StepRemovePeering:
		return model.ObjectPeering
	case model.StepRemoveAssignment:
		return model.ObjectAssignment
	case model.StepRemoveRole:
		return model.ObjectRole
	default:
		return ""
	}
}

// standing lists what the run has made and a step of a teardown removes.
func (e *engine) standing(id model.StepID) []model.Made {
	var out []model.Made
	for _, m := range e.plan.record.Summary().Standing() {
		if m.Kind == kindOf(id) {
			out = append(out, m)
		}
	}
	return out
}

func (r *removal) id() model.StepID { return r.item }

// check does all of it, one object after the other: each has a question of its own.
func (r *removal) check(ctx context.Context) (verdict, error) {
	if err := r.where(ctx); err != nil {
		return verdict{}, err
	}
	r.left = 0
	removed := 0
	for _, m := range r.standing(r.item) {
		gone, err := r.one(ctx, m)
		if err != nil {
			return verdict{}, err
		}
		if gone {
			removed++
		}
	}
	v := met("removed")
	v.state = model.StepDone
	if r.left > 0 {
		v.state, v.summary = model.StepSkipped, "kept"
	} else if removed == 0 {
		v = met("gone before")
	}
	return v, nil
}

func (*removal) apply(context.Context) error            { return nil }
func (*removal) verify(context.Context) (string, error) { return "", nil }

// where finds the network again. Without it, nothing of it is left in Konnect.
func (r *removal) where(ctx context.Context) error {
	if !r.facts.network.ID.IsEmpty() {
		return nil
	}
	n, err := r.findNetwork(ctx, r.plan.request.Network)
	if is(err, model.FailureNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	r.facts.network = n
	_, err = r.account(ctx, r.item)
	return err
}

// one removes one object. It reports whether it did.
func (r *removal) one(ctx context.Context, made model.Made) (bool, error) {
	m, there, err := r.how.find(ctx, made)
	if err != nil {
		return false, err
	}
	if !there {
		return false, r.gone(made)
	}
	why, err := r.how.keep(ctx, m)
	if err != nil {
		return false, err
	}
	if why != "" {
		r.left++
		r.stays(m, why)
		return false, nil
	}
	w := r.how.write(m)
	r.step(r.item, func(s *model.Step) { s.Plan = []model.Write{w} })
	c, err := r.ask(r.item, model.Ask{
		Text: fmt.Sprintf("Remove the %s %s? %s Type its name to remove it.", m.Kind, m.Name, r.how.after(m)), Confirm: m.Name,
		Options: []model.RunCommandKind{model.CommandConfirm, model.CommandSkip},
	})
	if err != nil {
		return false, err
	}
	r.answered(r.item)
	switch c.Kind {
	case model.CommandSkip:
		r.left++
		r.stays(m, "you left it")
		return false, nil
	case model.CommandConfirm:
	default:
		return r.one(ctx, made) // look again
	}
	err = r.send(ctx, r.item, w, object{kind: m.Kind, id: m.ID, name: m.Name, deletes: true}, func(ctx context.Context) (safe.Text, error) {
		return m.ID, r.how.remove(ctx, w)
	})
	if err != nil {
		return false, err
	}
	return true, r.vanish(ctx, made)
}

// stays tells that something is left, and why.
func (r *removal) stays(m model.Made, why string) {
	r.sayf(r.item, model.LineTrouble, "%s %s stays: %s", m.Kind, m.Name, why)
	r.step(r.item, func(s *model.Step) {
		s.Findings = append(slices.Clip(s.Findings), model.Finding{
			ID: "kept", Severity: model.SeverityAttention, Title: m.Name.String(), Text: "kept: " + why,
		})
	})
}

// vanish waits until the object is not there any more.
func (r *removal) vanish(ctx context.Context, m model.Made) error {
	r.step(r.item, func(s *model.Step) { s.State = model.StepVerifying })
	for n := 1; n <= removeTries; n++ {
		_, there, err := r.how.find(ctx, m)
		if err != nil {
			return err
		}
		if !there {
			return r.gone(m)
		}
		if err := r.hold(r.item, "it is being removed", removeEvery, 0, 0); err != nil {
			return err
		}
	}
	return model.Failure{
		Kind: model.FailureTimeout, Operation: "remove " + string(m.Kind), Subject: m.Name, Retryable: true,
		Cause: safe.New("it is still there after ten minutes"), Cure: "Retry, or look at it where it is.",
	}
}

// gone writes down that an object is there no more.
func (r *removal) gone(m model.Made) error {
	r.keep(r.item, object{kind: m.Kind, id: m.ID, name: m.Name, deletes: true}, m.ID)
	r.sayf(r.item, model.LineGood, "%s %s is gone", m.Kind, m.Name)
	return r.note(journal.Entry{Kind: journal.Gone, Step: r.item, Object: m.Kind, ID: m.ID, Name: m.Name})
}
