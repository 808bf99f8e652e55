package trace

import (
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// The columns. One that can be sorted by has the name of its order.
const (
	colDomain = string(dnstrace.ByDomain)
	colAgree  = string(dnstrace.ByAgreement)
	colServer = "server-" // and its place
)

// matrixRows gives the lines of the matrix to the table. Only those on the screen are
// drawn.
type matrixRows struct {
	p     *Matrix
	shown []int // places of lines
}

// Len is the number of lines that pass the filter.
func (r *matrixRows) Len() int { return len(r.shown) }

// ID is the domain and where it stands.
func (r *matrixRows) ID(i int) safe.Text {
	l := &r.p.matrix.Lines[r.shown[i]]
	return safe.New(l.Domain.String() + "/" + l.From.String())
}

// Cells fills a row.
func (r *matrixRows) Cells(i int, into []widget.Cell) {
	p := r.p
	l := &p.matrix.Lines[r.shown[i]]
	mark := l.Worst()
	into[0] = widget.Cell{Lead: theme.Symbol(mark) + " ", LeadTone: theme.Of(mark), Text: l.Domain.String()}
	for k := range p.matrix.Columns {
		into[1+k] = p.entryCell(l, k, i == p.table.Index() && k == p.column)
	}
	a := l.Agreement
	text := a.Short()
	into[len(into)-1] = widget.Cell{Text: text, Tone: theme.Muted}
	if a.Severity >= model.SeverityAttention && text != "" {
		into[len(into)-1] = widget.Cell{Lead: theme.Symbol(a.Severity) + " ", LeadTone: theme.Of(a.Severity), Text: text, Tone: theme.Strong}
	}
}

// entryCell draws a domain at a server: a symbol and a word. The chosen one has an arrow
// between the two.
func (p *Matrix) entryCell(l *dnstrace.Line, k int, chosen bool) widget.Cell {
	e := l.Cells[k]
	sign, tone := " ", theme.Muted
	if chosen {
		sign = "›"
	}
	out := widget.Cell{Sign: sign, SignTone: theme.Accent}
	switch {
	case !e.Asked:
		out.Lead, out.LeadTone, out.Tone = " ", theme.Plain, theme.Faint
		out.Text = "·"
		return out
	case !e.Known:
		out.Lead, out.LeadTone, out.Text, out.Tone = theme.Symbol(model.SeverityWorking), theme.Busy, "asking", theme.Muted
		if !p.running() {
			out.Lead, out.LeadTone, out.Text = theme.Symbol(model.SeverityUnknown), theme.Unsure, "not asked"
		}
		return out
	}
	mark := e.Cell.Mark()
	if mark >= model.SeverityAttention {
		tone = theme.Strong
	}
	if mark == model.SeverityBroken {
		tone = theme.Bad
	}
	if chosen && mark < model.SeverityAttention {
		tone = theme.Accent
	}
	out.Lead, out.LeadTone, out.Text, out.Tone = theme.Symbol(mark), theme.Of(mark), e.Cell.Short(), tone
	if e.Flaps() {
		out.Text += " flaps"
	}
	return out
}

// columns are those of the matrix: the domain, a server each, the agreement.
func (p *Matrix) columns() []widget.Column {
	domain, word := 16, 11
	for _, c := range p.matrix.Columns {
		word = max(word, cell.Width(shortServer(c.Server.String())))
	}
	longest := domain
	for _, i := range p.rows.shown {
		longest = max(longest, cell.Width(p.matrix.Lines[i].Domain.String())+2)
	}
	if p.bare {
		domain = 28
	}
	out := []widget.Column{{ID: colDomain, Title: "  DOMAIN", Min: domain, Max: min(longest, 60)}}
	for i, c := range p.matrix.Columns {
		out = append(out, widget.Column{ID: colServer + strconv.Itoa(i), Title: "  " + shortServer(c.Server.String()), Min: word + 2, Max: 17, Rank: 2 + i})
	}
	return append(out, widget.Column{ID: colAgree, Title: "AGREE", Min: 11, Max: 18, Rank: 1})
}

// shortServer is an address in the room of a column: of a long one, its end.
func shortServer(s string) string {
	const most = 15
	if over := cell.Width(s) - most; over > 0 {
		return "…" + cell.Part(s, over+1, cell.Width(s))
	}
	return s
}

// serverOf is the place of the server of a column, -1 for another column.
func (p *Matrix) serverOf(column string) int {
	if rest, found := strings.CutPrefix(column, colServer); found {
		if i, err := strconv.Atoi(rest); err == nil && i < len(p.matrix.Columns) {
			return i
		}
	}
	return -1
}

// rebuild filters and sorts the lines anew.
func (p *Matrix) rebuild() {
	p.rows.shown = p.rows.shown[:0]
	for i := range p.matrix.Lines {
		if p.passes(&p.matrix.Lines[i]) {
			p.rows.shown = append(p.rows.shown, i)
		}
	}
	p.matrix.Sort(p.rows.shown, p.sort, p.reverse)
	p.column = max(0, min(p.column, len(p.matrix.Columns)-1))
	p.table.SetColumns(p.columns())
	p.table.SetRows(&p.rows)
	p.table.SortBy(string(p.sort), p.reverse)
	p.arrange()
}
