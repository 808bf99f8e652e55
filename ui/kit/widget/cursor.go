package widget

// Cursor is the chosen row of a list and the part of the list that is on the screen. The
// chosen row stays on it, and no room is left empty while there are rows to fill it.
type Cursor struct {
	at   int // the chosen row
	top  int // the first row on the screen
	rows int
	page int // rows that there is room for
}

// Count says how many rows there are.
func (c *Cursor) Count(rows int) {
	c.rows = rows
	c.at = max(0, min(c.at, rows-1))
	c.clamp()
}

// Room says how many rows there is room for, one at least.
func (c *Cursor) Room(page int) {
	c.page = max(1, page)
	c.clamp()
}

// At is the number of the chosen row, 0 when there is none.
func (c *Cursor) At() int { return c.at }

// Page is the number of rows that there is room for.
func (c *Cursor) Page() int { return max(1, c.page) }

// Move moves by some rows; beyond the ends is the end.
func (c *Cursor) Move(by int) { c.MoveTo(c.at + by) }

// MoveTo moves to a row; beyond the ends is the end.
func (c *Cursor) MoveTo(row int) {
	c.at = max(0, min(row, c.rows-1))
	c.clamp()
}

// Carry moves to a row and lets it stand where the chosen one stood on the screen: the
// row is the same, and others have come or gone above it.
func (c *Cursor) Carry(row int) {
	line := c.at - c.top
	c.at = max(0, min(row, c.rows-1))
	c.top = c.at - line
	c.clamp()
}

// Visible are the rows on the screen: from, and the first one behind.
func (c *Cursor) Visible() (from, to int) { return c.top, min(c.top+c.Page(), c.rows) }

// Line is the place of the chosen row on the screen.
func (c *Cursor) Line() int { return c.at - c.top }

// Row is the row on a line of the screen, -1 for none.
func (c *Cursor) Row(line int) int {
	if row := c.top + line; line >= 0 && line < c.Page() && row < c.rows {
		return row
	}
	return -1
}

func (c *Cursor) clamp() {
	c.top = max(c.top, c.at-c.Page()+1)
	c.top = min(c.top, c.at)
	c.top = max(0, min(c.top, c.rows-c.Page()))
}
