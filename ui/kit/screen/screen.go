// Package screen holds the contract between the frame and the screens, and what
// all screens share. A screen owns its state, its layout, its actions and its
// help; the frame knows none of them by name.
package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Screen is what fills the room between the frame's lines.
type Screen interface {
	// Name is the label of the tab, or of the last step of the path.
	Name() string
	// Head is what the second line shows for the screen.
	Head() Head
	// Resize gives the room in cells. It comes before the first View.
	Resize(width, height int)
	// Theme gives the looks; it may change while the program runs.
	Theme(th *theme.Theme)
	// Receive gives a new snapshot. Every screen gets every one, shown or not.
	Receive(s *model.Snapshot)
	// Update takes a message that is for the screen. Keys come here only when
	// no action has them, or while the screen is typing.
	Update(msg tea.Msg) tea.Cmd
	// View draws at most height lines of at most width cells. It is pure: the
	// time is an argument.
	View(now time.Time) string
	// Actions lists what can be done here, for keys, footer, help and palette.
	Actions() []action.Action
	// Typing reports whether keys are text now, and where the cursor stands.
	Typing() (bool, *tea.Cursor)
	// Looking lists the networks that are on the screen, the selected one first.
	Looking() []safe.Text
}

// Head is a screen's part of the second line.
type Head struct {
	Path   []string // after the organization
	Chip   string   // the filter in force, empty for none
	Counts []string // at the right, the most important first; shown as far as there is room
}

// Env is what the frame lends to all screens.
type Env struct {
	Log      Log
	Saver    Saver
	ReadOnly bool
	ASCII    bool // the terminal shows ASCII only
	Now      func() time.Time
}

// Log is the activity log as screens see it.
type Log interface {
	Since(number uint64) []model.Activity
	Note(text string)
}

// Saver writes entries of the log to a file and returns its path.
type Saver interface {
	Save(entries []model.Activity, now time.Time) (string, error)
}
