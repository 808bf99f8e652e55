// Package paths is the screen of the ways of a network: how each service that its gateways
// serve is reached, and how the replies come home. The pages behind it lie in folders
// below.
package paths

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/paths"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
	"peerdeck/ui/kit/widget"
)

// tab is the label of the tab.
const tab = "Paths"

// Screen is the tab: the paths of one network.
type Screen struct {
	ctx      context.Context //nolint:containedctx // of what the screen and its pages ask of services
	env      screen.Env
	th       *theme.Theme
	service  Service
	pages    []Page
	width    int
	height   int
	snapshot *model.Snapshot

	chosen safe.Text                // the network that is shown
	views  map[safe.Text]paths.View // what was read, by the id of the network
}

// New returns the screen with the pages behind it. Its context ends what they ask of
// services.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, pages []Page) *Screen {
	return &Screen{ctx: ctx, env: env, th: th, service: service, pages: pages, snapshot: &model.Snapshot{}, views: map[safe.Text]paths.View{}}
}

// Name is the label of the tab.
func (s *Screen) Name() string { return tab }

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	h := screen.Head{Path: []string{tab}}
	if n := s.network(); n != nil {
		h.Path = append(h.Path, n.Name.Or("(no name)").String())
	}
	return h
}

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Resize gives the room.
func (s *Screen) Resize(width, height int) { s.width, s.height = width, height }

// Receive takes a snapshot.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	s.choose()
}

// Typing reports whether something is typed.
func (s *Screen) Typing() (bool, *tea.Cursor) { return false, nil }

// Update takes what the services say and what others ask for.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Ways:
		return tea.Batch(s.show(msg.Network), screen.Say(screen.GoTo{Tab: tab}))
	case screen.Paths:
		s.take(msg.View)
	}
	return nil
}

// View draws the list, or why there is none.
func (s *Screen) View(now time.Time) string {
	lines := s.blank(now)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}

// blank says why there is no list, and what to do.
func (s *Screen) blank(now time.Time) []string {
	page := widget.NewBlank(s.th, s.width)
	n := s.network()
	if n == nil {
		page.NoNetwork(s.snapshot, now, "there are no paths", "its networks")
		return page.Lines()
	}
	page.Gap()
	page.Put(theme.Muted, "Nothing was read of the paths of "+n.Name.Or("(no name)").String()+" yet.")
	return page.Lines()
}
