package dns

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

const (
	sideFrom   = 120 // columns from which the selected row is told of beside the table
	stripLow   = 4   // lines below the table, their rule included
	stripHigh  = 7   // of a tall screen
	tallFrom   = 34  // lines of a tall screen
	leastTable = 5   // lines that the table keeps
)

// rebuild lists the lines anew: what was staged, read, filtered or sorted has changed.
func (s *Screen) rebuild() {
	s.rows.all, s.rows.shown = nil, nil
	if n := s.network(); n != nil {
		for _, t := range n.Tables() {
			t.Tidy()
		}
		if m, there := s.results.Matrix(s.chosen); there {
			n.SetProbe(m)
		}
		s.rows.all = linesOf(n)
		sortLines(s.rows.all, s.sort, s.reverse, func(l *line) int { return int(s.worst(l)) })
		s.rows.all = s.withTyped(s.rows.all)
	}
	for i := range s.rows.all {
		if l := &s.rows.all[i]; s.passes(l) || s.isTyped(l) {
			s.rows.shown = append(s.rows.shown, l)
		}
	}
	s.table.SetRows(&s.rows)
	if s.sort == colPlace {
		s.table.SortBy("", false)
	} else {
		s.table.SortBy(s.sort, s.reverse)
	}
	s.arrange()
}

// arrange divides the room.
func (s *Screen) arrange() {
	s.table.SetColumns(s.columns())
	w, h := s.tableSize()
	s.table.Resize(w, h)
}

func (s *Screen) beside() bool { return s.width >= sideFrom }

func (s *Screen) sideWidth() int { return max(46, s.width*38/100) }

func (s *Screen) tableSize() (w, h int) {
	h = s.height - len(s.banner()) - s.stripLines()
	w = s.width
	if s.beside() {
		w = s.width - s.sideWidth() - 2
	}
	return w, max(leastTable, h)
}

// stripLines is the room below the table. It stays the same, so that nothing jumps. Where
// the selected row is told of beside the table, there is only what is typed to show below.
func (s *Screen) stripLines() int {
	if s.beside() && s.edit == nil && !s.filter.Typing() {
		return 0
	}
	if !s.beside() && s.height >= tallFrom {
		return stripHigh
	}
	return min(stripLow, max(0, s.height-leastTable-1))
}

// selected is the line that the cursor is on, nil for none.
func (s *Screen) selected() *line {
	if i := s.table.Index(); i < len(s.rows.shown) {
		return s.rows.shown[i]
	}
	return nil
}

// tableView draws everything but the pages for a network without a table.
func (s *Screen) tableView() []string {
	w, h := s.tableSize()
	lines := s.table.View(s.th)
	if len(s.rows.shown) == 0 {
		lines = append(lines, "", cell.NewLine(s.th, w).Space(3).Put(theme.Muted, s.nothingShown()).String())
	}
	if e := s.edit; e != nil && !e.many() {
		if at := s.table.Line(); at < len(lines) {
			lines[at] = s.typedLine(w)
		}
	}
	lines = widget.Fill(lines, h)
	if s.beside() {
		lines = widget.Beside(s.th, lines, s.side(s.sideWidth(), h), w)
	}
	lines = append(s.banner(), lines...)
	if n := s.stripLines(); n > 0 {
		lines = append(append(lines, widget.Rule(s.th, s.width)), s.strip(s.width, n-1)...)
	}
	return lines
}

// nothingShown says why a table has no row.
func (s *Screen) nothingShown() string {
	if len(s.rows.all) == 0 {
		return "No domain is mapped. a adds one."
	}
	return s.filter.Empty("row")
}

// sortBy sorts by a column, or turns the order round when it is sorted so.
func (s *Screen) sortBy(column string) {
	if s.sort == column {
		s.reverse = !s.reverse
	} else {
		s.sort, s.reverse = column, false
	}
	s.resort()
}

// resort shows another order from its beginning: who asks for the problems wants to see
// them.
func (s *Screen) resort() {
	s.rebuild()
	s.table.MoveTo(0)
}

// nextSort walks through the orders; one that nothing shows is said in the path.
func (s *Screen) nextSort() {
	all := sorts()
	s.sort, s.reverse = all[(slices.Index(all, s.sort)+1)%len(all)], false
	s.resort()
}

// worst is the severity of the most urgent problem of a line.
func (s *Screen) worst(l *line) model.Severity {
	if !l.mine() || l.gone() {
		return model.SeverityOK
	}
	worst := model.SeverityOK
	for _, p := range l.table.Findings().Of(l.row.ID) {
		worst = max(worst, severity(p))
	}
	return worst
}
