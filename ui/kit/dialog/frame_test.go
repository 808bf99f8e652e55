package dialog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

func looks() *theme.Theme { return theme.New(theme.Mono, true) }

// greedy asks for more than there is, and draws more than it asks for.
type greedy struct{}

func (greedy) Title() string                  { return strings.Repeat("title ", 50) }
func (greedy) Hint() string                   { return strings.Repeat("hint ", 50) }
func (greedy) Size(w, h int) (int, int)       { return w + 50, h + 50 }
func (greedy) Update(tea.Msg) (bool, tea.Cmd) { return false, nil }
func (greedy) Cursor() *tea.Cursor            { return tea.NewCursor(900, 900) }
func (greedy) View(int, int) string           { return strings.Repeat(strings.Repeat("世", 200)+"\n", 200) }

func longText() []string {
	return []string{strings.Repeat("What happens and what stays. ", 40), strings.Repeat("And more of it. ", 40)}
}

// dialogs are all of them, with much in each.
func dialogs(t *testing.T) map[string]screen.Dialog {
	t.Helper()
	th := looks()
	actions := make([]action.Action, 60)
	items := make([]dialog.Item, 200)
	for i := range actions {
		actions[i] = action.Action{Name: fmt.Sprint("name ", i), Keys: []string{"x"}, Group: fmt.Sprint("group ", i/5), Help: strings.Repeat("helps ", 30)}
	}
	for i := range items {
		items[i] = dialog.Item{Name: fmt.Sprint(strings.Repeat("long-", 20), i), Note: strings.Repeat("note ", 20), More: strings.Repeat("more ", 40), Do: func() {}}
	}
	pick := func(load func(context.Context) ([]dialog.Item, error)) screen.Dialog {
		d, cmd := dialog.NewPick(context.Background(), th, dialog.List{Title: "Pick", Empty: strings.Repeat("Nothing here. ", 40), Load: load})
		d.Update(cmd())
		return d
	}
	signIn := dialog.NewSignIn(th, safe.New(strings.Repeat("tenant", 30)), func() {})
	signIn.Update(dialog.SignInCode{Code: model.DeviceCode{Code: safe.New("ABCD"), URL: safe.New("https://login.example/" + strings.Repeat("x", 200))}})
	return map[string]screen.Dialog{
		"greedy":  greedy{},
		"ask":     dialog.NewAsk(th, dialog.Question{Title: "Ask", Text: longText(), Yes: "do it", No: "leave it"}),
		"confirm": dialog.NewConfirm(th, dialog.Destruction{Title: "Confirm", Text: longText(), Name: safe.New(strings.Repeat("n", 200)), What: "delete"}),
		"input":   dialog.NewInput(th, dialog.Field{Title: "Input", Text: strings.Join(longText(), " "), Value: strings.Repeat("v", 300), Check: func(string) string { return strings.Repeat("wrong ", 60) }}),
		"text":    dialog.NewText("Text", "it", "", func(w int) []string { return dialog.Paragraphs(th, longText(), w) }),
		"palette": dialog.NewWords(th, actions, nil),
		"help":    dialog.NewHelp(th, "Networks", nil, actions),
		"sign-in": signIn,
		"pick":    pick(func(context.Context) ([]dialog.Item, error) { return items, nil }),
		"empty":   pick(func(context.Context) ([]dialog.Item, error) { return nil, nil }),
		"failed": pick(func(context.Context) ([]dialog.Item, error) {
			return nil, model.Failure{Kind: model.FailureAuth, Operation: strings.Repeat("list ", 40), Cure: strings.Repeat("Sign in. ", 60)}
		}),
	}
}

// No dialog leaves its window, whatever it asks for and draws; its edges are whole.
func TestADialogStaysInItsWindow(t *testing.T) {
	for name, d := range dialogs(t) {
		for _, size := range [][2]int{{60, 15}, {80, 24}, {160, 48}, {61, 16}, {300, 15}} {
			for _, above := range []int{size[1], size[1] - 3, 5} {
				width, height := size[0], size[1]
				f := dialog.Frame(looks(), d, width, height, above)
				lines := strings.Split(ansi.Strip(f.Box), "\n")
				if f.X < 0 || f.Y < 0 || f.Y+len(lines) > height {
					t.Errorf("%s in %dx%d: at %d,%d with %d lines", name, width, height, f.X, f.Y, len(lines))
				}
				wide := ansi.StringWidth(lines[0])
				for i, l := range lines {
					if w := ansi.StringWidth(l); w != wide || f.X+w > width {
						t.Errorf("%s in %dx%d: line %d has %d cells of %d: %q", name, width, height, i, w, wide, l)
					}
				}
				if !strings.HasPrefix(lines[0], "╭") || !strings.HasSuffix(lines[0], "╮") || !strings.HasPrefix(lines[len(lines)-1], "╰") {
					t.Errorf("%s in %dx%d: the edges are not whole: %q", name, width, height, lines[0])
				}
				if c := f.Cursor; c != nil && (c.X >= width || c.Y >= height || c.X < f.X || c.Y < f.Y) {
					t.Errorf("%s in %dx%d: the cursor is at %d,%d", name, width, height, c.X, c.Y)
				}
			}
		}
	}
}
