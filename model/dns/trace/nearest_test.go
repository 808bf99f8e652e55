package trace_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
)

// A name with a slip is offered as it may have been meant; a public one is not called a
// slip, and where the table could not be read nothing is.
func TestASlipInANameIsSeen(t *testing.T) {
	t.Parallel()
	for typed, c := range map[string]struct {
		edit    func(*model.NetworkStatus)
		command string
		nearest bool
	}{
		"www.hr.exmaple.org": {nil, "peerdeck dns trace www.hr.example.org --network eu-prod", true},
		"www.examle.org":     {nil, "peerdeck dns trace www.example.org --network eu-prod", true},
		"www.google.com":     {nil, "peerdeck dns list --network eu-prod", false},
		"www.rh.exmaple.org": {func(n *model.NetworkStatus) { n.PrivateDNSRead = model.Part{} }, "", false},
	} {
		n := network()
		if c.edit != nil {
			c.edit(n)
		}
		tr := dnstrace.Trace{Query: dnstrace.Read(typed), Network: n.ID, State: dnstrace.Done}
		tr.Rules = dnstrace.RulesFor(tr.Query.Name, n)
		tr.Facts = dnstrace.FactsOf(n, tr.Rules)
		text := tr.Judged().Text()
		if strings.Contains(text, "the nearest row") != c.nearest || c.command != "" && !strings.Contains(text, "$ "+c.command) {
			t.Errorf("%s\n%s", typed, text)
		}
		if row, known := tr.Facts.Row.Get(); known && len(row.Near) > 0 {
			t.Error("the facts are what the snapshot tells")
		}
	}
}
