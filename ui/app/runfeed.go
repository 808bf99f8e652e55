package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model/setup"

	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
)

// runMsg brings how the set-up run stands now.
type runMsg struct{ run setup.Run }

// listenRun waits for one state of the run, as listen does for snapshots.
func (a *App) listenRun() tea.Cmd {
	runs := a.o.Runs
	if runs == nil {
		return nil
	}
	return func() tea.Msg {
		r, open := <-runs
		if !open {
			return feedEnded{}
		}
		return runMsg{r}
	}
}

// receiveRun takes how the run stands, hands it to every screen, and says what a
// person must know who does not look at it.
func (a *App) receiveRun(r setup.Run) tea.Cmd {
	before := a.running
	a.running = &r
	cmds := append([]tea.Cmd{a.listenRun()}, a.toDialogs(screen.Run{Run: r})...)
	a.everyScreen(func(s screen.Screen) { cmds = append(cmds, s.Update(screen.Run{Run: r})) })
	a.fetchEntries()
	if before == nil || before.ID != r.ID || before.State != r.State {
		if !a.showsRun() {
			a.announce(r)
		}
	}
	return tea.Batch(cmds...)
}

// showsRun reports whether the run itself is on the screen.
func (a *App) showsRun() bool {
	viewer, ok := a.screen().(screen.RunViewer)
	return ok && viewer.ShowsRun()
}

// announce says how a run stands that nobody looks at: when it needs somebody, or
// is over.
func (a *App) announce(r setup.Run) {
	what := runNoun(r) + " of " + r.Request.Peering.Or(r.Request.Network.String()).String()
	switch r.State {
	case setup.RunNeedsPerson:
		a.addToast(screen.Toast{Text: "The " + what + " needs you: " + lastStep(r) + ". It is on Set-up (3).", Trouble: true})
	case setup.RunFailed:
		a.addToast(screen.Toast{Text: "The " + what + " failed at " + lastStep(r) + ". It is on Set-up (3).", Trouble: true})
	case setup.RunPaused:
		a.addToast(screen.Toast{Text: "The " + what + " pauses before " + lastStep(r) + "."})
	case setup.RunDone:
		a.addToast(screen.Toast{Text: "The " + what + " is done."})
	case setup.RunCancelled:
		a.addToast(screen.Toast{Text: "The " + what + " was ended at " + lastStep(r) + "."})
	case setup.RunRunning, setup.RunInterrupted:
	default:
	}
}

// runNoun is what a run is called.
func runNoun(r setup.Run) string {
	switch {
	case r.Kind == setup.RunTeardown:
		return "teardown"
	case r.DryRun:
		return "dry run"
	default:
		return "set-up"
	}
}

func lastStep(r setup.Run) string { return r.Current.Title() }

// runActive reports whether a run is in hand.
func (a *App) runActive() bool { return a.running != nil && !a.running.Over() }

// runLabel is the run in some words for the second line of every tab: empty when
// there is none, or when it is on the screen itself.
func (a *App) runLabel() (string, theme.Tone) {
	if !a.runActive() || a.showsRun() {
		return "", theme.Plain
	}
	over, all := a.running.Progress()
	text := fmt.Sprintf("%s %d of %d", runNoun(*a.running), over, all)
	switch a.running.State {
	case setup.RunNeedsPerson:
		return "▲ " + text + " · needs you", theme.Warn
	case setup.RunPaused:
		return "▲ " + text + " · paused", theme.Warn
	case setup.RunFailed:
		return "✖ " + text + " · failed", theme.Bad
	default:
		return "◐ " + text, theme.Busy
	}
}

// runTitle is the run in the title of the window.
func (a *App) runTitle() string {
	if !a.runActive() {
		return ""
	}
	over, all := a.running.Progress()
	text := fmt.Sprintf(" · %s %d of %d", runNoun(*a.running), over, all)
	switch a.running.State {
	case setup.RunNeedsPerson:
		return text + ", needs you"
	case setup.RunFailed:
		return text + ", failed"
	default:
		return text
	}
}

// progressBar is the run in the terminal's own progress bar, nil for none.
func (a *App) progressBar() *tea.ProgressBar {
	if !a.runActive() {
		return nil
	}
	over, all := a.running.Progress()
	const whole = 100
	value := whole * over / max(1, all)
	switch a.running.State {
	case setup.RunNeedsPerson, setup.RunPaused:
		return tea.NewProgressBar(tea.ProgressBarWarning, value)
	case setup.RunFailed:
		return tea.NewProgressBar(tea.ProgressBarError, value)
	default:
		return tea.NewProgressBar(tea.ProgressBarDefault, value)
	}
}

// putRun draws the run at the right of a line, and returns the column before it.
func (a *App) putRun(l *cell.Line) {
	if text, tone := a.runLabel(); text != "" {
		l.Space(2).Put(tone, text)
	}
}
