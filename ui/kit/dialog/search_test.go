package dialog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

func key(name string) tea.KeyPressMsg {
	switch name {
	case "enter":
		return tea.KeyPressMsg{Code: tea.KeyEnter}
	case "esc":
		return tea.KeyPressMsg{Code: tea.KeyEscape}
	case "down":
		return tea.KeyPressMsg{Code: tea.KeyDown}
	case "up":
		return tea.KeyPressMsg{Code: tea.KeyUp}
	case "pgdown":
		return tea.KeyPressMsg{Code: tea.KeyPgDown}
	case "pgup":
		return tea.KeyPressMsg{Code: tea.KeyPgUp}
	case "ctrl+u":
		return tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl}
	default:
		r := []rune(name)[0]
		return tea.KeyPressMsg{Code: r, Text: name}
	}
}

func send(d screen.Dialog, keys ...string) (done bool) {
	for _, k := range keys {
		if done, _ = d.Update(key(k)); done {
			return true
		}
	}
	return false
}

func view(d screen.Dialog) string {
	w, h := d.Size(80, 20)
	return ansi.Strip(d.View(w, h))
}

// selected is the text of the row of the cursor.
func selected(t *testing.T, d screen.Dialog) string {
	t.Helper()
	for l := range strings.Lines(view(d)) {
		if row, chosen := strings.CutPrefix(l, "▌"); chosen {
			return strings.TrimSpace(row)
		}
	}
	return ""
}

// lists are the dialogs in which one of many is searched, with 40 things each.
func lists(took *string) map[string]screen.Dialog {
	const many = 40
	items, actions := make([]dialog.Item, many), make([]action.Action, many)
	for i := range many {
		name := fmt.Sprintf("thing-%02d", i)
		items[i] = dialog.Item{Name: name, Do: func() { *took = name }}
		actions[i] = action.Action{Name: name, Group: "Things", Help: name + " is done.", Run: func() tea.Cmd { *took = name; return nil }}
	}
	pick, cmd := dialog.NewPick(context.Background(), looks(), dialog.List{Title: "Pick", Load: func(context.Context) ([]dialog.Item, error) { return items, nil }})
	pick.Update(cmd())
	return map[string]screen.Dialog{"pick": pick, "palette": dialog.NewWords(looks(), actions, nil)}
}

func TestListsAreSearchedAlike(t *testing.T) {
	var took string
	for name, d := range lists(&took) {
		t.Run(name, func(t *testing.T) {
			view(d)
			send(d, "-", "1", "7")
			if got := view(d); !strings.Contains(got, "1 of 40") || !strings.Contains(selected(t, d), "thing-17") {
				t.Errorf("searched for -17:\n%s", got)
			}
			send(d, "x", "y", "z", "z", "y")
			if got := view(d); !strings.Contains(got, "0 of 40") || !strings.Contains(got, "Nothing is called that. ctrl+u clears the search.") {
				t.Errorf("searched for nonsense:\n%s", got)
			}
			if send(d, "enter") {
				t.Error("enter takes nothing, and closes")
			}
			send(d, "ctrl+u")
			if got := view(d); !strings.Contains(got, "› search") || strings.Contains(got, " of 40") || !strings.Contains(selected(t, d), "thing-00") {
				t.Errorf("ctrl+u does not clear the search:\n%s", got)
			}
		})
	}
}

func TestListsMoveAlike(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want string
	}{
		{nil, "thing-00"},
		{[]string{"down", "down", "up"}, "thing-01"},
		{[]string{"up"}, "thing-00"},
		{[]string{"pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown"}, "thing-39"},
		{[]string{"pgdown", "pgup"}, "thing-00"},
	} {
		var took string
		for name, d := range lists(&took) {
			view(d) // keys come after a drawing
			send(d, c.keys...)
			if got := selected(t, d); !strings.Contains(got, c.want) {
				t.Errorf("%s %q: on %q, want %s", name, c.keys, got, c.want)
			}
			if done := send(d, "enter"); !done || took != c.want {
				t.Errorf("%s %q: enter took %q", name, c.keys, took)
			}
		}
	}
}

func TestTheWheelMovesTheChoice(t *testing.T) {
	var took string
	for name, d := range lists(&took) {
		view(d)
		d.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
		if got := selected(t, d); !strings.Contains(got, "thing-03") {
			t.Errorf("%s: on %q", name, got)
		}
	}
}

// The first row comes with its heading when one goes back to it.
func TestTheFirstHeadingComesBack(t *testing.T) {
	var took string
	d := lists(&took)["palette"]
	view(d)
	send(d, "pgdown", "pgdown", "pgup", "pgup")
	if got := view(d); !strings.Contains(got, "Things") {
		t.Errorf("no heading:\n%s", got)
	}
}
