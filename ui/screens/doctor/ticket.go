package doctor

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// shut are the findings that need somebody, the most urgent first.
func (p *Page) shut() []finding.Finding {
	var out []finding.Finding
	for _, c := range p.report.Doors() {
		out = append(out, c.Finding)
	}
	slices.SortStableFunc(out, func(a, b finding.Finding) int { return int(b.Severity) - int(a.Severity) })
	return out
}

// command is that of the most urgent finding that has one; empty for none.
func (p *Page) command() string {
	for _, f := range p.shut() {
		if f.Next.Command != "" {
			return f.Next.Command
		}
	}
	return ""
}

func (p *Page) noCommand() string {
	if p.command() == "" {
		return "no command mends what was found"
	}
	return ""
}

// copyTicket copies the report for somebody else. It holds no secret.
func (p *Page) copyTicket() tea.Cmd {
	t := ticket.Ticket{
		Subject: "peerdeck doctor", Conclusion: p.report.Conclusion(), Findings: p.shut(), Details: p.report.Text(),
		Since: "not known; looked at " + p.report.At.UTC().Format("2006-01-02 15:04:05Z"),
		IDs:   []ticket.Fact{{Label: "peerdeck", Value: p.report.Version}},
	}
	return screen.Say(screen.Copy{What: "a ticket about the doctor's report", Text: t.Markdown()})
}
