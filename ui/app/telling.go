package app

import (
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/telling"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// mostTold bounds how often the program of the person is run for what came at once; what
// is over that is told in one more run.
const mostTold = 10

// told says how the program of the person did.
type told struct{ err error }

// teller is how the program of the person does.
type teller struct {
	failed string // what was said of it last; empty: it did well
	going  bool   // it runs; what comes meanwhile waits
	queue  []telling.Notice
}

// tell tells the person of what is new in the time line, by the ways that were chosen.
func (a *App) tell(v changes.View) tea.Cmd {
	news := a.teller.Take(v, a.now)
	if len(news) == 0 {
		return nil
	}
	var sequence string
	if a.o.Notify.Bell {
		sequence = "\a"
	}
	title, body := telling.Together(news)
	sequence += telling.Sequence(a.o.Notify.Terminal, title, body)
	var cmds []tea.Cmd
	if sequence != "" {
		cmds = append(cmds, tea.Raw(sequence))
	}
	if a.o.Tell != nil && len(a.o.Notify.Command) > 0 {
		if over := len(news) - mostTold; over > 0 {
			rest := news[mostTold]
			rest.Title, rest.Body = telling.Together(news[mostTold:])
			news = append(news[:mostTold:mostTold], rest)
		}
		a.telling.queue = append(a.telling.queue, news...)
		if over := len(a.telling.queue) - 2*mostTold; over > 0 { // it is slower than what happens
			a.telling.queue = a.telling.queue[over:]
		}
		cmds = append(cmds, a.runTold())
	}
	return tea.Batch(cmds...)
}

// runTold runs the program for the next change that waits, one at a time.
func (a *App) runTold() tea.Cmd {
	t := &a.telling
	if t.going || len(t.queue) == 0 {
		return nil
	}
	t.going = true
	next := t.queue[0]
	t.queue = t.queue[1:]
	return func() tea.Msg { return told{a.o.Tell(a.ctx, next)} }
}

// heard goes on after the program has ended. That it cannot be told is said once, until it
// does well again.
func (a *App) heard(msg told) tea.Cmd {
	t := &a.telling
	t.going = false
	said := ""
	if msg.err != nil && a.ctx.Err() == nil {
		said = safe.Clean(msg.err.Error())
		if said != t.failed {
			notice := screen.Toast{Text: said + ". Changes are not told by it.", Trouble: true}
			a.addToast(notice)
			a.noteToast(notice)
		}
	}
	t.failed = said
	return a.runTold()
}

// titleCount is the count of what broke since the person looked, before the title of the
// window; empty where nobody wants it, or nothing did.
func (a *App) titleCount() string {
	if !a.o.Notify.Title || a.looks.view.Broke == 0 {
		return ""
	}
	return "(" + strconv.Itoa(a.looks.view.Broke) + ") "
}
