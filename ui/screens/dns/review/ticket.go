package review

import (
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/ticket"
)

// ticket is what the edits come to, for somebody who is to look at them before they are
// applied.
func (d *Diff) ticket() ticket.Ticket {
	t := ticket.Ticket{
		Subject: d.network() + " › DNS › changes", Since: "edits on one machine",
		IDs: []ticket.Fact{ticket.Of("network", d.table.Order().Target.Network), ticket.Of("private DNS", d.table.Order().Target.Resolver)},
	}
	for _, p := range d.problems.list {
		if p.Severity > dnstable.Note {
			t.Findings = append(t.Findings, p.Finding())
		}
	}
	if t.Conclusion = phrase.Capital(dnstable.CountWords(d.changes)); len(t.Findings) == 0 {
		t.Conclusion += "; no rule finds anything wrong"
	}
	lines := make([]string, len(d.changes))
	for i, c := range d.changes {
		lines[i] = safe.Clean(c.Domain) + "  " + c.Summary()
	}
	t.Details = strings.Join(lines, "\n")
	return t
}
