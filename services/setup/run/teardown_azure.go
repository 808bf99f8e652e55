package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/azure/authorization"
)

// removeAssignment takes the role on the VNET away from Kong's application.
type removeAssignment struct{ *engine }

func (r *removeAssignment) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	got, err := try(ctx, r.engine, setup.StepRemoveAssignment, func(ctx context.Context) (model.RoleAssignment, error) {
		return r.o.Clouds.Roles.Assignment(ctx, r.plan.request.VNet.TenantID, m.ID)
	})
	if f, failed := model.AsFailure(err); failed && authorization.IsGone(f) {
		return m, false, nil
	}
	if err == nil {
		r.facts.role.ID = got.RoleDefinitionID
	}
	return m, err == nil, err
}

// keep looks whether a peering still stands on it: Kong removes its half of the
// VNET with this right, and other networks of Konnect may be peered with it too.
func (r *removeAssignment) keep(ctx context.Context, _ setup.Made) (string, error) {
	v, err := try(ctx, r.engine, setup.StepRemoveAssignment, func(ctx context.Context) (model.VNet, error) {
		return r.o.Clouds.Azure.VNet(ctx, r.plan.request.VNet)
	})
	if is(err, model.FailureNotFound) {
		return "", nil // there is nothing left to peer with
	}
	if is(err, model.FailurePermission) {
		return "whether a peering still needs it cannot be told, because you may not read the VNET", nil
	}
	if err != nil {
		return "", err
	}
	r.facts.beside = beside{} // every network may be peered with it, whatever its range
	around := r.neighbourhoodOf(ctx, setup.StepRemoveAssignment, v, model.Peering{}, func(model.Network) bool { return true })
	around.Unpeered = false // its half may live on for a moment after Konnect's
	return model.NeedsKong(r.facts.network, around, v), ctx.Err()
}

func (*removeAssignment) goes() string { return "" }

func (*removeAssignment) going() bool { return false }

func (r *removeAssignment) write(m setup.Made) model.Write {
	return r.o.Clouds.Roles.DeleteAssignmentWrite(m.ID)
}

func (r *removeAssignment) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveAssignment, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Roles.DeleteAssignment(ctx, r.plan.request.VNet.TenantID, w)
	})
}

func (*removeAssignment) after(setup.Made) string { return "Kong may no longer peer with this VNET." }

// made is what the run has made, as it stands now.
func (e *engine) made() []setup.Made {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.now.Made
}

// removeRole deletes the custom role, unless somebody else has a use for it.
type removeRole struct{ *engine }

func (r *removeRole) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	d, err := r.read(ctx, m)
	if f, failed := model.AsFailure(err); failed && authorization.IsGone(f) {
		return m, false, nil
	}
	if err == nil {
		m.Name = d.RoleName
	}
	return m, err == nil, err
}

func (r *removeRole) read(ctx context.Context, m setup.Made) (model.RoleDefinition, error) {
	return try(ctx, r.engine, setup.StepRemoveRole, func(ctx context.Context) (model.RoleDefinition, error) {
		return r.o.Clouds.Roles.RoleDefinition(ctx, r.plan.request.VNet.TenantID, m.ID)
	})
}

// keep looks whether the role is shared: it was there before, it names other
// subscriptions, or it is assigned somewhere.
func (r *removeRole) keep(ctx context.Context, m setup.Made) (string, error) {
	if m.Changed {
		return "it was there before this run, which only added to it", nil
	}
	d, err := r.read(ctx, m)
	if err != nil {
		return "", err
	}
	ref := r.plan.request.VNet
	if n := len(d.AssignableScopes); n > 1 || !d.HasScope(ref.SubscriptionID) {
		return "it serves " + phrase.Count(n, "scope"), nil
	}
	list, err := try(ctx, r.engine, setup.StepRemoveRole, func(ctx context.Context) ([]model.RoleAssignment, error) {
		return r.o.Clouds.Roles.Assignments(ctx, ref.TenantID, subscriptionScope(ref.SubscriptionID), cleaned(""))
	})
	if is(err, model.FailurePermission) {
		return "whether somebody else uses it cannot be told, because you may not list role assignments", nil
	}
	if err != nil {
		return "", err
	}
	used := 0
	for _, a := range list {
		if !model.SameRole(a.RoleDefinitionID, m.ID) {
			continue
		}
		stands, err := r.stands(ctx, a)
		if err != nil {
			return "", err
		}
		if stands {
			used++
		}
	}
	if used > 0 {
		return "it is still used by " + phrase.Count(used, "role assignment"), nil
	}
	return "", nil
}

// stands reads an assignment that a list shows: lists show for minutes what is deleted.
func (r *removeRole) stands(ctx context.Context, a model.RoleAssignment) (bool, error) {
	_, err := try(ctx, r.engine, setup.StepRemoveRole, func(ctx context.Context) (model.RoleAssignment, error) {
		return r.o.Clouds.Roles.Assignment(ctx, r.plan.request.VNet.TenantID, a.ID)
	})
	switch f, failed := model.AsFailure(err); {
	case !failed, is(err, model.FailurePermission):
		return true, nil
	case authorization.IsGone(f):
		return false, nil
	default:
		return false, err
	}
}

func (*removeRole) goes() string { return "" }

func (*removeRole) going() bool { return false }

func (r *removeRole) write(m setup.Made) model.Write { return r.o.Clouds.Roles.DeleteRoleWrite(m.ID) }

func (r *removeRole) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveRole, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Roles.DeleteRole(ctx, r.plan.request.VNet.TenantID, w)
	})
}

func (*removeRole) after(setup.Made) string { return "No role assignment uses it." }
