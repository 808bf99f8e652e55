package dialog_test

import (
	"context"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// A list of what the screen knows, that was empty because little was known, fills when
// more is, and by the key that it names.
func TestAnEmptyListIsMadeAnew(t *testing.T) {
	for about, news := range map[string]tea.Msg{"more is known": screen.Known{}, "r": tea.KeyPressMsg{Code: 'r', Text: "r"}} {
		known := 0
		var list func() dialog.List
		list = func() dialog.List {
			var items []dialog.Item
			for range known {
				items = append(items, dialog.Item{Name: "eu-prod"})
			}
			return dialog.List{
				Title: "Networks", Empty: "They are being read.", Anew: list,
				Load: func(context.Context) ([]dialog.Item, error) { return items, nil },
			}
		}
		d, load := dialog.NewPick(t.Context(), theme.New(theme.Mono, true), list())
		d.Update(load())
		if text := d.View(60, 12); !strings.Contains(text, "being read") {
			t.Fatalf("%s: %s", about, text)
		}
		known = 1
		_, again := d.Update(news)
		if again == nil {
			t.Fatalf("%s: nothing is read again", about)
		}
		d.Update(again())
		if text := d.View(60, 12); !strings.Contains(text, "eu-prod") {
			t.Errorf("%s: %s", about, text)
		}
		if _, again = d.Update(screen.Known{}); again != nil {
			t.Errorf("%s: a list that is filled is read again under the person's hands", about)
		}
	}
}
