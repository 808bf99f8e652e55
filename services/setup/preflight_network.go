package setup

import (
	"context"
	"fmt"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// network finds the network by its id or name, and looks whether it is ready and on
// Azure.
func (p *preflight) network(ctx context.Context) error {
	const title = "Konnect network"
	n, err := p.findNetwork(ctx, p.plan.request.Network)
	if is(err, model.FailureNotFound) {
		p.bad("network", title, failure(err).Cause.String()+".", failure(err).Cure)
		return nil
	}
	if err != nil {
		return err
	}
	p.facts.network = n
	provider, err := p.account(ctx, p.id())
	if err != nil {
		return err
	}
	switch {
	case provider == model.ProviderUnknown:
		p.warn("provider", title, fmt.Sprintf("Konnect does not tell which cloud %s is on.", n.Name), "Go on only if you know that it is on Azure.")
	case provider != model.ProviderAzure:
		p.bad("provider", title, fmt.Sprintf("%s is on %s; VNET peering is for networks on Azure.", n.Name, provider.Label()), "Choose a network on Azure.")
		return nil
	}
	switch n.State {
	case model.NetworkReady:
		p.goodf("network", title, "%s is ready, %s in %s", n.Name, n.CIDR, n.Region)
	case model.NetworkCreated, model.NetworkInitializing:
		p.bad("network-state", title, fmt.Sprintf("%s is %s; a peering needs it ready.", n.Name, n.State), "Wait until it is ready, which takes 30 to 40 minutes, then retry.")
	case model.NetworkOffline:
		p.bad("network-state", title, n.Name.String()+" is offline; a peering needs it ready.", "Give it a control plane with data planes in Konnect; that builds it.")
	case model.NetworkTerminating, model.NetworkTerminated:
		p.bad("network-state", title, fmt.Sprintf("%s is %s.", n.Name, n.State), "Choose another network.")
	default:
		p.warn("network-state", title, fmt.Sprintf("%s is %s, a state that peerdeck does not know.", n.Name, safe.New(string(n.State))), "Look at it in Konnect; go on if it is fine there.")
	}
	return nil
}

// account learns which cloud the network is on, and in which subscription of Kong's.
func (e *engine) account(ctx context.Context, step model.StepID) (model.Provider, error) {
	accounts, err := try(ctx, e, step, func(ctx context.Context) ([]model.ProviderAccount, error) {
		l, err := e.o.Clouds.Konnect.ProviderAccounts(ctx)
		return l.Items, err
	})
	for _, a := range accounts {
		if a.ID == e.facts.network.ProviderAccountID {
			e.facts.kong = a.AccountID
			return a.Provider, err
		}
	}
	return model.ProviderUnknown, err
}

// findNetwork reads a network by its id, or finds it by its name.
func (e *engine) findNetwork(ctx context.Context, want safe.Text) (model.Network, error) {
	if model.IsGUID(want.Raw()) {
		return try(ctx, e, model.StepPreflight, func(ctx context.Context) (model.Network, error) { return e.o.Clouds.Konnect.Network(ctx, want) })
	}
	list, err := try(ctx, e, model.StepPreflight, func(ctx context.Context) ([]model.Network, error) {
		l, err := e.o.Clouds.Konnect.Networks(ctx, nil)
		return l.Items, err
	})
	if err != nil {
		return model.Network{}, err
	}
	var found []model.Network
	for i := range list {
		if list[i].Name == want {
			found = append(found, list[i])
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return model.Network{}, model.Failure{
			Kind: model.FailureNotFound, Operation: "find network", Subject: want,
			Cause: safe.New(fmt.Sprintf("Konnect has no network %s among the %d that this token may see", want, len(list))),
			Cure:  "Check the name; it is compared letter by letter.",
		}
	default:
		return model.Network{}, model.Failure{
			Kind: model.FailureNotFound, Operation: "find network", Subject: want,
			Cause: safe.New(fmt.Sprintf("%d networks have the name %s", len(found), want)), Cure: "Give the id of the one that is meant.",
		}
	}
}

// duplicate looks whether the VNET is attached to the network already, and whether
// the name is free.
func (p *preflight) duplicate(ctx context.Context) error {
	const title = "Existing peerings"
	if p.facts.network.ID.IsEmpty() {
		return nil
	}
	list, err := p.peerings(ctx, p.id())
	if err != nil {
		return err
	}
	ref := p.plan.request.VNet
	for _, o := range list {
		switch same := o.VNet.Key() == ref.Key() && o.Kind == model.KindAzureVNet; {
		case same && o.State == model.PeeringError:
			p.bad("peering-error", title, fmt.Sprintf("%s is attached already, as %s, and Konnect reported an error: %s.", ref.Name, o.Name, o.Reason.Or("no reason given")),
				"A peering cannot be changed: delete it in Konnect, or tear down the run that made it, then retry.")
			return nil
		case same:
			p.goodf("attached", title, "%s is attached already, as %s (%s); it will not be made again", ref.Name, o.Name, o.State)
			return nil
		case o.Name == p.plan.request.Peering && o.State != model.PeeringTerminated:
			p.bad("peering-name", title, fmt.Sprintf("the name %s is taken by a peering with %s.", o.Name, o.VNet.Name.Or(o.Kind.Label())), "Choose another name for this one.")
			return nil
		}
	}
	p.goodf("attached", title, "%s has %s, none with %s", p.facts.network.Name, plural(len(list), "peering"), ref.Name)
	return nil
}

// peerings lists the peerings of the network, whole: a list with holes could lead
// to a second peering.
func (e *engine) peerings(ctx context.Context, step model.StepID) ([]model.Peering, error) {
	return try(ctx, e, step, func(ctx context.Context) ([]model.Peering, error) {
		l, err := e.o.Clouds.Konnect.Peerings(ctx, e.facts.network.ID)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = model.Failure{
				Kind: model.FailureContract, Operation: "list peerings of network", Subject: e.facts.network.Name, Retryable: true,
				Cause: safe.New("the list is not whole, so a peering might be made twice"), Cure: "Try again in a moment.",
			}
		}
		return l.Items, err
	})
}
