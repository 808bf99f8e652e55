package widget

// Place returns the column at which the cells of a column of the table begin, and how
// many cells it takes; no cell when it is not shown.
func (t *Table) Place(id string) (at, width int) {
	at = margin
	first := true
	for i, w := range t.widths {
		if w == 0 {
			if t.columns[i].ID == id {
				return at, 0
			}
			continue
		}
		if !first {
			at += gap
		}
		first = false
		if t.columns[i].ID == id {
			return at, w
		}
		at += w
	}
	return at, 0
}

// Line returns the line of the selected row, counted from the heading, which is 0.
func (t *Table) Line() int { return t.cursor.Line() + 1 }
