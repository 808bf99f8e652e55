package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// removal is a step of a teardown: it removes the objects of one kind that the run
// has made, each after its name was typed.
type removal struct {
	*engine
	item setup.StepID
	how  remover
	left int // objects that stay
}

// remover knows how to look at and remove the objects of a kind.
type remover interface {
	// find looks whether the object is still there. The returned object has the id and
	// the name that the service gives.
	find(ctx context.Context, m setup.Made) (there setup.Made, ok bool, err error)
	// keep says why the object must stay, empty when it may go.
	keep(ctx context.Context, m setup.Made) (string, error)
	// write is the request that removes it.
	write(m setup.Made) model.Write
	// send sends it, with the journal around it, and again while that may help. It fails
	// with errChanged when what was agreed to is another thing by now.
	send(ctx context.Context, m setup.Made, w model.Write) error
	// goes names what goes, where the request does not say it alone: the question is put
	// again when that is another thing by now.
	goes() string
	// going reports whether it is being removed already.
	going() bool
	// after says what ends with it, for the question.
	after(m setup.Made) string
}

const (
	removeEvery = 3 * time.Second
	removeTries = 200 // ten minutes
	goneLooks   = 3   // a list that flaps shows it at one of them
)

// removals lists the steps that remove what a run has made.
func removals(e *engine, id setup.StepID) []step {
	r := &removal{engine: e, item: id}
	switch id {
	case setup.StepRemoveRoute:
		r.how = &removeRoute{engine: e}
	case setup.StepRemoveService:
		r.how = &removeService{engine: e}
	case setup.StepRemoveDNS:
		r.how = &removeResolver{engine: e}
	case setup.StepRemovePeering:
		r.how = &removePeering{engine: e}
	case setup.StepRemoveAssignment:
		r.how = &removeAssignment{engine: e}
	case setup.StepRemoveRole:
		r.how = &removeRole{engine: e}
	case setup.StepRemoveNetwork:
		r.how = &removeNetwork{engine: e}
	case setup.StepRemoveRule:
		r.how = &removeRule{engine: e}
	default:
		return nil
	}
	return []step{r}
}

// kindOf is the kind of object that a step of a teardown removes.
func kindOf(id setup.StepID) model.ObjectKind {
	switch id {
	case setup.StepRemoveRoute:
		return model.ObjectRoute
	case setup.StepRemoveService:
		return model.ObjectService
	case setup.StepRemoveDNS:
		return model.ObjectResolver
	case setup.StepRemovePeering:
		return model.ObjectPeering
	case setup.StepRemoveAssignment:
		return model.ObjectAssignment
	case setup.StepRemoveRole:
		return model.ObjectRole
	case setup.StepRemoveNetwork:
		return model.ObjectNetwork
	case setup.StepRemoveRule:
		return model.ObjectRule
	default:
		return ""
	}
}

// standing lists what the run has made and a step of a teardown removes.
func (e *engine) standing(id setup.StepID) []setup.Made {
	var out []setup.Made
	for _, m := range e.plan.record.Summary().Standing() {
		if m.Kind == kindOf(id) {
			out = append(out, m)
		}
	}
	return out
}

func (r *removal) id() setup.StepID { return r.item }

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
	v.state = setup.StepDone
	if r.left > 0 {
		v.state, v.summary = setup.StepSkipped, "kept"
	} else if removed == 0 {
		v = met("gone before")
	}
	return v, nil
}

func (*removal) apply(context.Context) error            { return nil }
func (*removal) verify(context.Context) (string, error) { return "", nil }

// where finds the network again, by the id that the journal has: its name may be
// another one by now. Only a network that is not there by its id has taken its
// objects with it.
func (r *removal) where(ctx context.Context) error {
	if !r.facts.network.ID.IsEmpty() {
		return nil
	}
	id := r.plan.record.Network()
	n, err := r.findNetwork(ctx, id.Or(r.plan.request.Network.Raw()))
	if is(err, model.FailureNotFound) && (!id.IsEmpty() || r.plan.request.Create != nil) {
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
func (r *removal) one(ctx context.Context, made setup.Made) (bool, error) {
	m, w, over, err := r.look(ctx, made)
	if over || err != nil {
		return false, err
	}
	if r.how.going() {
		return true, r.vanish(ctx, made)
	}
	goes := r.how.goes()
	r.step(r.item, func(s *setup.Step) { s.Plan = []model.Write{w} })
	c, err := r.ask(r.item, setup.Ask{
		Text: fmt.Sprintf("Remove the %s %s? %s Type its name to remove it.", m.Kind, m.Name, r.how.after(m)), Confirm: m.Name,
		Options: []setup.RunCommandKind{setup.CommandConfirm, setup.CommandSkip},
		Labels:  []string{"remove it (its name is typed)", "keep it"},
	})
	if err != nil {
		return false, err
	}
	r.answered(r.item)
	switch c.Kind {
	case setup.CommandSkip:
		r.left++
		r.stays(m, "you left it")
		return false, nil
	case setup.CommandConfirm:
	default:
		return r.one(ctx, made) // look again
	}
	// The answer may have taken hours; what was agreed to is what was shown.
	now, again, over, err := r.look(ctx, made)
	if over || err != nil {
		return false, err
	}
	err = errChanged
	if again.Method == w.Method && again.URL == w.URL && r.how.goes() == goes && now.Name == m.Name {
		err = r.how.send(ctx, m, w)
	}
	if errors.Is(err, errChanged) {
		r.sayf(r.item, model.LineTrouble, "%v; look at it again", err)
		return r.one(ctx, made)
	}
	if err != nil {
		return false, err
	}
	return true, r.vanish(ctx, made)
}

// dismiss sends the request that removes an object of which nobody else can have a part.
func dismiss(ctx context.Context, e *engine, step setup.StepID, m setup.Made, w model.Write, f func(context.Context) error) error {
	return sendAgain(ctx, e, step, w, object{kind: m.Kind, id: m.ID, name: m.Name, deletes: true}, func(ctx context.Context) (safe.Text, error) {
		return m.ID, f(ctx)
	})
}

// look finds the object and the request that removes it. Over: it is gone, or it
// must stay.
func (r *removal) look(ctx context.Context, made setup.Made) (m setup.Made, w model.Write, over bool, err error) {
	m, there, err := r.find(ctx, made)
	if err != nil {
		return m, w, false, err
	}
	if !there {
		return m, w, true, r.gone(made)
	}
	why, err := r.how.keep(ctx, m)
	if err != nil {
		return m, w, false, err
	}
	if why != "" {
		r.left++
		r.stays(m, why)
		return m, w, true, nil
	}
	return m, r.how.write(m), false, nil
}

// find looks whether the object is there. That it is gone is believed after some looks that
// agree, and of what was made minutes ago only when readers have had their time: what is
// not shown yet would be left behind.
func (r *removal) find(ctx context.Context, made setup.Made) (m setup.Made, there bool, err error) {
	for n := 1; ; n++ {
		if m, there, err = r.how.find(ctx, made); err != nil || there {
			return m, there, err
		}
		if n >= goneLooks && r.o.Clock.Now().Sub(made.At) >= lagTakes {
			return m, false, nil
		}
		if err := r.hold(r.item, "it is not shown at this look; lists may lag", lookEvery, 0, 0); err != nil {
			return m, false, err
		}
	}
}

// stays tells that something is left, and why.
func (r *removal) stays(m setup.Made, why string) {
	r.remark(r.item, setup.Stays(m, why))
}

// vanish waits until the object is not there any more.
func (r *removal) vanish(ctx context.Context, m setup.Made) error {
	r.step(r.item, func(s *setup.Step) { s.State = setup.StepVerifying })
	tries := removeTries
	if r.item == setup.StepRemoveNetwork { // nobody publishes how long that takes
		tries *= 4
	}
	for n := 1; n <= tries; n++ {
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
	return setup.StillThere(m.Kind, m.Name, time.Duration(tries)*removeEvery)
}

// gone writes down that an object is there no more.
func (r *removal) gone(m setup.Made) error {
	r.keep(r.item, object{kind: m.Kind, id: m.ID, name: m.Name, deletes: true}, m.ID)
	r.sayf(r.item, model.LineGood, "%s %s is gone", m.Kind, m.Name)
	return r.note(journal.Entry{Kind: journal.Gone, Step: r.item, Object: m.Kind, ID: m.ID, Name: m.Name})
}
