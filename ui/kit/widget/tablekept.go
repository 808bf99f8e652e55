package widget

import "github.com/peerdeck/peerdeck/ui/kit/theme"

// keptRows are the lines of a table that were drawn last. A step of the cursor changes two
// of them, and a step of the list brings one: the others need not be made of their cells,
// their tones and their widths again.
type keptRows struct {
	th       *theme.Theme // nil: nothing is kept
	edition  uint64       // of the rows
	selected int
	from     int // the row of the first line
	heading  string
	lines    []string // empty ones are not drawn yet
}

// forget lets everything be drawn anew.
func (k *keptRows) forget() { k.th = nil }

// keep brings the kept lines to the rows from one up to another: those that are others now,
// or were not on the screen, are empty.
func (t *Table) keep(th *theme.Theme, from, to int) {
	k := &t.kept
	edition, steady := uint64(0), false
	if s, is := t.rows.(Steady); is {
		edition, steady = s.Edition(), true
	}
	before := *k
	if k.th != th || !steady || k.edition != edition {
		*k = keptRows{th: th, edition: edition, selected: t.cursor.At(), from: from, heading: t.heading(th), lines: make([]string, max(0, to-from))}
		return
	}
	k.selected, k.from = t.cursor.At(), from
	if from != before.from || to-from != len(before.lines) {
		k.lines = make([]string, max(0, to-from))
		for i := max(from, before.from); i < min(to, before.from+len(before.lines)); i++ {
			k.lines[i-from] = before.lines[i-before.from]
		}
	}
	if k.selected != before.selected {
		for _, i := range [...]int{k.selected, before.selected} {
			if i >= from && i < to {
				k.lines[i-from] = ""
			}
		}
	}
}
