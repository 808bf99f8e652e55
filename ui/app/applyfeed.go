package app

import (
	tea "charm.land/bubbletea/v2"

	dnstable "peerdeck/model/dns/table"
	"peerdeck/ui/kit/screen"
)

// applyMsg brings how the writing of a mapping table stands now.
type applyMsg struct{ apply dnstable.Apply }

// listenApply waits for one state of the writing, as listen does for snapshots.
func (a *App) listenApply() tea.Cmd {
	applies := a.o.Applies
	if applies == nil {
		return nil
	}
	return func() tea.Msg {
		v, open := <-applies
		if !open {
			return feedEnded{}
		}
		return applyMsg{v}
	}
}

// receiveApply takes how the writing stands, hands it to every screen, and says how it
// ended to a person who does not look at it.
func (a *App) receiveApply(v dnstable.Apply) tea.Cmd {
	cmds := append([]tea.Cmd{a.listenApply()}, a.toDialogs(screen.Applied{Apply: v})...)
	a.everyScreen(func(s screen.Screen) { cmds = append(cmds, s.Update(screen.Applied{Apply: v})) })
	a.fetchEntries()
	if v.State.Over() && !a.showsApply() {
		a.announceApply(v)
	}
	return tea.Batch(cmds...)
}

// showsApply reports whether the writing itself is on the screen.
func (a *App) showsApply() bool {
	viewer, ok := a.screen().(screen.ApplyViewer)
	return ok && viewer.ShowsApply()
}

func (a *App) announceApply(v dnstable.Apply) {
	what := "The mappings of " + v.Order.Target.NetworkName.Or("the network").String()
	switch v.State {
	case dnstable.ApplyDone:
		a.addToast(screen.Toast{Text: what + " are applied and read back as sent."})
	case dnstable.ApplyMeanwhile:
		a.addToast(screen.Toast{Text: what + " were changed by someone else meanwhile; nothing was sent. They are on DNS (2).", Trouble: true})
	case dnstable.ApplyDiffers:
		a.addToast(screen.Toast{Text: what + " were sent, and what is there now is something else. They are on DNS (2).", Trouble: true})
	case dnstable.ApplyFailed:
		text := what + " could not be applied"
		if v.Failure != nil {
			text += ": " + v.Failure.Error() + ". " + v.Failure.Cure
		}
		a.addToast(screen.Toast{Text: text, Trouble: true})
	case dnstable.ApplyCancelled:
		a.addToast(screen.Toast{Text: what + " were left as they are."})
	case dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
	default:
	}
}
