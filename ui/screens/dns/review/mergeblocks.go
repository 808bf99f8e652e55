package review

import (
	"strconv"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// side is the width of each of the three sides of a conflict.
func (p *Merge) side() int { return (p.width - leadWidth) / 3 }

// beside reports whether the three sides have room beside each other.
func (p *Merge) beside() bool {
	for _, c := range p.merged.Conflicts {
		for _, side := range conflictSides(c) {
			for _, s := range side {
				if cell.Width(s.text)+4 > p.side() {
					return false
				}
			}
		}
	}
	return true
}

// conflictSides lists the servers before, of mine and of theirs, the latter two with what
// became of them.
func conflictSides(c dnstable.Conflict) [3][]server {
	var before []server
	if c.Base == nil {
		before = []server{{text: "not there"}}
	} else {
		for _, s := range c.Base.Servers {
			before = append(before, server{text: s.Or("(empty)").String()})
		}
	}
	return [3][]server{before, conflictSide(c.Base, c.Mine), conflictSide(c.Base, c.Theirs)}
}

// conflictSide lists the servers of a side, and those that it has taken away.
func conflictSide(base, side *dnstable.Row) []server {
	if side == nil {
		return []server{{kind: dnstable.Removed, text: "removed"}}
	}
	var from []dnstable.Row
	if base != nil {
		from = []dnstable.Row{*base}
	}
	changes := dnstable.Diff(from, []dnstable.Row{*side})
	if len(changes) == 0 {
		return []server{{text: "as before"}}
	}
	change := changes[0]
	out := make([]server, 0, len(change.Servers)+1)
	for _, s := range change.Servers {
		line := server{kind: s.Kind, text: s.Address.Or("(empty)").String()}
		if s.Kind == dnstable.Changed {
			line.note = ordinal(s.From+1) + " → " + ordinal(s.To+1)
		}
		out = append(out, line)
	}
	out = append(out, extras(change)...)
	if len(change.Servers) == 0 && len(side.Servers) == 0 {
		out = append(out, server{text: "no server"})
	}
	return out
}

// blocks lists the conflicts, and then what was taken over.
func (p *Merge) blocks() []block {
	var out []block
	beside := p.beside()
	for i, c := range p.merged.Conflicts {
		out = append(out, p.conflict(strconv.Itoa(i), c, beside))
	}
	if len(p.merged.Quiet) == 0 {
		return out
	}
	out = append(out, textBlock(widget.Section(p.th, "TAKEN OVER FROM OTHERS, NOTHING TO DECIDE", p.width)))
	for _, c := range p.merged.Quiet {
		l := cell.NewLine(p.th, p.width).Space(1).Put(markTone(c.Kind), c.Kind.Mark()+" ").Put(theme.Plain, c.Name()).Put(theme.Muted, "  "+cleanLine(c.Summary()))
		out = append(out, textBlock(l.String()))
	}
	return out
}

// conflict draws one domain: before, mine and theirs.
func (p *Merge) conflict(key string, c dnstable.Conflict, beside bool) block {
	const word = 9 // cells, for "● theirs" at the right
	sides := conflictSides(c)
	name := c.Domain
	for _, row := range []*dnstable.Row{c.Base, c.Theirs, c.Mine} {
		if row != nil {
			name = row.Key.Or("(no domain)").String()
		}
	}
	names := cell.Wrap(cleanLine(name), p.width-leadWidth-word-2, 0)
	height := len(names) + 1 // and an empty line
	if beside {
		height += max(len(sides[0]), len(sides[1]), len(sides[2]))
	} else {
		height += len(sides[0]) + len(sides[1]) + len(sides[2])
	}
	return block{key: key, height: height, draw: func(selected bool) []string {
		lines := make([]*cell.Line, height)
		for i := range lines {
			lines[i] = cell.NewLine(p.th, p.width)
		}
		tone := theme.Plain
		if selected {
			lines[0].Select()
			tone = theme.Accent
		}
		for i, part := range names {
			lines[i].To(leadWidth).Put(tone, part)
		}
		severity, state := model.SeverityAttention, "open"
		if c.Choice != "" {
			severity, state = model.SeverityOK, string(c.Choice)
		}
		lines[0].To(p.width-word-1).Put(theme.Of(severity), theme.Symbol(severity)+" "+state)
		if beside {
			p.columns(lines[len(names):], sides, c.Choice)
		} else {
			p.stacked(lines[len(names):], sides, c.Choice)
		}
		return written(lines)
	}}
}

// columns draws the sides beside each other.
func (p *Merge) columns(lines []*cell.Line, sides [3][]server, choice dnstable.Choice) {
	for i, l := range lines {
		for k, side := range sides {
			if i < len(side) {
				putSide(l.To(leadWidth+k*p.side()), side[i], p.side(), passed(k, choice))
			}
		}
	}
}

// stacked draws the sides below each other, where an address is too long for a column.
func (p *Merge) stacked(lines []*cell.Line, sides [3][]server, choice dnstable.Choice) {
	const label = 8
	at := 0
	for k, side := range sides {
		for i, s := range side {
			l := lines[at].To(leadWidth)
			at++
			if i == 0 {
				l.Put(theme.Muted, [...]string{"before", "mine", "theirs"}[k])
			}
			putSide(l.To(leadWidth+label), s, p.width-leadWidth-label, passed(k, choice))
		}
	}
}

// passed reports whether a side was not taken.
func passed(side int, choice dnstable.Choice) bool {
	return side == 1 && choice == dnstable.ChooseTheirs || side == 2 && choice == dnstable.ChooseMine
}

func putSide(l *cell.Line, s server, width int, passed bool) {
	mark, tone := markTone(s.kind), serverTone(s.kind)
	if passed {
		mark, tone = theme.Faint, theme.Faint
	}
	l.Put(mark, cell.Fit(s.kind.Mark(), 2))
	text := cell.Cut(s.text, width-3)
	l.Put(tone, text)
	if s.note != "" {
		l.Put(theme.Muted, cell.Cut("  "+s.note, width-3-cell.Width(text)))
	}
}
