package making

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
)

// Konnect is what is asked of Kong Konnect. The client must not retry by itself: an order
// does that, in sight of everybody.
type Konnect interface {
	Services
	Routes
}

// Services are the gateway services of a control plane.
type Services interface {
	Service(ctx context.Context, plane model.ControlPlane, id safe.Text) (gateway.Service, error)
	ServicesNamed(ctx context.Context, plane model.ControlPlane, name safe.Text) (konnect.List[gateway.Service], error)
	CreateServiceWrite(plane model.ControlPlane, s gateway.Service) model.Write
	CreateService(ctx context.Context, plane model.ControlPlane, w model.Write) (gateway.Service, error)
	DeleteServiceWrite(plane model.ControlPlane, id safe.Text) model.Write
	DeleteService(ctx context.Context, plane model.ControlPlane, w model.Write) error
}

// Routes are those of a control plane.
type Routes interface {
	Route(ctx context.Context, plane model.ControlPlane, id safe.Text) (gateway.Route, error)
	Routes(ctx context.Context, plane model.ControlPlane) (konnect.List[gateway.Route], error)
	RoutesNamed(ctx context.Context, plane model.ControlPlane, name safe.Text) (konnect.List[gateway.Route], error)
	CreateRouteWrite(plane model.ControlPlane, service safe.Text, route gateway.Route) model.Write
	CreateRoute(ctx context.Context, plane model.ControlPlane, w model.Write) (gateway.Route, error)
	DeleteRouteWrite(plane model.ControlPlane, id safe.Text) model.Write
	DeleteRoute(ctx context.Context, plane model.ControlPlane, w model.Write) error
}

// Sender looks for what an order wants and makes its requests. Whoever sends them writes a
// journal around each: a maker, and the set-up's step Route.
type Sender struct{ Konnect }

// Look looks for the service and the route of an order.
func (s Sender) Look(ctx context.Context, o gateway.Order) (t gateway.There, err error) {
	if t.Service, err = s.LookService(ctx, o); err == nil {
		t.Route, err = s.LookRoute(ctx, o)
	}
	return t, err
}

// LookService looks for a service by the id that it is to get, and by its name. Nil: none shows.
func (s Sender) LookService(ctx context.Context, o gateway.Order) (*gateway.Service, error) {
	return look(o.Service.ID, o.Service.Name,
		func(id safe.Text) (gateway.Service, error) { return s.Service(ctx, o.Plane, id) },
		func() (konnect.List[gateway.Service], error) { return s.ServicesNamed(ctx, o.Plane, o.Service.Name) },
		func(found gateway.Service) safe.Text { return found.Name })
}

// LookRoute looks for a route by the id that it is to get, and by its name. Nil: none shows.
func (s Sender) LookRoute(ctx context.Context, o gateway.Order) (*gateway.Route, error) {
	return look(o.Route.ID, o.Route.Name,
		func(id safe.Text) (gateway.Route, error) { return s.Route(ctx, o.Plane, id) },
		func() (konnect.List[gateway.Route], error) { return s.RoutesNamed(ctx, o.Plane, o.Route.Name) },
		func(found gateway.Route) safe.Text { return found.Name })
}

func look[T any](id, name safe.Text, read func(safe.Text) (T, error), list func() (konnect.List[T], error), named func(T) safe.Text) (*T, error) {
	if !id.IsEmpty() {
		found, err := read(id)
		if err == nil {
			return &found, nil
		}
		if !isGone(err) {
			return nil, err
		}
	}
	l, err := list()
	if err != nil {
		return nil, err
	}
	// A filter is a wish: the name is compared here.
	if i := slices.IndexFunc(l.Items, func(t T) bool { return named(t) == name }); i >= 0 {
		return &l.Items[i], nil
	}
	if len(l.Problems) > 0 {
		return nil, l.Problems[0]
	}
	return nil, nil //nolint:nilnil // none shows
}

func isGone(err error) bool {
	f, failed := model.AsFailure(err)
	return failed && f.Kind == model.FailureNotFound
}

// Writes are the requests that make what a look has not found, as they will be sent.
func (s Sender) Writes(o gateway.Order, t gateway.There) []model.Write {
	var out []model.Write
	service := o.Service.ID
	if t.Service != nil {
		service = t.Service.ID
	} else {
		out = append(out, s.CreateServiceWrite(o.Plane, o.Service))
	}
	if t.Route == nil {
		out = append(out, s.RouteWrite(o, service))
	}
	return out
}

// RouteWrite is the request that makes the route of an order under a service.
func (s Sender) RouteWrite(o gateway.Order, service safe.Text) model.Write {
	return s.CreateRouteWrite(o.Plane, service, o.Route)
}

// Others lists the routes that lead to a service, but for one. It fails where the list of
// routes is not whole.
func (s Sender) Others(ctx context.Context, o gateway.Order, service, but safe.Text) ([]gateway.Route, error) {
	l, err := s.Routes(ctx, o.Plane)
	if err != nil {
		return nil, err
	}
	if !l.Complete || len(l.Unread)+l.Nameless+len(l.Problems) > 0 {
		return nil, gateway.NotWhole(o.Service.Name)
	}
	return slices.DeleteFunc(l.Items, func(r gateway.Route) bool { return r.ServiceID != service || r.ID == but }), nil
}
