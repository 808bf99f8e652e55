// Package widget holds the parts that screens are made of. They know theme, cell
// and action, and no screen.
package widget

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Column is a column of a table.
type Column struct {
	ID    string
	Title string
	Min   int  // cells that it needs
	Max   int  // cells that it can use; 0 for Min
	Right bool // aligned to the right, for numbers
	Rank  int  // where there is not room for all, those of a low rank stay; the order stays the same
}

// Cell is a piece of a row. Lead, if any, stands before the text in its own tone, and
// Sign between the two.
type Cell struct {
	Lead     string
	LeadTone theme.Tone
	Sign     string
	SignTone theme.Tone
	Text     string
	Tone     theme.Tone
}

// Rows gives the rows of a table. Only those on the screen are asked for, so
// the number of rows costs nothing.
type Rows interface {
	Len() int
	ID(i int) safe.Text
	// Cells fills one cell for each column.
	Cells(i int, into []Cell)
}

// Steady rows say when they are others than before. Between two changes each row is drawn
// once, however often the table is.
type Steady interface {
	// Edition is another number after anything that Cells returns may have changed.
	Edition() uint64
}

// Table shows rows and keeps the selected one by its id: when rows come, go or
// move, the selection stays with its object, and where it stands on the screen.
type Table struct {
	columns  []Column
	rows     Rows
	selected safe.Text
	cursor   Cursor
	first    int // the first column on the screen, after the frozen one
	width    int
	height   int
	sort     string
	reverse  bool
	widths   []int
	cells    []Cell
	line     cell.Line
	kept     keptRows
}

// NewTable returns a table of these columns. The first one is always shown.
func NewTable(columns []Column) *Table {
	return &Table{columns: columns, cells: make([]Cell, len(columns))}
}

// SetColumns replaces the columns.
func (t *Table) SetColumns(columns []Column) {
	if len(columns) != len(t.columns) {
		t.cells, t.first = make([]Cell, len(columns)), 0
	}
	t.columns = columns
	t.measure()
}

// SetRows replaces the rows and finds the selected one again.
func (t *Table) SetRows(rows Rows) {
	t.rows = rows
	t.kept.forget()
	n := rows.Len()
	if t.selected.IsEmpty() && n > 0 {
		t.selected = rows.ID(0)
	}
	found := t.find(t.selected)
	if found < 0 {
		t.cursor.Count(n)
		if n > 0 {
			t.selected = rows.ID(t.cursor.At())
		}
		return
	}
	t.cursor.rows = n
	t.cursor.Carry(found) // it keeps its place on the screen
}

// find returns the number of the row with an id, -1 for none.
func (t *Table) find(id safe.Text) int {
	for i := range t.Len() {
		if t.rows.ID(i) == id {
			return i
		}
	}
	return -1
}

// Resize gives the room, the heading included.
func (t *Table) Resize(width, height int) {
	t.width, t.height = width, height
	t.measure()
	t.cursor.Room(height - 1)
}

// SortBy shows by which column the rows are sorted.
func (t *Table) SortBy(id string, reverse bool) {
	t.sort, t.reverse = id, reverse
	t.kept.forget()
}

// Selected returns the id of the selected row, empty when there is none.
func (t *Table) Selected() safe.Text {
	if t.rows == nil || t.rows.Len() == 0 {
		return safe.Text{}
	}
	return t.selected
}

// Index returns the number of the selected row.
func (t *Table) Index() int { return t.cursor.At() }

// Select moves to a row by its id, if it is there.
func (t *Table) Select(id safe.Text) {
	if i := t.find(id); i >= 0 {
		t.MoveTo(i)
	}
}

// Move moves the selection by some rows.
func (t *Table) Move(by int) { t.MoveTo(t.cursor.At() + by) }

// MoveTo moves the selection to a row; beyond the ends is the end.
func (t *Table) MoveTo(i int) {
	if t.Len() == 0 {
		return
	}
	t.cursor.MoveTo(i)
	t.selected = t.rows.ID(t.cursor.At())
}

// Page is the number of rows on the screen.
func (t *Table) Page() int { return t.cursor.Page() }

// Scroll moves the columns that are on the screen.
func (t *Table) Scroll(by int) {
	t.first = max(0, min(t.first+by, len(t.columns)-2))
	t.measure()
}

// RowAt returns the number of the row on a line of the table, -1 for none.
func (t *Table) RowAt(line int) int {
	if line >= t.height {
		return -1
	}
	return t.cursor.Row(line - 1)
}

// ColumnAt returns the id of the column at a place, empty for none.
func (t *Table) ColumnAt(x int) string {
	at := margin
	for i, w := range t.widths {
		if w == 0 {
			continue
		}
		if x >= at && x < at+w+gap {
			return t.columns[i].ID
		}
		at += w + gap
	}
	return ""
}

// Visible lists the ids of the rows on the screen.
func (t *Table) Visible() []safe.Text {
	from, to := t.cursor.Visible()
	ids := make([]safe.Text, 0, max(0, to-from))
	for i := from; i < to; i++ {
		ids = append(ids, t.rows.ID(i))
	}
	return ids
}

// Looking lists the ids of the rows on the screen, with one before all others.
func (t *Table) Looking(first safe.Text) []safe.Text {
	from, to := t.cursor.Visible()
	ids := append(make([]safe.Text, 0, 1+max(0, to-from)), first)
	for i := from; i < to; i++ {
		if id := t.rows.ID(i); id != first {
			ids = append(ids, id)
		}
	}
	return ids
}

// Len is the number of rows.
func (t *Table) Len() int {
	if t.rows == nil {
		return 0
	}
	return t.rows.Len()
}

const (
	margin = 1 // the mark of the selected row
	gap    = 2
)

// measure divides the width: every column gets what it needs, those of a low
// rank first, as long as there is room; what is left goes to those that can use
// more, from the left.
func (t *Table) measure() {
	t.kept.forget()
	t.widths = make([]int, len(t.columns))
	left := t.width - 2*margin
	order := make([]int, len(t.columns))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return t.columns[a].Rank - t.columns[b].Rank })
	for _, i := range order {
		if i > 0 && i <= t.first {
			continue
		}
		need := t.columns[i].Min
		if left < t.width-2*margin {
			need += gap
		}
		if need > left {
			break
		}
		t.widths[i] = t.columns[i].Min
		left -= need
	}
	if t.widths[0] == 0 {
		t.widths[0] = max(0, t.width-2*margin)
		return
	}
	for i, c := range t.columns {
		if t.widths[i] > 0 && c.Max > c.Min {
			more := min(left, c.Max-c.Min)
			t.widths[i] += more
			left -= more
		}
	}
}

// Shows reports whether there is room for a column.
func (t *Table) Shows(id string) bool {
	i := slices.IndexFunc(t.columns, func(c Column) bool { return c.ID == id })
	return i >= 0 && t.widths[i] > 0
}

// View draws the heading and the rows on the screen.
func (t *Table) View(th *theme.Theme) []string {
	from, to := t.cursor.Visible()
	lines := make([]string, 0, max(t.height, 1+to-from))
	t.keep(th, from, to)
	lines = append(lines, t.kept.heading)
	for i := from; i < to; i++ {
		line := &t.kept.lines[i-from]
		if *line == "" {
			*line = t.row(th, i)
		}
		lines = append(lines, *line)
	}
	return lines
}

func (t *Table) heading(th *theme.Theme) string {
	l := cell.NewLine(th, t.width)
	l.Space(margin)
	for i, c := range t.columns {
		w := t.widths[i]
		if w == 0 {
			continue
		}
		if i > 0 {
			l.Space(gap)
		}
		title, tone := c.Title, theme.Muted
		if c.ID == t.sort {
			tone = theme.Strong
			arrow := " ↑"
			if t.reverse {
				arrow = " ↓"
			}
			title += arrow
		}
		if c.Right {
			l.Put(tone, cell.FitRight(title, w))
		} else {
			l.Put(tone, cell.Fit(title, w))
		}
	}
	return l.String()
}

// row draws one row. The selected one has a mark and its first cell in the
// accent: a background over the whole width would cost ten times the bytes for
// every step of the cursor.
func (t *Table) row(th *theme.Theme, i int) string {
	clear(t.cells)
	t.rows.Cells(i, t.cells)
	selected := i == t.cursor.At()
	l := &t.line
	l.Begin(th, t.width)
	if selected {
		l.Select()
	} else {
		l.Space(margin)
	}
	for k, c := range t.columns {
		w := t.widths[k]
		if w == 0 {
			continue
		}
		if k > 0 {
			l.Space(gap)
		}
		body := t.cells[k]
		w -= putLead(l, th, body.LeadTone, body.Lead)
		w -= putLead(l, th, body.SignTone, body.Sign)
		if selected && k == 0 {
			body.Tone = theme.Accent
		}
		if c.Right {
			text := cell.Cut(body.Text, w)
			l.Space(w-cell.Width(text)).Put(body.Tone, text)
			continue
		}
		text := cell.Cut(body.Text, w)
		l.Put(body.Tone, text)
		if !last(t.widths, k) {
			l.Space(w - cell.Width(text))
		}
	}
	return l.String()
}

// Top is the number of the first row on the screen.
func (t *Table) Top() int {
	from, _ := t.cursor.Visible()
	return from
}

// Below is how many rows are below those on the screen.
func (t *Table) Below() int {
	_, to := t.cursor.Visible()
	return max(0, t.Len()-to)
}

// putLead draws what stands before a text, and returns how many cells it takes.
func putLead(l *cell.Line, th *theme.Theme, tone theme.Tone, lead string) int {
	if lead == "" {
		return 0
	}
	symbol := lead
	if th.Fills(tone) {
		symbol = strings.TrimRight(symbol, " ") // its blank would be seen
	}
	l.Put(tone, symbol).Space(len(lead) - len(symbol))
	return cell.Width(lead)
}

// last reports whether no column after k is shown.
func last(widths []int, k int) bool {
	for _, w := range widths[k+1:] {
		if w > 0 {
			return false
		}
	}
	return true
}
