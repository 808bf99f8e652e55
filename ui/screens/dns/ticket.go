package dns

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// copyTicket copies all that is known of a row for somebody else.
func (s *Screen) copyTicket() tea.Cmd {
	l := s.selected()
	t := ticket.Ticket{
		Subject: s.network().Name() + " › DNS › " + l.row.Key.String(),
		Since:   "not known: Konnect gives a table a version, and its rows no times",
		Details: dialog.Plain(append(s.facts(l, 0), unchecked(l)...)),
		IDs:     []ticket.Fact{ticket.Of("network", s.chosen)},
	}
	for _, p := range s.problemsOf(l) {
		t.Findings = append(t.Findings, p.Finding())
	}
	if len(t.Findings) == 0 {
		t.Findings = []finding.Finding{{Severity: finding.OK, Cause: "No rule finds anything in this row"}}
	}
	if l.mine() && !l.table.IsNew() {
		t.IDs = append(t.IDs, ticket.Of("private DNS", l.table.Now().ID))
	}
	return screen.Say(screen.Copy{What: "a ticket about " + l.row.Key.String(), Text: t.Markdown()})
}
