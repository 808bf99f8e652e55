package table_test

import (
	"slices"
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Every entry of the catalogue about mappings has a rule, and no rule has words beside it.
func TestTheCatalogueHasTheWordsOfTheRules(t *testing.T) {
	t.Parallel()
	rules := dnstable.Rules()
	entries := finding.MappingEntries()
	if len(rules) != len(entries) || !slices.IsSortedFunc(entries, func(a, b finding.Entry) int { return strings.Compare(string(a.Code), string(b.Code)) }) {
		t.Fatalf("%d rules, %d entries, or an entry out of order", len(rules), len(entries))
	}
	for _, e := range entries {
		at := slices.IndexFunc(rules, func(r dnstable.RuleInfo) bool { return r.ID == string(e.Code) })
		if at < 0 || rules[at].Title != e.Title+"." || len(rules[at].Severities) != len(e.Severities) || e.Reads == "" || e.Source == "" {
			t.Errorf("%s: %+v", e.Code, e)
		}
	}
}
