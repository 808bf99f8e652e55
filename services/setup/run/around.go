package run

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// beside is what is known of the networks beside the run's own: whose a half in the VNET
// is cannot be told without them.
type beside struct {
	at       time.Time
	networks []model.Network
	whole    bool
	peerings map[safe.Text][]model.Peering // of the networks that share addresses with a half; those that could not be read are missing
}

// besideFor is how long what is known of other networks is good: they change seldom.
const besideFor = time.Minute

// neighbourhood is what is known around the network and its VNET as it is now. What cannot be
// read is not known, and said once in the log.
func (e *engine) neighbourhood(ctx context.Context, step setup.StepID, v model.VNet, own model.Peering) model.Around {
	return e.neighbourhoodOf(ctx, step, v, own, func(o model.Network) bool { return e.meets(o, v) })
}

// neighbourhoodOf is the same, with the peerings of the networks that are wanted.
func (e *engine) neighbourhoodOf(ctx context.Context, step setup.StepID, v model.VNet, own model.Peering, wanted func(model.Network) bool) model.Around {
	b := e.neighbours(ctx, step, wanted)
	n := e.facts.network
	a := model.Around{Whole: b.whole, Ours: []safe.Text{e.plan.request.VNet.SubscriptionID}, Peering: own, Unpeered: own.ID.IsEmpty()}
	provider := map[safe.Text]model.Provider{}
	for _, account := range e.facts.accounts {
		provider[account.ID] = account.Provider
		if account.ID == n.ProviderAccountID {
			a.Kong = account.AccountID
		}
	}
	for i := range b.networks {
		o := &b.networks[i]
		if o.ID == n.ID {
			continue
		}
		peerings, read := b.peerings[o.ID]
		a.Others = append(a.Others, model.NeighbourOf(*o, provider[o.ProviderAccountID], peerings, read, e.plan.request.EndKey()))
	}
	a.Born = e.born(v, a)
	return a
}

// neighbours reads the networks beside the run's own, unless they were read a moment ago.
func (e *engine) neighbours(ctx context.Context, step setup.StepID, wanted func(model.Network) bool) beside {
	now := e.o.Clock.Now()
	if b := e.facts.beside; !b.at.IsZero() && now.Sub(b.at) < besideFor {
		return b
	}
	b := beside{at: now, peerings: map[safe.Text][]model.Peering{}}
	unread := func(what string, err error) {
		if ctx.Err() == nil {
			e.sayf(step, model.LinePlain, "%s cannot be read (%s), so another network may have a half in the VNET", what, strings.TrimRight(failure(err).Cause.String(), ". "))
		}
	}
	list, err := try(ctx, e, step, func(ctx context.Context) ([]model.Network, error) {
		l, err := e.o.Clouds.Konnect.Networks(ctx, nil)
		b.whole = err == nil && l.Complete
		return l.Items, err
	})
	if err != nil {
		unread("the list of networks", err)
	}
	b.networks = list
	for i := range b.networks {
		o := &b.networks[i]
		if o.ID == e.facts.network.ID || o.State == model.NetworkTerminated || !wanted(*o) {
			continue
		}
		peerings, err := e.peeringsOf(ctx, step, *o)
		if err != nil {
			unread("the list of the peerings of "+o.Name.String(), err)
			continue
		}
		b.peerings[o.ID] = peerings
	}
	if ctx.Err() == nil {
		e.facts.beside = b
	}
	return b
}

// meets reports whether another network shares addresses with the run's, or with a half of
// the VNET that does.
func (e *engine) meets(o model.Network, v model.VNet) bool {
	own := e.facts.network.CIDR
	if !o.CIDR.Valid() || !own.Valid() || o.CIDR.Overlaps(own) {
		return true
	}
	return slices.ContainsFunc(v.Peerings, func(p model.VNetPeering) bool {
		remote := p.RemotePrefixes()
		return slices.ContainsFunc(remote, own.Overlaps) && slices.ContainsFunc(remote, o.CIDR.Overlaps)
	})
}

// born are the halves that came since this run has asked for the peering, where no other
// network that shares addresses was making one with the VNET meanwhile.
func (e *engine) born(v model.VNet, a model.Around) []safe.Text {
	before := e.facts.before
	if before == nil || !a.Whole {
		return nil
	}
	for _, o := range a.Others {
		if o.CIDR.Valid() && !o.CIDR.Overlaps(e.facts.network.CIDR) || o.Peered == model.No {
			continue
		}
		then := slices.IndexFunc(before.around.Others, func(b model.Neighbour) bool { return b.ID == o.ID })
		if o.Peered == model.Unstated || o.Peering.State.Changing() || then < 0 {
			return nil
		}
		if was := before.around.Others[then]; was.Peering.ID != o.Peering.ID || was.Peering.State.Changing() {
			return nil
		}
	}
	var out []safe.Text
	for _, p := range v.Peerings {
		if !slices.ContainsFunc(before.vnet.Peerings, func(b model.VNetPeering) bool { return b.ID == p.ID }) {
			out = append(out, p.ID)
		}
	}
	return out
}

// before is what was there when this session of the run asked for the peering.
type before struct {
	vnet   model.VNet
	around model.Around
}
