package making

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

const (
	lagTime  = 5 * time.Minute // that a list may be late
	readTime = time.Minute     // for what was accepted to be read back as it was sent
)

// make makes what is missing of the order: the service, then the route; and reads both back.
func (j *job) make() ending {
	o := j.state().Order
	there, err := j.begin(o)
	if err != nil {
		return j.failed(err)
	}
	if f := o.Clash(there); f != nil {
		return j.failed(*f)
	}
	j.update(func(m *gateway.Making) {
		m.Plan, m.Unsure = j.maker.sender.Writes(o, there), false
		if there.Service != nil && !m.MadeService {
			m.Note = "The service was there already, as it is wanted."
		}
	})
	if o.Met(there) && !j.state().MadeRoute {
		j.update(func(m *gateway.Making) {
			m.Note = "Service and route were there already, as they are wanted: nothing was sent."
		})
	}
	if there.Service == nil {
		if there.Service, err = j.service(o); err != nil {
			return j.failed(err)
		}
	}
	j.update(func(m *gateway.Making) { m.Service = *there.Service })
	if there.Route == nil {
		if there.Route, err = j.route(o, there.Service.ID); err != nil {
			return j.failed(err)
		}
	}
	j.update(func(m *gateway.Making) { m.Route = *there.Route })
	return j.readBack(there)
}

// begin looks what of the order is there. Where a request has left of which nobody has
// heard, and where something was made, one look that does not show it is not believed.
func (j *job) begin(o gateway.Order) (t gateway.There, err error) {
	was := j.state()
	if !was.Unsure {
		return try(j, func(ctx context.Context) (gateway.There, error) { return j.maker.sender.Look(ctx, o) })
	}
	j.sayf(model.LineWait, "a request has left of which nobody has heard: it is looked for")
	_, err = j.until("Konnect does not show it at this look", lagTime, func(ctx context.Context) (bool, error) {
		t, err = j.maker.sender.Look(ctx, o)
		return t.Service != nil && (t.Route != nil || !was.MadeService), err
	})
	if err == nil {
		j.own(o, t)
	}
	return t, err
}

// own takes for made what has the id of this order's own.
func (j *job) own(o gateway.Order, t gateway.There) {
	j.update(func(m *gateway.Making) {
		m.MadeService = m.MadeService || t.Service != nil && t.Service.ID == o.Service.ID
		m.MadeRoute = m.MadeRoute || t.Route != nil && t.Route.ID == o.Route.ID
	})
}

// service sends the request for the service.
func (j *job) service(o gateway.Order) (*gateway.Service, error) {
	w := j.maker.sender.CreateServiceWrite(o.Plane, o.Service)
	return create(j, creation[gateway.Service]{
		noun: "service", name: o.Service.Name, write: w,
		send: func(ctx context.Context) (gateway.Service, error) {
			return j.maker.sender.CreateService(ctx, o.Plane, w)
		},
		look:  func(ctx context.Context) (*gateway.Service, error) { return j.maker.sender.LookService(ctx, o) },
		clash: func(s *gateway.Service) *model.Failure { return o.Clash(gateway.There{Service: s}) },
		own:   func(s gateway.Service) bool { return s.ID == o.Service.ID },
		made:  func(m *gateway.Making, s gateway.Service) { m.MadeService, m.Service = true, s },
	})
}

// route sends the request for the route.
func (j *job) route(o gateway.Order, service safe.Text) (*gateway.Route, error) {
	if service != o.Service.ID {
		j.update(func(m *gateway.Making) { // as it is sent now
			for i := range m.Plan {
				if m.Plan[i].Kind == model.ObjectRoute {
					m.Plan[i] = j.maker.sender.RouteWrite(o, service)
				}
			}
		})
	}
	w := j.maker.sender.RouteWrite(o, service)
	want := o
	want.Route.ServiceID = service
	return create(j, creation[gateway.Route]{
		noun: "route", name: o.Route.Name, write: w,
		send:  func(ctx context.Context) (gateway.Route, error) { return j.maker.sender.CreateRoute(ctx, o.Plane, w) },
		look:  func(ctx context.Context) (*gateway.Route, error) { return j.maker.sender.LookRoute(ctx, o) },
		clash: func(r *gateway.Route) *model.Failure { return want.Clash(gateway.There{Route: r}) },
		own:   func(r gateway.Route) bool { return r.ID == o.Route.ID },
		made:  func(m *gateway.Making, r gateway.Route) { m.MadeRoute, m.Route = true, r },
	})
}

// creation is one request that makes something.
type creation[T any] struct {
	noun  string
	name  safe.Text
	write model.Write
	send  func(context.Context) (T, error)
	look  func(context.Context) (*T, error)
	clash func(*T) *model.Failure
	own   func(T) bool
	made  func(*gateway.Making, T)
}

// create sends a request once for each time that it was refused for now, and looks what
// became of one whose answer was lost.
func create[T any](j *job, c creation[T]) (*T, error) {
	for tries := attempt.Begin(attempt.Writing(), j.waiter()); ; {
		made, err := write(j, c.write, c.send)
		if err == nil {
			j.update(func(m *gateway.Making) { m.Unsure = false; c.made(m, made) })
			return &made, j.keep()
		}
		f, _ := model.AsFailure(err)
		switch {
		case errors.Is(err, errCancelled):
			return nil, err
		case f.Unsure(), f.Kind == model.FailureConflict:
			found, err := c.find(j, f)
			if found != nil || err != nil {
				return found, err
			}
			return nil, f
		}
		if err := tries.Again(j.ctx, f); err != nil {
			return nil, err
		}
		if found, err := try(j, c.look); found != nil || err != nil { // somebody may have been quicker
			return c.taken(j, found, err)
		}
	}
}

// find looks for what a request of which nobody has heard may have made, or what Konnect
// says is there already.
func (c creation[T]) find(j *job, f model.Failure) (*T, error) {
	why := "the answer was lost; it is looked whether the " + c.noun + " is there"
	if f.Kind == model.FailureConflict {
		why = "Konnect says that it is there; no look shows it yet"
	}
	var found *T
	_, err := j.until(why, lagTime, func(ctx context.Context) (over bool, err error) {
		found, err = c.look(ctx)
		return found != nil, err
	})
	if found == nil && err == nil && f.Unsure() {
		return nil, j.state().Order.Lost(c.noun, c.name, f)
	}
	return c.taken(j, found, err)
}

// taken takes what was found for what is wanted, or says why it is not.
func (c creation[T]) taken(j *job, found *T, err error) (*T, error) {
	if found == nil || err != nil {
		return nil, err
	}
	own := c.own(*found)
	j.update(func(m *gateway.Making) {
		m.Unsure = false
		if own {
			c.made(m, *found)
		}
	})
	if f := c.clash(found); f != nil && !own {
		return nil, *f
	}
	if own {
		j.sayf(model.LineGood, "the request whose answer was lost had taken effect")
	}
	return found, j.keep()
}

// write notes a request, sends it once and notes what came of it.
func write[T any](j *job, w model.Write, send func(context.Context) (T, error)) (T, error) {
	var none T
	if j.ctx.Err() != nil {
		return none, context.Cause(j.ctx)
	}
	j.update(func(m *gateway.Making) {
		m.State, m.Unsure, m.Plan = sendingState(m.State), true, sent(m.Plan, w)
	})
	if err := j.keep(); err != nil {
		j.update(func(m *gateway.Making) { m.Unsure = false })
		return none, model.Failure{
			Kind: model.FailureInvalid, Operation: "keep the order of", Subject: j.state().Order.Service.Name, Unsent: true,
			Cause: safe.New(err.Error()), Cure: model.CureJournal,
		}
	}
	j.sayf(model.LineWrite, "%s %s", w.Method, w.URL.Raw())
	ctx, stop := context.WithTimeout(context.WithoutCancel(j.ctx), writeTimeout)
	defer stop()
	got, err := send(ctx)
	if err == nil {
		return got, nil
	}
	f, _ := model.AsFailure(err)
	j.sayf(model.LineTrouble, "%s", f.Error())
	j.update(func(m *gateway.Making) { m.Unsure = f.Unsure() })
	if kept := j.keep(); kept != nil {
		j.sayf(model.LineTrouble, "%v", kept)
	}
	return none, err
}

// sendingState is the state while a request is on its way: that of what is being done.
func sendingState(s gateway.MakingState) gateway.MakingState {
	if s == gateway.MakingUndoing {
		return s
	}
	return gateway.MakingSending
}

// sent marks a request in a list as sent. The list is made anew.
func sent(list []model.Write, w model.Write) []model.Write {
	list = slices.Clone(list)
	for i := range list {
		list[i].Sent = list[i].Sent || list[i].Key() == w.Key()
	}
	return list
}

// readBack reads service and route by their ids until they are as they were sent.
func (j *job) readBack(t gateway.There) ending {
	j.update(func(m *gateway.Making) { m.State = gateway.MakingReading })
	o := j.state().Order
	var clash *model.Failure
	equal, err := j.until("Konnect does not show yet what was sent", readTime, func(ctx context.Context) (bool, error) {
		clash = nil
		now := gateway.There{}
		s, err := j.maker.sender.Service(ctx, o.Plane, t.Service.ID)
		if err == nil {
			now.Service = &s
			var r gateway.Route
			if r, err = j.maker.sender.Route(ctx, o.Plane, t.Route.ID); err == nil {
				now.Route = &r
			}
		}
		if isGone(err) {
			return false, nil // it shows late
		}
		if err != nil {
			return false, err
		}
		j.update(func(m *gateway.Making) { m.Service, m.Route = s, *now.Route })
		clash = o.Clash(now)
		return clash == nil, nil
	})
	switch {
	case err != nil:
		return j.failed(err)
	case equal:
		j.sayf(model.LineGood, "read back: service and route are as they were sent")
		return ending{state: gateway.MakingDone}
	case clash != nil:
		f := *clash
		f.Operation, f.Cure = "read back", model.CureReadBackDiffers
		j.sayf(model.LineTrouble, "%s", f.Error())
		return ending{state: gateway.MakingDiffers, failure: &f}
	default:
		f := model.Failure{
			Kind: model.FailureTimeout, Operation: "read back", Subject: o.Service.Name,
			Cause: safe.New("Konnect took the requests and does not show what they made"), Cure: model.CureGoOnOrUndo,
		}
		j.sayf(model.LineTrouble, "%s", f.Error())
		return ending{state: gateway.MakingDiffers, failure: &f}
	}
}
