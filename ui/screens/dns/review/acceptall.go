package review

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// acceptAll lists warnings and accepts them together, after the last one was on the
// screen.
type acceptAll struct {
	th    *theme.Theme
	texts []string
	do    func() tea.Cmd
	top   int
	rows  int
	count int
	seen  bool
}

func newAcceptAll(th *theme.Theme, p problems, open []int, o dnstable.Order, do func() tea.Cmd) *acceptAll {
	d := &acceptAll{th: th, do: do, rows: 1}
	for _, i := range open {
		x := p.list[i]
		text := cleanLine(x.Text)
		if name := domainIn(o, x.Row); name != "" {
			text = name + ": " + text
		}
		d.texts = append(d.texts, strings.TrimSpace(text+"  "+cleanLine(x.Rule)))
	}
	return d
}

// Title stands in the upper edge.
func (d *acceptAll) Title() string {
	return "Accept " + phrase.Count(len(d.texts), "warning")
}

// Hint tells the keys that work now.
func (d *acceptAll) Hint() string {
	if !d.seen {
		return "↓ read on   esc not yet"
	}
	return "y accept all   esc not yet"
}

// Cursor is nil: nothing is typed here.
func (d *acceptAll) Cursor() *tea.Cursor { return nil }

// Size asks for a comfortable width and the height of the texts.
func (d *acceptAll) Size(width, height int) (int, int) {
	w := min(width, 76)
	h := min(height, len(d.lines(w))+1)
	d.count, d.rows = h-1, max(1, h-1)
	d.count = len(d.lines(w))
	d.scroll(0)
	return w, h
}

func (d *acceptAll) lines(width int) []string {
	var lines []string
	for _, text := range d.texts {
		for i, part := range cell.Wrap(text, width-2, 0) {
			l := cell.NewLine(d.th, width)
			if i == 0 {
				l.Put(theme.Warn, "▲")
			}
			lines = append(lines, l.To(2).Put(theme.Plain, part).String())
		}
	}
	return lines
}

func (d *acceptAll) scroll(by int) {
	d.top = max(0, min(d.top+by, d.count-d.rows))
	d.seen = d.seen || d.top+d.rows >= d.count
}

// Update scrolls, accepts and closes.
func (d *acceptAll) Update(msg tea.Msg) (bool, tea.Cmd) {
	if wheel, ok := msg.(tea.MouseWheelMsg); ok {
		d.scroll(widget.Wheel(wheel.Button))
		return false, nil
	}
	key, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false, nil
	}
	switch key.String() {
	case "esc", "q", "n":
		return true, nil
	case "y":
		if d.seen {
			return true, d.do()
		}
		d.scroll(d.rows)
	case "j", "down":
		d.scroll(1)
	case "k", "up":
		d.scroll(-1)
	case "pgdown", "ctrl+d", "space":
		d.scroll(d.rows)
	case "pgup", "ctrl+u":
		d.scroll(-d.rows)
	case "G", "end":
		d.scroll(d.count)
	case "g", "home":
		d.scroll(-d.count)
	}
	return false, nil
}

// View draws the warnings that fit, and how many are below.
func (d *acceptAll) View(width, height int) string {
	lines := d.lines(width)
	room := max(1, height-1)
	top := max(0, min(d.top, len(lines)-room))
	out := append([]string{}, lines[top:min(len(lines), top+room)]...)
	rest := cell.NewLine(d.th, width)
	if below := len(lines) - top - room; below > 0 {
		rest.Put(theme.Muted, fmt.Sprintf("↓ %s below", phrase.Count(below, "line")))
	}
	return strings.Join(append(out, rest.String()), "\n")
}
