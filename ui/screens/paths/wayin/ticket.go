package wayin

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

func (p *Page) noEntry() string {
	if _, there := p.entry(); !there {
		return "nothing that points at the data planes is known"
	}
	return ""
}

// copyTicket copies the chosen entry for somebody else.
func (p *Page) copyTicket() tea.Cmd {
	e, _ := p.entry()
	t := ticket.Ticket{
		Subject: p.label() + " › way in › " + e.Title(), Conclusion: safe.Clean(e.Why), Findings: e.Findings,
		IDs: []ticket.Fact{ticket.Of("resource", e.ID), ticket.Of("VNET", e.VNet.ID()), ticket.Of("peering", e.Peering)},
	}
	if len(e.Findings) == 0 {
		t.Findings = []finding.Finding{{Severity: finding.OK, Cause: "Nothing is wrong with it, as far as it was read"}}
	}
	var b strings.Builder
	b.WriteString("Private addresses of the data planes:\n" + p.addresses())
	for _, m := range e.Missing {
		b.WriteString("not pointed at: " + m.Address.String() + "\n")
	}
	t.Details = b.String()
	return screen.Say(screen.Copy{What: "a ticket about " + e.Title(), Text: t.Markdown()})
}
