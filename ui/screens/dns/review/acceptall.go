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
	texts  []string
	do     func() tea.Cmd
	scroll widget.Scroll
	seen   bool
}

func newAcceptAll(th *theme.Theme, p problems, open []int, o dnstable.Order, do func() tea.Cmd) *acceptAll {
	d := &acceptAll{th: th, do: do}
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
	count := len(d.lines(w))
	h := min(height, count+1)
	d.scroll.Fit(count, h-1)
	d.look()
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
