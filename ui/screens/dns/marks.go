package dns

import (
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// toggle selects the row of the cursor, or not any more, and goes on to the next one.
func (s *Screen) toggle() {
	l := s.selected()
	if l == nil {
		return
	}
	if s.marked[l.id] {
		delete(s.marked, l.id)
	} else {
		s.marked[l.id] = true
	}
	s.table.Move(1)
	s.arrange()
}

// rangeMarks begins a range at the row of the cursor, or ends it there.
func (s *Screen) rangeMarks() {
	if s.anchor.IsEmpty() {
		s.anchor = s.table.Selected()
		s.arrange()
		return
	}
	for _, l := range s.ranged() {
		s.marked[l.id] = true
	}
	s.anchor = safe.Text{}
}

// ranged lists the lines between the beginning of the range and the cursor.
func (s *Screen) ranged() []*line {
	from := -1
	for i, l := range s.rows.shown {
		if l.id == s.anchor {
			from = i
			break
		}
	}
	if s.anchor.IsEmpty() || from < 0 {
		return nil
	}
	to := s.table.Index()
	return s.rows.shown[min(from, to) : max(from, to)+1]
}

// markGroup selects all rows of the cursor's group, or none of it any more.
func (s *Screen) markGroup() {
	l := s.selected()
	if l == nil {
		return
	}
	on := !s.marked[l.id]
	for i := range s.rows.all {
		other := &s.rows.all[i]
		if other.table != l.table || other.peer != l.peer || other.gone() || !other.row.SameServers(l.row) {
			continue
		}
		if on {
			s.marked[other.id] = true
		} else {
			delete(s.marked, other.id)
		}
	}
	s.arrange()
}

// unmark drops the selection.
func (s *Screen) unmark() {
	s.marked, s.anchor = map[safe.Text]bool{}, safe.Text{}
	s.arrange()
}

// isMarked reports whether a row is selected.
func (s *Screen) isMarked(id safe.Text) bool {
	if s.marked[id] {
		return true
	}
	if s.anchor.IsEmpty() {
		return false
	}
	for _, l := range s.ranged() {
		if l.id == id {
			return true
		}
	}
	return false
}

// picked lists the selected lines that are on the screen, or the line of the cursor when
// none is selected.
func (s *Screen) picked() []*line {
	var out []*line
	if len(s.marked) == 0 && s.anchor.IsEmpty() {
		if l := s.selected(); l != nil {
			out = append(out, l)
		}
		return out // thousands of rows are not walked through for nothing
	}
	ranged := map[safe.Text]bool{}
	for _, l := range s.ranged() {
		ranged[l.id] = true
	}
	for _, l := range s.rows.shown {
		if s.marked[l.id] || ranged[l.id] {
			out = append(out, l)
		}
	}
	if l := s.selected(); len(out) == 0 && l != nil {
		out = append(out, l)
	}
	return out
}

// chosenRows are the rows of one table that an edit is about.
type chosenRows struct {
	table *workspace.Table
	ids   []dnstable.RowID
}

// mine gathers the picked rows that pass by their tables.
func (s *Screen) mine(pass func(*line) bool) []chosenRows {
	var out []chosenRows
	for _, l := range s.picked() {
		if !l.mine() || !pass(l) {
			continue
		}
		at := -1
		for i := range out {
			if out[i].table == l.table {
				at = i
			}
		}
		if at < 0 {
			out = append(out, chosenRows{table: l.table})
			at = len(out) - 1
		}
		out[at].ids = append(out[at].ids, l.row.ID)
	}
	return out
}

// here passes the rows that are not staged to be removed.
func here(l *line) bool { return !l.gone() }
