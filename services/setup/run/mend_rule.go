package run

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// gate reads all that lies on the way of the connection that is to be let through, and
// looks what that takes. It is what every screen judges by.
func (e *engine) gate(ctx context.Context, step setup.StepID) (azurenet.Opening, error) {
	s, err := e.sight(ctx, step)
	if err != nil {
		return azurenet.Opening{}, err
	}
	access := s.Azure.Peering.AllowAccess
	if s.Azure.Status != model.HalfPresent {
		access = model.Unstated
	}
	facts := e.around(ctx, step)
	if err := ctx.Err(); err != nil {
		return azurenet.Opening{}, context.Cause(ctx)
	}
	e.facts.vnet = facts.VNet
	return facts.Opening(e.plan.request.Mend.Change, access), nil
}

// around reads what lies around the address that a change is about. Its waits are in sight.
func (e *engine) around(ctx context.Context, step setup.StepID) azurenet.Facts {
	w := attempt.Waiter{Clock: e.o.Clock, Hold: func(ctx context.Context, next model.Wait) error {
		e.sayf(step, model.LineWait, "%s: %s", next.For, next.Text(e.o.Clock.Now()))
		// Several are read side by side, so nobody's order ends one of these waits.
		return attempt.Pause(ctx, e.o.Clock, next.Until.Sub(e.o.Clock.Now()))
	}}
	return e.o.Clouds.Ways.Read(ctx, e.plan.request.VNet, []safe.Text{e.plan.request.Mend.Change.Near}, w)
}

// checkRule plans the rules that let a connection through, and asks once.
func (m *mendPlan) checkRule(ctx context.Context) (verdict, error) {
	p, err := m.rulePlan(ctx, m.id())
	if err != nil {
		return verdict{}, err
	}
	m.sayf(m.id(), model.LinePlain, "%s", azurenet.Sentence(p.Opening.Step.Why))
	if p.Opening.Step.Outcome == azurenet.Open {
		m.facts.well = true
		return met("it is let through already"), nil
	}
	if len(p.Opening.Rules) == 0 {
		return verdict{}, setup.NotOpened(p.Mend, hinders(p.Opening))
	}
	m.step(m.id(), func(s *setup.Step) { s.Findings = nil })
	if c, is := setup.LookedAfter(p.Kept, p.Opening.Group.Name); is {
		m.remark(m.id(), c)
	}
	if err := m.right(ctx, p.Right(), p.Opening.Group.Name, p.Writes); err != nil {
		return verdict{}, err
	}
	if m.plan.options.DryRun {
		return verdict{summary: "this is what it would send", writes: p.Writes}, nil
	}
	v := met("agreed")
	v.state, v.writes = setup.StepDone, p.Writes
	return v, m.agreeRules(ctx, m.id(), p)
}

// agreeRules asks whether rules may be added, unless that was agreed to before.
func (e *engine) agreeRules(ctx context.Context, step setup.StepID, p setup.RulePlan) error {
	return e.consents(ctx, step, agreement{p.Agreed(), p.Ask(), p.Writes}, func(ctx context.Context) ([]string, error) {
		now, err := e.rulePlan(ctx, step)
		return now.Agreed(), err
	})
}

// hinders is the step for which no rule helps.
func hinders(o azurenet.Opening) azurenet.Step {
	if o.Admin.Outcome == azurenet.Closed || o.Admin.Outcome == azurenet.Partly {
		return o.Admin
	}
	return o.Step
}

func (e *engine) rulePlan(ctx context.Context, step setup.StepID) (setup.RulePlan, error) {
	p := setup.RulePlan{Mend: e.plan.request.Mend}
	var err error
	if p.Opening, err = e.gate(ctx, step); err != nil {
		return p, err
	}
	p.VNet = e.facts.vnet
	if len(p.Opening.Rules) == 0 {
		return p, nil
	}
	p.Kept, err = try(ctx, e, step, func(ctx context.Context) (azurenet.Kept, error) {
		return e.o.Clouds.Azure.Kept(ctx, e.plan.request.VNet.TenantID, p.Mend.Change.On)
	})
	for _, r := range p.Opening.Rules {
		p.Writes = append(p.Writes, e.o.Clouds.Azure.RuleWrite(p.Opening.Group.ID, r, whyRule(p.Mend)))
	}
	return p, err
}

// whyRule stands in a rule and says what it is for.
func whyRule(m *setup.Mend) string {
	const most = 140 // of a description
	text := []rune("Kong Dedicated Cloud Gateway: " + m.What() + " (peerdeck)")
	return string(text[:min(len(text), most)])
}

// addRules adds the rules to the security group.
type addRules struct {
	*engine
	to setup.RulePlan
}

const (
	ruleEvery = 3 * time.Second
	ruleLooks = 100
)

func (*addRules) id() setup.StepID { return setup.StepRule }

func (a *addRules) check(ctx context.Context) (verdict, error) {
	p, err := a.rulePlan(ctx, a.id())
	if err != nil {
		return verdict{}, err
	}
	a.to = p
	m := a.plan.request.Mend
	switch {
	case p.Opening.Step.Outcome == azurenet.Open:
		return a.open(ctx)
	case len(p.Opening.Rules) == 0:
		return verdict{}, setup.NotOpened(m, hinders(p.Opening))
	case !a.plan.options.DryRun: // of what is needed by now, if that is another thing
		if err := a.agreeRules(ctx, a.id(), p); err != nil {
			return verdict{}, err
		}
	}
	return verdict{summary: "to be added", writes: p.Writes}, nil
}

// open is for a group that lets it through already: what an earlier session wrote is found.
func (a *addRules) open(ctx context.Context) (verdict, error) {
	for _, m := range a.made() {
		if m.Kind != model.ObjectRule {
			continue
		}
		if err := a.settled(ctx, m.ID); err != nil {
			return verdict{}, err
		}
		if err := a.found(a.id(), model.ObjectRule, m.ID, m.Name); err != nil {
			return verdict{}, err
		}
	}
	return met("it is let through"), nil
}

// apply sends one rule after the other: Azure changes a group one request at a time.
func (a *addRules) apply(ctx context.Context) error {
	for i, r := range a.to.Opening.Rules {
		id := azurenet.RuleID(a.to.Opening.Group.ID, r.Name)
		if err := a.write(ctx, id, r, a.to.Writes[i]); err != nil {
			return err
		}
		if err := a.settled(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// write sends a rule, again while Azure is at work on the group; each time it is looked first
// whether its name is free.
func (a *addRules) write(ctx context.Context, id safe.Text, r azurenet.Rule, w model.Write) error {
	for tries := attempt.Begin(attempt.Spreading(), a.waiter(a.id())); ; {
		if err := a.free(ctx, id); err != nil {
			return err
		}
		err := a.send(ctx, a.id(), w, object{kind: model.ObjectRule, id: id, name: r.Name}, func(ctx context.Context) (safe.Text, error) {
			return id, a.o.Clouds.Azure.Change(ctx, a.plan.request.VNet.TenantID, id, w)
		})
		if err == nil {
			return nil
		}
		if f, _ := model.AsFailure(err); f.Code.Raw() == "SecurityRuleConflict" {
			a.sayf(a.id(), model.LineTrouble, "somebody else has taken the number %d; it is looked at again", r.Priority)
			return errAgain
		}
		if err := tries.Again(ctx, err); err != nil {
			return err
		}
	}
}

// free looks right before a write that nobody has made another rule of its name: a write under
// that name would take its place.
func (a *addRules) free(ctx context.Context, id safe.Text) error {
	r, err := try(ctx, a.engine, a.id(), func(ctx context.Context) (azurenet.WrittenRule, error) {
		return a.o.Clouds.Azure.Rule(ctx, a.plan.request.VNet.TenantID, id)
	})
	switch {
	case is(err, model.FailureNotFound):
		return nil
	case err != nil:
		return err
	case azurenet.Lets(r.Rule, a.plan.request.Mend.Change):
		return nil // it is the one that is to be written
	default:
		a.sayf(a.id(), model.LineTrouble, "somebody else has made a rule %s meanwhile; it is looked at again", r.Name)
		return errAgain
	}
}

// settled waits until Azure is done with a rule. One that is not shown yet is waited for.
func (a *addRules) settled(ctx context.Context, id safe.Text) error {
	for range ruleLooks {
		r, err := try(ctx, a.engine, a.id(), func(ctx context.Context) (azurenet.WrittenRule, error) {
			return a.o.Clouds.Azure.Rule(ctx, a.plan.request.VNet.TenantID, id)
		})
		why := "Azure is at work on the rule " + model.LastSegment(id).String()
		switch {
		case is(err, model.FailureNotFound):
			why = "the rule " + model.LastSegment(id).String() + " is not shown at this look"
		case err != nil:
			return err
		case r.State == model.ProvisioningFailed || r.State == model.ProvisioningCanceled:
			return setup.RuleFailed(r.Name, r.State)
		case r.State == model.ProvisioningSucceeded || r.State == model.ProvisioningUnstated:
			return nil
		}
		if err := a.hold(a.id(), why, ruleEvery, 0, 0); err != nil {
			return err
		}
	}
	return setup.RuleFailed(model.LastSegment(id), model.ProvisioningUpdating)
}

// verify looks until the group lets the connection through: then the finding is gone. What
// else is in its way is said.
func (a *addRules) verify(ctx context.Context) (string, error) {
	m := a.plan.request.Mend
	for n := 1; ; n++ {
		o, err := a.gate(ctx, a.id())
		if err != nil {
			return "", err
		}
		if o.Step.Outcome == azurenet.Open {
			a.sayf(a.id(), model.LineGood, "%s", azurenet.Sentence(o.Step.Why))
			a.others(o)
			return "let through", nil
		}
		if n == ruleLooks {
			return "", setup.StillShut(m, o.Step)
		}
		if err := a.hold(a.id(), o.Step.Why, ruleEvery, 0, 0); err != nil {
			return "", err
		}
	}
}

// others says what else is in the way of the connection, or may be.
func (a *addRules) others(o azurenet.Opening) {
	for _, s := range []azurenet.Step{o.Admin, o.Other} {
		if s.Finding.Code != "" {
			a.remark(a.id(), setup.OtherShut(s))
		}
	}
}
