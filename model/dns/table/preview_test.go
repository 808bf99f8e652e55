package table_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func importLine(n int, domains, servers string) dnstable.ImportLine {
	l := dnstable.ImportLine{Line: n, Source: safe.New(domains + " -> " + servers)}
	for d := range strings.FieldsSeq(domains) {
		l.Domains = append(l.Domains, safe.New(d))
	}
	for s := range strings.FieldsSeq(servers) {
		l.Servers = append(l.Servers, safe.New(s))
	}
	return l
}

func existingRows() []dnstable.Row {
	return []dnstable.Row{
		{ID: 1, Key: safe.New("corp.example.org"), Servers: []safe.Text{safe.New("10.0.0.4")}},
		{ID: 2, Key: safe.New("hr.example.org"), Servers: []safe.Text{safe.New("10.0.0.4"), safe.New("10.0.0.5")}},
	}
}

func TestPreviewTellsWhatBecomesOfEachLine(t *testing.T) {
	in := dnstable.Imported{Lines: []dnstable.ImportLine{
		importLine(1, "CORP.example.org.", "10.0.0.4"),
		importLine(2, "hr.example.org", "10.0.0.5 10.0.0.4"),
		importLine(3, "pay.example.org qa.example.org", "10.0.0.4"),
		{Line: 4, Source: safe.New("???"), Problem: "no mapping"},
		importLine(5, "Pay.example.org.", "10.0.0.9"),
		importLine(6, "*.qa.example.org", "10.0.0.4"),
		importLine(7, "x.example.org", "10.0.0.300"),
		importLine(8, "y.example.org", ""),
		importLine(9, "not..one", "10.0.0.4"),
	}}
	p := dnstable.NewPreview(in, existingRows(), false)
	want := []dnstable.Outcome{"same", "changed", "new", "new", "refused", "refused", "same", "refused", "refused", "refused"}
	for i, l := range p.Lines {
		if l.Outcome != want[i] {
			t.Errorf("line %d (%s): %s, want %s: %s", l.Line, l.Domain, l.Outcome, want[i], l.Why)
		}
		if l.Outcome == dnstable.OutcomeRefused && l.Why == "" {
			t.Errorf("line %d is refused without a word", l.Line)
		}
	}
	if !strings.Contains(p.Lines[5].Why, "line 3") || len(p.Lines[6].Notes) != 1 {
		t.Errorf("a domain that stands twice: %q, %q", p.Lines[5].Why, p.Lines[6].Notes)
	}
	added, changed, removed := dnstable.Count(dnstable.Diff(existingRows(), p.Rows))
	if added != 2 || changed != 1 || removed != 0 {
		t.Errorf("%d new, %d changed, %d removed", added, changed, removed)
	}
	if n := p.Count(); n[dnstable.OutcomeRefused] != 5 || n[dnstable.OutcomeNew] != 2 {
		t.Errorf("counted %v", n)
	}
}

func TestPreviewOfAWholeTableListsWhatGoes(t *testing.T) {
	in := dnstable.Imported{Lines: []dnstable.ImportLine{importLine(1, "pay.example.org", "10.0.0.4"), importLine(2, "hr.example.org", "10.0.0.4 10.0.0.5")}}
	p := dnstable.NewPreview(in, existingRows(), true)
	last := p.Lines[len(p.Lines)-1]
	if last.Outcome != dnstable.OutcomeGoes || last.Domain.String() != "corp.example.org" || len(p.Rows) != 2 || p.Rows[1].ID != 2 {
		t.Errorf("%+v gives %v", last, p.Rows)
	}
}

// Whatever a text says: without replace nothing that is there goes, with replace nothing
// goes unlisted, and no domain comes twice.
func TestPreviewLosesNothingUnsaid(t *testing.T) {
	domains := rapid.SampledFrom([]string{"a.example.org", "A.Example.Org.", "b.example.org", "*.c.example.org", "c.example.org", "bad..name", ""})
	servers := rapid.SampledFrom([]string{"10.0.0.4", "10.0.0.5", "10.0.0.4 10.0.0.5", "", "x"})
	rapid.Check(t, func(t *rapid.T) {
		var in dnstable.Imported
		for i := range rapid.IntRange(0, 8).Draw(t, "lines") {
			in.Lines = append(in.Lines, importLine(i+1, domains.Draw(t, "domain"), servers.Draw(t, "servers")))
		}
		var existing []dnstable.Row
		seen := map[string]bool{}
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			l := importLine(0, domains.Draw(t, "there"), servers.Draw(t, "its servers"))
			if len(l.Domains) == 1 {
				r := dnstable.Row{Key: l.Domains[0], Servers: l.Servers}
				if !seen[r.Label()] {
					seen[r.Label()] = true
					existing = append(existing, r)
				}
			}
		}
		p := dnstable.NewPreview(in, existing, false)
		if _, _, removed := dnstable.Count(dnstable.Diff(existing, p.Rows)); removed != 0 {
			t.Fatalf("%d rows go without being asked", removed)
		}
		whole := dnstable.NewPreview(in, existing, true)
		if _, _, removed := dnstable.Count(dnstable.Diff(existing, whole.Rows)); removed != whole.Count()[dnstable.OutcomeGoes] {
			t.Fatalf("%d rows go, %d are listed", removed, whole.Count()[dnstable.OutcomeGoes])
		}
		for _, rows := range [][]dnstable.Row{p.Rows, whole.Rows} {
			labels := map[string]bool{}
			for _, r := range rows {
				if labels[r.Label()] {
					t.Fatalf("%s stands twice", r.Label())
				}
				labels[r.Label()] = true
			}
		}
	})
}
