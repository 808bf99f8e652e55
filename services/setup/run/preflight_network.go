package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// network finds the network by its id or name, and looks whether it is ready and on
// Azure.
func (p *preflight) network(ctx context.Context) error {
	if p.pending() {
		p.tell(setup.NetworkLater(p.plan.request))
		return nil
	}
	// The step before this one has found it, perhaps where no list shows it yet.
	n, err := p.findNetwork(ctx, p.facts.network.ID.Or(p.plan.request.Network.Raw()))
	if is(err, model.FailureNotFound) || is(err, model.FailureInvalid) {
		p.tell(setup.NetworkNotFound(failure(err)))
		return nil
	}
	if err != nil {
		return err
	}
	p.facts.network = n
	if err := p.note(journal.Entry{Kind: journal.Place, Step: p.id(), ID: n.ID, Name: n.Name}); err != nil {
		return err
	}
	provider, err := p.account(ctx, p.id())
	if err != nil {
		return err
	}
	if c, found := setup.JudgeProvider(n, provider); found {
		p.tell(c)
		if c.Stops {
			return nil
		}
	}
	p.tell(setup.JudgeNetwork(model.NetworkFacts{Network: n, Now: p.o.Clock.Now(), Provider: provider, Cloud: p.o.Clouds.Cloud}))
	return nil
}

// account learns which cloud the network is on.
func (e *engine) account(ctx context.Context, step setup.StepID) (model.Provider, error) {
	accounts, err := try(ctx, e, step, func(ctx context.Context) ([]model.ProviderAccount, error) {
		l, err := e.o.Clouds.Konnect.ProviderAccounts(ctx)
		return l.Items, err
	})
	e.facts.accounts = accounts
	for _, a := range accounts {
		if a.ID == e.facts.network.ProviderAccountID {
			return a.Provider, err
		}
	}
	return model.ProviderUnknown, err
}

// findNetwork reads a network by its id, or finds it by its name.
func (e *engine) findNetwork(ctx context.Context, want safe.Text) (model.Network, error) {
	if model.IsGUID(want.Raw()) {
		return try(ctx, e, setup.StepPreflight, func(ctx context.Context) (model.Network, error) { return e.o.Clouds.Konnect.Network(ctx, want) })
	}
	list, err := try(ctx, e, setup.StepPreflight, func(ctx context.Context) ([]model.Network, error) {
		l, err := e.o.Clouds.Konnect.Networks(ctx, nil)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = setup.ListNotWhole("networks", safe.Text{}, "a name may be missing; the network's id finds it all the same")
		}
		return l.Items, err
	})
	if err != nil {
		return model.Network{}, err
	}
	var found []model.Network
	for i := range list {
		if list[i].Name == want && list[i].State != model.NetworkTerminated {
			found = append(found, list[i])
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return model.Network{}, setup.NoNetwork(want, len(list))
	default:
		return model.Network{}, setup.SeveralNetworks(want, len(found))
	}
}

// duplicate looks whether the VNET is attached to the network already, and whether
// the name is free.
func (p *preflight) duplicate(ctx context.Context) error {
	if p.facts.network.ID.IsEmpty() {
		return nil
	}
	list, err := p.peerings(ctx, p.id())
	if err != nil {
		return err
	}
	p.peers = list
	there := setup.PeeringsThere{Network: p.facts.network, Request: p.plan.request, Peerings: list, Now: p.o.Clock.Now()}
	own := model.Peering{}
	if o := there.Attached(); o != nil {
		own = *o
	}
	if !p.facts.vnet.ID.IsEmpty() {
		read := model.VNetRead{VNet: p.facts.vnet, Part: model.Part{At: p.o.Clock.Now()}}
		p.found, p.overlaps = p.halfBy(ctx, p.id(), p.neighbourhood(ctx, p.id(), p.facts.vnet, own), read)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
	}
	there.Azure, there.Overlaps = p.found, p.overlaps
	c := there.Judge()
	p.attached = there.Attached() != nil && !c.Stops
	p.tell(c)
	return nil
}

// peerings lists the peerings of the network.
func (e *engine) peerings(ctx context.Context, step setup.StepID) ([]model.Peering, error) {
	return e.peeringsOf(ctx, step, e.facts.network)
}

// peeringsOf lists the peerings of a network, whole: a list with holes could lead to a
// second peering.
func (e *engine) peeringsOf(ctx context.Context, step setup.StepID, n model.Network) ([]model.Peering, error) {
	return try(ctx, e, step, func(ctx context.Context) ([]model.Peering, error) {
		l, err := e.o.Clouds.Konnect.Peerings(ctx, n.ID)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = setup.ListNotWhole("peerings of network", n.Name, "a peering might be made twice")
		}
		return l.Items, err
	})
}
