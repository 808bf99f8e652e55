// Package changepane draws the time line beside or under a list: what changed, over all
// networks or of one, the newest first.
package changepane

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Pane is the time line with a selected entry. A screen gives it room, hands it what is
// known, and asks for its lines.
type Pane struct {
	th      *theme.Theme
	view    changes.View
	only    safe.Text // the network whose changes are shown; empty for all
	entries []changes.Entry
	cursor  widget.Cursor
	number  uint64 // of the selected entry
	focused bool
	width   int
	height  int
}

// New returns a pane, empty.
func New(th *theme.Theme) *Pane { return &Pane{th: th} }

// Theme changes the looks.
func (p *Pane) Theme(th *theme.Theme) { p.th = th }

// Resize gives the room, the heading included.
func (p *Pane) Resize(width, height int) {
	p.width, p.height = width, max(0, height)
	p.cursor.Room(p.height - headLines)
}

// headLines is the heading.
const headLines = 1

// Receive takes the time line. The selected entry stays selected; at the newest one, the
// newest one does.
func (p *Pane) Receive(v changes.View) {
	p.view = v
	p.choose()
}

// Only shows the changes of one network, by its id; those of all for the empty one.
func (p *Pane) Only(network safe.Text) {
	if p.only != network {
		p.only = network
		p.choose()
	}
}

// Network is the id of the network whose changes are shown; empty for all.
func (p *Pane) Network() safe.Text { return p.only }

func (p *Pane) choose() {
	newest := p.cursor.At() == 0
	p.entries = p.view.Of(p.only)
	p.cursor.Count(len(p.entries))
	if newest {
		p.MoveTo(0)
		return
	}
	for i, e := range p.entries {
		if e.Number == p.number {
			p.cursor.Carry(i)
			return
		}
	}
	p.MoveTo(p.cursor.At())
}

// Entries are those that are shown, the newest first.
func (p *Pane) Entries() []changes.Entry { return p.entries }

// Len is how many entries there are.
func (p *Pane) Len() int { return len(p.entries) }

// Index is the number of the selected entry.
func (p *Pane) Index() int { return p.cursor.At() }

// Select moves to the entry with a number, if it is there.
func (p *Pane) Select(number uint64) {
	for i, e := range p.entries {
		if e.Number == number {
			p.MoveTo(i)
			return
		}
	}
}

// Focus gives the pane the selection's mark, or takes it away.
func (p *Pane) Focus(on bool) { p.focused = on }

// Focused reports whether the pane has the selection's mark.
func (p *Pane) Focused() bool { return p.focused }

// Move moves the selection by some entries.
func (p *Pane) Move(by int) { p.MoveTo(p.cursor.At() + by) }

// MoveTo moves the selection to an entry; beyond the ends is the end.
func (p *Pane) MoveTo(i int) {
	if len(p.entries) == 0 {
		return
	}
	p.cursor.MoveTo(i)
	p.number = p.entries[p.cursor.At()].Number
}

// Page is the number of entries on the screen.
func (p *Pane) Page() int { return p.cursor.Page() }

// EntryAt returns the number of the entry on a line of the pane, -1 for none.
func (p *Pane) EntryAt(line int) int {
	if line >= p.height {
		return -1
	}
	return p.cursor.Row(line - headLines)
}

// Selected is the selected entry; false where there is none.
func (p *Pane) Selected() (changes.Entry, bool) {
	if i := p.cursor.At(); i < len(p.entries) {
		return p.entries[i], true
	}
	return changes.Entry{}, false
}

// View draws the pane in the room that it has.
func (p *Pane) View(now time.Time) string { return strings.Join(p.Lines(now), "\n") }

// Lines draws the pane in the room that it has: the heading, and the entries on the
// screen.
func (p *Pane) Lines(now time.Time) []string {
	if p.height < 1 {
		return nil
	}
	lines := []string{p.heading(now)}
	if len(p.entries) == 0 {
		if p.height > headLines {
			lines = append(lines, cell.NewLine(p.th, p.width).Space(indent).Put(theme.Muted, "No change has been seen so far.").String())
		}
		return lines
	}
	from, to := p.cursor.Visible()
	to = min(to, from+p.height-headLines)
	rows := Rows{Theme: p.th, Width: p.width, Network: p.only.IsEmpty()}
	rows.Measure(p.entries[from:to], now)
	for i := from; i < to; i++ {
		lines = append(lines, rows.Line(p.entries[i], p.focused && i == p.cursor.At(), now))
	}
	return lines
}

// heading names the pane and says what came since the person last looked.
func (p *Pane) heading(now time.Time) string {
	l := cell.NewLine(p.th, p.width)
	l.Space(1)
	tone := theme.Muted
	if p.focused {
		tone = theme.Accent
	}
	l.Put(tone, "CHANGES")
	if since := p.view.Headline(now); since != "" && p.only.IsEmpty() {
		l.Space(2)
		Headline(l, p.view, now)
	}
	return l.String()
}

// Headline puts what came since the person last looked into a line: what is bad in the
// tone of what is bad.
func Headline(l *cell.Line, v changes.View, now time.Time) {
	count := v.Count()
	l.Put(theme.Muted, strings.TrimSuffix(v.Headline(now), count))
	switch {
	case v.Broke > 0:
		l.Put(theme.Bad, count)
	case v.Mended > 0:
		l.Put(theme.Fine, count)
	default:
		l.Put(theme.Muted, count)
	}
}
