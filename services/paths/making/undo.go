package making

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
)

// goneTime is how long what was deleted may show.
const goneTime = time.Minute

// undo removes what the order has made and nothing else, and only while it is as it was
// made. All of that is looked at before anything is removed.
func (j *job) undo() ending {
	j.update(func(m *gateway.Making) { m.State = gateway.MakingUndoing })
	o := j.state().Order
	if j.state().Unsure {
		if _, err := j.begin(o); err != nil {
			return j.failed(err)
		}
		j.update(func(m *gateway.Making) { m.State, m.Unsure = gateway.MakingUndoing, false })
	}
	if err := j.mayGo(o); err != nil {
		return j.failed(err)
	}
	now := j.state()
	var plan []model.Write
	if now.MadeRoute {
		plan = append(plan, j.maker.sender.DeleteRouteWrite(o.Plane, routeID(now)))
	}
	if now.MadeService {
		plan = append(plan, j.maker.sender.DeleteServiceWrite(o.Plane, serviceID(now)))
	}
	j.update(func(m *gateway.Making) { m.Plan = plan })
	for _, w := range plan {
		if err := j.remove(o, w); err != nil {
			return j.failed(err)
		}
	}
	j.sayf(model.LineGood, "what this order had made is gone")
	return ending{state: gateway.MakingUndone}
}

// serviceID is the id under which the service is: the one that was read back, or the one
// that it was to get.
func serviceID(m gateway.Making) safe.Text { return m.Service.ID.Or(m.Order.Service.ID.Raw()) }

func routeID(m gateway.Making) safe.Text { return m.Route.ID.Or(m.Order.Route.ID.Raw()) }

// mayGo looks whether what the order has made is as it was, and used by nothing else. What
// is gone already is marked.
func (j *job) mayGo(o gateway.Order) error {
	now := j.state()
	if now.MadeRoute {
		found, err := try(j, func(ctx context.Context) (gateway.Route, error) {
			return j.maker.sender.Route(ctx, o.Plane, routeID(now))
		})
		switch {
		case isGone(err):
			j.update(func(m *gateway.Making) { m.MadeRoute = false })
		case err != nil:
			return err
		default:
			was := now.Route
			if was.ID.IsEmpty() {
				was = o.Route
				was.ServiceID = serviceID(now)
			}
			if d := gateway.RouteDifferences(was, found); len(d) > 0 || touched(was.UpdatedAt, found.UpdatedAt) {
				return gateway.Changed("route", o.Route.Name, d)
			}
		}
	}
	if !now.MadeService {
		return nil
	}
	found, err := try(j, func(ctx context.Context) (gateway.Service, error) {
		return j.maker.sender.Service(ctx, o.Plane, serviceID(now))
	})
	if isGone(err) {
		j.update(func(m *gateway.Making) { m.MadeService = false })
		return nil
	}
	if err != nil {
		return err
	}
	was := now.Service
	if was.ID.IsEmpty() {
		was = o.Service
	}
	if d := gateway.ServiceDifferences(was, found); len(d) > 0 || touched(was.UpdatedAt, found.UpdatedAt) {
		return gateway.Changed("service", o.Service.Name, d)
	}
	but := safe.Text{}
	if now.MadeRoute {
		but = routeID(now)
	}
	others, err := try(j, func(ctx context.Context) ([]gateway.Route, error) {
		return j.maker.sender.Others(ctx, o, serviceID(now), but)
	})
	if err == nil && len(others) > 0 {
		err = gateway.InUse(o.Service.Name, others)
	}
	return err
}

// touched reports whether something was written since it was read back, as far as Konnect
// gives times.
func touched(was, now time.Time) bool { return !was.IsZero() && !now.IsZero() && !was.Equal(now) }

// remove sends a deletion and looks until what it removes is gone.
func (j *job) remove(o gateway.Order, w model.Write) error {
	route := w.Kind == model.ObjectRoute
	_, err := write(j, w, func(ctx context.Context) (struct{}, error) {
		if route {
			return struct{}{}, j.maker.sender.DeleteRoute(ctx, o.Plane, w)
		}
		return struct{}{}, j.maker.sender.DeleteService(ctx, o.Plane, w)
	})
	if f, failed := model.AsFailure(err); failed && (!f.Unsure() || j.ctx.Err() != nil) {
		return err
	}
	now := j.state()
	gone, looked := j.until("Konnect still shows it", goneTime, func(ctx context.Context) (bool, error) {
		var err error
		if route {
			_, err = j.maker.sender.Route(ctx, o.Plane, routeID(now))
		} else {
			_, err = j.maker.sender.Service(ctx, o.Plane, serviceID(now))
		}
		if isGone(err) {
			return true, nil
		}
		return false, err
	})
	switch {
	case looked != nil:
		return looked
	case !gone && err != nil:
		return err
	case !gone:
		return model.Failure{
			Kind: model.FailureTimeout, Operation: "remove", Subject: o.Service.Name, Retryable: true,
			Cause: safe.New("Konnect took the request and still shows it"), Cure: model.CureUndoAgain,
		}
	}
	j.update(func(m *gateway.Making) {
		m.Unsure = false
		if route {
			m.MadeRoute = false
		} else {
			m.MadeService = false
		}
	})
	return j.keep()
}
