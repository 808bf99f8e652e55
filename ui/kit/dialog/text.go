// Package dialog holds the windows that open above a screen.
package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/ticket"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Text shows lines that can be scrolled, searched and copied.
type Text struct {
	title   string
	lines   func(width int) []string
	plain   string // what is copied
	what    string // how the copy is called
	command string // of the next step; empty for none
	ticket  func() ticket.Ticket
	closing []string // keys that close it, beside the usual ones
	wide    bool     // it takes more of a wide window
	scroll  widget.Scroll
	find    widget.Find
	th      *theme.Theme // of what the search marks
	cursor  *tea.Cursor
}

// NewText returns a dialog of lines, which are made for a width. Plain is what y
// copies, named by what.
func NewText(title, what, plain string, lines func(width int) []string) *Text {
	return &Text{title: title, what: what, plain: plain, lines: lines, th: theme.New(theme.Mono, true)}
}

// With gives it what c copies, the command of the next step, and what Y copies; both may be
// empty. It returns the dialog.
func (d *Text) With(command string, t func() ticket.Ticket) *Text {
	d.command, d.ticket = command, t
	return d
}

// End lets the text be shown from its end, and stay there while it grows.
func (d *Text) End() { d.scroll.Follow() }

// Title stands in the upper edge.
func (d *Text) Title() string { return d.title }

// Hint tells the keys.
func (d *Text) Hint() string {
	if d.find.Typing() {
		return "↑ ↓ match   enter keep   esc as before"
	}
	var parts []string
	if d.scroll.Moves() {
		parts = append(parts, "↑ ↓ scroll", "/ find")
	}
	if d.find.Shown() {
		parts = append(parts, "n N match")
	}
	if d.command != "" {
		parts = append(parts, "c command")
	}
	parts = append(parts, "y copy")
	if d.ticket != nil {
		parts = append(parts, "Y ticket")
	}
	return strings.Join(append(parts, "esc close"), "   ")
}

// Cursor stands in the line of the search while it is typed.
func (d *Text) Cursor() *tea.Cursor { return d.cursor }

// Size asks for a comfortable width and the height of the text.
func (d *Text) Size(width, height int) (int, int) {
	w := min(width, 96)
	if d.wide {
		w = min(width, 120)
	}
	count := len(d.lines(w)) + d.searchLines()
	d.scroll.Fit(count-d.searchLines(), min(height, count)-d.searchLines())
	return w, min(height, count)
}

// searchLines is the room that the search takes.
func (d *Text) searchLines() int {
	if d.find.Shown() {
		return 1
	}
	return 0
}

// Update scrolls, searches, copies and closes.
func (d *Text) Update(msg tea.Msg) (bool, tea.Cmd) {
	if d.find.Take(msg, &d.scroll) {
		return false, nil
	}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		switch k := key.String(); {
		case k == "esc" || k == "q" || k == "enter" || k == "d" || slices.Contains(d.closing, k):
			return true, nil
		case k == "y":
			return false, screen.Say(screen.Copy{What: d.what, Text: d.plain})
		case k == "c" && d.command != "":
			return false, screen.Say(screen.Copy{What: "the command", Text: d.command})
		case k == "Y" && d.ticket != nil:
			return false, screen.Say(screen.Copy{What: "a ticket about " + d.title, Text: d.ticket().Markdown()})
		}
	}
	d.scroll.Take(msg)
	return false, nil
}

// View draws the lines that fit, and the line of the search.
func (d *Text) View(width, height int) string {
	all := d.lines(width)
	d.find.Lines(all)
	room := max(1, height-d.searchLines())
	shown := d.scroll.Window(all, room)
	lines := d.find.Mark(d.th, shown, d.scroll.Top(), width)
	d.cursor = d.find.Cursor(width, room)
	if d.find.Shown() {
		lines = append(widget.Fill(slices.Clone(lines), room), d.find.Line(d.th, width))
	}
	return strings.Join(lines, "\n")
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
