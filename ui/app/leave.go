package app

import (
	tea "charm.land/bubbletea/v2"

	"peerdeck/ui/kit/dialog"
	"peerdeck/ui/kit/screen"
)

// leave ends the program, and asks first when something would be lost or left by
// that. Whoever asks for it twice has heard it.
func (a *App) leave() tea.Cmd {
	if a.asked() {
		return tea.Quit
	}
	var text []string
	a.everyScreen(func(s screen.Screen) {
		if g, ok := s.(screen.Guarded); ok {
			text = append(text, g.Leaving()...)
		}
	})
	if len(text) == 0 {
		return tea.Quit
	}
	a.leaving = dialog.NewAsk(a.th, dialog.Question{
		Title: "Leave peerdeck", Text: text, Yes: "leave", No: "stay", Do: tea.Quit,
	})
	a.open(a.leaving)
	return nil
}

// asked reports whether the question is on the screen.
func (a *App) asked() bool { return a.leaving != nil && a.dialog() == screen.Dialog(a.leaving) }
