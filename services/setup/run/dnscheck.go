package run

import (
	"context"
	"fmt"
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
	route := slices.ContainsFunc(answers, heard)
	good := 0
	var findings []setup.Finding
	for _, a := range answers {
		f := judgeProbe(a, route)
		if f.Severity == model.SeverityOK {
			good++
		}
		findings = append(findings, f)
		tone := model.LinePlain
		if f.Severity == model.SeverityAttention {
			tone = model.LineTrouble
		}
		d.sayf(d.id(), tone, "%s: %s", f.Title, f.Text)
	}
	d.step(d.id(), func(s *setup.Step) { s.Findings = findings })
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

// heard reports whether the server said anything at all.
func heard(a model.ProbeAnswer) bool {
	return a.Outcome == model.ProbeAnswered || a.Outcome == model.ProbeRefused
}

// judgeProbe says what an answer means.
func judgeProbe(a model.ProbeAnswer, route bool) setup.Finding {
	f := setup.Finding{ID: "probe", Title: fmt.Sprintf("%s at %s", a.Domain, a.Server)}
	switch {
	case a.Serves():
		f.Severity, f.Text = model.SeverityOK, a.Words()
	case heard(a):
		f.Severity, f.Text = model.SeverityAttention, a.Words()
		f.Cure = "The server does not answer for this domain: check its zone or its forwarder, and whether the zone is linked to the server's VNET."
	case route:
		f.Severity, f.Text = model.SeverityAttention, a.Words()
		f.Cure = "Other servers answered this machine; check that this one runs and that UDP and TCP 53 are open to it."
	default:
		f.Severity, f.Text = model.SeverityUnknown, "not testable from here: "+a.Words()
		f.Cure = "Test from a machine that has a way into the VNET."
	}
	return f
}
