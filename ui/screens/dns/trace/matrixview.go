package trace

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const stripLines = 3 // that tell of the chosen cell

// below is the room below the table: the servers, the chosen cell, and a rule above each.
// On a low screen the servers are left out.
func (p *Matrix) below() int {
	if p.height < lowHeight {
		return stripLines + 1
	}
	return len(p.footer()) + stripLines + 2
}

// arrange divides the room, and brings the chosen server onto the screen.
func (p *Matrix) arrange() {
	h := p.height - len(p.banner()) - p.below()
	p.table.Resize(p.width, max(3, h))
	if len(p.matrix.Columns) == 0 {
		return
	}
	id := colServer + strconv.Itoa(p.column)
	for i := 0; i < len(p.matrix.Columns) && !p.table.Shows(id); i++ {
		p.table.Scroll(1)
	}
}

// toColumn chooses a server, and keeps it on the screen.
func (p *Matrix) toColumn(by int) {
	n := len(p.matrix.Columns)
	if n == 0 {
		return
	}
	p.column = max(0, min(p.column+by, n-1))
	p.table.Scroll(-n) // from the left, so that as few as can be are hidden
	p.arrange()
}

// banner is the place from which was asked, and what went wrong.
func (p *Matrix) banner() []string {
	if p.width == 0 {
		return nil
	}
	var lines []string
	if p.there {
		l := cell.NewLine(p.th, p.width).Space(1).Put(theme.Muted, "asked "+vantageText(p.matrix.Vantage))
		if s := p.stateText(); s != "" {
			l.Put(theme.Muted, " · "+s)
		}
		if hidden := p.hidden(); hidden > 0 {
			text := phrase.Count(hidden, "more server")
			l.To(p.width-cell.Width(text)-3).Put(theme.Accent, "→").Put(theme.Muted, " "+text)
		}
		lines = append(lines, l.String())
	}
	f := p.failure
	if f == nil {
		f = p.matrix.Failure
	}
	if f != nil {
		lines = append(lines, widget.Marked(p.th, model.SeverityBroken, theme.Bad, phrase.Capital(f.Error()), p.width, 2)...)
		lines = append(lines, widget.Arrow(p.th, f.Cure, p.width)...)
	}
	return append(lines, p.aroundLines()...)
}

// aroundLines say the most urgent of what the clouds say around the servers, and how much
// more the description of a cell lists. On a low screen the table has the room.
func (p *Matrix) aroundLines() []string {
	list := p.matrix.Around
	if len(list) == 0 || p.height < lowHeight {
		return nil
	}
	worst := slices.MaxFunc(list, func(a, b finding.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	lines := widget.Marked(p.th, worst.Severity, theme.Plain, findingText(worst), p.width, 1)
	rest := cell.NewLine(p.th, p.width).Space(3)
	if more := len(list) - 1; more > 0 {
		rest.Put(theme.Muted, "and "+phrase.Count(more, "more finding")+" around the servers; ")
	}
	return append(lines, rest.Put(theme.Accent, "d").Put(theme.Muted, " shows what to do").String())
}

// hidden counts the servers for which there is no room.
func (p *Matrix) hidden() int {
	n := 0
	for i := range p.matrix.Columns {
		if !p.table.Shows(colServer + strconv.Itoa(i)) {
			n++
		}
	}
	return n
}

// vantageText is the place, as a part of a sentence.
func vantageText(v string) string {
	if v == "" {
		return "from this machine"
	}
	return safe.Clean(v)
}

// stateText tells when it was asked, and when it is asked again.
func (p *Matrix) stateText() string {
	now := p.env.Now()
	var parts []string
	switch {
	case p.running():
		parts = append(parts, "running "+phrase.Elapsed(now.Sub(p.matrix.Begun)))
		if w := p.matrix.Wait; w != nil {
			parts = append(parts, "reading Azure: "+safe.Clean(w.Text(now)))
		}
	case p.matrix.State == dnstrace.Cancelled:
		parts = append(parts, "cancelled at "+widget.Clock(p.matrix.Ended, now))
	default:
		parts = append(parts, widget.Clock(p.matrix.Begun, now))
	}
	if every := intervals()[p.repeat]; every > 0 {
		text := fmt.Sprintf("every %d s", int(every.Seconds()))
		if wait := p.due.Sub(now); wait > 0 && !p.running() {
			text += fmt.Sprintf(", again in %d s", int((wait+time.Second-1)/time.Second))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " · ")
}

// View draws the matrix, the servers below their columns, and the chosen cell.
func (p *Matrix) View(time.Time) string {
	lines := p.banner()
	h := p.height - p.below()
	switch {
	case !p.there && p.failure == nil:
		lines = append(lines, widget.Marked(p.th, model.SeverityWorking, theme.Plain, "It was asked for and begins in a moment.", p.width, 0)...)
		return strings.Join(lines, "\n")
	case !p.there:
		return strings.Join(lines[:min(len(lines), p.height)], "\n")
	case len(p.matrix.Lines) == 0:
		text := "No domain of " + p.networkName() + " is mapped, so there is nothing to ask. esc leads to the table; a adds a row there."
		lines = append(lines, "")
		lines = append(lines, widget.Paragraph(p.th, theme.Muted, text, p.width, 0)...)
		return strings.Join(lines, "\n")
	}
	lines = append(lines, p.table.View(p.th)...)
	if len(p.rows.shown) == 0 {
		lines = append(lines, "", cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, p.filter.Empty("domain")).String())
	}
	for len(lines) < h {
		lines = append(lines, "")
	}
	lines = append(lines[:max(0, min(len(lines), h))], widget.Rule(p.th, p.width))
	if p.height >= lowHeight {
		lines = append(lines, p.footer()...)
		lines = append(lines, widget.Rule(p.th, p.width))
	}
	lines = append(lines, p.strip()...)
	return strings.Join(lines[:min(len(lines), p.height)], "\n")
}

// footer tells of each server, below its column.
func (p *Matrix) footer() []string {
	rows := []struct {
		title string
		text  func(c dnstrace.Column) (string, model.Severity)
	}{
		{"up", upText}, {"median · p95", latencyText}, {"TCP", tcpText},
	}
	out := make([]string, len(rows))
	for i, r := range rows {
		l := cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, r.title)
		for k, c := range p.matrix.Columns {
			at, width := p.table.Place(colServer + strconv.Itoa(k))
			if width == 0 || at+2 < l.Used() {
				continue
			}
			text, mark := r.text(c)
			tone := theme.Muted
			l.To(at)
			if mark >= model.SeverityAttention {
				tone = theme.Strong
				l.Put(theme.Of(mark), theme.Symbol(mark))
			}
			l.To(at+2).Put(tone, cell.Cut(text, width-2))
		}
		out[i] = l.String()
	}
	return out
}

// upText is the share of the cells in which the server said anything.
func upText(c dnstrace.Column) (string, model.Severity) {
	if c.Known == 0 {
		return nothing, model.SeverityOK
	}
	text := fmt.Sprintf("%d %%", c.Heard*100/c.Known)
	way, known := c.Route.Get()
	switch {
	case c.Heard == c.Known:
		return text, model.SeverityOK
	case c.Heard == 0 && (!known || !way):
		return "n/a here", model.SeverityOK
	case c.Heard == 0:
		return text, model.SeverityBroken
	default:
		return text, model.SeverityAttention
	}
}

func latencyText(c dnstrace.Column) (string, model.Severity) {
	if c.Median == 0 {
		return nothing, model.SeverityOK
	}
	return fmt.Sprintf("%s · %s ms", number(c.Median), number(c.P95)), model.SeverityOK
}

// number writes a time in milliseconds without the unit.
func number(d time.Duration) string {
	if d < time.Millisecond {
		return "<1"
	}
	return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10)
}

func tcpText(c dnstrace.Column) (string, model.Severity) {
	switch c.TCP {
	case model.Yes:
		return "yes", model.SeverityOK
	case model.No:
		return "no", model.SeverityAttention
	default:
		return nothing, model.SeverityOK
	}
}

// strip tells of the chosen cell, or holds the filter.
func (p *Matrix) strip() []string {
	if p.filter.Typing() {
		return p.filterLines()
	}
	l := p.selected()
	if l == nil || p.column >= len(p.matrix.Columns) {
		return nil
	}
	e, asked := p.cell()
	server := p.matrix.Columns[p.column]
	where := cell.Cut(l.Domain.String(), max(30, p.width/2)) + " at " + server.Server.String()
	if !asked {
		return widget.Marked(p.th, model.SeverityUnknown, theme.Muted, where+": this row does not name the server.", p.width, 2)
	}
	mark, text := e.Cell.Mark(), safe.Clean(e.Cell.Text)
	if !e.Known {
		mark, text = model.SeverityWorking, "not known yet"
	}
	lines := widget.Marked(p.th, mark, theme.Plain, where+": "+text, p.width, stripLines-1)
	if p.marked != (place{}) {
		return append(lines, cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "marked: "+p.marked.domain.String()+" at "+p.marked.server.String()+"; ").Put(theme.Accent, "d").Put(theme.Muted, " holds both against each other").String())
	}
	return append(lines, p.spark(e))
}

// spark shows the last results, the newest at the right.
func (p *Matrix) spark(e dnstrace.Entry) string {
	if len(e.Before) == 0 {
		return ""
	}
	l := cell.NewLine(p.th, p.width).Space(3).Put(theme.Muted, "before ")
	const most = 20
	for i := min(len(e.Before), most) - 1; i >= 0; i-- {
		s := e.Before[i].Severity
		l.Put(theme.Of(s), theme.Symbol(s))
	}
	if e.Known {
		l.Put(theme.Muted, " now ").Put(theme.Of(e.Cell.Mark()), theme.Symbol(e.Cell.Mark()))
	}
	if e.Flaps() {
		l.Space(2).Put(theme.Warn, "▲ it flaps")
	}
	return l.Put(theme.Muted, "   last "+safe.Clean(e.Before[0].Word)+" at "+widget.Clock(e.Before[0].At, p.env.Now())).String()
}

func (p *Matrix) filterLines() []string {
	lines := []string{p.filter.Line(p.th, p.width)}
	if text := p.filter.Unknown(); text != "" {
		lines = append(lines, widget.Marked(p.th, model.SeverityAttention, theme.Plain, text, p.width, stripLines-1)...)
	}
	return lines
}
