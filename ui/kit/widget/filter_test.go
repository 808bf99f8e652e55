package widget_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func press(keys ...string) []tea.Msg {
	var out []tea.Msg
	special := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "up": tea.KeyUp, "down": tea.KeyDown}
	for _, k := range keys {
		switch code, is := special[k]; {
		case is:
			out = append(out, tea.KeyPressMsg{Code: code})
		case k == "ctrl+u":
			out = append(out, tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
		default:
			for _, r := range k {
				out = append(out, tea.KeyPressMsg{Code: r, Text: string(r)})
			}
		}
	}
	return out
}

func typed(f *widget.Filter, keys ...string) widget.Typed {
	last := widget.TypedNothing
	for _, msg := range press(keys...) {
		last = f.Type(msg)
	}
	return last
}

// shown are the names that pass, of those that a and b have.
func shown(f *widget.Filter, names ...string) string {
	var out []string
	for _, n := range names {
		if f.Match(func(string) []string { return []string{n} }) {
			out = append(out, n)
		}
	}
	return strings.Join(out, " ")
}

func newFilter() *widget.Filter { return widget.NewFilter("problems", []string{"name", "state"}) }

func TestAQueryIsTyped(t *testing.T) {
	f := newFilter()
	if typed(f, "x") != widget.TypedNothing || f.Typing() {
		t.Error("a closed filter takes keys")
	}
	f.Open()
	if typed(f, "hub") != widget.TypedQuery || f.Chip() != "hub" || shown(f, "hub-1", "spoke") != "hub-1" {
		t.Errorf("the query is %q", f.Chip())
	}
	if typed(f, "up") != widget.TypedUp || typed(f, "down") != widget.TypedDown {
		t.Error("the arrows do not move while one types")
	}
	if typed(f, "enter") != widget.TypedEnd || f.Typing() || f.Chip() != "hub" {
		t.Error("enter does not keep the query")
	}
}

func TestEscBringsBackTheQueryBefore(t *testing.T) {
	f := newFilter()
	f.Set("hub")
	f.Open()
	typed(f, "x")
	if shown(f, "hub-1") != "" {
		t.Error("hubx lets hub-1 pass")
	}
	if typed(f, "esc") != widget.TypedEnd || f.Chip() != "hub" || shown(f, "hub-1") != "hub-1" {
		t.Errorf("esc leaves %q", f.Chip())
	}
}

func TestCtrlUClearsTheQuery(t *testing.T) {
	f := newFilter()
	f.Set("hub")
	f.Open()
	if typed(f, "ctrl+u") != widget.TypedQuery || f.Chip() != "" || shown(f, "spoke") != "spoke" || !f.Typing() {
		t.Errorf("ctrl+u leaves %q", f.Chip())
	}
}

func TestWhatIsNoQueryStaysOpen(t *testing.T) {
	f := newFilter()
	f.Set("hub")
	f.Open()
	typed(f, "ctrl+u", "regoin:")
	if typed(f, "enter") != widget.TypedNothing || !f.Typing() {
		t.Error("enter closes a line that is wrong, and what was typed is lost")
	}
	if line := ansi.Strip(f.Line(theme.New(theme.Mono, true), 80)); !strings.Contains(line, `no key "regoin"`) {
		t.Errorf("the line does not say what is wrong: %q", line)
	}
	f.Set("sever:ok")
	if !strings.Contains(f.Unknown(), `"sever" is no key`) || !strings.Contains(f.Unknown(), "name and state") {
		t.Errorf("unknown: %q", f.Unknown())
	}
}

// What needs a look is another matter than what was typed: neither throws the other away.
func TestOnlyProblemsStandsBesideTheQuery(t *testing.T) {
	f := newFilter()
	f.Set("hub")
	f.Toggle()
	if !f.Only() || f.Chip() != "only problems hub" || shown(f, "hub-1", "spoke") != "hub-1" {
		t.Errorf("the chip is %q", f.Chip())
	}
	f.Open()
	typed(f, "ctrl+u", "sp", "enter")
	if !f.Only() || f.Chip() != "only problems sp" {
		t.Errorf("after another query the chip is %q", f.Chip())
	}
	f.Toggle()
	if f.Only() || f.Chip() != "sp" {
		t.Errorf("turned off, the chip is %q", f.Chip())
	}
	f.Toggle()
	f.Drop()
	if f.Hides() || f.Chip() != "" || f.Why() == "" {
		t.Errorf("dropped, the chip is %q", f.Chip())
	}
}

func TestWhatAnEmptyListSays(t *testing.T) {
	f := newFilter()
	if got := f.Count(9, 9, "network"); got != "9 networks" {
		t.Errorf("count: %q", got)
	}
	f.Toggle()
	if got := f.Empty("network"); got != "No network is among the problems. esc shows all." {
		t.Errorf("empty: %q", got)
	}
	f.Set("zzz")
	if got := f.Empty("network"); got != "No network passes the filter. esc shows all." {
		t.Errorf("empty: %q", got)
	}
	if got := f.Count(0, 9, "network"); got != "0 of 9" {
		t.Errorf("count: %q", got)
	}
	f.Open()
	if got := f.Empty("network"); got != "No network passes the filter." {
		t.Errorf("while it is typed: %q", got)
	}
}

// A long query is shown around its cursor, within the width.
func TestALongQueryStaysInItsLine(t *testing.T) {
	f := newFilter()
	f.Open()
	typed(f, strings.Repeat("a", 100)+"z")
	th := theme.New(theme.Mono, true)
	line := ansi.Strip(f.Line(th, 40))
	if ansi.StringWidth(line) > 40 || !strings.Contains(line, "z") {
		t.Errorf("%d cells: %q", ansi.StringWidth(line), line)
	}
	if c := f.Cursor(40, 7); c.X >= 40 || c.Y != 7 {
		t.Errorf("the cursor is at %d, %d", c.X, c.Y)
	}
}
