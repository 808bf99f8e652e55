package command_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/ui/command"
)

// dns lint has the rules of the mapping table, in the text and in the document, and says
// what it could not check without a network.
func TestLintHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	severities := map[string]dnstable.Severity{"note": dnstable.Note, "warning": dnstable.Warning, "error": dnstable.Error}
	rule := regexp.MustCompile(`\(([DST]\d\d)\)$`)
	for _, c := range tabletest.Cases() {
		var out, errs bytes.Buffer
		code := command.Execute(t.Context(), command.World{In: strings.NewReader(c.Line() + "\n"), Out: &out, Err: &errs, Getenv: func(string) string { return "" }}, []string{"dns", "lint", "-", "--format", "pairs", "-o", "json"})
		var document struct {
			Refused  []string `json:"refused"`
			Problems []struct {
				Rule     string `json:"rule"`
				Severity string `json:"severity"`
			} `json:"problems"`
			NotChecked []struct {
				Rule    string `json:"rule"`
				Because string `json:"because"`
			} `json:"not_checked"`
		}
		if err := json.Unmarshal(out.Bytes(), &document); err != nil {
			t.Fatalf("%s: %v, %s%s", c.Line(), err, out.String(), errs.String())
		}
		var found []tabletest.Finding
		for _, p := range document.Problems {
			found = append(found, tabletest.Finding{Rule: p.Rule, Severity: severities[p.Severity]})
		}
		for _, line := range document.Refused {
			for _, m := range rule.FindAllStringSubmatch(line, -1) {
				found = append(found, tabletest.Finding{Rule: m[1], Severity: dnstable.Error})
			}
		}
		if got := tabletest.Findings(found); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Line(), got, c.Want)
		}
		if bad := strings.Contains(c.Want, "error") || strings.Contains(c.Want, "warning"); bad != (code == command.ExitAttention) {
			t.Errorf("%s: exit code %d", c.Line(), code)
		}
		if c.Want == "" && (len(document.NotChecked) != 8 || document.NotChecked[0].Rule != "D27" || document.NotChecked[2].Because != "no VNET is known") {
			t.Errorf("%s: not checked: %+v", c.Line(), document.NotChecked)
		}
	}
}
