package review

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// acceptAll lists warnings and accepts them together, after the last one was on the
// screen.
type acceptAll struct {
	th     *theme.Theme
	count  int
	groups []groupWords
	what   string // "accept and apply"
	do     func() tea.Cmd
	scroll widget.Scroll
	seen   bool
}

func newAcceptAll(th *theme.Theme, p problems, open []int, o dnstable.Order, what string, do func() tea.Cmd) *acceptAll {
	d := &acceptAll{th: th, count: len(open), what: what, do: do}
	for _, g := range p.groups() {
		g = slices.DeleteFunc(slices.Clone(g), func(i int) bool { return !slices.Contains(open, i) })
		if len(g) > 0 {
			d.groups = append(d.groups, p.words(g, o))
		}
	}
	return d
}

// Title stands in the upper edge.
func (d *acceptAll) Title() string {
	return phrase.Capital(d.what) + ": " + phrase.Count(d.count, "warning")
}

// Hint tells the keys that work now.
func (d *acceptAll) Hint() string {
	if !d.seen {
		return "↓ read on   esc not yet"
	}
	return "y " + d.what + "   esc not yet"
}

// Cursor is nil: nothing is typed here.
func (d *acceptAll) Cursor() *tea.Cursor { return nil }

// Size asks for a comfortable width and the height of the texts.
func (d *acceptAll) Size(width, height int) (int, int) {
	w := min(width, 76)
	count := len(d.lines(w))
	h := min(height, count+1)
	d.scroll.Fit(count, h-1)
	d.look()
	return w, h
}

func (d *acceptAll) lines(width int) []string {
	var lines []string
	for _, w := range d.groups {
		for i, part := range w.lines(width - 2) {
			l, tone := cell.NewLine(d.th, width), theme.Muted
			if i == 0 {
				l.Put(theme.Warn, "▲")
				tone = theme.Plain
			}
			lines = append(lines, l.To(2).Put(tone, part).String())
		}
	}
	return lines
}

// look remembers that the last line was on the screen.
func (d *acceptAll) look() { d.seen = d.seen || d.scroll.Below() == 0 }

// Update scrolls, accepts and closes.
func (d *acceptAll) Update(msg tea.Msg) (bool, tea.Cmd) {
	if d.scroll.Take(msg) {
		d.look()
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
		d.scroll.Page(1)
		d.look()
	}
	return false, nil
}

// View draws the warnings that fit, and how many are below.
func (d *acceptAll) View(width, height int) string {
	out := slices.Clone(d.scroll.Window(d.lines(width), height-1))
	rest := cell.NewLine(d.th, width)
	if below := d.scroll.Below(); below > 0 {
		rest.Put(theme.Muted, fmt.Sprintf("↓ %s below", phrase.Count(below, "line")))
	}
	return strings.Join(append(out, rest.String()), "\n")
}
