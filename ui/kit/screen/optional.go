package screen

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
)

// What a screen may do beside what it must. The frame asks whether it does.

// Starter is a screen that wants to do something when the program starts, or a page
// that wants to when it is pushed.
type Starter interface{ Start() tea.Cmd }

// Guarded is a screen on which something would be lost or left when the program
// ends.
type Guarded interface {
	// Leaving says what, a sentence each; nothing when nothing would.
	Leaving() []string
}

// Typist is a screen that has keys of its own while it is typing.
type Typist interface {
	// TypingKeys are for the footer, the most useful first.
	TypingKeys() []action.Action
}

// Asker is a screen that has something to ask of a service when it has got a snapshot.
type Asker interface{ Ask() tea.Cmd }

// Follower is a screen that shows the network which was selected on the screen before.
type Follower interface {
	Follow(network safe.Text) tea.Cmd
}

// OfNetwork is a screen that shows one network, and can be asked for another by its name.
type OfNetwork interface {
	OpenNetwork(network safe.Text) tea.Cmd
}

// Visited is a screen that wants to do something each time that its tab is gone to, after
// it has followed.
type Visited interface{ Visit() tea.Cmd }

// Paster is a screen that takes a pasted text while nothing is typed. It is never read
// as keys.
type Paster interface{ Paste(text string) tea.Cmd }

// Whole is a dialog that takes the whole window, without edges.
type Whole interface{ Whole() }

// Counter is a screen on which something may change with the time alone.
type Counter interface {
	// Counting reports whether it changes each second now.
	Counting() bool
}

// Place is a screen that is the place of some subjects.
type Place interface {
	// Holds says how near the screen is to a subject: the nearest one of all is its place.
	// 0: it does not show it.
	Holds(o Open) int
	// OpenAt shows a subject that it holds: on the page that it returns, which is put above
	// the screen, or on the screen itself where that is nil.
	OpenAt(o Open) (page Screen, cmd tea.Cmd)
}

// Chronicle is a screen that may show the time line.
type Chronicle interface {
	// ShowsChanges reports whether it does now.
	ShowsChanges() bool
}

// Teller is a screen that knows what broke since the person looked.
type Teller interface {
	// Broke is how many things did.
	Broke() int
}

// Everywhere is a screen that has actions which are possible on all others too.
type Everywhere interface {
	// Everywhere lists them, once; the network is the one that is selected where the person
	// is then, empty for none.
	Everywhere(network func() safe.Text) []action.Action
}

// Roomy is a screen of one network that leaves the lower part of a tall window to the
// changes of that network.
type Roomy interface {
	// ChangesOf is the id of the network; empty while none is shown, or all of the room is
	// wanted.
	ChangesOf() safe.Text
}

// Drawer is a screen that draws into the text of the whole frame: a text of its own would
// be taken apart and put together again for each key.
type Drawer interface {
	// Draw writes what View returns, and returns how many lines that is.
	Draw(into *strings.Builder, now time.Time) int
}

// Helper is a screen that says in its help what it is for, in a sentence or two.
type Helper interface{ About() []string }
