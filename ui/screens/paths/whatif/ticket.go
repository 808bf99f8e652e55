package whatif

import (
	"strings"

	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/ticket"
)

// ticket is what is assumed and what that turns, for somebody else. Nothing of it was done.
func (p *Page) ticket() ticket.Ticket {
	t := ticket.Ticket{
		Subject: "What if, in " + p.label(), Conclusion: p.result.Says(), Since: "assumed only: nothing was changed",
		IDs: []ticket.Fact{ticket.Of("network", p.network)},
	}
	lines := []string{"Assumed:"}
	for i, c := range p.changes {
		line := "  " + c.String()
		if why := p.refused(i); why != "" {
			line += " (not assumed: " + why + ")"
		}
		lines = append(lines, line)
	}
	lines = append(lines, "", "Verdicts:")
	for _, e := range p.result.Effects {
		lines = append(lines, "  "+string(e.Turn)+"  "+e.Name)
		if e.Turn != assume.New {
			lines = append(lines, "    now:  "+e.Before.Line())
		}
		if e.Turn != assume.Gone {
			lines = append(lines, "    then: "+e.After.Line())
		}
	}
	if len(p.result.Effects) == 0 {
		lines = append(lines, "  none turns")
	}
	t.Details = strings.Join(lines, "\n")
	return t
}
