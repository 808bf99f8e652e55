package run

import (
	"cmp"
	"context"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
	"peerdeck/services/run/attempt"
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
	for n := 1; ; n++ {
		there, err := p.find(ctx)
		if err != nil {
			return verdict{}, err
		}
		switch {
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

// find looks for a peering of the network with the VNET, of any name.
func (p *peering) find(ctx context.Context) (*model.Peering, error) {
	list, err := p.peerings(ctx, p.id())
	if is(err, model.FailureNotFound) {
		f := failure(err)
		f.Cause, f.Cure = safe.New("the network is not there any more"), "Choose another network."
		return nil, f
	}
	if err != nil {
		return nil, err
	}
	ref := p.plan.request.VNet
	var dying *model.Peering
	for i := range list {
		if list[i].Kind != model.KindAzureVNet || list[i].VNet.Key() != ref.Key() || list[i].State == model.PeeringTerminated {
			continue
		}
		if list[i].State != model.PeeringTerminating {
			return &list[i], nil
		}
		dying = &list[i]
	}
	return dying, nil
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
			there, look := p.find(ctx)
			if look != nil || there == nil {
				return cmp.Or(look, err)
			}
			p.facts.peering = *there
			return p.found(p.id(), model.ObjectPeering, there.ID, there.Name)
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

const (
	doubtLooks = 6 // a list may lag behind what was made
	doubtEvery = 10 * time.Second
)

// doubt looks for a peering whose answer was lost, for a minute. If it does not show,
// a person decides whether to ask for it again: two would be worse than none. It
// reports whether to send again; false without an error: it is there.
func (p *peering) doubt(ctx context.Context) (again bool, _ error) {
	for {
		for n := 1; n <= doubtLooks; n++ {
			there, err := p.find(ctx)
			if err != nil {
				return false, err
			}
			if there != nil {
				p.facts.peering = *there
				return false, p.found(p.id(), model.ObjectPeering, there.ID, there.Name)
			}
			if err := p.hold(p.id(), "looking whether Konnect made the peering", doubtEvery, n, doubtLooks); err != nil {
				return false, err
			}
		}
		c, err := p.ask(p.id(), setup.Ask{
			Text:    "Konnect was asked for the peering, and what became of that is not known: after a minute it is not in the list. Look in Konnect before it is asked for again.",
			Options: []setup.RunCommandKind{setup.CommandRetry, setup.CommandSendAgain},
			Labels:  []string{"look for another minute", "it is not there: ask for it again"},
		})
		if err != nil {
			return false, err
		}
		p.answered(p.id())
		if c.Kind == setup.CommandSendAgain {
			return true, nil
		}
	}
}

func (p *peering) verify(context.Context) (string, error) {
	return "accepted", nil
}
