package run

import (
	"context"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
)

// ready watches both halves until they are up.
type ready struct {
	*engine
	began   time.Time
	said    string
	overdue bool
	upSince time.Time // when Konnect first said ready
	// halfSeen is when Azure's half was last seen: a look that does not show it does not
	// say that it is gone.
	halfSeen time.Time
}

const (
	watchEvery = 3 * time.Second
	watchSlow  = 10 * time.Second
	watchBrisk = 2 * time.Minute
	// rightsTake is how long Azure may need until a role acts.
	rightsTake = 10 * time.Minute
	// longAgo is when a person is asked whether to go on watching. Nobody publishes
	// how long a peering takes; this is twice what rights may need, and some.
	longAgo = 30 * time.Minute
	// grace is how long Azure may lag behind a Konnect that says ready.
	grace = lagTakes
)

func (*ready) id() setup.StepID { return setup.StepReady }

func (r *ready) check(ctx context.Context) (verdict, error) {
	if r.facts.peering.ID.IsEmpty() {
		return verdict{summary: "both halves will be watched"}, r.without()
	}
	if r.plan.options.DryRun {
		return verdict{summary: "both halves will be watched"}, nil
	}
	r.began = r.o.Clock.Now()
	h, err := r.look(ctx)
	if err != nil {
		return verdict{}, err
	}
	if up(h) {
		return met("both up"), nil
	}
	return verdict{}, nil
}

// without is for a run that has no peering to watch.
func (r *ready) without() error {
	if r.plan.options.DryRun {
		return nil
	}
	return setup.NothingToWatch()
}

func (*ready) apply(context.Context) error { return nil }

func (r *ready) verify(ctx context.Context) (string, error) {
	for {
		h, err := r.look(ctx)
		if err != nil {
			return "", err
		}
		if up(h) {
			return "both up", nil
		}
		if done, summary, err := r.stuck(ctx, h); done || err != nil {
			return summary, err
		}
		every := watchEvery
		if r.o.Clock.Now().Sub(r.began) > watchBrisk {
			every = watchSlow
		}
		if err := r.hold(r.id(), r.why(h), every, 0, 0); err != nil {
			return "", err
		}
	}
}

// up reports whether both clouds say that the peering works, and nothing is wrong with it.
func up(h setup.Halves) bool {
	return h.Konnect == model.PeeringReady && h.Azure.Status == model.HalfPresent && h.Finding.Severity == model.SeverityOK
}

// look reads both halves and judges them.
func (r *ready) look(ctx context.Context) (setup.Halves, error) {
	p, err := r.peering(ctx)
	if err != nil {
		return setup.Halves{}, err
	}
	r.facts.peering = p
	half, overlaps := r.azureHalf(ctx, r.id(), p)
	if ctx.Err() != nil {
		return setup.Halves{}, context.Cause(ctx)
	}
	h := r.halvesOf(p, half, overlaps, r.began)
	r.step(r.id(), func(s *setup.Step) { s.Halves = &h })
	if h.Finding.Cause != r.said {
		r.said = h.Finding.Cause
		_, word := h.Azure.Summary()
		r.sayf(r.id(), model.LinePlain, "Konnect %s, Azure %s: %s", p.State, word, h.Finding.Cause)
	}
	return h, nil
}

// peering reads Konnect's half. One look that does not show it does not say that it is
// gone: it is looked at by its id and in the list until readers have had their time.
func (r *ready) peering(ctx context.Context) (model.Peering, error) {
	id := r.facts.peering.ID
	p, err := r.readPeering(ctx, r.id(), id)
	if !is(err, model.FailureNotFound) {
		return p, err
	}
	found, err := r.seek(ctx, r.id(), "Konnect does not show the peering at this look", func(ctx context.Context) (bool, error) {
		p, err = r.readPeering(ctx, r.id(), id)
		if !is(err, model.FailureNotFound) {
			return err == nil, err
		}
		list, err := r.peerings(ctx, r.id())
		if is(err, model.FailureNotFound) {
			return false, setup.PeeringGone(r.facts.peering.Name, setup.Looks{Ways: []string{"a read of its id", "its network, which is not there either"}})
		}
		i := slices.IndexFunc(list, func(o model.Peering) bool { return o.ID == id })
		if i >= 0 {
			p = list[i]
		}
		return i >= 0, err
	})
	if err == nil && !found {
		err = setup.PeeringGone(r.facts.peering.Name, setup.Looks{Ways: []string{"a read of its id", "Konnect's list of the network's peerings"}, For: lagTakes})
	}
	return p, err
}
