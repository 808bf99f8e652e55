package app

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/cell"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/kit/theme"
)

// work is what is in hand, whatever screen is shown; false: nothing.
func (a *App) work() (screen.Work, bool) {
	for _, t := range a.tabs {
		for _, s := range t.stack {
			if worker, ok := s.(screen.Worker); ok {
				if w, has := worker.Work(); has {
					return w, true
				}
			}
		}
	}
	return screen.Work{}, false
}

// shows reports whether the screen itself shows how something stands.
func (a *App) shows(topic screen.Topic) bool {
	viewer, ok := a.screen().(screen.Viewer)
	return ok && viewer.Shows(topic)
}

// announce gives a notice of what is not on the screen.
func (a *App) announce(n screen.Announce) {
	if a.shows(n.Topic) {
		return
	}
	for i, t := range a.tabs {
		if t.stack[0].Name() == n.Tab {
			n.Toast.Text += fmt.Sprintf(" It is on %s (%d).", n.Tab, i+1)
		}
	}
	a.addToast(n.Toast)
}

// workLabel is the work in hand in some words for the second line of every tab: empty
// when there is none, or when it is on the screen itself.
func (a *App) workLabel() (string, theme.Tone) {
	w, has := a.work()
	if !has || a.shows(w.Topic) {
		return "", theme.Plain
	}
	text := fmt.Sprintf("%s %d of %d", w.Name, w.Done, w.All)
	switch w.State {
	case screen.WorkNeedsPerson:
		return "▲ " + text + " · needs you", theme.Warn
	case screen.WorkPaused:
		return "▲ " + text + " · paused", theme.Warn
	case screen.WorkFailed:
		return "✖ " + text + " · failed", theme.Bad
	case screen.WorkGoing:
	}
	return "◐ " + text, theme.Busy
}

// workTitle is the work in hand in the title of the window.
func (a *App) workTitle() string {
	w, has := a.work()
	if !has {
		return ""
	}
	text := fmt.Sprintf(" · %s %d of %d", w.Name, w.Done, w.All)
	switch w.State {
	case screen.WorkNeedsPerson:
		return text + ", needs you"
	case screen.WorkFailed:
		return text + ", failed"
	case screen.WorkGoing, screen.WorkPaused:
	}
	return text
}

// progressBar is the work in hand in the terminal's own progress bar, nil for none.
func (a *App) progressBar() *tea.ProgressBar {
	w, has := a.work()
	if !has {
		return nil
	}
	const whole = 100
	value := whole * w.Done / max(1, w.All)
	switch w.State {
	case screen.WorkNeedsPerson, screen.WorkPaused:
		return tea.NewProgressBar(tea.ProgressBarWarning, value)
	case screen.WorkFailed:
		return tea.NewProgressBar(tea.ProgressBarError, value)
	case screen.WorkGoing:
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, value)
}

// putWork draws the work in hand at the right of a line.
func (a *App) putWork(l *cell.Line) {
	if text, tone := a.workLabel(); text != "" {
		l.Space(2).Put(tone, text)
	}
}
