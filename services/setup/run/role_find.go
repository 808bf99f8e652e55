package run

import (
	"context"
	"slices"
	"strings"
	"sync"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
	"peerdeck/services/run/attempt"
	"peerdeck/services/run/work"
)

// finds is what a search for the role found.
type finds struct {
	best   model.RoleDefinition // empty id: none
	usable bool                 // Azure lists it for the VNET, so it can be assigned there
	unread int                  // subscriptions that could not be asked
}

const searchAtOnce = 4

// find looks for the role by its names: in its own subscription first and, because
// Azure lists a role only in the subscriptions that it names, in every other one
// that can be read. Names are unique in a tenant, so one that hides there would
// refuse a new one.
func (r *role) find(ctx context.Context) (finds, error) {
	ref := r.plan.request.VNet
	own, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.RoleDefinition, error) {
		return r.named(ctx, ref.ID(), ref.SubscriptionID)
	})
	if err != nil {
		return finds{}, err
	}
	if len(own) > 0 {
		return finds{best: r.best(own), usable: true}, nil
	}
	subs, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.Subscription, error) {
		return r.o.Clouds.Azure.Subscriptions(ctx, ref.TenantID)
	})
	if err != nil {
		return finds{}, err
	}
	subs = slices.DeleteFunc(subs, func(s model.Subscription) bool { return s.ID.EqualFold(ref.SubscriptionID) })
	var (
		mu  sync.Mutex
		all []model.RoleDefinition
		out finds
	)
	var later []model.Subscription // that asked for patience
	err = work.Each(ctx, searchAtOnce, len(subs), func(ctx context.Context, i int) error {
		got, err := r.named(ctx, subscriptionScope(subs[i].ID), subs[i].ID)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil && attempt.Passes(failure(err)):
			later = append(later, subs[i])
		case err != nil:
			out.unread++ // it may not be read; the others may tell enough
		}
		all = append(all, got...)
		return nil
	})
	if err != nil {
		return finds{}, err
	}
	for _, s := range later {
		got, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.RoleDefinition, error) {
			return r.named(ctx, subscriptionScope(s.ID), s.ID)
		})
		if err != nil {
			return finds{}, err
		}
		all = append(all, got...)
	}
	if out.unread > 0 {
		r.sayf(r.id(), model.LinePlain, "%s could not be searched for the role", phrase.Count(out.unread, "subscription"))
	}
	if len(all) > 0 {
		out.best = r.best(all)
		r.sayf(r.id(), model.LinePlain, "%s is in this tenant, in another subscription", out.best.RoleName)
	}
	return out, nil
}

// named lists the custom roles of the names in question that a scope shows. The role
// that this program would make is also asked for by its id: a list may leave out what
// is there, and writing it anew would take away what others have added to it.
func (r *role) named(ctx context.Context, scope, subscription safe.Text) ([]model.RoleDefinition, error) {
	var out []model.RoleDefinition
	tenant := r.plan.request.VNet.TenantID
	for _, name := range append(model.RoleNames(r.plan.request.Role()), r.secondName()) {
		got, err := r.o.Clouds.Roles.RoleDefinitions(ctx, tenant, scope, name)
		if err != nil {
			return nil, err
		}
		for _, d := range got {
			if !strings.EqualFold(d.Type.Raw(), "BuiltInRole") {
				out = append(out, d)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	id := safe.New(subscriptionScope(subscription).Raw() + "/providers/Microsoft.Authorization/roleDefinitions/" + roleGUID(tenant, r.plan.request.Role()).Raw())
	d, err := r.o.Clouds.Roles.RoleDefinition(ctx, tenant, id)
	if is(err, model.FailureNotFound) || is(err, model.FailurePermission) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []model.RoleDefinition{d}, nil
}

// best chooses among roles: one that needs no change before one that does, and the
// name that was asked for before the others.
func (r *role) best(list []model.RoleDefinition) model.RoleDefinition {
	rank := func(d model.RoleDefinition) int {
		n := 0
		if d.HasScope(r.plan.request.VNet.SubscriptionID) {
			n += 4
		}
		if len(d.Missing(model.PeeringActions())) == 0 {
			n += 2
		}
		if d.RoleName.EqualFold(r.plan.request.Role()) {
			n++
		}
		return n
	}
	return slices.MaxFunc(list, func(a, b model.RoleDefinition) int { return rank(a) - rank(b) })
}

// unneeded looks whether Kong's application has enough rights on the VNET already,
// by whatever role and scope.
func (r *role) unneeded(ctx context.Context) (verdict, bool, error) {
	a, d, ok, err := r.assigned(ctx, r.id())
	if err != nil || !ok {
		return verdict{}, false, err
	}
	r.facts.role, r.facts.assignment = d, a
	r.sayf(r.id(), model.LineGood, "%s is assigned already and has all rights", d.RoleName)
	return met("not needed"), true, nil
}

// assigned finds an assignment, direct or inherited, that gives the application all
// the rights of a peering on the VNET.
func (e *engine) assigned(ctx context.Context, step setup.StepID) (model.RoleAssignment, model.RoleDefinition, bool, error) {
	ref := e.plan.request.VNet
	if e.facts.principal.ID.IsEmpty() {
		return model.RoleAssignment{}, model.RoleDefinition{}, false, nil
	}
	list, err := try(ctx, e, step, func(ctx context.Context) ([]model.RoleAssignment, error) {
		return e.o.Clouds.Roles.Assignments(ctx, ref.TenantID, ref.ID(), e.facts.principal.ID)
	})
	if err != nil {
		return model.RoleAssignment{}, model.RoleDefinition{}, false, err
	}
	for _, a := range list {
		if !a.PrincipalID.EqualFold(e.facts.principal.ID) || !model.Covers(a.Scope, ref.ID()) {
			continue
		}
		d, err := try(ctx, e, step, func(ctx context.Context) (model.RoleDefinition, error) {
			return e.o.Clouds.Roles.RoleDefinition(ctx, ref.TenantID, e.atVNet(a.RoleDefinitionID))
		})
		if is(err, model.FailureNotFound) || is(err, model.FailurePermission) {
			continue // what it allows is not known, so it does not count
		}
		if err != nil {
			return model.RoleAssignment{}, model.RoleDefinition{}, false, err
		}
		if len(d.Missing(model.PeeringActions())) == 0 {
			return a, d, true, nil
		}
	}
	return model.RoleAssignment{}, model.RoleDefinition{}, false, nil
}
