package tabletest_test

import (
	"strings"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/dns/table/tabletest"
	"github.com/peerdeck/peerdeck/model/safe"
)

// What is typed into a row, and a line: the rules themselves.
func TestCases(t *testing.T) {
	texts := func(list string) []safe.Text { return safe.Texts(dnstable.Words(list)...) }
	for _, c := range tabletest.Cases() {
		var rows []dnstable.Row
		for d := range strings.SplitSeq(c.Domains, ", ") {
			rows = append(rows, dnstable.Row{Key: safe.New(d), Servers: texts(c.Servers)})
		}
		if got := tabletest.Findings(tabletest.Of(dnstable.Check(rows, dnstable.Surroundings{}))); got != c.Want {
			t.Errorf("%s as rows: %q, want %q", c.Line(), got, c.Want)
		}
		list, problems := dnstable.ParseMappings(c.Line())
		found := tabletest.Of(dnstable.Check(dnstable.FromMappings(list), dnstable.Surroundings{}))
		for _, p := range problems {
			found = append(found, tabletest.Finding{Rule: p.Rule, Severity: dnstable.Error})
		}
		if got := tabletest.Findings(found); got != c.Want {
			t.Errorf("%s as a line: %q, want %q", c.Line(), got, c.Want)
		}
	}
}
