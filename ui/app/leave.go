package app

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// leave ends the program, and asks first when something would be lost or left by
// that. Whoever asks for it twice has heard it.
func (a *App) leave() tea.Cmd {
	if a.asked() {
		return tea.Quit
	}
	text := a.lost()
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

// lost says what would be lost or left when the program ends now, a paragraph each.
func (a *App) lost() []string {
	var text []string
	a.everyScreen(func(s screen.Screen) {
		if g, ok := s.(screen.Guarded); ok {
			text = append(text, g.Leaving()...)
		}
	})
	return text
}

// renewLeaving lets the open question say what would be lost now: a run goes on
// meanwhile.
func (a *App) renewLeaving() {
	if !a.asked() {
		return
	}
	text := a.lost()
	if len(text) == 0 {
		text = []string{"What was in hand has come to its end: nothing would be lost."}
	}
	a.leaving.Renew(text)
}
