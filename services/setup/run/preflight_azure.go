package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/setup"
)

// subscription looks whether the subscription can be seen, and is of the tenant that
// was given.
func (p *preflight) subscription(ctx context.Context) error {
	ref := p.plan.request.VNet
	s, err := try(ctx, p.engine, p.id(), func(ctx context.Context) (model.Subscription, error) {
		return p.o.Clouds.Azure.Subscription(ctx, ref.TenantID, ref.SubscriptionID)
	})
	other := code(err) == "InvalidAuthenticationTokenTenant"
	switch {
	case other, is(err, model.FailurePermission), is(err, model.FailureNotFound):
		p.tell(setup.SubscriptionRefused(failure(err), ref, other))
		return nil
	case err != nil:
		return err
	default:
		p.tell(setup.JudgeSubscription(s, ref))
		return nil
	}
}

// vnetwork reads the VNET.
func (p *preflight) vnetwork(ctx context.Context) error {
	v, err := p.end(ctx, p.id())
	if is(err, model.FailurePermission) || is(err, model.FailureNotFound) {
		p.tell(setup.VNetRefused(failure(err)))
		return nil
	}
	if err != nil {
		return err
	}
	p.facts.vnet = v
	for _, c := range setup.JudgeVNet(v) {
		p.tell(c)
	}
	return nil
}

// ranges looks for address ranges that Azure will not let meet.
func (p *preflight) ranges(ctx context.Context) error {
	n, v := p.facts.network, p.facts.vnet
	if n.ID.IsEmpty() || v.ID.IsEmpty() {
		return nil
	}
	reserved, err := p.reserved(ctx)
	if err != nil {
		return err
	}
	c := setup.Ranges{Network: n, VNet: v, Ref: p.plan.request.VNet, Half: p.found, Attached: p.attached, Reserved: reserved}.Judge()
	if !c.Repeats(p.findings) {
		p.tell(c)
	}
	return nil
}

// reserved lists the ranges that Konnect keeps for itself in the network's region.
// The public document that tells them is not worth failing for: without it, the
// ranges of Kong's documentation are taken.
func (p *preflight) reserved(ctx context.Context) ([]model.Prefix, error) {
	a, err := p.o.Clouds.Konnect.Availability(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err == nil {
		if r, ok := a.Region(model.ProviderAzure, p.facts.network.Region); ok && len(r.Reserved) > 0 {
			return r.Reserved, nil
		}
	}
	return ranges.Reserved(), nil
}
