package run

import (
	"context"
	"slices"

	"peerdeck/model"
	"peerdeck/model/setup"
)

// dnsCheck asks each server for each domain, from this machine. It never fails: a
// machine without a route into the VNET cannot tell, and says so.
type dnsCheck struct{ *engine }

func (*dnsCheck) id() setup.StepID { return setup.StepDNSCheck }

func (d *dnsCheck) check(ctx context.Context) (verdict, error) {
	if d.plan.options.DryRun {
		return verdict{summary: "each server will be asked"}, nil
	}
	answers, err := d.o.Clouds.DNS.ProbeAll(ctx, d.plan.request.Mappings)
	if ctx.Err() != nil {
		return verdict{}, context.Cause(ctx)
	}
	if err != nil {
		return verdict{}, err
	}
	// One server that says anything proves a way into the VNET; only then does the
	// silence of another one mean something.
	route := slices.ContainsFunc(answers, model.ProbeAnswer.Heard)
	good := 0
	for _, a := range answers {
		c := setup.JudgeAnswer(a, route)
		if c.Severity == model.SeverityOK {
			good++
		}
		d.remark(d.id(), c)
	}
	switch {
	case good == len(answers):
		v := met("all answer")
		v.state = setup.StepDone
		return v, nil
	case !route:
		v := met("not testable")
		v.state = setup.StepNoted
		return v, nil
	default:
		v := met("%d of %d", good, len(answers))
		v.state = setup.StepNoted
		return v, nil
	}
}

func (*dnsCheck) apply(context.Context) error            { return nil }
func (*dnsCheck) verify(context.Context) (string, error) { return "", nil }
