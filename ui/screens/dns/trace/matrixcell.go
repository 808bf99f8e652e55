package trace

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// here is the cell of the cursor.
func (p *Matrix) here() place {
	l := p.selected()
	if l == nil || p.column >= len(p.matrix.Columns) {
		return place{}
	}
	return place{l.Domain, l.From, p.matrix.Columns[p.column].Server}
}

// mark marks the cell of the cursor, or takes the mark away.
func (p *Matrix) mark() {
	p.moved = true
	if at := p.here(); p.marked != at {
		p.marked = at
		return
	}
	p.marked = place{}
}

// find returns a cell by its place.
func (p *Matrix) find(at place) (dnstrace.Entry, bool) {
	k := p.matrix.At(at.server)
	for _, l := range p.matrix.Lines {
		if k >= 0 && l.Domain == at.domain && l.From == at.from {
			return l.Cells[k], l.Cells[k].Asked
		}
	}
	return dnstrace.Entry{}, false
}

func (p *Matrix) describeName() string {
	if p.marked != (place{}) && p.marked != p.here() {
		return "compare"
	}
	return "describe"
}

// describe shows all that is known of the cell, or holds it against the marked one.
func (p *Matrix) describe() tea.Cmd {
	e, _ := p.cell()
	at := p.here()
	if other, there := p.find(p.marked); there && p.marked != at {
		return screen.Say(screen.Show{Dialog: textDialog(p.th, "Two cells", "the difference", diffText(p.marked, at, other, e))})
	}
	lines := []string{cellLine(at, e)}
	if c := p.matrix.Columns[p.column]; c.Standing != "" {
		lines = append(lines, "; "+safe.Clean(c.Standing))
	}
	for _, b := range e.Before {
		lines = append(lines, fmt.Sprintf("; %s %s, %s, %s", b.At.In(p.env.Now().Location()).Format("2006-01-02 15:04:05"), theme.Symbol(b.Severity), safe.Clean(b.Word), safe.Clean(b.Vantage)))
	}
	if len(p.matrix.Around) > 0 {
		lines = append(append(lines, "", "Around the servers"), findingFacts(p.matrix.Around)...)
	}
	lines = append(append(lines, ""), digText(e.Report)...)
	return screen.Say(screen.Show{Dialog: textDialog(p.th, at.domain.String(), "the cell", lines)})
}

// cellLine is a cell in a line.
func cellLine(at place, e dnstrace.Entry) string {
	word := e.Cell.Short()
	if !e.Known {
		return fmt.Sprintf("%s at %s: not known yet", at.domain, at.server)
	}
	return fmt.Sprintf("%s %s at %s: %s, %s", theme.Symbol(e.Cell.Mark()), at.domain, at.server, word, safe.Clean(e.Cell.Text))
}

func (p *Matrix) copyCell() tea.Cmd {
	e, _ := p.cell()
	at := p.here()
	return screen.Say(screen.Copy{What: at.domain.String() + " at " + at.server.String(), Text: cellLine(at, e) + " (" + vantageText(p.matrix.Vantage) + ")\n"})
}

// diffText holds two cells against each other: what they differ in, and each side.
func diffText(first, second place, a, b dnstrace.Entry) []string {
	lines := []string{cellLine(first, a), cellLine(second, b), ""}
	row := []dnsverdict.Report{a.Report, b.Report}
	if first.server == second.server {
		// The same server twice: the names tell them apart.
		row[0].Server, row[1].Server = first.domain, second.domain
	}
	agreement := dnsverdict.Compare(row)
	if len(agreement.Differences) == 0 {
		lines = append(lines, "Both say the same, as far as both were heard.")
	}
	for _, d := range agreement.Differences {
		lines = append(lines, fmt.Sprintf("%s: %s", d.Aspect, safe.Clean(d.Text)))
	}
	lines = append(append(lines, ""), digText(a.Report)...)
	return append(append(lines, ""), digText(b.Report)...)
}
