package table

import "slices"

// Staged is a row as a table of edits shows it.
type Staged struct {
	Row
	Mark   ChangeKind // empty: as it was loaded
	Before *Row       // what it was when it was loaded; nil for a new one
}

// Staged lists the rows with what became of each: those of now in their order, and each
// removed one behind the row that it stood behind.
func (d Draft) Staged() []Staged {
	base := make(map[RowID]*Row, len(d.base))
	for i := range d.base {
		base[d.base[i].ID] = &d.base[i]
	}
	here := make(map[RowID]bool, len(d.now))
	out := make([]Staged, 0, len(d.now)+1)
	for _, r := range d.now {
		here[r.ID] = true
		s := Staged{Row: r, Before: base[r.ID]}
		switch {
		case s.Before == nil:
			s.Mark = Added
		case !sameRow(s.Before, &r):
			s.Mark = Changed
		}
		out = append(out, s)
	}
	if len(here) == 0 || len(d.base) > 0 {
		out = d.withRemoved(out, here)
	}
	return out
}

func (d Draft) withRemoved(out []Staged, here map[RowID]bool) []Staged {
	gone := map[RowID][]Staged{} // by the row that it stands behind; 0 for the beginning
	var last RowID
	n := 0
	for i := range d.base {
		r := d.base[i]
		if here[r.ID] {
			last = r.ID
			continue
		}
		gone[last] = append(gone[last], Staged{Row: r, Mark: Removed, Before: &d.base[i]})
		n++
	}
	if n == 0 {
		return out
	}
	all := slices.Grow(gone[0], len(out)+n)
	for _, s := range out {
		all = append(append(all, s), gone[s.ID]...)
	}
	return all
}
