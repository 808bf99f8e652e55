package file_test

import (
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	setupfile "github.com/peerdeck/peerdeck/services/setup/file"
)

// The mappings of a set-up file have the rules of the mapping table.
func TestTheSetUpFileHasTheRulesOfTheTable(t *testing.T) {
	t.Parallel()
	for _, c := range tabletest.Cases() {
		r, err := setupfile.Parse([]byte("network: eu-prod\ndns:\n  mode: resolver\n  mappings:\n" + c.YAML()))
		if err != nil {
			t.Fatalf("%s: %v", c.Line(), err)
		}
		var found []tabletest.Finding
		for _, p := range r.Problems(dnstable.Surroundings{}) {
			if p.Rule != "" {
				found = append(found, tabletest.Finding{Rule: p.Rule, Severity: p.Severity})
			}
		}
		if got := tabletest.Findings(found); got != c.Want {
			t.Errorf("%s: %q, want %q", c.Line(), got, c.Want)
		}
	}
}
