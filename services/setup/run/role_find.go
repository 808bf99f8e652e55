package run

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// finds is what a search for the role found.
type finds struct {
	best   model.RoleDefinition // empty id: none of the looks showed one
	usable bool                 // Azure lists it for the VNET, so it can be assigned there
	looks  setup.Looks          // that did not show one
}

// search is one search for the role. Wide also asks for all custom roles and compares
// their names here: a list by name has been seen to leave out what is there.
type search struct {
	*role
	wide bool

	mu    sync.Mutex
	looks setup.Looks
}

// find looks for the role by its names and by its id: in its own subscription first and,
// because Azure lists a role only in the subscriptions that it names, in every other one
// that can be read. Names are unique in a tenant, so one that hides there would refuse a
// new one.
func (r *role) find(ctx context.Context, wide bool) (finds, error) {
	ref := r.plan.request.VNet
	s := &search{role: r, wide: wide}
	own, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.RoleDefinition, error) {
		return s.named(ctx, ref.ID(), model.Subscription{ID: ref.SubscriptionID})
	})
	if err != nil {
		return finds{}, err
	}
	if len(own) > 0 {
		return finds{best: r.best(own), usable: true, looks: s.looks}, nil
	}
	all, err := s.elsewhere(ctx)
	if err != nil {
		return finds{}, err
	}
	if len(s.looks.Unread) > 0 {
		r.sayf(r.id(), model.LinePlain, "%s could not be searched for the role", phrase.Count(len(s.looks.Unread), "subscription"))
	}
	slices.Sort(s.looks.Places)
	out := finds{looks: s.looks}
	if len(all) > 0 {
		out.best = r.best(all)
		r.sayf(r.id(), model.LinePlain, "%s is in this tenant, in another subscription", out.best.RoleName)
	}
	return out, nil
}

// elsewhere looks in the other subscriptions.
func (s *search) elsewhere(ctx context.Context) ([]model.RoleDefinition, error) {
	ref := s.plan.request.VNet
	subs, err := try(ctx, s.engine, s.id(), func(ctx context.Context) ([]model.Subscription, error) {
		return s.o.Clouds.Azure.Subscriptions(ctx, ref.TenantID)
	})
	if err != nil {
		return nil, err
	}
	subs = slices.DeleteFunc(subs, func(other model.Subscription) bool { return other.ID.EqualFold(ref.SubscriptionID) })
	var (
		all   []model.RoleDefinition
		later []model.Subscription // that asked for patience
	)
	err = work.Each(ctx, width.Most, len(subs), func(ctx context.Context, i int) error {
		got, err := s.named(ctx, subscriptionScope(subs[i].ID), subs[i])
		s.mu.Lock()
		defer s.mu.Unlock()
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil && attempt.Passes(failure(err)):
			later = append(later, subs[i])
		case err != nil: // the others may tell enough
			s.unread(subs[i])
		}
		all = append(all, got...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, other := range later {
		got, err := try(ctx, s.engine, s.id(), func(ctx context.Context) ([]model.RoleDefinition, error) {
			return s.named(ctx, subscriptionScope(other.ID), other)
		})
		if err != nil {
			return nil, err
		}
		all = append(all, got...)
	}
	return all, nil
}

// named looks for the custom roles of the names in question that a scope shows. The role
// that this program would make is also asked for by its id: a list may leave out what
// is there, and writing it anew would take away what others have added to it.
func (s *search) named(ctx context.Context, scope safe.Text, sub model.Subscription) ([]model.RoleDefinition, error) {
	names := append(model.RoleNames(s.plan.request.Role()), s.secondName())
	s.looked(sub.Name.Or("the VNET's subscription"))
	for _, name := range names {
		got, err := s.listed(ctx, scope, name, names)
		if err != nil || len(got) > 0 {
			return got, err
		}
	}
	s.missed("the lists by name")
	got, err := s.byID(ctx, sub.ID)
	if err != nil {
		return nil, err
	}
	if len(got) > 0 {
		s.sayf(s.id(), model.LinePlain, "the list by name does not show %s; a read of its id does", got[0].RoleName)
		return got, nil
	}
	s.missed("a read of the id that peerdeck gives it")
	if !s.wide {
		return nil, nil
	}
	if got, err = s.listed(ctx, scope, safe.Text{}, names); err != nil || len(got) > 0 {
		if len(got) > 0 {
			s.sayf(s.id(), model.LinePlain, "neither the list by name nor a read of an id shows %s; the list of all custom roles does", got[0].RoleName)
		}
		return got, err
	}
	s.missed("the list of all custom roles")
	return nil, nil
}

// listed lists custom roles of a name, or with no name those of all that are given.
func (s *search) listed(ctx context.Context, scope, name safe.Text, names []safe.Text) ([]model.RoleDefinition, error) {
	got, err := s.o.Clouds.Roles.RoleDefinitions(ctx, s.plan.request.VNet.TenantID, scope, name)
	return slices.DeleteFunc(got, func(d model.RoleDefinition) bool {
		return strings.EqualFold(d.Type.Raw(), "BuiltInRole") || !slices.ContainsFunc(names, d.RoleName.EqualFold)
	}), err
}

// byID reads the role by the ids that this program would give it, also as a second one.
func (s *search) byID(ctx context.Context, subscription safe.Text) ([]model.RoleDefinition, error) {
	ref := s.plan.request.VNet
	names := []safe.Text{s.plan.request.Role()}
	if subscription.EqualFold(ref.SubscriptionID) {
		names = append(names, s.secondName())
	}
	for _, name := range names {
		id := safe.New(subscriptionScope(subscription).Raw() + "/providers/Microsoft.Authorization/roleDefinitions/" + roleGUID(ref.TenantID, name).Raw())
		d, err := s.o.Clouds.Roles.RoleDefinition(ctx, ref.TenantID, id)
		if err == nil {
			return []model.RoleDefinition{d}, nil
		}
		if !is(err, model.FailureNotFound) && !is(err, model.FailurePermission) {
			return nil, err
		}
	}
	return nil, nil
}

// unread keeps a subscription that may not be searched. The lock is held.
func (s *search) unread(sub model.Subscription) {
	name := sub.Name.Or(sub.ID.Raw())
	s.looks.Unread = append(s.looks.Unread, name)
	s.looks.Places = slices.DeleteFunc(s.looks.Places, func(p string) bool { return p == name.String() })
}

// missed keeps a look that showed nothing.
func (s *search) missed(way string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.looks.Ways, way) {
		s.looks.Ways = append(s.looks.Ways, way)
	}
}

// looked keeps where a search was.
func (s *search) looked(place safe.Text) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.looks.Places, place.String()) {
		s.looks.Places = append(s.looks.Places, place.String())
	}
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
