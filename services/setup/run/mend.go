package run

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// mendPlan looks at both halves again, makes the plan of the requests that mend them, and
// asks once. It changes nothing.
type mendPlan struct{ *engine }

func (*mendPlan) id() setup.StepID { return setup.StepMend }

func (m *mendPlan) check(ctx context.Context) (verdict, error) {
	if err := m.place(ctx); err != nil {
		return verdict{}, err
	}
	switch m.plan.request.Mend.By {
	case finding.MendRule:
		return m.checkRule(ctx)
	case finding.MendRow:
		return m.checkRow(ctx)
	case finding.MendRoute:
		return m.checkRoute(ctx)
	default: // the others are about the peering itself
	}
	s, err := m.sight(ctx, m.id())
	if err != nil {
		return verdict{}, err
	}
	m.sayf(m.id(), model.LinePlain, "%s", s.Finding.Cause)
	begun := m.begun()
	switch {
	case s.there && s.Finding.Severity == model.SeverityOK:
		m.facts.well = true
		return met("both halves are well"), nil
	case !s.own && !begun:
		return verdict{}, setup.PeeringToMendGone(m.plan.request.Peering)
	case begun && !m.mends(s):
		return met("begun before; what is done is found"), nil
	case !m.mends(s):
		return verdict{}, setup.OtherNow(*m.plan.request.Mend, s.Finding, m.plan.request.Peering)
	}
	plan, err := m.planned(ctx, s)
	if err != nil {
		return verdict{}, err
	}
	m.step(m.id(), func(s *setup.Step) { s.Findings = nil })
	if right, needed := plan.Right(); needed {
		if err := m.right(ctx, right, plan.Peering.Name, plan.Writes); err != nil {
			return verdict{}, err
		}
	}
	if m.plan.options.DryRun {
		return verdict{summary: "this is what it would send", writes: plan.Writes}, nil
	}
	return m.agree(ctx, plan)
}

func (*mendPlan) apply(context.Context) error            { return nil }
func (*mendPlan) verify(context.Context) (string, error) { return "", nil }

// place finds the network, and which cloud it is on.
func (m *mendPlan) place(ctx context.Context) error {
	n, err := m.findNetwork(ctx, m.plan.record.Network().Or(m.facts.network.ID.Or(m.plan.request.Network.Raw()).Raw()))
	if err != nil {
		return err
	}
	m.facts.network = n
	if err := m.note(journal.Entry{Kind: journal.Place, Step: m.id(), ID: n.ID, Name: n.Name}); err != nil {
		return err
	}
	_, err = m.account(ctx, m.id())
	return err
}

// begun reports whether a request of this run may have changed something.
func (e *engine) begun() bool { return e.reread().Writes() > 0 }

// mends reports whether what is seen is what the run is to mend.
func (e *engine) mends(s sight) bool { return s.own && s.Finding.Next.Mend == e.plan.request.Mend.By }

// planned makes the plan of what is seen.
func (m *mendPlan) planned(ctx context.Context, s sight) (setup.MendPlan, error) {
	c, ref := m.o.Clouds, m.plan.request.VNet
	p := setup.MendPlan{By: m.plan.request.Mend.By, Network: m.facts.network, Peering: s.peering, VNet: ref, Cause: s.Finding.Cause}
	dead, isDead := s.Azure.Dead()
	switch p.By {
	case finding.MendRemake:
		p.Writes = append(p.Writes, c.Konnect.DeletePeeringWrite(m.facts.network.ID, s.peering.ID))
		if isDead {
			p.Half = dead
			p.Writes = append(p.Writes, c.Azure.DeleteHalfWrite(ref, dead.Name))
		}
		p.Writes = append(p.Writes, c.Konnect.CreatePeeringWrite(m.facts.network.ID, m.plan.request))
	case finding.MendClear:
		p.Half = dead
		p.Writes = append(p.Writes, c.Azure.DeleteHalfWrite(ref, dead.Name))
	default:
		p.Half = s.Azure.Peering
		w, err := m.halfWrite(ctx, m.id(), p.Half.Name)
		if err != nil {
			return p, err
		}
		p.Writes = append(p.Writes, w)
	}
	return p, nil
}

// right looks whether the signed-in account may do its part, before anything is begun: a
// sequence that ends in the middle is worse than none.
func (m *mendPlan) right(ctx context.Context, right setup.Right, subject safe.Text, writes []model.Write) error {
	sets, err := try(ctx, m.engine, m.id(), func(ctx context.Context) ([]model.PermissionSet, error) {
		return m.o.Clouds.Roles.Permissions(ctx, m.plan.request.VNet.TenantID, right.On)
	})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var why *model.Failure
	if err != nil {
		f := failure(err)
		why = &f
	}
	c := right.Judge(sets, why)
	m.remark(m.id(), c)
	if c.Severity >= model.SeverityAttention {
		return setup.NoRight(c, subject, m.plan.request.VNet.Name, writes)
	}
	return nil
}

// agree asks whether to begin, unless that was agreed to before.
func (m *mendPlan) agree(ctx context.Context, p setup.MendPlan) (verdict, error) {
	v := met("agreed")
	v.state, v.writes = setup.StepDone, p.Writes
	return v, m.consents(ctx, m.id(), agreement{p.Agreed(), p.Ask(), p.Writes}, func(ctx context.Context) ([]string, error) {
		s, err := m.sight(ctx, m.id())
		if err != nil || !m.mends(s) {
			return nil, err
		}
		now, err := m.planned(ctx, s)
		return now.Agreed(), err
	})
}

// agreement is what a person is asked to agree to: the changes as the journal knows them, the
// question, and the requests.
type agreement struct {
	keys   []string
	ask    setup.Ask
	writes []model.Write
}

// consents asks whether some changes may be made, unless that was agreed to before. The answer
// may take hours: what is done is what was shown. It fails with errAgain where that has changed.
func (e *engine) consents(ctx context.Context, step setup.StepID, a agreement, now func(context.Context) ([]string, error)) error {
	if e.agreed(a.keys...) {
		return nil
	}
	e.step(step, func(s *setup.Step) { s.Plan = a.writes })
	c, err := e.ask(step, a.ask)
	if err != nil {
		return err
	}
	e.answered(step)
	if c.Kind == setup.CommandRetry {
		return errAgain
	}
	keys, err := now(ctx)
	if err != nil {
		return err
	}
	if !slices.Equal(keys, a.keys) {
		e.sayf(step, model.LineTrouble, "what it would change is another thing by now; look at it again")
		return errAgain
	}
	return e.agreeTo(step, a.keys)
}

// agreed reports whether a person has agreed to all of some changes, in this session or in
// one before it.
func (e *engine) agreed(keys ...string) bool {
	known := slices.Concat(e.plan.record.Accepted(), e.accepted)
	return !slices.ContainsFunc(keys, func(k string) bool { return !slices.Contains(known, k) })
}

// agreeTo writes down what a person has agreed to.
func (e *engine) agreeTo(step setup.StepID, keys []string) error {
	e.accepted = append(e.accepted, keys...)
	return e.note(journal.Entry{Kind: journal.Accepted, Step: step, Findings: keys})
}

func (e *engine) halfWrite(ctx context.Context, step setup.StepID, half safe.Text) (model.Write, error) {
	return try(ctx, e, step, func(ctx context.Context) (model.Write, error) {
		return e.o.Clouds.Azure.HalfWrite(ctx, e.plan.request.VNet, half, e.plan.request.Mend.By)
	})
}
