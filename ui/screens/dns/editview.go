package dns

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Typing reports whether something is typed, and where the cursor stands.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	below := s.height - s.stripLines() + 1
	switch {
	case s.edit != nil && s.edit.many():
		_, at := s.edit.prompt().Window(s.manyRoom())
		return true, tea.NewCursor(cell.Width(s.manyLabel())+at, below)
	case s.edit != nil:
		x, w := s.place(s.edit.at)
		_, at := s.edit.prompt().Window(w)
		return true, tea.NewCursor(x+at, len(s.banner())+s.table.Line())
	case s.filter.Typing():
		return true, s.filter.Cursor(s.width, below)
	default:
		return false, nil
	}
}

// place is where a cell that is typed in stands in its row. The servers get all of the
// room behind them: there are often several.
func (s *Screen) place(which int) (x, width int) {
	w, _ := s.tableSize()
	if which == cellDomain {
		x, width = s.table.Place(colDomain)
		return x + s.leadCells(), max(1, width-s.leadCells())
	}
	x, width = s.table.Place(colServers)
	if width == 0 {
		x = w / 2
	}
	return x, max(1, w-x-2)
}

// typedLine draws the row that is typed in.
func (s *Screen) typedLine(width int) string {
	e := s.edit
	l := cell.NewLine(s.th, width).Select()
	lead := ""
	if s.picking() {
		lead = " "
	}
	if e.id == 0 {
		lead += "+"
	} else if selected := s.selected(); selected != nil {
		lead = strings.TrimRight(s.lead(selected), " ")
	}
	l.Put(theme.Accent, lead)
	for i, p := range e.cells {
		x, w := s.place(i)
		text, _ := p.Shown()
		text, tone := cell.Cut(text, w), theme.Plain
		if i == e.at {
			text, _ = p.Window(w)
			if tone = p.Tone(); tone == theme.Plain {
				tone = theme.Strong
			}
		}
		l.To(x).Put(tone, text)
		if i == e.at {
			l.Put(theme.Faint, strings.Repeat("┄", max(0, x+w-l.Used())))
		}
	}
	return l.String()
}

// manyLabel stands before the servers of several rows.
func (s *Screen) manyLabel() string {
	return " Servers of " + phrase.Count(len(s.edit.ids), "domain") + ": "
}

func (s *Screen) manyRoom() int { return max(1, s.width-cell.Width(s.manyLabel())-1) }

// manyLine draws the line in which the servers of several rows are typed.
func (s *Screen) manyLine(width int) string {
	text, _ := s.edit.prompt().Window(s.manyRoom())
	l := cell.NewLine(s.th, width).Put(theme.Accent, s.manyLabel()).Put(s.edit.prompt().Tone(), text)
	return l.Put(theme.Faint, strings.Repeat("┄", max(0, width-1-l.Used()))).String()
}
