package app

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// openSubject shows the place of a subject: the screen that is nearest to it, whichever
// that is.
func (a *App) openSubject(o screen.Open) tea.Cmd {
	best, at := 0, 0
	for i, t := range a.tabs {
		if p, is := t.stack[0].(screen.Place); is {
			if n := p.Holds(o); n > best {
				best, at = n, i
			}
		}
	}
	if best == 0 {
		a.addToast(screen.Toast{Text: unheld(o), Trouble: true})
		return nil
	}
	place, shows := a.tabs[at].stack[0].(screen.Place)
	if !shows {
		return nil
	}
	page, cmd := place.OpenAt(o)
	return tea.Batch(a.lead(at, true, page), cmd)
}

// unheld says that nothing shows a subject, and what may be so.
func unheld(o screen.Open) string {
	switch {
	case !o.Request.IsEmpty():
		return fmt.Sprintf("No request with the id %s is in the activity: it may be of another session, or older than what is kept.", o.Request)
	case !o.Domain.IsEmpty() && o.Network.IsEmpty():
		return fmt.Sprintf("No network that was read maps %s.", o.Domain)
	case !o.Peering.IsEmpty() && o.Network.IsEmpty():
		return fmt.Sprintf("No peering %s is in the networks that were read.", o.Peering)
	default:
		return fmt.Sprintf("The network %s is not among those that were read: it may be gone.", o.Network)
	}
}

// pasted finds the subject of an id that was pasted while nothing is typed: an object of the
// snapshot, or a request that was sent from here. To show it is no command: nothing is
// changed, and esc leads back.
func (a *App) pasted(text string) (screen.Open, bool) {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, " \n\t") {
		return screen.Open{}, false
	}
	if p, is := a.snapshot.Pasted(text); is {
		return screen.OpenOf(p), true
	}
	o := screen.Open{Request: safe.New(text)}
	if !model.LooksLikeID(text) {
		return screen.Open{}, false
	}
	for _, t := range a.tabs {
		if p, is := t.stack[0].(screen.Place); is && p.Holds(o) > 0 {
			return o, true
		}
	}
	return screen.Open{}, false
}
