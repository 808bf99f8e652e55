// Package app is the frame around the screens: it routes what comes in, draws
// the lines above and below, and holds dialogs and notices. It knows no screen
// by name.
//
// A key goes this way: the top dialog, if there is one; else the screen, while
// it is typing; else the action that has the key, of the frame or of the screen;
// else the screen. Snapshots go to every screen, shown or not.
package app

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// Watcher is where snapshots come from. Its methods return at once.
type Watcher interface {
	Snapshots() <-chan model.Snapshot
	Attend(networks []safe.Text)
	Refresh()
	Focus(focused bool)
	// Changes gives the time line, and Look tells that the person looks at it, or away.
	Changes() <-chan changes.View
	Look(here bool)
}

// SignIn signs a person in to an Azure tenant; show is called with the code.
type SignIn func(ctx context.Context, tenant safe.Text, show func(model.DeviceCode)) error

// Contexts are the organizations that one can change to. Its methods may wait.
type Contexts interface {
	List(ctx context.Context) ([]model.Context, error)
	// Prepare makes sure that a context can be opened: its settings are whole, and it has
	// a token. The frame ends after that, and whoever has shown it opens the next one.
	Prepare(ctx context.Context, name string) error
}

// Options of the frame.
type Options struct {
	Watcher Watcher
	// First is what stands in for an answer in the very first frame; the zero value: nothing.
	First    model.Snapshot
	SignIn   SignIn
	Parts    []screen.Part // the tabs, in their order
	Context  model.Context // that is used; without a name for none
	Contexts Contexts      // to change to; nil where there are none
	// NoContexts says why there are none.
	NoContexts string
	Pages      []screen.Page // what opens from everywhere
	Log        screen.Log
	Saver      screen.Saver
	Known      screen.Acknowledger
	Looks      screen.Looks // how the screens were arranged; nil keeps nothing
	// Notify is what a person is told who looks elsewhere; the zero value: nothing. Its
	// Terminal is never Auto here.
	Notify telling.Rules
	// Tell runs the program of the person for one change, and waits; nil: there is none.
	Tell     func(ctx context.Context, n telling.Notice) error
	Theme    theme.Kind
	Demo     bool
	Replay   time.Time // when what is looked at was recorded; zero: it is looked at now
	ReadOnly bool
	Mouse    bool
	ASCII    bool
	Warnings []string         // notices for the start
	Now      func() time.Time // nil for the machine's clock
	// NoSuspend says why ctrl+z cannot work here; nil or empty: it can.
	NoSuspend func() string
	// Crashed is told of a panic on the screen's goroutine, with its stack; the
	// program then ends in order.
	Crashed func(doing string, value any, stack []byte)
}
