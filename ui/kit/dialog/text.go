// Package dialog holds the windows that open above a screen.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// Text shows lines that can be scrolled and copied.
type Text struct {
	title string
	lines func(width int) []string
	plain string // what is copied
	what  string // how the copy is called
	top   int
	rows  int
	count int
	end   bool // the last line is looked at, also when more come
}

// NewText returns a dialog of lines, which are made for a width. Plain is what y
// copies, named by what.
func NewText(title, what, plain string, lines func(width int) []string) *Text {
	return &Text{title: title, what: what, plain: plain, lines: lines, rows: 1}
}

// End lets the text be shown from its end, and stay there while it grows.
func (d *Text) End() { d.end = true }

// Title stands in the upper edge.
func (d *Text) Title() string { return d.title }

// Hint tells the keys.
func (d *Text) Hint() string {
	hint := "y copy   esc close"
	if d.count > d.rows {
		hint = "↑ ↓ scroll   " + hint
	}
	return hint
}

// Cursor is nil: nothing is typed here.
func (d *Text) Cursor() *tea.Cursor { return nil }

// Size asks for a comfortable width and the height of the text.
func (d *Text) Size(width, height int) (int, int) {
	w := min(width, 96)
	d.count = len(d.lines(w))
	return w, min(height, d.count)
}

// Update scrolls, copies and closes.
func (d *Text) Update(msg tea.Msg) (bool, tea.Cmd) {
	if wheel, ok := msg.(tea.MouseWheelMsg); ok {
		d.scroll(widget.Wheel(wheel.Button))
		return false, nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case "esc", "q", "enter", "d":
		return true, nil
	case "y":
		return false, screen.Say(screen.Copy{What: d.what, Text: d.plain})
	case "j", "down":
		d.scroll(1)
	case "k", "up":
		d.scroll(-1)
	case "pgdown", "ctrl+d", "space":
		d.scroll(d.rows)
	case "pgup", "ctrl+u":
		d.scroll(-d.rows)
	case "g", "home":
		d.scroll(-d.count)
	case "G", "end":
		d.scroll(d.count)
	}
	return false, nil
}

func (d *Text) scroll(by int) {
	before := d.top
	d.top = max(0, min(d.top+by, d.count-d.rows))
	d.end = d.end && d.top >= before // who scrolls back reads on there
}

// View draws the lines that fit.
func (d *Text) View(width, height int) string {
	lines := d.lines(width)
	d.count, d.rows = len(lines), height
	if d.end {
		d.top = d.count
	}
	d.top = max(0, min(d.top, d.count-d.rows))
	return strings.Join(lines[d.top:min(len(lines), d.top+height)], "\n")
}

// Facts makes the lines of a list of labelled values; a label alone is a heading.
func Facts(th *theme.Theme, facts [][2]string, width int) []string {
	column := 0
	for _, f := range facts {
		if f[1] != "" {
			column = max(column, cell.Width(f[0]))
		}
	}
	column = min(column, width/3) + 2
	var lines []string
	for _, f := range facts {
		if f[1] == "" {
			lines = append(lines, cell.NewLine(th, width).Put(theme.Strong, f[0]).String())
			continue
		}
		for i, part := range cell.Wrap(f[1], width-column-1, 0) {
			l := cell.NewLine(th, width)
			if i == 0 {
				l.Put(theme.Muted, cell.Cut(f[0], column-1))
			}
			lines = append(lines, l.To(column).Put(theme.Plain, part).String())
		}
	}
	return lines
}

// Paragraphs makes the lines of a text, with a blank one between its paragraphs.
func Paragraphs(th *theme.Theme, text []string, width int) []string {
	var lines []string
	for i, p := range text {
		if i > 0 {
			lines = append(lines, "")
		}
		for _, part := range cell.Wrap(p, width, 0) {
			lines = append(lines, cell.NewLine(th, width).Put(theme.Plain, part).String())
		}
	}
	return lines
}

// Plain makes the text of a list of labelled values, for a ticket.
func Plain(facts [][2]string) string {
	var b strings.Builder
	for _, f := range facts {
		b.WriteString(f[0])
		if f[1] != "" {
			b.WriteString(": " + f[1])
		}
		b.WriteByte('\n')
	}
	return b.String()
}
