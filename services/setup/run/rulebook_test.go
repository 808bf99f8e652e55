package run_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A run has the rules of the mapping table: what is an error there is not begun, what is a
// warning there is one of the preflight, what is noted there is noted. Advice is noted, too.
func TestARunHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	rule := regexp.MustCompile(`\(([DST]\d\d)\)(?:\.|$|\n)`)
	for _, c := range tabletest.Cases() {
		r := p.request(setup.DNSResolver)
		r.Mappings = []model.DNSMapping{{Servers: safe.Texts(dnstable.Words(c.Servers)...)}}
		if c.Domains != "" {
			r.Mappings[0].Domains = safe.Texts(strings.Split(c.Domains, ", ")...)
		}
		if strings.Contains(c.Want, "error") {
			err := p.another(p.store).Start(r, setup.Options{DryRun: true})
			if err == nil {
				t.Errorf("%s was begun", c.Line())
				continue
			}
			for _, m := range rule.FindAllStringSubmatch(err.Error(), -1) {
				if !strings.Contains(c.Want, m[1]+" error") {
					t.Errorf("%s: %v, want %s", c.Line(), err, c.Want)
				}
			}
			continue
		}
		runner := p.another(p.store)
		if err := runner.Start(r, setup.Options{DryRun: true}); err != nil {
			t.Errorf("%s: %v", c.Line(), err)
			continue
		}
		run := p.follow(runner, nobody)
		if got, want := preflighted(run, rule), c.Want; got != want {
			t.Errorf("%s: %q, want %q", c.Line(), got, want)
		}
	}
}

// preflighted are the findings of the rules that need to know nothing but the mappings.
func preflighted(run setup.Run, rule *regexp.Regexp) string {
	severities := map[model.Severity]dnstable.Severity{model.SeverityOK: dnstable.Note, model.SeverityAttention: dnstable.Warning, model.SeverityBroken: dnstable.Error}
	var found []tabletest.Finding
	for _, f := range run.Step(setup.StepPreflight).Findings {
		m := rule.FindStringSubmatch(f.Cause)
		if m == nil || slices.Contains([]string{"S10", "S11", "S12", "S16", "S19", "D27", "D28"}, m[1]) {
			continue
		}
		found = append(found, tabletest.Finding{Rule: m[1], Severity: severities[f.Severity]})
	}
	return tabletest.Findings(found)
}

// What needs to know more is checked when it is known: where servers lie, and what was
// changed in writing a domain as it is sent. What is still not known is said.
func TestPreflightChecksWhatTheFormCouldNot(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	r := p.request(setup.DNSResolver)
	r.Mappings = []model.DNSMapping{{Domains: safe.Texts("a\u200bb.acme.net"), Servers: safe.Texts("10.99.0.4", "10.64.0.4")}}
	run := p.start(p.runner, r, nobody)
	if run.State != setup.RunNeedsPerson || run.Current != setup.StepPreflight {
		t.Fatalf("%s at %s\n%s", run.State, run.Current, p.story(p.runner))
	}
	var asked, noted []string
	for _, f := range run.Step(setup.StepPreflight).Findings {
		switch {
		case f.Title != "DNS mappings":
		case f.Severity == model.SeverityAttention:
			asked = append(asked, f.Cause[strings.LastIndex(f.Cause, "(")+1:len(f.Cause)-1])
		default:
			noted = append(noted, f.Cause)
		}
	}
	if !slices.Equal(asked, []string{"D13", "S10"}) || !slices.ContainsFunc(noted, func(s string) bool { return strings.HasPrefix(s, "S19 not checked, because ") }) {
		t.Errorf("asked %q, noted %q", asked, noted)
	}
}
