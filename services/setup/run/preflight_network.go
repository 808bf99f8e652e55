package run

import (
	"context"
	"fmt"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
	"peerdeck/services/setup/journal"
)

// network finds the network by its id or name, and looks whether it is ready and on
// Azure.
func (p *preflight) network(ctx context.Context) error {
	const title = "Konnect network"
	n, err := p.findNetwork(ctx, p.plan.request.Network)
	if is(err, model.FailureNotFound) || is(err, model.FailureInvalid) {
		p.bad("network", title, failure(err).Cause.String()+".", failure(err).Cure)
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
func (e *engine) account(ctx context.Context, step setup.StepID) (model.Provider, error) {
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
		return try(ctx, e, setup.StepPreflight, func(ctx context.Context) (model.Network, error) { return e.o.Clouds.Konnect.Network(ctx, want) })
	}
	list, err := try(ctx, e, setup.StepPreflight, func(ctx context.Context) ([]model.Network, error) {
		l, err := e.o.Clouds.Konnect.Networks(ctx, nil)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = model.Failure{
				Kind: model.FailureContract, Operation: "list networks", Retryable: true,
				Cause: safe.New("the list is not whole, so a name may be missing"), Cure: "Try again in a moment, or give the network's id.",
			}
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
		return model.Network{}, model.Failure{
			Kind: model.FailureNotFound, Operation: "find network", Subject: want,
			Cause: safe.New(fmt.Sprintf("Konnect has no network %s among the %d that this token may see", want, len(list))),
			Cure:  "Check the name; it is compared letter by letter.",
		}
	default:
		return model.Network{}, model.Failure{
			Kind: model.FailureInvalid, Operation: "find network", Subject: want,
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
	p.peers = list
	ref := p.plan.request.VNet
	var there, taken *model.Peering
	for i := range list {
		o := &list[i]
		if o.State == model.PeeringTerminated || o.State == model.PeeringTerminating {
			continue
		}
		if o.VNet.Key() == ref.Key() && o.Kind == model.KindAzureVNet {
			there = o
		} else if o.Name == p.plan.request.Peering {
			taken = o
		}
	}
	switch {
	case there != nil && there.State == model.PeeringError:
		p.bad("peering-error", title, fmt.Sprintf("%s is attached already, as %s, and Konnect reported an error: %s.", ref.Name, there.Name, there.Reason.Or("no reason given")),
			"A peering cannot be changed: delete it in Konnect, or tear down the run that made it, then retry. Where its rights were missing, they may have come too late for it.")
		return nil
	case there != nil && !there.VNet.TenantID.EqualFold(ref.TenantID):
		p.bad("peering-tenant", title, fmt.Sprintf("%s is attached already, as %s, with the tenant %s.", ref.Name, there.Name, there.VNet.TenantID),
			"Give that tenant, or delete that peering in Konnect first.")
		return nil
	case there != nil:
		p.attached = true
		p.goodf("attached", title, "%s is attached already, as %s (%s); it will not be made again", ref.Name, there.Name, there.State)
		return nil
	case taken != nil:
		p.bad("peering-name", title, fmt.Sprintf("the name %s is taken by a peering with %s.", taken.Name, taken.VNet.Name.Or(taken.Kind.Label())), "Choose another name for this one.")
		return nil
	}
	p.goodf("attached", title, "%s has %s, none with %s", p.facts.network.Name, phrase.Count(len(list), "peering"), ref.Name)
	return nil
}

// peerings lists the peerings of the network, whole: a list with holes could lead
// to a second peering.
func (e *engine) peerings(ctx context.Context, step setup.StepID) ([]model.Peering, error) {
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
