package run

import (
	"context"
	"slices"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// dnsCheck asks each server for each domain, from this machine. It never fails: a
// machine without a route into the VNET cannot tell, and says so.
type dnsCheck struct{ *engine }

func (*dnsCheck) id() setup.StepID { return setup.StepDNSCheck }

func (d *dnsCheck) check(ctx context.Context) (verdict, error) {
	if d.plan.options.DryRun {
		return verdict{summary: "each server will be asked"}, nil
	}
	if d.facts.well && d.plan.kind == setup.RunMend {
		return met("not needed: what was wrong is well"), nil
	}
	asks := d.asks()
	if len(asks) == 0 {
		return met("the domain is not mapped any more"), nil
	}
	reports, err := d.o.Clouds.DNS.Run(ctx, asks, dnsprobe.Plan{})
	if ctx.Err() != nil {
		return verdict{}, context.Cause(ctx)
	}
	if err != nil {
		return verdict{}, err
	}
	good, all, troubled := 0, 0, false
	for i, of := range reports {
		found, serve := d.asked(asks[i].Domain, of, reports).Judge()
		for _, c := range found {
			d.remark(d.id(), c)
			troubled = troubled || c.NeedsPerson()
		}
		good, all = good+serve, all+len(of)
	}
	v := met("%d of %d", good, all)
	v.state = setup.StepNoted
	switch {
	case good == all && !troubled:
		v = met("all answer")
		v.state = setup.StepDone
	case !slices.ContainsFunc(slices.Concat(reports...), dnsverdict.Report.Heard):
		v.summary = "not testable"
	}
	return v, nil
}

// asks are those of the set-up's mappings, or of the row that a run mends.
func (d *dnsCheck) asks() []dnsprobe.Ask {
	m := d.plan.request.Mend
	switch {
	case m == nil:
		return dnsprobe.Asks(d.plan.request.Mappings)
	case len(m.Change.Servers) == 0:
		return nil
	default:
		return []dnsprobe.Ask{{Domain: m.Change.Domain, Servers: m.Change.Servers}}
	}
}

// waysOf tells to which servers this machine has a way. One server that says anything
// proves a way into the VNET; only then does the silence of another one mean something.
func waysOf(reports [][]dnsverdict.Report) map[safe.Text]dnsverdict.Known[bool] {
	all := slices.Concat(reports...)
	way := dnsverdict.NotKnown[bool]("none of the servers was heard from this machine")
	if slices.ContainsFunc(all, dnsverdict.Report.Heard) {
		way = dnsverdict.Know(true)
	}
	out := make(map[safe.Text]dnsverdict.Known[bool], len(all))
	for _, r := range all {
		out[r.Server] = way
	}
	return out
}

func (*dnsCheck) apply(context.Context) error            { return nil }
func (*dnsCheck) verify(context.Context) (string, error) { return "", nil }
