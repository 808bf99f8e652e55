package run

import (
	"context"
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// checkRow plans the change of a mapping row, and asks once.
func (m *mendPlan) checkRow(ctx context.Context) (verdict, error) {
	p, err := m.rowPlan(ctx, m.id())
	if err != nil {
		return verdict{}, err
	}
	m.sayf(m.id(), model.LinePlain, "%s", m.plan.request.Mend.What())
	if p.Met {
		if m.begun() {
			return met("begun before; what is done is found"), nil // and its end is looked for
		}
		m.facts.well = true
		return met("the row is as it is to be"), nil
	}
	if err := m.helps(ctx, m.id(), &p); err != nil {
		return verdict{}, err
	}
	if m.plan.options.DryRun {
		return verdict{summary: "this is what it would send", writes: p.Writes}, nil
	}
	v := met("agreed")
	v.state, v.writes = setup.StepDone, p.Writes
	return v, m.agreeRow(ctx, m.id(), p)
}

// agreeRow asks whether the row may be changed, unless that was agreed to before.
func (e *engine) agreeRow(ctx context.Context, step setup.StepID, p setup.RowPlan) error {
	return e.consents(ctx, step, agreement{p.Agreed(), p.Ask(), p.Writes}, func(ctx context.Context) ([]string, error) {
		now, err := e.rowPlan(ctx, step)
		if err != nil {
			return nil, err
		}
		return now.Agreed(), nil
	})
}

// rowPlan reads the resolver, and plans the row by what is there now.
func (e *engine) rowPlan(ctx context.Context, step setup.StepID) (setup.RowPlan, error) {
	there, err := e.resolverToMend(ctx, step)
	if err != nil {
		return setup.RowPlan{}, err
	}
	e.facts.resolver = there
	p := setup.PlanRow(e.plan.request.Mend, there)
	if p.Other {
		return p, setup.RowOther(p)
	}
	if faults := p.Faults(); len(faults) > 0 {
		return p, setup.RowNotHelped(p, faults[0])
	}
	if !p.Met {
		p.Writes = []model.Write{e.o.Tables.Write(e.tableOf(p))}
	}
	return p, nil
}

func (e *engine) tableOf(p setup.RowPlan) mappings.Plan {
	return mappings.Plan{Target: e.target(p.Resolver), Now: p.Resolver, Rows: p.Rows}
}

// resolverToMend reads the resolver of the row, and waits while it is at work: Konnect changes
// what is at rest. One look that does not show it proves nothing.
func (e *engine) resolverToMend(ctx context.Context, step setup.StepID) (model.PrivateDNS, error) {
	for n, gone := 1, 0; ; n++ {
		there, err := try(ctx, e, step, func(ctx context.Context) (model.PrivateDNS, error) {
			return e.o.Clouds.Konnect.PrivateDNSByID(ctx, e.facts.network.ID, e.plan.request.Mend.Change.On)
		})
		why := fmt.Sprintf("the resolver %s is %s", there.Name, there.State)
		switch {
		case err != nil && !is(err, model.FailureNotFound):
			return there, err
		case err != nil || there.State == model.PrivateDNSTerminated || there.State == model.PrivateDNSTerminating:
			if gone++; gone >= goneLooks {
				return there, setup.ResolverToMendGone(e.plan.request.Mend)
			}
			why = "Konnect does not show the resolver at this look"
		case !there.State.Changing() || e.plan.options.DryRun || n >= resolverTries:
			return there, nil
		}
		if err := e.hold(step, why, resolverEvery, 0, 0); err != nil {
			return there, err
		}
	}
}

// helps asks the servers that the row is to have, and those that it loses: what is known by
// now is part of the question, and a change that plainly does not mend it is not begun.
func (e *engine) helps(ctx context.Context, step setup.StepID, p *setup.RowPlan) error {
	c := p.Mend.Change
	if len(c.Servers) == 0 || e.plan.options.DryRun {
		return nil
	}
	lost := slices.DeleteFunc(slices.Clone(c.Was), func(s safe.Text) bool { return slices.Contains(c.Servers, s) })
	asks := []dnsprobe.Ask{{Domain: c.Domain, Servers: c.Servers}}
	if len(lost) > 0 {
		asks = append(asks, dnsprobe.Ask{Domain: c.Domain, Servers: lost})
	}
	e.sayf(step, model.LinePlain, "asking the servers of the row for %s", c.Domain)
	reports, err := e.o.Clouds.DNS.Run(ctx, asks, dnsprobe.Plan{})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	text, refuses := p.Probed(e.asked(c.Domain, reports[0], reports))
	if refuses {
		return setup.RowNotHelped(*p, text)
	}
	p.Asked = text
	if len(lost) == 0 {
		return nil
	}
	var back []string
	for _, r := range reports[1] {
		if r.Answered() && !model.IsPlatform(r.Server) {
			back = append(back, r.Server.String())
		}
	}
	if len(back) > 0 {
		p.Asked += " Mind that " + phrase.And(back) + ", which " + phrase.Either(len(back), "goes, answers", "go, answer") + " from here by now."
	}
	return nil
}

// asked are the answers of the servers of one domain, as they are judged.
func (e *engine) asked(domain safe.Text, of []dnsverdict.Report, all [][]dnsverdict.Report) setup.Asked {
	return setup.Asked{Network: e.facts.network, Domain: domain, Reports: of, Ways: waysOf(all)}
}

// changeRow changes one row of the mapping table.
type changeRow struct {
	*engine
	to setup.RowPlan
}

func (*changeRow) id() setup.StepID { return setup.StepRow }

func (c *changeRow) check(ctx context.Context) (verdict, error) {
	p, err := c.rowPlan(ctx, c.id())
	if err != nil {
		return verdict{}, err
	}
	c.to = p
	if p.Met {
		if p.Resolver.State == model.PrivateDNSReady || c.plan.options.DryRun {
			return met("it is as it is to be"), nil
		}
		summary, err := c.verify(ctx)
		v := met("%s", summary)
		v.state = setup.StepDone
		return v, err
	}
	if !c.plan.options.DryRun && !c.agreed(p.Agreed()...) { // gone on without the step that asks
		if err := c.helps(ctx, c.id(), &c.to); err != nil {
			return verdict{}, err
		}
		if err := c.agreeRow(ctx, c.id(), c.to); err != nil {
			return verdict{}, err
		}
	}
	return verdict{summary: "to be changed", writes: p.Writes}, nil
}

// apply sends the table with the row, each try from what is there then: what others have
// changed in other rows meanwhile stays, and a row that they have changed is left to them.
func (c *changeRow) apply(ctx context.Context) error {
	for tries := attempt.Begin(attempt.Comparing(), c.waiter(c.id())); ; {
		err := c.write(ctx)
		if err == nil || c.ctx.Err() != nil {
			return err
		}
		if err := c.again(ctx, c.id(), tries, err); err != nil {
			return err
		}
		p, err := c.rowPlan(ctx, c.id())
		if err != nil {
			return err
		}
		if c.to = p; p.Met {
			return nil // the request whose answer was lost had taken effect, or somebody else did the same
		}
	}
}

func (c *changeRow) write(ctx context.Context) error {
	table, err := c.openTable(ctx, c.id())
	if err != nil {
		return err
	}
	defer table.Close()
	now := c.to.Resolver
	_, err = c.sendTable(ctx, c.id(), table, c.tableOf(c.to), object{kind: model.ObjectRow, id: now.ID, name: c.plan.request.Mend.Change.Domain, changed: true})
	return err
}

// verify reads the table back, until the row in it is as it was agreed to.
func (c *changeRow) verify(ctx context.Context) (string, error) {
	if err := c.readBack(ctx, c.id(), c.tableOf(c.to), c.to.Resolver.ID, c.to.Own()); err != nil {
		return "", err
	}
	return "read back", nil
}
