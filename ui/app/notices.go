package app

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// toast is a notice above the footer.
type toast struct {
	screen.Toast
	until time.Time // zero: until it is dismissed
}

const (
	toastLife  = 4 * time.Second
	mostToasts = 3
	// maxCopy bounds what is sent to the clipboard: terminals drop longer ones.
	maxCopy = 70_000
)

func (a *App) addToast(t screen.Toast) {
	n := toast{Toast: t}
	if !t.Trouble {
		n.until = a.now.Add(toastLife)
	}
	for i, old := range a.toasts {
		if old.Text == t.Text {
			a.toasts[i] = n
			return
		}
	}
	a.toasts = append(a.toasts, n)
	if len(a.toasts) > mostToasts {
		a.toasts = a.toasts[len(a.toasts)-mostToasts:]
	}
}

// noteToast keeps in the log what a screen has told.
func (a *App) noteToast(t screen.Toast) {
	if t.Trouble {
		t.Text = "notice: " + t.Text
	}
	a.o.Log.Note(t.Text)
}

// expire drops the notices whose time is over.
func (a *App) expire() {
	kept := a.toasts[:0]
	for _, t := range a.toasts {
		if t.until.IsZero() || t.until.After(a.now) {
			kept = append(kept, t)
		}
	}
	a.toasts = kept
}

// quiet drops the notices that would go by themselves.
func (a *App) quiet() {
	a.toasts = slices.DeleteFunc(a.toasts, func(t toast) bool { return !t.Trouble })
}

// withdraw drops the notices about something that a person has dealt with.
func (a *App) withdraw(about string) {
	a.toasts = slices.DeleteFunc(a.toasts, func(t toast) bool { return t.About == about })
}

// offered is what a key does that a notice offers; the notice goes with it.
func (a *App) offered(key string) (tea.Cmd, bool) {
	for i, t := range slices.Backward(a.toasts) {
		if t.Key == key && t.Do != nil {
			a.toasts = slices.Delete(a.toasts, i, i+1)
			return t.Do, true
		}
	}
	return nil, false
}

// dismiss drops all notices. It reports whether there was any that stays: esc
// means that and nothing else then.
func (a *App) dismiss() bool {
	stays := false
	for _, t := range a.toasts {
		stays = stays || t.Trouble
	}
	a.toasts = nil
	return stays
}

// ticked is the frame's own clock.
type ticked struct{ token int }

// tick wakes the frame when something on it depends on the time alone: every
// second while there is a countdown or a notice, else now and then for the ages,
// which change by the minute. A tick that is due sooner replaces a later one.
func (a *App) tick() tea.Cmd {
	const resting = 15 * time.Second
	wait := resting
	if len(a.toasts) > 0 || a.counting() {
		wait = time.Second
	}
	due := a.now.Add(wait)
	if !a.tickDue.IsZero() && !due.Before(a.tickDue) {
		return nil
	}
	a.tickDue = due
	a.tickToken++
	token := a.tickToken
	return tea.Tick(wait, func(time.Time) tea.Msg { return ticked{token} })
}

// counting reports whether a countdown is on the screen.
func (a *App) counting() bool {
	counter, ok := a.screen().(screen.Counter)
	_, working := a.work()
	return ok && counter.Counting() || working || a.snapshot.Konnect.NextTry.After(a.now) || a.snapshot.Azure.NextTry.After(a.now)
}

// copy sends a text to the clipboard of the terminal. There is no answer to
// that, so the notice says "sent".
func (a *App) copy(c screen.Copy) tea.Cmd {
	if len(c.Text) > maxCopy {
		a.addToast(screen.Toast{Text: "That is too long for the clipboard of a terminal.", Trouble: true})
		return nil
	}
	a.addToast(screen.Toast{Text: "Sent to the clipboard: " + c.What + "."})
	a.o.Log.Note("copied " + c.What)
	return tea.SetClipboard(c.Text)
}

// dialog returns the top dialog, or nil.
func (a *App) dialog() screen.Dialog {
	if len(a.dialogs) == 0 {
		return nil
	}
	return a.dialogs[len(a.dialogs)-1]
}

func (a *App) open(d screen.Dialog) {
	a.dialogs = append(a.dialogs, d)
}

func (a *App) close() {
	if n := len(a.dialogs); n > 0 {
		a.dialogs = a.dialogs[:n-1]
	}
}
