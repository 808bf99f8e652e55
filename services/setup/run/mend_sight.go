package run

import (
	"context"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
)

// sight is what both clouds say of the peering that a run mends, at one look.
type sight struct {
	setup.Halves

	there   bool // the network has a peering with the VNET
	own     bool // and it is the one that is to be mended
	peering model.Peering
}

// sight reads both halves and judges them, as every screen does.
func (e *engine) sight(ctx context.Context, step setup.StepID) (sight, error) {
	var s sight
	p, err := e.peeringToMend(ctx, step)
	if err != nil {
		return s, err
	}
	own := model.Peering{Kind: model.KindAzureVNet, VNet: e.plan.request.VNet}
	if p != nil {
		own, s.there, s.own = *p, true, p.ID == e.plan.request.Mend.Peering
		e.facts.peering = own
	}
	s.peering = own
	half, overlaps := e.azureHalf(ctx, step, own)
	if ctx.Err() != nil {
		return s, context.Cause(ctx)
	}
	s.Halves = e.halvesOf(own, half, overlaps, e.o.Clock.Now())
	if !s.there {
		s.Finding, _ = model.NewJudge().BeforePeering(model.PeeringFacts{Network: e.facts.network, Peering: own, Azure: half, Overlaps: overlaps, Now: s.LookedAt, Cloud: e.o.Clouds.Cloud})
	}
	if !half.VNet.ID.IsEmpty() {
		e.facts.vnet = half.VNet
	}
	return s, nil
}

// halvesOf is what is made of both halves.
func (e *engine) halvesOf(p model.Peering, half model.AzureHalf, overlaps []model.Overlap, began time.Time) setup.Halves {
	h := setup.Halves{Konnect: p.State, Reason: p.Reason, Since: began, LookedAt: e.o.Clock.Now(), Azure: half}
	n := e.facts.network
	h.Finding = model.NewJudge().Peering(model.PeeringFacts{
		Network: n, Peering: p, Azure: half, Overlaps: overlaps,
		Since:        model.SinceOf(p.CreatedAt, p.UpdatedAt, model.Sight{At: began}, h.LookedAt),
		NetworkSince: model.SinceOf(n.CreatedAt, n.UpdatedAt, model.Sight{}, h.LookedAt), Now: h.LookedAt, Cloud: e.o.Clouds.Cloud,
	})
	return h
}

// azureHalf reads Azure's half of a peering. What cannot be read is part of the picture.
func (e *engine) azureHalf(ctx context.Context, step setup.StepID, own model.Peering) (model.AzureHalf, []model.Overlap) {
	read := model.VNetRead{Part: model.Part{At: e.o.Clock.Now()}}
	v, err := e.end(ctx, step)
	read.VNet = v
	if err != nil {
		f := failure(err)
		read.Failure, read.Gone = &f, model.NoVNet(f)
		if !read.Gone {
			read.At = time.Time{}
		}
	}
	if !read.Read() || read.Gone {
		return e.halfBy(ctx, step, model.Around{}, read)
	}
	around := e.neighbourhood(ctx, step, v, own)
	around.Unpeered = false // its half may live on for a moment after Konnect's
	return e.halfBy(ctx, step, around, read)
}

// peeringToMend reads the peering by its id, or finds the one that has taken its place; nil
// when neither is there. One look that shows none proves nothing.
func (e *engine) peeringToMend(ctx context.Context, step setup.StepID) (*model.Peering, error) {
	for n := 1; ; n++ {
		p, err := e.readPeering(ctx, step, e.plan.request.Mend.Peering)
		if err == nil && p.State != model.PeeringTerminated {
			return &p, nil
		}
		if err != nil && !is(err, model.FailureNotFound) {
			return nil, err
		}
		list, err := e.peerings(ctx, step)
		if is(err, model.FailureNotFound) {
			return nil, setup.NetworkGone(failure(err), e.facts.network.Name)
		}
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(list, func(p model.Peering) bool {
			return p.Kind == model.KindAzureVNet && p.VNet.Key() == e.plan.request.VNet.Key() && p.State != model.PeeringTerminated
		})
		if i >= 0 {
			return &list[i], nil
		}
		if n >= goneLooks {
			return nil, nil //nolint:nilnil // none is an answer
		}
		if err := e.hold(step, "Konnect does not show the peering at this look", lookEvery, n+1, goneLooks); err != nil {
			return nil, err
		}
	}
}
