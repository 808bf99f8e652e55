// Package dialog holds the windows that open above a screen.
package dialog

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Text shows lines that can be scrolled and copied.
type Text struct {
	title  string
	lines  func(width int) []string
	plain  string // what is copied
	what   string // how the copy is called
	scroll widget.Scroll
}

// NewText returns a dialog of lines, which are made for a width. Plain is what y
// copies, named by what.
func NewText(title, what, plain string, lines func(width int) []string) *Text {
	return &Text{title: title, what: what, plain: plain, lines: lines}
}

// End lets the text be shown from its end, and stay there while it grows.
func (d *Text) End() { d.scroll.Follow() }

// Title stands in the upper edge.
func (d *Text) Title() string { return d.title }

// Hint tells the keys.
func (d *Text) Hint() string {
	hint := "y copy   esc close"
	if d.scroll.Moves() {
		hint = "↑ ↓ scroll   " + hint
	}
	return hint
}

// Cursor is nil: nothing is typed here.
func (d *Text) Cursor() *tea.Cursor { return nil }

// Size asks for a comfortable width and the height of the text.
func (d *Text) Size(width, height int) (int, int) {
	w := min(width, 96)
	count := len(d.lines(w))
	d.scroll.Fit(count, min(height, count))
	return w, min(height, count)
}

// Update scrolls, copies and closes.
func (d *Text) Update(msg tea.Msg) (bool, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch key.String() {
		case "esc", "q", "enter", "d":
			return true, nil
		case "y":
			return false, screen.Say(screen.Copy{What: d.what, Text: d.plain})
		}
	}
	d.scroll.Take(msg)
	return false, nil
}

// View draws the lines that fit.
func (d *Text) View(width, height int) string {
	return strings.Join(d.scroll.Window(d.lines(width), height), "\n")
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
