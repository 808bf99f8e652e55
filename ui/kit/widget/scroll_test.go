package widget_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

func TestScroll(t *testing.T) {
	text := strings.Split("a b c d e f g h", " ")
	var s widget.Scroll
	show := func() string { return strings.Join(s.Window(text, 3), "") }
	for _, step := range []struct {
		name string
		do   func()
		want string
	}{
		{"at first", func() {}, "abc"},
		{"a line", func() { s.Take(tea.KeyPressMsg{Code: 'j', Text: "j"}) }, "bcd"},
		{"a page", func() { s.Take(tea.KeyPressMsg{Code: tea.KeyPgDown}) }, "efg"},
		{"beyond the end", func() { s.Page(5) }, "fgh"},
		{"the wheel", func() { s.Take(tea.MouseWheelMsg{Button: tea.MouseWheelUp}) }, "cde"},
		{"the end", func() { s.Take(tea.KeyPressMsg{Code: 'G', Text: "G"}) }, "fgh"},
		{"the beginning", func() { s.Take(tea.KeyPressMsg{Code: 'g', Text: "g"}) }, "abc"},
		{"it follows", s.Follow, "fgh"},
		{"more comes", func() { text = append(text, "i") }, "ghi"},
		{"who scrolls back reads on there", func() { s.By(-1); text = append(text, "j") }, "fgh"},
		{"it begins anew", s.Start, "abc"},
	} {
		step.do()
		if got := show(); got != step.want {
			t.Errorf("%s: %s, want %s", step.name, got, step.want)
		}
	}
	if !s.Moves() || s.Below() != 7 {
		t.Errorf("%d below", s.Below())
	}
	if s.Take(tea.KeyPressMsg{Code: 'y', Text: "y"}) {
		t.Error("y scrolls")
	}
}
