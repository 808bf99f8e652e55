// Package paths is the screen of the ways of a network: how each service that its gateways
// serve is reached, and how the replies come home. The pages behind it lie in folders
// below.
package paths

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
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

	chosen   safe.Text                   // the network that is shown
	followed safe.Text                   // the one that was selected elsewhere last, see Follow
	views    map[safe.Text]paths.View    // what was read, by the id of the network
	refused  map[safe.Text]model.Failure // why it was not read
	stopped  map[safe.Text]bool          // a person has ended the reading
	again    map[safe.Text]bool          // it was read once more, because it was read too early
	old      map[safe.Text]bool          // a service was made or removed from here since it was read
	pending  safe.Text                   // a reading that was asked for, and has not begun
	visited  bool

	services services
	subnets  subnets
	ways     bool // the subnets are listed, and not the services
}

// New returns the screen with the pages behind it. Its context ends what they ask of
// services.
func New(ctx context.Context, env screen.Env, th *theme.Theme, service Service, pages []Page) *Screen {
	return &Screen{
		ctx: ctx, env: env, th: th, service: service, pages: pages, snapshot: &model.Snapshot{},
		views: map[safe.Text]paths.View{}, refused: map[safe.Text]model.Failure{}, stopped: map[safe.Text]bool{}, again: map[safe.Text]bool{}, old: map[safe.Text]bool{},
		services: newServices(), subnets: newSubnets(),
	}
}

// Name is the label of the tab.
func (s *Screen) Name() string { return tab }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.width, s.height = width, height
	s.arrange()
}

// Receive takes a snapshot.
func (s *Screen) Receive(snapshot *model.Snapshot) {
	s.snapshot = snapshot
	s.choose()
	s.arrange()
}

// Typing reports whether the filter is typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	f := s.list().filter()
	if !f.Typing() {
		return false, nil
	}
	w, h := s.tableSize()
	return true, f.Cursor(w, len(s.banner())+h-1) // in the last line of the table
}

// Update takes keys while the filter is typed, the mouse, and what the services say.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Ways:
		return tea.Batch(s.show(msg.Network), screen.Say(screen.GoTo{Tab: tab, Own: true}))
	case screen.Paths:
		s.take(msg.View)
	case screen.Made:
		return s.made(msg.Making)
	case refused:
		s.refuse(msg)
	case tea.KeyPressMsg, tea.PasteMsg:
		s.typed(msg)
	case tea.MouseWheelMsg:
		s.list().table().Move(widget.Wheel(msg.Button))
	case tea.MouseClickMsg:
		return s.click(msg)
	}
	return nil
}

func (s *Screen) click(msg tea.MouseClickMsg) tea.Cmd {
	w, h := s.tableSize()
	y, t := msg.Y-len(s.banner()), s.list().table()
	if s.list().filter().Typing() || s.blankPage() || msg.X >= w || y < 0 || y >= h {
		return nil
	}
	if y == 0 {
		s.sortBy(t.ColumnAt(msg.X))
		return nil
	}
	row := t.RowAt(y)
	switch {
	case row < 0:
		return nil
	case row == t.Index() && s.noHost() == "":
		return s.open()
	}
	t.MoveTo(row)
	return nil
}

// typed takes a key or a paste while the filter is typed.
func (s *Screen) typed(msg tea.Msg) {
	t := s.list().table()
	switch s.list().filter().Type(msg) {
	case widget.TypedQuery, widget.TypedEnd:
		s.refilter()
	case widget.TypedUp:
		t.Move(-1)
	case widget.TypedDown:
		t.Move(1)
	case widget.TypedNothing:
	}
}

// View draws the list and what there is to say of the selected row, or why there is none.
func (s *Screen) View(now time.Time) string {
	var lines []string
	if s.blankPage() {
		lines = s.blank(now)
	} else {
		lines = s.listView()
	}
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}
