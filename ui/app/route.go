package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// route hands a message to whom it is for.
func (a *App) route(msg tea.Msg) tea.Cmd {
	if cmd, done := a.frame(msg); done {
		return cmd
	}
	if cmd, done := a.wish(msg); done {
		return cmd
	}
	if cmd, done := a.contextMessage(msg); done {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case tea.MouseClickMsg, tea.MouseWheelMsg:
		return a.pointer(msg)
	case tea.KeyReleaseMsg, tea.MouseMotionMsg, tea.MouseReleaseMsg:
		return nil
	}
	// A message of a screen's or a dialog's own finds its owner by its type.
	return tea.Batch(a.toAll(msg)...)
}

// toDialogs hands a message to every dialog; those that are done go.
func (a *App) toDialogs(msg tea.Msg) []tea.Cmd {
	var cmds []tea.Cmd
	for _, d := range slices.Clone(a.dialogs) {
		done, cmd := d.Update(msg)
		cmds = append(cmds, cmd)
		if done {
			a.dialogs = slices.DeleteFunc(a.dialogs, func(other screen.Dialog) bool { return other == d })
		}
	}
	return cmds
}

// frame takes what is for the frame itself.
func (a *App) frame(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
		a.resize()
	case tea.BackgroundColorMsg:
		a.dark = msg.IsDark()
		a.retheme()
	case tea.ColorProfileMsg:
		// NO_COLOR, or a terminal that has none: what only colour shows would be lost.
		a.colourless = msg.Profile == colorprofile.NoTTY || msg.Profile == colorprofile.ASCII
		a.sixteen = msg.Profile == colorprofile.ANSI
		a.retheme()
	case tea.FocusMsg:
		a.o.Watcher.Focus(true)
	case tea.BlurMsg:
		a.o.Watcher.Focus(false)
	case fed:
		return a.receive(msg), true
	case ticked:
		if msg.token == a.tickToken {
			a.tickDue = time.Time{}
		}
		a.expire()
	case told:
		return a.heard(msg), true
	case crashedElsewhere:
		if a.o.Crashed != nil && !a.crashed {
			a.o.Crashed("running a command", msg.value, msg.stack)
		}
		a.crashed = true
		return tea.Quit, true
	default:
		return nil, false
	}
	return nil, true
}

// wish does what a screen or a dialog asked for.
func (a *App) wish(msg tea.Msg) (tea.Cmd, bool) {
	switch msg := msg.(type) {
	case screen.Push:
		return a.push(msg.Screen), true
	case screen.Pop:
		return tea.Batch(a.pop(), msg.Then), true
	case screen.Open:
		return a.openSubject(msg), true
	case screen.Show:
		a.open(msg.Dialog)
		return msg.Then, true
	case screen.Toast:
		a.addToast(msg)
		a.noteToast(msg)
	case screen.Announce:
		a.announce(msg)
	case screen.Withdraw:
		a.withdraw(msg.About)
	case screen.Quiet:
		a.quiet()
	case screen.Copy:
		return a.copy(msg), true
	case screen.Refresh:
		a.o.Log.Note("asked for everything to be read again")
		a.o.Watcher.Refresh()
		a.addToast(screen.Toast{Text: "Reading again…"})
	case screen.SignIn:
		return a.signIn(msg.Tenant), true
	case screen.GoTo:
		return a.goToTab(msg), true
	default:
		return nil, false
	}
	return nil, true
}

// key hands a key on: see the comment of the package.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	if msg.String() == "ctrl+c" {
		return a.leave()
	}
	if d := a.dialog(); d != nil {
		done, cmd := d.Update(msg)
		if done {
			a.close()
		}
		return cmd
	}
	if a.tooSmall() {
		if msg.String() == "q" {
			return a.leave()
		}
		return nil
	}
	s := a.screen()
	if typing, _ := s.Typing(); typing {
		return s.Update(msg)
	}
	if msg.String() == "esc" && a.dismiss() {
		return nil
	}
	if do, ok := a.offered(msg.String()); ok {
		return do
	}
	if act, ok := action.ForKey(a.present(), msg.String()); ok {
		return a.perform(act)
	}
	return s.Update(msg)
}

// perform does an action, or says why it cannot be done.
func (a *App) perform(act action.Action) tea.Cmd {
	if why := act.Disabled(); why != "" {
		if act.Key() != "esc" {
			a.addToast(screen.Toast{Text: fmt.Sprintf("%s: not now, %s.", act.Name, strings.TrimRight(why, ". "))})
		}
		return nil
	}
	return act.Run()
}

// paste goes to whoever is typing, and to nobody else: it is never a command. Terminals
// end its lines in several ways, and whoever reads lines knows one.
func (a *App) paste(msg tea.PasteMsg) tea.Cmd {
	msg.Content = safe.Decode([]byte(msg.Content))
	if d := a.dialog(); d != nil {
		_, cmd := d.Update(msg)
		return cmd
	}
	s := a.screen()
	if typing, _ := s.Typing(); typing {
		return s.Update(msg)
	}
	if o, is := a.pasted(msg.Content); is {
		return a.openSubject(o)
	}
	if p, ok := s.(screen.Paster); ok {
		return p.Paste(msg.Content)
	}
	text := "Pasted text is not read as keys. Open a field first."
	for _, act := range a.present() {
		if (act.Types || slices.Contains(act.Keys, "/")) && act.Disabled() == "" {
			text = "Pasted text is not read as keys. Open a field first: " + act.Key() + " (" + act.Name + ")."
			break
		}
	}
	a.addToast(screen.Toast{Text: text})
	return nil
}

// pointer hands the mouse on, in the coordinates of whom it is for.
func (a *App) pointer(msg tea.Msg) tea.Cmd {
	if d := a.dialog(); d != nil {
		if _, wheel := msg.(tea.MouseWheelMsg); wheel {
			_, cmd := d.Update(msg)
			return cmd
		}
		return nil
	}
	if a.tooSmall() {
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if msg.Y == 0 {
			if i := a.tabAt(msg.X); i >= 0 {
				return a.goTo(i)
			}
			return nil
		}
		msg.Y -= headLines
		if msg.Y < 0 || msg.Y >= a.bodyHeight() {
			return nil
		}
		return a.screen().Update(msg)
	default:
		return a.screen().Update(msg)
	}
}

// fetchEntries takes what the activity log has new. The log is in memory.
func (a *App) fetchEntries() {
	entries := a.o.Log.Since(a.seen)
	if len(entries) == 0 {
		return
	}
	a.seen = entries[len(entries)-1].Number
	a.everyScreen(func(s screen.Screen) { s.Update(screen.Entries{List: entries}) })
}

// noticeFailures shows each failure that concerns more than one network once,
// when it is new. The connection itself stands in the footer.
func (a *App) noticeFailures() {
	present := map[string]bool{}
	for _, f := range a.snapshot.Failures {
		key := f.Error()
		present[key] = true
		if !a.failures[key] && len(a.snapshot.Networks) > 0 && (a.snapshot.Konnect.Failure == nil || a.snapshot.Konnect.Failure.Cause != f.Cause) {
			a.addToast(screen.Toast{Text: key, Trouble: true})
		}
	}
	a.failures = present
}

func (a *App) retheme() {
	kind := a.o.Theme
	if a.colourless {
		kind = theme.Mono
	}
	a.th = theme.New(kind, a.dark)
	if a.sixteen {
		a.th = theme.Sixteen(kind, a.dark)
	}
	a.everyScreen(func(s screen.Screen) { s.Theme(a.th) })
}

func (a *App) resize() {
	a.given = a.bodyHeight()
	a.everyScreen(func(s screen.Screen) { s.Resize(a.width, a.given) })
}

func (a *App) help() tea.Cmd {
	a.open(dialog.NewHelp(a.th, a.screen().Name(), a.about(), a.Actions()))
	return nil
}
