package trace

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// ticketOf is a trace for somebody else.
func ticketOf(t dnstrace.Trace) ticket.Ticket {
	return ticket.Ticket{
		Subject:  t.NetworkName.Or(t.Network.String()).String() + " › trace of " + t.Query.Typed.String(),
		Findings: append([]finding.Finding{t.Conclusion().Finding()}, t.Also()...),
		Since:    "not known; the servers were asked at " + t.Begun.UTC().Format("2006-01-02 15:04:05Z") + " " + t.Vantage,
		IDs:      []ticket.Fact{ticket.Of("network", t.Network)},
		Details:  t.Text(),
	}
}

// copyLine copies the name with what its servers say.
func (p *Trace) copyLine() tea.Cmd {
	parts := make([]string, 0, len(p.trace.Servers))
	for _, s := range p.trace.Servers {
		parts = append(parts, fmt.Sprintf("%s %s at %s", theme.Symbol(s.Mark(!p.trace.State.Over())), safe.Clean(s.Cell.Text), s.Report.Server))
	}
	line := p.trace.Query.Typed.String()
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, "; ")
	}
	return screen.Say(screen.Copy{What: p.trace.Query.Typed.String() + " with its answers", Text: line + "\n"})
}

// copyTicket copies the matrix for somebody else: what is worst, and every cell.
func (p *Matrix) copyTicket() tea.Cmd {
	t := ticket.Ticket{
		Subject: p.networkName() + " › probe of all domains", Findings: p.matrix.Around, Details: p.matrix.Text(),
		Conclusion: fmt.Sprintf("%s were asked at %s", phrase.Count(len(p.matrix.Lines), "domain"), phrase.Count(len(p.matrix.Columns), "server")),
		Since:      "not known; asked at " + p.matrix.Begun.UTC().Format("2006-01-02 15:04:05Z") + " " + vantageText(p.matrix.Vantage),
		IDs:        []ticket.Fact{ticket.Of("network", p.network)},
	}
	return screen.Say(screen.Copy{What: "a ticket about the probe", Text: t.Markdown()})
}
