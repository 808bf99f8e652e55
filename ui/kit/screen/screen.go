// Package screen holds the contract between the frame and the screens, and what
// all screens share. A screen owns its state, its layout, its actions and its
// help; the frame knows none of them by name.
package screen

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/look"
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
	Looks    Looks        // nil: they last as long as the screens
	Known    Acknowledger // nil where nothing can be acknowledged
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

// Looks keep how a person has arranged the screens, by names of the screens.
type Looks interface {
	// Of returns the look of a screen as it was arranged last, in a program before this
	// one, too.
	Of(screen string) look.Look
	// Set gives a screen another look, at once.
	Set(screen string, l look.Look)
	// Save writes what was set since the last time. It may wait.
	Save(ctx context.Context) error
}

// Look returns how a screen was arranged last.
func (e Env) Look(screen string) look.Look {
	if e.Looks == nil {
		return look.Look{}
	}
	return e.Looks.Of(screen)
}

// Arrange keeps the look of a screen from now on. A look that cannot be kept on the disk
// is told, and holds as long as the program.
func (e Env) Arrange(ctx context.Context, screen string, l look.Look) tea.Cmd {
	if e.Looks == nil {
		return nil
	}
	e.Looks.Set(screen, l)
	return func() tea.Msg {
		if err := e.Looks.Save(ctx); err != nil && ctx.Err() == nil {
			return Toast{Text: safe.Clean(err.Error()) + ".", Trouble: true}
		}
		return nil
	}
}

// Acknowledger keeps which findings somebody knows of. It may wait for the disk.
type Acknowledger interface {
	// Add writes a problem down; the names are for whoever reads the file.
	Add(p known.Problem, names map[string]safe.Text) error
	// Remove takes back whatever is said of a finding of a network.
	Remove(n *model.NetworkStatus, f model.Found) error
}
