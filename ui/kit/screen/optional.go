package screen

import (
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
