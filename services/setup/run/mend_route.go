package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// checkRoute plans the deletion of a route that drops what goes to the gateways, and asks
// once.
func (m *mendPlan) checkRoute(ctx context.Context) (verdict, error) {
	p, err := m.routePlan(ctx, m.id())
	if err != nil {
		return verdict{}, err
	}
	m.sayf(m.id(), model.LinePlain, "%s", azurenet.Sentence(p.Dropped.Step.Why))
	switch {
	case p.Dropped.Step.Outcome == azurenet.Open:
		m.facts.well = !m.begun()
		return met("replies go back by now"), nil
	case p.Dropped.Route.Name.IsEmpty():
		return verdict{}, setup.NotByRoute(p.Mend, p.Dropped.Step)
	}
	m.step(m.id(), func(s *setup.Step) { s.Findings = nil })
	if c, is := setup.LookedAfter(p.Kept, model.LastSegment(p.Mend.Change.On)); is {
		m.remark(m.id(), c)
	}
	if err := m.right(ctx, p.Right(), p.Mend.Change.Route, p.Writes); err != nil {
		return verdict{}, err
	}
	if m.plan.options.DryRun {
		return verdict{summary: "this is what it would send", writes: p.Writes}, nil
	}
	v := met("agreed")
	v.state, v.writes = setup.StepDone, p.Writes
	return v, m.agreeRoute(ctx, m.id(), p)
}

func (e *engine) agreeRoute(ctx context.Context, step setup.StepID, p setup.RoutePlan) error {
	return e.consents(ctx, step, agreement{p.Agreed(), p.Ask(), p.Writes}, func(ctx context.Context) ([]string, error) {
		now, err := e.routePlan(ctx, step)
		if err != nil {
			return nil, err
		}
		return now.Agreed(), nil
	})
}

// routePlan reads the way back, and the route by itself: the one that is there now is deleted
// only while it is the one that was found.
func (e *engine) routePlan(ctx context.Context, step setup.StepID) (setup.RoutePlan, error) {
	p := setup.RoutePlan{Mend: e.plan.request.Mend}
	d, err := e.dropped(ctx, step)
	if err != nil {
		return p, err
	}
	p.Dropped, p.VNet = d, e.facts.vnet
	if d.Route.Name.IsEmpty() || d.Step.Outcome == azurenet.Open {
		return p, nil
	}
	if !d.Same {
		return p, setup.RouteOther(p)
	}
	p.Writes = []model.Write{e.o.Clouds.Azure.DeleteRouteWrite(azurenet.RouteID(p.Mend.Change.On, d.Route.Name))}
	p.Kept, err = try(ctx, e, step, func(ctx context.Context) (azurenet.Kept, error) {
		return e.o.Clouds.Azure.Kept(ctx, e.plan.request.VNet.TenantID, p.Mend.Change.On)
	})
	return p, err
}

// dropped reads what lies around the subnet, and judges the way back as every screen does.
func (e *engine) dropped(ctx context.Context, step setup.StepID) (azurenet.Dropped, error) {
	s, err := e.sight(ctx, step)
	if err != nil {
		return azurenet.Dropped{}, err
	}
	facts := e.around(ctx, step)
	if err := ctx.Err(); err != nil {
		return azurenet.Dropped{}, context.Cause(ctx)
	}
	e.facts.vnet = facts.VNet
	d := facts.Dropped(e.plan.request.Mend.Change, s.Azure.Peering.Routed)
	if d.Table.ID.IsEmpty() && d.Step.Outcome == azurenet.Unknown {
		return d, setup.NotByRoute(e.plan.request.Mend, d.Step)
	}
	return d, nil
}

// dropRoute deletes the route.
type dropRoute struct {
	*engine
	to setup.RoutePlan
}

func (*dropRoute) id() setup.StepID { return setup.StepUserRoute }

func (d *dropRoute) check(ctx context.Context) (verdict, error) {
	p, err := d.routePlan(ctx, d.id())
	if err != nil {
		return verdict{}, err
	}
	d.to = p
	switch {
	case p.Dropped.Step.Outcome == azurenet.Open:
		return met("replies go back"), nil
	case p.Dropped.Route.Name.IsEmpty():
		return verdict{}, setup.NotByRoute(p.Mend, p.Dropped.Step)
	case !d.plan.options.DryRun: // gone on with after more subnets have got the table, too
		if err := d.agreeRoute(ctx, d.id(), p); err != nil {
			return verdict{}, err
		}
	}
	return verdict{summary: "to be deleted", writes: p.Writes}, nil
}

// apply sends the deletion, again while Azure is at work on the table; each time it is looked
// first whether the route is the one that was agreed to.
func (d *dropRoute) apply(ctx context.Context) error {
	id := azurenet.RouteID(d.to.Mend.Change.On, d.to.Dropped.Route.Name)
	for tries := attempt.Begin(attempt.Spreading(), d.waiter(d.id())); ; {
		there, err := d.still(ctx, id)
		if err != nil || !there {
			return err
		}
		o := object{kind: model.ObjectUserRoute, id: id, name: d.to.Dropped.Route.Name, changed: true, deletes: true}
		err = d.send(ctx, d.id(), d.to.Writes[0], o, func(ctx context.Context) (safe.Text, error) {
			return id, d.o.Clouds.Azure.Change(ctx, d.plan.request.VNet.TenantID, id, d.to.Writes[0])
		})
		if err == nil {
			return nil
		}
		if err := tries.Again(ctx, err); err != nil {
			return err
		}
	}
}

// still reports whether the route is there, as it was agreed to.
func (d *dropRoute) still(ctx context.Context, id safe.Text) (bool, error) {
	r, err := try(ctx, d.engine, d.id(), func(ctx context.Context) (azurenet.Route, error) {
		return d.o.Clouds.Azure.Route(ctx, d.plan.request.VNet.TenantID, id)
	})
	switch {
	case is(err, model.FailureNotFound):
		return false, nil
	case err != nil:
		return false, err
	case !azurenet.SameRoute(r, d.to.Mend.Change):
		d.sayf(d.id(), model.LineTrouble, "somebody else has changed the route meanwhile; it is looked at again")
		return false, errAgain
	default:
		return true, nil
	}
}

// verify looks until replies go back over the peering: then the finding is gone.
func (d *dropRoute) verify(ctx context.Context) (string, error) {
	for n := 1; ; n++ {
		now, err := d.dropped(ctx, d.id())
		switch {
		case err != nil:
			return "", err
		case now.Step.Outcome == azurenet.Open:
			d.sayf(d.id(), model.LineGood, "%s", azurenet.Sentence(now.Step.Why))
			d.sayf(d.id(), model.LinePlain, "to have the route back: %s", azurenet.PutRoute(d.to.Mend.Change))
			return "replies go back", nil
		case n == ruleLooks && !now.Route.Name.IsEmpty():
			return "", setup.RouteStays(d.to.Mend)
		case n == ruleLooks:
			return "", setup.NotByRoute(d.to.Mend, now.Step)
		}
		if err := d.hold(d.id(), now.Step.Why, ruleEvery, 0, 0); err != nil {
			return "", err
		}
	}
}
