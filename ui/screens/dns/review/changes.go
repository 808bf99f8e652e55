package review

import (
	"fmt"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// changeView draws what becomes of domains: before and after side by side where there is
// room, else below each other.
type changeView struct {
	th    *theme.Theme
	width int
	label int // cells for the domain
	wide  bool
}

const (
	wordWidth = 16 // of "other spelling", and a gap
	leadWidth = 3  // the mark of the selected one, the sign, and a blank
)

func newChangeView(th *theme.Theme, width int, changes []dnstable.Change) changeView {
	v := changeView{th: th, width: width, wide: width >= sideFrom}
	most := width - leadWidth - wordWidth - 1
	if v.wide {
		most = width * 34 / 100
	}
	for _, c := range changes {
		v.label = max(v.label, cell.Width(c.Name()))
	}
	v.label = min(max(v.label, 20)+2, most)
	return v
}

// markTone is the tone of a sign. What goes is the brightest.
func markTone(k dnstable.ChangeKind) theme.Tone {
	switch k {
	case dnstable.Added:
		return theme.Fine
	case dnstable.Removed:
		return theme.Warn
	case dnstable.Changed:
		return theme.Busy
	default:
		return theme.Plain
	}
}

// heading names the columns; without columns there is none.
func (v changeView) heading() []string {
	if !v.wide {
		return nil
	}
	l := cell.NewLine(v.th, v.width).Space(leadWidth).Put(theme.Muted, cell.Fit("DOMAIN", v.label+wordWidth))
	return []string{l.Space(2).Put(theme.Muted, cell.Fit("BEFORE", v.side())).Put(theme.Muted, "  AFTER").String()}
}

// side is the width of the columns of a wide view.
func (v changeView) side() int { return (v.width - leadWidth - v.label - wordWidth) / 2 }

// server is one server of a side, with what becomes of it.
type server struct {
	kind dnstable.ChangeKind
	text string
	note string
}

// block draws one change. Without a key it cannot be chosen.
func (v changeView) block(key string, c dnstable.Change) block {
	names := cell.Wrap(c.Name(), v.label-2, 0)
	left, right := v.columns(c)
	height := len(names)
	if v.wide {
		height = max(height, len(left), len(right))
	} else {
		height += len(right)
	}
	return block{key: key, height: height, draw: func(selected bool) []string {
		lines := make([]*cell.Line, height)
		for i := range lines {
			lines[i] = cell.NewLine(v.th, v.width)
			if i == 0 {
				lines[i] = v.lead(lines[i], c, selected)
			}
			if i < len(names) {
				tone := theme.Plain
				if selected {
					tone = theme.Accent
				}
				lines[i].To(leadWidth).Put(tone, names[i])
			}
		}
		lines[0].To(leadWidth+v.label).Put(theme.Muted, c.Word())
		v.servers(lines, len(names), left, right)
		return written(lines)
	}}
}

func (v changeView) lead(l *cell.Line, c dnstable.Change, selected bool) *cell.Line {
	if selected {
		l.Select()
	}
	return l.To(1).Put(markTone(c.Kind), c.Kind.Mark())
}

// servers draws the servers below the domain, or at its right.
func (v changeView) servers(lines []*cell.Line, names int, left, right []server) {
	put := func(l *cell.Line, s server, width int) {
		l.Put(markTone(s.kind), cell.Fit(s.kind.Mark(), 2))
		text := cell.Cut(s.text, width-3)
		l.Put(serverTone(s.kind), text)
		if s.note != "" {
			l.Put(theme.Muted, cell.Cut("  "+s.note, width-3-cell.Width(text)))
		}
	}
	const indent = 5
	if !v.wide {
		for i, s := range right {
			put(lines[names+i].To(indent), s, v.width-indent)
		}
		return
	}
	at := leadWidth + v.label + wordWidth
	for i := range lines {
		if i < len(left) {
			put(lines[i].To(at), left[i], v.side())
		}
		if i < len(right) {
			put(lines[i].To(at+v.side()), right[i], v.side())
		}
	}
}

func serverTone(k dnstable.ChangeKind) theme.Tone {
	if k == "" {
		return theme.Muted
	}
	return theme.Plain
}

// columns lists the servers of both sides; in a narrow view all of them are in the right
// one.
func (v changeView) columns(c dnstable.Change) (left, right []server) {
	before := make([]server, 0, len(c.Servers))
	for _, s := range c.Servers {
		line := server{kind: s.Kind, text: s.Address.Or("(empty)").String()}
		if s.Kind == dnstable.Changed {
			line.note = ordinal(s.From+1) + " → " + ordinal(s.To+1)
		}
		if s.Kind != dnstable.Removed || !v.wide {
			right = append(right, line)
		}
	}
	if !v.wide {
		return nil, append(right, extras(c)...)
	}
	if c.From != nil {
		for i, address := range c.From.Servers {
			before = append(before, server{kind: fateOf(c.Servers, i), text: address.Or("(empty)").String()})
		}
	}
	switch {
	case c.From == nil:
		before = append(before, server{text: "not there"})
	case c.To == nil:
		right = []server{{text: "not there"}}
	case len(c.Servers) == 0:
		right = append(right, before...)
	}
	if c.Spelled {
		before = append(before, server{kind: dnstable.Changed, text: "written " + c.From.Key.String()})
		right = append(right, server{kind: dnstable.Changed, text: "written " + c.To.Key.String()})
	}
	if c.Members {
		right = append(right, membersNote())
	}
	return before, right
}

// fateOf is what becomes of the server that stood at a place.
func fateOf(servers []dnstable.ServerChange, from int) dnstable.ChangeKind {
	for _, s := range servers {
		if s.From == from {
			return s.Kind
		}
	}
	return ""
}

// extras are what a change has beside its servers.
func extras(c dnstable.Change) []server {
	var out []server
	if c.Spelled {
		out = append(out, server{kind: dnstable.Changed, text: "written " + c.From.Key.String() + " → " + c.To.Key.String()})
	}
	if c.Members {
		out = append(out, membersNote())
	}
	return out
}

func membersNote() server {
	return server{kind: dnstable.Changed, text: "members that peerdeck does not know are others"}
}

func ordinal(n int) string {
	switch n {
	case 1:
		return "1st"
	case 2:
		return "2nd"
	case 3:
		return "3rd"
	default:
		return fmt.Sprintf("%dth", n) // a row has a few servers
	}
}

func written(lines []*cell.Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.String()
	}
	return out
}
