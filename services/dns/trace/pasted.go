package trace

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	digtext "github.com/peerdeck/peerdeck/model/dns/dig"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Judge takes what the commands of [Tracer.Script] printed on another machine, and judges
// it as if this machine had asked. A text that cannot be used is a failure at once.
func (d *Tracer) Judge(r dnstrace.Request, text string) error {
	fail := func(cause, cure string) error {
		return model.Failure{Kind: model.FailureInvalid, Operation: "read the pasted output", Cause: safe.New(cause), Cure: cure}
	}
	rule, name, err := d.rule(r)
	if err != nil {
		return err
	}
	from := safe.Text{}
	if len(rule.Servers) == 1 {
		from = rule.Servers[0]
	}
	read, problem := digtext.Read(text, from)
	if problem != "" {
		return fail(problem, "Run the printed commands as they are, and paste all that they print.")
	}
	reports, notes := ordered(rule.Servers, read.Reports(rule.Domain, name)), read.Notes
	if len(reports) == 0 {
		return fail("none of the answers is about "+name.String()+" at a server of the row "+rule.Domain.String(), "Run the printed commands as they are, and paste all that they print.")
	}
	seen, err := d.seen(r)
	if err != nil {
		return err
	}
	return d.begin(&d.tracing, "judge a pasted output", func(ctx context.Context, number int) {
		t := d.tracingOf(number, r, "")
		t.seen = seen
		t.now.Pasted = true
		if !t.begin() {
			return
		}
		t.now.Query.Notes = append(t.now.Query.Notes, notes...)
		t.pasted(ctx, reports)
	})
}

// pasted puts reports that were not asked for here in their places.
func (t *tracing) pasted(ctx context.Context, reports []dnsverdict.Report) {
	t.facts = vantage.Facts{Kind: vantage.Pasted, Networks: networksOf(t.net)}
	if p, known := t.now.Facts.Peering.Get(); known {
		t.facts.Name = p.VNet.Name
	}
	t.now.Vantage, t.now.Facts.Vantage = t.facts.Label(), t.facts.Place()
	t.now.Servers = nil
	for _, r := range reports {
		t.now.Servers = append(t.now.Servers, dnstrace.Server{Report: r, Complete: true})
	}
	t.standings(true)
	t.change(func(now *dnstrace.Trace) { now.Doing = "reading Azure" })
	if err := t.azure(ctx); err != nil || ctx.Err() != nil {
		t.end(stopped(ctx))
		return
	}
	t.answers(ctx)
	t.end(dnstrace.Done)
}

// ordered puts reports into the order of the row. Servers of the row that are not in the
// paste were not asked; answers of other servers are left out.
func ordered(servers []safe.Text, reports []dnsverdict.Report) []dnsverdict.Report {
	var out []dnsverdict.Report
	found := false
	for _, s := range servers {
		report := dnsverdict.Report{Server: s, Skipped: "it is not in what was pasted"}
		for _, r := range reports {
			report.Domain, report.Name = r.Domain, r.Name
			if address(r.Server) == address(s) {
				r.Server, report, found = s, r, true
				break
			}
		}
		out = append(out, report)
	}
	if !found {
		return nil
	}
	return out
}

// rule finds the rule that a request is about.
func (d *Tracer) rule(r dnstrace.Request) (dnstrace.Rule, safe.Text, error) {
	q := dnstrace.Read(r.Text)
	fail := func(subject safe.Text, cause, cure string) (dnstrace.Rule, safe.Text, error) {
		return dnstrace.Rule{}, safe.Text{}, model.Failure{Kind: model.FailureInvalid, Operation: "find the servers of", Subject: subject, Cause: safe.New(cause), Cure: cure}
	}
	if !q.OK() {
		return fail(q.Typed, q.Problem, "Type a name, such as www.example.com.")
	}
	n, err := d.network(r.Network)
	if err != nil {
		return dnstrace.Rule{}, safe.Text{}, err
	}
	rules := dnstrace.RulesFor(q.Name, n)
	if len(rules) == 0 {
		return fail(q.Asked(), "no row of the mapping table matches it", "Add a row for its domain first.")
	}
	return rules[0], q.Asked(), nil
}

// Script returns the commands that ask the servers of a name on another machine.
func (d *Tracer) Script(r dnstrace.Request) (string, error) {
	rule, name, err := d.rule(r)
	if err != nil {
		return "", err
	}
	return vantage.Question{Domain: rule.Domain, Name: name, Servers: rule.Servers}.Script(), nil
}
