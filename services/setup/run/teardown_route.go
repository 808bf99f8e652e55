package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// madeOrder is what the run has made, by its journal.
func (e *engine) madeOrder() (gateway.Order, error) {
	plane := e.plan.record.Plane()
	if plane.ID.IsEmpty() || e.plan.request.Route == nil {
		return gateway.Order{}, setup.PlaneUnknown()
	}
	return e.orderOf(plane), nil
}

// removeRoute deletes the route that the run has made.
type removeRoute struct {
	*engine
	seen gateway.Route
}

func (r *removeRoute) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	o, err := r.madeOrder()
	if err != nil {
		return m, false, err
	}
	found, err := try(ctx, r.engine, setup.StepRemoveRoute, func(ctx context.Context) (gateway.Route, error) {
		return r.o.Clouds.Konnect.Route(ctx, o.Plane, m.ID)
	})
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	r.seen = found
	return m, err == nil, err
}

func (r *removeRoute) keep(context.Context, setup.Made) (string, error) {
	o, err := r.madeOrder()
	if err != nil {
		return "", err
	}
	want := o.Route
	want.ServiceID = r.seen.ServiceID // which it leads to may have been another one's from the beginning
	if d := gateway.RouteDifferences(want, r.seen); len(d) > 0 {
		return "it was changed since it was made: " + gateway.Words(d), nil
	}
	return "", nil
}

func (*removeRoute) goes() string { return "" }

func (*removeRoute) going() bool { return false }

func (r *removeRoute) write(m setup.Made) model.Write {
	return r.o.Clouds.Konnect.DeleteRouteWrite(r.plan.record.Plane(), m.ID)
}

func (r *removeRoute) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveRoute, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Konnect.DeleteRoute(ctx, r.plan.record.Plane(), w)
	})
}

func (*removeRoute) after(setup.Made) string {
	return "Requests for it are answered with 404 from then on."
}

// removeService deletes the gateway service that the run has made.
type removeService struct {
	*engine
	seen gateway.Service
}

func (r *removeService) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	o, err := r.madeOrder()
	if err != nil {
		return m, false, err
	}
	found, err := try(ctx, r.engine, setup.StepRemoveService, func(ctx context.Context) (gateway.Service, error) {
		return r.o.Clouds.Konnect.Service(ctx, o.Plane, m.ID)
	})
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	r.seen = found
	return m, err == nil, err
}

// keep says why the service stays: somebody has changed it, or uses it too.
func (r *removeService) keep(ctx context.Context, m setup.Made) (string, error) {
	o, err := r.madeOrder()
	if err != nil {
		return "", err
	}
	if d := gateway.ServiceDifferences(o.Service, r.seen); len(d) > 0 {
		return "it was changed since it was made: " + gateway.Words(d), nil
	}
	others, err := try(ctx, r.engine, setup.StepRemoveService, func(ctx context.Context) ([]gateway.Route, error) {
		return r.sender().Others(ctx, o, m.ID, safe.Text{})
	})
	if err != nil || len(others) == 0 {
		return "", err
	}
	names := make([]string, len(others))
	for i, route := range others {
		names[i] = route.Name.Or(route.ID.Raw()).String()
	}
	return "routes lead to it: " + phrase.Few(names, 4), nil
}

func (*removeService) goes() string { return "" }

func (*removeService) going() bool { return false }

func (r *removeService) write(m setup.Made) model.Write {
	return r.o.Clouds.Konnect.DeleteServiceWrite(r.plan.record.Plane(), m.ID)
}

func (r *removeService) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveService, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Konnect.DeleteService(ctx, r.plan.record.Plane(), w)
	})
}

func (*removeService) after(setup.Made) string { return "No route leads to it." }
