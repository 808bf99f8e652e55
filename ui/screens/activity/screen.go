// Package activity is the screen of what happened, in two views: the changes of all
// networks, and what was asked and done, with ids and cures.
package activity

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
	"github.com/peerdeck/peerdeck/ui/kit/widget"
)

// Screen has the two views. The changes are the first one.
type Screen struct {
	changes  *timeLine
	requests *requestLog
	log      bool // the requests are shown
}

// view is one of the two.
type view interface {
	label() string
	theme(th *theme.Theme)
	resize(width, height int)
	head() screen.Head
	filtered() *widget.Filter
	cursor() *tea.Cursor
	update(msg tea.Msg)
	actions() []action.Action
	draw(now time.Time) []string
}

// New returns the screen, empty.
func New(env screen.Env, th *theme.Theme) *Screen {
	return &Screen{changes: newTimeLine(env, th), requests: newRequestLog(env, th)}
}

func (s *Screen) view() view {
	if s.log {
		return s.requests
	}
	return s.changes
}

// Name is the label of the tab.
func (s *Screen) Name() string { return "Activity" }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) {
	s.changes.theme(th)
	s.requests.theme(th)
}

// Resize gives the room.
func (s *Screen) Resize(width, height int) {
	s.changes.resize(width, height)
	s.requests.resize(width, height)
}

// Receive takes what is known now: a change tells how its subject stands.
func (s *Screen) Receive(snapshot *model.Snapshot) { s.changes.snapshot = snapshot }

// ShowsChanges reports whether the time line is shown.
func (s *Screen) ShowsChanges() bool { return !s.log }

// Broke is how many things broke since the person looked.
func (s *Screen) Broke() int { return s.changes.all.Broke }

// Looking names the network of the selected change.
func (s *Screen) Looking() []safe.Text {
	if e, is := s.changes.pane.Selected(); is && !s.log && !e.Network.IsEmpty() {
		return []safe.Text{e.Network}
	}
	return nil
}

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	h := s.view().head()
	h.Path = []string{"Activity", s.view().label()}
	h.Chip = s.view().filtered().Chip()
	return h
}

// Typing reports whether the filter is being typed.
func (s *Screen) Typing() (bool, *tea.Cursor) {
	if !s.view().filtered().Typing() {
		return false, nil
	}
	return true, s.view().cursor()
}

// Update takes changes and entries, whichever view is shown; keys while typing and the
// mouse go to the one that is.
func (s *Screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case screen.Changes:
		s.changes.receive(msg.View)
	case screen.Entries:
		s.requests.receive(msg.List)
	default:
		s.view().update(msg)
	}
	return nil
}

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	other := view(s.requests)
	if s.log {
		other = s.changes
	}
	actions := []action.Action{{
		ID: "activity.view", Name: other.label(), Keys: []string{"v"}, Group: group, Footer: 2, Help: "The other view: changes of all networks, or requests and what was done.",
		Run: func() tea.Cmd { s.log = !s.log; return nil },
	}}
	return append(actions, s.view().actions()...)
}

// group is that of the actions in the help.
const group = "Activity"

// View draws the list and the details of the selected entry.
func (s *Screen) View(now time.Time) string { return strings.Join(s.view().draw(now), "\n") }

// do makes an action of a function that asks for nothing.
func do(f func()) func() tea.Cmd { return func() tea.Cmd { f(); return nil } }

// filterActions are the keys of a filter, which are the same in both views.
func filterActions(f *widget.Filter, apply func()) []action.Action {
	return []action.Action{
		{ID: "activity.filter", Name: "filter", Keys: []string{"/"}, Group: group, Footer: 3, Help: "Show entries that match: words, !word, key:value. Keys: " + strings.Join(f.Keys(), ", ") + ".", Run: do(f.Open)},
		{ID: "activity.problems", Name: "only problems", Keys: []string{"f"}, Group: group, Footer: 5, Help: "Show only what needs a look, or all again.", Run: do(func() { f.Toggle(); apply() })},
		{ID: "activity.unfilter", Name: "show all", Keys: []string{"esc"}, Group: group, Footer: 4, Help: "Drop the filter.", Run: do(func() { f.Drop(); apply() }), Why: f.Why},
	}
}
