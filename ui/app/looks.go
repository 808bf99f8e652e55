package app

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// looks is whether the person has the time line before them.
type looks struct {
	view    changes.View
	known   bool // the time line has come
	blurred bool // the terminal has no focus
	before  bool // the time line is before the person
	told    time.Time
}

// lookEvery is the least time between two words that the person goes on looking.
const lookEvery = 10 * time.Second

// receiveChanges keeps the time line for pages that open later, and hands it to everybody.
func (a *App) receiveChanges(msg screen.Changes) []tea.Cmd {
	a.looks.view, a.looks.known = msg.View, true
	return append(a.toAll(msg), a.tell(msg.View))
}

// followLooks tells the watcher that the person looks at the time line, or looks away from
// it: it is on the screen, the terminal has the focus as far as it says, and a key or the
// mouse was used.
func (a *App) followLooks(msg tea.Msg) {
	l := &a.looks
	switch msg.(type) {
	case tea.FocusMsg:
		l.blurred = false
	case tea.BlurMsg:
		l.blurred = true
	}
	now := l.known && !l.blurred && a.showsChanges()
	switch {
	case l.before && !now:
		a.o.Watcher.Look(false)
	case now && !l.before, now && acts(msg) && a.now.Sub(l.told).Abs() >= lookEvery:
		l.told = a.now
		a.o.Watcher.Look(true)
	}
	l.before = now
}

// acts reports whether a message is of something that a person did.
func acts(msg tea.Msg) bool {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.PasteMsg, tea.MouseClickMsg, tea.MouseWheelMsg, tea.FocusMsg:
		return true
	default:
		return false
	}
}

// showsChanges reports whether the time line is on the screen.
func (a *App) showsChanges() bool {
	c, can := a.screen().(screen.Chronicle)
	return can && !a.tooSmall() && c.ShowsChanges()
}
