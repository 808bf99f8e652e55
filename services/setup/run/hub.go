package run

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// end reads what is to be peered: the VNET, or the virtual hub as a VNET whose halves are the
// hub's connections.
func (e *engine) end(ctx context.Context, step setup.StepID) (model.VNet, error) {
	ref := e.plan.request.VNet
	if !e.plan.request.Hub {
		return try(ctx, e, step, func(ctx context.Context) (model.VNet, error) { return e.o.Clouds.Azure.VNet(ctx, ref) })
	}
	hub, err := try(ctx, e, step, func(ctx context.Context) (model.VirtualHub, error) {
		return e.o.Clouds.Hubs.Hub(ctx, model.HubRef(ref))
	})
	if err != nil {
		return model.VNet{}, err
	}
	e.facts.hub = hub
	return hub.AsVNet(e.facts.ways), nil
}

// halfBy makes Azure's half of the run's peering of what was read last.
func (e *engine) halfBy(ctx context.Context, step setup.StepID, around model.Around, read model.VNetRead) (model.AzureHalf, []model.Overlap) {
	if !e.plan.request.Hub {
		return model.HalfOf(e.facts.network, around, read)
	}
	judge := func() (model.AzureHalf, []model.Overlap) {
		return model.HubHalfOf(e.facts.network, around, model.HubRead{Hub: e.facts.hub, Ways: e.facts.ways, Part: read.Part, Gone: read.Gone})
	}
	h, overlaps := judge()
	if h.Hub == nil || h.Status == model.HalfAbsent {
		return h, overlaps
	}
	// What lies behind a connection is only asked for where nothing else tells whose it is.
	e.facts.ways = e.o.Clouds.Hubs.HubWays(ctx, e.plan.request.HubRef(), e.facts.hub, h.Proof < model.ProofBirth, e.waiter(step))
	return judge()
}

// hub reads the virtual hub in preflight.
func (p *preflight) hub(ctx context.Context) error {
	v, err := p.end(ctx, p.id())
	if is(err, model.FailurePermission) || is(err, model.FailureNotFound) {
		p.tell(setup.HubRefused(failure(err)))
		return nil
	}
	if err != nil {
		return err
	}
	p.facts.vnet = v
	p.tell(setup.JudgeHub(p.facts.hub))
	return nil
}

// hubRole looks whether Kong's application has the role from Konnect's wizard at the hub.
type hubRole struct{ *engine }

func (*hubRole) id() setup.StepID { return setup.StepHubRole }

func (h *hubRole) check(ctx context.Context) (verdict, error) {
	for {
		at, others, err := h.find(ctx)
		if ctx.Err() != nil {
			return verdict{}, context.Cause(ctx)
		}
		var why *model.Failure
		switch {
		case err != nil && !is(err, model.FailurePermission):
			return verdict{}, err
		case err != nil:
			f := failure(err)
			why = &f
		case !at.IsEmpty():
			h.sayf(h.id(), model.LineGood, "%s is assigned at %s", h.plan.request.RoleName, at)
			return met("assigned"), nil
		}
		if h.plan.options.DryRun {
			h.remark(h.id(), setup.HubRoleUnknown(h.plan.request))
			return met("not seen"), nil
		}
		c, err := h.ask(h.id(), setup.HubRoleMissing(h.plan.request, others, why))
		if err != nil {
			return verdict{}, err
		}
		h.answered(h.id())
		if c.Kind == setup.CommandSkip {
			return verdict{}, errSkipped
		}
	}
}

// find looks for the role among what Kong's application has at the hub and above it. It
// returns where it is assigned, empty for nowhere, and the roles that it has beside it.
func (h *hubRole) find(ctx context.Context) (at safe.Text, others []safe.Text, _ error) {
	r := h.plan.request
	principal := h.facts.principal.ID
	if principal.IsEmpty() {
		f := setup.NothingToAssign(r.VNet.Name, false)
		f.Kind = model.FailurePermission // it cannot be told
		return safe.Text{}, nil, f
	}
	list, err := try(ctx, h.engine, h.id(), func(ctx context.Context) ([]model.RoleAssignment, error) {
		return h.o.Clouds.Roles.Assignments(ctx, r.VNet.TenantID, r.EndID(), principal)
	})
	if err != nil {
		return safe.Text{}, nil, err
	}
	for _, a := range list {
		if !model.Covers(a.Scope, r.EndID()) {
			continue
		}
		d, err := try(ctx, h.engine, h.id(), func(ctx context.Context) (model.RoleDefinition, error) {
			return h.o.Clouds.Roles.RoleDefinition(ctx, r.VNet.TenantID, a.RoleDefinitionID)
		})
		if err != nil {
			d = model.RoleDefinition{ID: a.RoleDefinitionID}
		}
		if setup.RoleMatches(d, r.RoleName) {
			return model.LastSegment(a.Scope), nil, nil
		}
		if name := d.RoleName.Or(model.LastSegment(d.ID).Raw()); !slices.Contains(others, name) {
			others = append(others, name)
		}
	}
	return safe.Text{}, others, nil
}

func (*hubRole) apply(context.Context) error            { return nil }
func (*hubRole) verify(context.Context) (string, error) { return "", nil }

// hubConnecting: the hub's connection is there and not up yet.
func hubConnecting(h setup.Halves) bool {
	return h.Azure.Hub != nil && h.Azure.Status == model.HalfPresent && !h.Azure.Carries() && h.Azure.Peering.Provisioning != model.ProvisioningFailed
}
