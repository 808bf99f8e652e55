package dialog

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// PickNetwork asks for a network. Note is what stands beside each; then goes on with the id
// of the one that was picked.
func PickNetwork(ctx context.Context, th *theme.Theme, networks []*model.NetworkStatus, note func(*model.NetworkStatus) string, then func(safe.Text) tea.Cmd) tea.Cmd {
	items := make([]Item, 0, len(networks))
	for _, n := range networks {
		items = append(items, Item{
			Marked: true, Severity: n.Finding.Severity, Name: n.Name.Or("(no name)").String(), Note: note(n), More: "id " + n.ID.String(),
			Then: func() tea.Cmd { return then(n.ID) },
		})
	}
	d, load := NewPick(ctx, th, List{
		Title: "Networks", Empty: "There is nothing to pick from.",
		Load: func(context.Context) ([]Item, error) { return items, nil },
	})
	return screen.Say(screen.Show{Dialog: d, Then: load})
}
