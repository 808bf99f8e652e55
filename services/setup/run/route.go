package run

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// route makes a gateway service with a route in a control plane that runs on the network.
// Both get ids of the run's own, and names are not taken twice: so a request that is sent
// again makes nothing twice.
type route struct {
	*engine
	order gateway.Order
	there gateway.There // what the last look has found
}

// readBackTime is how long what was accepted may be read back as something else.
const readBackTime = time.Minute

func (*route) id() setup.StepID { return setup.StepRoute }

// sender looks and makes requests as the page does that makes one alone.
func (e *engine) sender() making.Sender { return making.Sender{Konnect: e.o.Clouds.Konnect} }

func (r *route) check(ctx context.Context) (verdict, error) {
	if r.pending() { // which control planes will run on it nobody knows
		return verdict{met: true, state: setup.StepPlanned, summary: "to be made, when a control plane runs on the network"}, nil
	}
	plane, err := r.plane(ctx)
	if err != nil {
		return verdict{}, err
	}
	r.order = r.orderOf(plane)
	r.there, err = try(ctx, r.engine, r.id(), func(ctx context.Context) (gateway.There, error) {
		return r.sender().Look(ctx, r.order)
	})
	if err != nil {
		return verdict{}, err
	}
	if f := r.order.Clash(r.there); f != nil {
		return verdict{}, *f
	}
	if err := r.had(r.there); err != nil {
		return verdict{}, err
	}
	if r.order.Met(r.there) {
		return met("%s", r.summary()), nil
	}
	return verdict{summary: r.summary(), writes: r.sender().Writes(r.order, r.there)}, nil
}

func (r *route) summary() string {
	return fmt.Sprintf("%s → %s in %s", r.order.Route.Name, r.order.Service.Name, r.order.Plane.Label())
}

// orderOf is what the request wants, with ids that are the same in each session of the run.
func (e *engine) orderOf(plane model.ControlPlane) gateway.Order {
	d := *e.plan.request.Route
	id := func(noun string, name safe.Text) safe.Text { return guid(noun, e.plan.id, plane.ID.Raw(), name.Raw()) }
	s, r := d.Wanted()
	return gateway.NewOrder(plane, d, id("gateway-service", s.Name), id("gateway-route", r.Name))
}

// plane finds the control plane among those that run on the network, and writes down which
// it is: a teardown finds it by that.
func (r *route) plane(ctx context.Context) (model.ControlPlane, error) {
	planes, err := r.planes(ctx)
	if err != nil {
		return model.ControlPlane{}, err
	}
	found, f := setup.PlaneOf(*r.plan.request.Route, r.facts.network.Name, planes)
	if f != nil {
		return found, *f
	}
	if r.reread().Plane().ID == found.ID {
		return found, nil
	}
	return found, r.note(journal.Entry{Kind: journal.Place, Step: r.id(), ID: found.ID, Name: found.Name, Text: found.Geo})
}

// planes are the control planes that may have services for data planes on the network: for
// a group its members. One that cannot be read is known by its id alone.
func (r *route) planes(ctx context.Context) ([]model.ControlPlane, error) {
	refs, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.ConfigurationReference, error) {
		l, err := r.o.Clouds.Konnect.References(ctx, r.facts.network.ID)
		return l.Items, err
	})
	if err != nil {
		return nil, err
	}
	var out []model.ControlPlane
	for _, ref := range refs {
		if slices.ContainsFunc(out, func(c model.ControlPlane) bool { return c.ID == ref.ControlPlaneID }) {
			continue
		}
		c, err := try(ctx, r.engine, r.id(), func(ctx context.Context) (model.ControlPlane, error) {
			return r.o.Clouds.Konnect.ControlPlane(ctx, ref.Geo, ref.ControlPlaneID)
		})
		if r.ctx.Err() != nil {
			return nil, err
		}
		if err != nil {
			r.sayf(r.id(), model.LineTrouble, "%s", failure(err).Error())
			out = append(out, model.ControlPlane{ID: ref.ControlPlaneID, Geo: ref.Geo})
			continue
		}
		if !c.Group() {
			out = append(out, c)
			continue
		}
		members, err := try(ctx, r.engine, r.id(), func(ctx context.Context) ([]model.ControlPlane, error) {
			l, err := r.o.Clouds.Konnect.Members(ctx, c)
			return l.Items, err
		})
		if err != nil {
			return nil, err
		}
		out = append(out, members...)
	}
	return out, nil
}

// had notes what an earlier request of the run has made.
func (r *route) had(t gateway.There) error {
	if t.Service != nil && t.Service.ID == r.order.Service.ID {
		if err := r.found(r.id(), model.ObjectService, t.Service.ID, t.Service.Name); err != nil {
			return err
		}
	}
	if t.Route != nil && t.Route.ID == r.order.Route.ID {
		return r.found(r.id(), model.ObjectRoute, t.Route.ID, t.Route.Name)
	}
	return nil
}

func (r *route) apply(ctx context.Context) error {
	o := r.order
	if r.there.Service == nil {
		w := r.sender().CreateServiceWrite(o.Plane, o.Service)
		err := r.make(ctx, w, object{kind: model.ObjectService, id: o.Service.ID, name: o.Service.Name}, func(ctx context.Context) (safe.Text, error) {
			s, err := r.sender().CreateService(ctx, o.Plane, w)
			if err == nil {
				r.there.Service = &s
			}
			return s.ID, err
		})
		if err != nil {
			return err
		}
	}
	if r.there.Route != nil {
		return nil
	}
	w := r.sender().RouteWrite(o, r.there.Service.ID)
	return r.make(ctx, w, object{kind: model.ObjectRoute, id: o.Route.ID, name: o.Route.Name}, func(ctx context.Context) (safe.Text, error) {
		made, err := r.sender().CreateRoute(ctx, o.Plane, w)
		if err == nil {
			r.there.Route = &made
		}
		return made.ID, err
	})
}

// make sends a request, again where it was refused for now. What may have been made without
// an answer, and what Konnect says is there, is looked for before anything else.
func (r *route) make(ctx context.Context, w model.Write, o object, f func(context.Context) (safe.Text, error)) error {
	for tries := attempt.Begin(attempt.Writing(), r.waiter(r.id())); ; {
		err := r.send(ctx, r.id(), w, o, f)
		if err == nil || r.ctx.Err() != nil {
			return err
		}
		if refused := failure(err); refused.Unsure() || refused.Kind == model.FailureConflict {
			return r.shows(ctx, o, refused)
		}
		if err := tries.Again(ctx, err); err != nil {
			return err
		}
	}
}

// shows looks until Konnect shows what it may have made, or says is there.
func (r *route) shows(ctx context.Context, o object, refused model.Failure) error {
	var clash *model.Failure
	there, err := r.seek(ctx, r.id(), "looking whether Konnect made it", func(ctx context.Context) (bool, error) {
		t, err := try(ctx, r.engine, r.id(), func(ctx context.Context) (gateway.There, error) { return r.sender().Look(ctx, r.order) })
		if err != nil {
			return false, err
		}
		clash = r.order.Clash(t)
		if t.Service != nil {
			r.there.Service = t.Service
		}
		if t.Route != nil {
			r.there.Route = t.Route
		}
		return clash != nil || o.kind == model.ObjectService && t.Service != nil || o.kind == model.ObjectRoute && t.Route != nil, nil //nolint:nilerr // a clash ends the looking, and is told after it
	})
	switch {
	case err != nil:
		return err
	case clash != nil:
		return *clash
	case there:
		return r.had(r.there)
	case refused.Unsure():
		return r.order.Lost(string(o.kind), o.name, refused)
	default:
		return refused
	}
}

// verify reads service and route by their ids until they are as they were sent.
func (r *route) verify(ctx context.Context) (string, error) {
	var clash *model.Failure
	for end := r.o.Clock.Now().Add(readBackTime); ; {
		t, err := try(ctx, r.engine, r.id(), func(ctx context.Context) (gateway.There, error) { return r.sender().Look(ctx, r.order) })
		if err != nil {
			return "", err
		}
		if clash = r.order.Clash(t); r.order.Met(t) {
			return r.summary(), nil
		}
		if !r.o.Clock.Now().Before(end) {
			break
		}
		if err := r.hold(r.id(), "Konnect does not show yet what was sent", lookEvery, 0, 0); err != nil {
			return "", err
		}
	}
	if clash == nil {
		return "", setup.StillHidden(phrase.And([]string{"service " + r.order.Service.Name.String(), "route " + r.order.Route.Name.String()}))
	}
	f := *clash
	f.Operation, f.Cure = "read back", model.CureReadBackDiffers
	return "", f
}
