package mappings

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/model/safe"
)

// A paste and a file come to the findings that the rows have which are typed.
func TestPasteAndImportHaveTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	for _, c := range tabletest.Cases() {
		if got := previewed((&Writer{}).Parse(c.Line() + "\n")); got != c.Want {
			t.Errorf("%s pasted: %q, want %q", c.Line(), got, c.Want)
		}
		path := filepath.Join(t.TempDir(), "mappings.yaml")
		if err := os.WriteFile(path, []byte("mappings:\n"+c.YAML()), 0o600); err != nil {
			t.Fatal(err)
		}
		in, err := (&Writer{}).ReadFile(t.Context(), path)
		if got := previewed(in); err != nil || got != c.Want {
			t.Errorf("%s in a file: %q, %v, want %q", c.Line(), got, err, c.Want)
		}
	}
}

// previewed is what is found in a text that was read: lines that are refused, and the
// table that comes of the others.
func previewed(in dnstable.Imported) string {
	p := dnstable.NewPreview(in, nil, false)
	found := tabletest.Of(dnstable.Check(p.Rows, dnstable.Surroundings{}))
	for _, l := range p.Lines {
		switch {
		case l.Outcome == dnstable.OutcomeRefused:
			found = append(found, tabletest.Finding{Rule: l.Rule, Severity: dnstable.Error})
		case l.Rule != "":
			found = append(found, tabletest.Finding{Rule: l.Rule, Severity: dnstable.Note})
		}
	}
	return tabletest.Findings(found)
}

// The gate before a resolver's map is written stops at the errors of the same rules, and
// at their warnings until they are accepted.
func TestTheGateHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	d := &Writer{o: Options{Around: func(dnstable.Target) dnstable.Surroundings { return dnstable.Surroundings{} }}}
	for _, c := range tabletest.Cases() {
		var rows []dnstable.Row
		for domain := range strings.SplitSeq(c.Domains, ", ") {
			rows = append(rows, dnstable.Row{ID: dnstable.RowID(len(rows) + 1), Key: safe.New(domain), Servers: safe.Texts(dnstable.Words(c.Servers)...)})
		}
		o := dnstable.Order{Target: dnstable.Target{Network: safe.New("n"), Resolver: safe.New("r")}, Rows: rows}
		want := only(c.Want, "error")
		severity := dnstable.Error
		if want == "" {
			want, severity = only(c.Want, "warning"), dnstable.Warning
		}
		got := gated(d.gate(o), severity)
		if got != want {
			t.Errorf("%s at the gate: %q, want %q", c.Line(), got, want)
		}
	}
}

// gated are the rules that a refusal names.
func gated(err error, severity dnstable.Severity) string {
	f, refused := model.AsFailure(err)
	if err == nil || !refused {
		return ""
	}
	var found []tabletest.Finding
	for _, m := range regexp.MustCompile(`(?m)\(([DST]\d\d)\)$`).FindAllStringSubmatch(f.Detail.Raw(), -1) {
		found = append(found, tabletest.Finding{Rule: m[1], Severity: severity})
	}
	return tabletest.Findings(found)
}

// only are the findings of a severity.
func only(want, severity string) string {
	var out []string
	for w := range strings.SplitSeq(want, ", ") {
		if strings.HasSuffix(w, " "+severity) {
			out = append(out, w)
		}
	}
	return strings.Join(out, ", ")
}
