package run

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// peering asks Konnect for the peering. Creating it is the one request of a set-up
// that must not be sent twice: Konnect chooses the id. So whatever the answer, the
// list is looked at before anything is sent again.
type peering struct {
	*engine
	doubted bool // a person said that it may be sent once more
}

func (*peering) id() setup.StepID { return setup.StepPeering }

const (
	goneEvery = 5 * time.Second
)

func (p *peering) check(ctx context.Context) (verdict, error) {
	if p.pending() {
		w := p.o.Clouds.Konnect.CreatePeeringWrite(safe.New(pendingNetwork), p.plan.request)
		return verdict{summary: "to be made, when the network is ready", writes: []model.Write{w}}, nil
	}
	for n := 1; ; n++ {
		there, err := p.look(ctx)
		if err != nil {
			return verdict{}, err
		}
		switch {
		case there != nil && p.plan.options.DryRun && p.replaced(*there):
			w := p.o.Clouds.Konnect.CreatePeeringWrite(p.facts.network.ID, p.plan.request)
			return verdict{summary: "to be made anew", writes: []model.Write{w}}, nil
		case there == nil && p.unsure():
			// An earlier session has sent it and heard nothing.
			if p.doubted, err = p.doubt(ctx); err != nil {
				return verdict{}, err
			}
		case there == nil:
			w := p.o.Clouds.Konnect.CreatePeeringWrite(p.facts.network.ID, p.plan.request)
			return verdict{summary: "to be made", writes: []model.Write{w}}, nil
		case there.State == model.PeeringTerminating:
			if p.plan.options.DryRun {
				return met("one with this VNET is being deleted"), nil
			}
			if err := p.hold(p.id(), "the peering before this one is being deleted", goneEvery, n+1, 0); err != nil {
				return verdict{}, err
			}
		default:
			p.facts.peering = *there
			p.differences(*there)
			if err := p.found(p.id(), model.ObjectPeering, there.ID, there.Name); err != nil {
				return verdict{}, err
			}
			p.sayf(p.id(), model.LineGood, "%s is there already, %s", there.Name, there.State)
			return met("already"), nil
		}
	}
}

// replaced reports whether a peering is the one that this run deletes before.
func (e *engine) replaced(there model.Peering) bool {
	m := e.plan.request.Mend
	return m != nil && m.By == finding.MendRemake && there.ID == m.Peering && !e.facts.well
}

// look looks for the peering in the list, and by its id where that is known.
func (p *peering) look(ctx context.Context) (*model.Peering, error) {
	there, err := p.find(ctx)
	if err != nil || there != nil {
		return there, err
	}
	return p.unlisted(ctx)
}

// find looks for a peering of the network with the VNET, of any name.
func (p *peering) find(ctx context.Context) (*model.Peering, error) {
	list, err := p.peerings(ctx, p.id())
	if is(err, model.FailureNotFound) {
		return nil, setup.NetworkGone(failure(err), p.facts.network.Name)
	}
	if err != nil {
		return nil, err
	}
	var dying *model.Peering
	for i := range list {
		if list[i].EndKey() != p.plan.request.EndKey() || list[i].State == model.PeeringTerminated {
			continue
		}
		if list[i].State != model.PeeringTerminating {
			return &list[i], nil
		}
		dying = &list[i]
	}
	return dying, nil
}

// unlisted reads the peering that was made from this machine by its id: the list may not
// show it yet. Nil: there is none, or it is gone.
func (p *peering) unlisted(ctx context.Context) (there *model.Peering, _ error) {
	err := p.among(ctx, p.id(), p.madeHere(model.ObjectPeering, p.plan.request.EndKey()), "this machine made the peering; Konnect does not show it at this look", func(ctx context.Context, id safe.Text) (bool, error) {
		got, err := p.readPeering(ctx, p.id(), id)
		if err == nil && got.State != model.PeeringTerminated {
			there = &got
		}
		return there != nil, err
	})
	if there != nil {
		p.sayf(p.id(), model.LinePlain, "Konnect's list does not show %s; a read of its id does", there.Name)
	}
	return there, err
}

// readPeering reads a peering by its id.
func (e *engine) readPeering(ctx context.Context, step setup.StepID, id safe.Text) (model.Peering, error) {
	return try(ctx, e, step, func(ctx context.Context) (model.Peering, error) {
		return e.o.Clouds.Konnect.Peering(ctx, e.facts.network.ID, id)
	})
}

// differences tells where the peering that is there is not the one that was asked
// for: it cannot be changed.
func (p *peering) differences(there model.Peering) {
	for _, c := range setup.JudgeDifference(there, p.plan.request, sameMappings(there.DNS, p.plan.request.Mappings)) {
		p.remark(p.id(), c)
	}
}

func (p *peering) apply(ctx context.Context) error {
	w := p.o.Clouds.Konnect.CreatePeeringWrite(p.facts.network.ID, p.plan.request)
	was := before{vnet: p.facts.vnet, around: p.neighbourhood(ctx, p.id(), p.facts.vnet, model.Peering{})}
	p.facts.before = &was
	for tries := attempt.Begin(attempt.Writing(), p.waiter(p.id())); ; {
		err := p.send(ctx, p.id(), w, object{kind: model.ObjectPeering, name: p.plan.request.Peering}, func(ctx context.Context) (safe.Text, error) {
			made, err := p.o.Clouds.Konnect.CreatePeering(ctx, p.facts.network.ID, w)
			p.facts.peering = made
			return made.ID, err
		})
		if err == nil || p.ctx.Err() != nil {
			return err
		}
		f := failure(err)
		switch {
		case f.Unsure():
			again, err := p.doubt(ctx)
			if err != nil || !again {
				return err
			}
		case f.Kind == model.FailureConflict:
			return p.exists(ctx, f)
		default:
			if err := tries.Again(ctx, err); err != nil { // refused for now, and so not made
				return err
			}
		}
	}
}

// unsure reports whether the peering was asked for and nobody knows what became
// of that.
func (p *peering) unsure() bool {
	_, open := p.reread().Open(p.id(), model.ObjectPeering)
	return open && !p.doubted
}

// show looks once for a peering with the VNET, and takes it when it is there.
func (p *peering) show(ctx context.Context) (bool, error) {
	there, err := p.find(ctx)
	if err != nil || there == nil {
		return false, err
	}
	p.facts.peering = *there
	return true, p.found(p.id(), model.ObjectPeering, there.ID, there.Name)
}

// looks is where a peering was looked for.
func (p *peering) looks() setup.Looks {
	return setup.Looks{Ways: []string{"Konnect's list of the network's peerings, by its VNET and by its name"}, For: lagTakes}
}

// exists looks for the peering that Konnect says is there. It is never asked for again
// after that, whatever the list shows.
func (p *peering) exists(ctx context.Context, refused model.Failure) error {
	found, err := p.seek(ctx, p.id(), "Konnect says that the peering is there; its list does not show it yet", func(ctx context.Context) (bool, error) {
		if found, err := p.show(ctx); found || err != nil {
			return found, err
		}
		// Its name may be that of a peering with another VNET.
		list, err := p.peerings(ctx, p.id())
		if err != nil {
			return false, err
		}
		if c := (setup.PeeringsThere{Network: p.facts.network, Request: p.plan.request, Peerings: list}).Judge(); c.Stops {
			return false, setup.Stopped("create peering", p.plan.request.Peering, c, refused)
		}
		return false, nil
	})
	if err != nil || found {
		return err
	}
	u := setup.Unseen{Kind: model.ObjectPeering, Name: p.plan.request.Peering, Said: refused, Looks: p.looks(), Request: p.plan.request}
	return p.unseen(ctx, p.id(), u.Judge())
}

// doubt looks for a peering whose answer was lost, for as long as lists have been seen to
// lag. If it does not show, a person decides whether to ask for it again: two would be
// worse than none. It reports whether to send again; false without an error: it is there.
func (p *peering) doubt(ctx context.Context) (again bool, _ error) {
	return p.lost(ctx, p.id(), setup.AnswerLost(model.ObjectPeering, p.plan.request.Peering, p.looks()), p.show)
}

func (p *peering) verify(context.Context) (string, error) {
	return "accepted", nil
}
