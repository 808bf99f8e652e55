package app

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// commands lists what can be typed behind a colon: the words that take another behind them,
// then every action by its name.
func (a *App) commands() []action.Action {
	list := []action.Action{
		{ID: "words.net", Name: "network", Words: []string{"net", "network"}, Group: groupGo, Help: "Go to a network by its name or id: net us-west.", More: a.networksBy("net", func(n *model.NetworkStatus) tea.Cmd {
			return screen.Say(screen.Open{Network: n.ID})
		})},
		{ID: "words.trace", Name: "trace a name", Words: []string{"trace"}, Group: groupGo, Help: "Look into a name, a URL or a host with its port: trace orders.example.org.", More: a.traceOf},
	}
	return append(list, a.Actions()...)
}

// past keeps the commands where the looks of the screens are kept.
func (a *App) past() *pastCommands { return &pastCommands{a} }

type pastCommands struct{ app *App }

// wordsLook is the name under which the commands are kept.
const wordsLook = "command"

// Typed lists the commands that were typed before, the newest last.
func (p *pastCommands) Typed() []string {
	if p.app.env.Looks == nil {
		return p.app.typed.Commands()
	}
	return p.app.env.Look(wordsLook).Commands()
}

// Remember adds one.
func (p *pastCommands) Remember(command string) tea.Cmd {
	a := p.app
	a.typed = a.typed.With(command)
	return a.env.Arrange(a.ctx, wordsLook, a.env.Look(wordsLook).With(command))
}

// wordsOf are the words by which a tab is called.
func wordsOf(tab string) []string {
	name := strings.ToLower(tab)
	words := []string{name}
	if plain := strings.ReplaceAll(name, "-", ""); plain != name {
		words = append(words, plain)
	}
	if name == "activity" {
		words = append(words, "changes", "requests")
	}
	return words
}

// networksBy lists the networks whose names or ids hold the words, each as an action.
func (a *App) networksBy(word string, show func(*model.NetworkStatus) tea.Cmd) func(words string) []action.Action {
	return func(words string) []action.Action {
		const most = 50
		var list []action.Action
		words = strings.ToLower(words)
		for _, n := range a.snapshot.Networks {
			name := n.Name.Or(n.ID.String()).String()
			if strings.Contains(strings.ToLower(name), words) || words != "" && strings.Contains(strings.ToLower(n.ID.String()), words) {
				list = append(list, action.Action{
					ID: "words." + word + "." + n.ID.String(), Name: word + " " + name, Group: groupGo, Help: n.Finding.Severity.String() + ": " + n.Finding.Cause,
					Run: func() tea.Cmd { return show(n) },
				})
			}
		}
		slices.SortStableFunc(list, func(x, y action.Action) int { return len(x.Name) - len(y.Name) })
		return list[:min(most, len(list))]
	}
}

// networksFor lists the networks that a tab can show by their names; nil for a tab that
// shows no network.
func (a *App) networksFor(t *tab) func(words string) []action.Action {
	own, shows := t.stack[0].(screen.OfNetwork)
	if !shows {
		return nil
	}
	return a.networksBy(strings.ToLower(t.stack[0].Name()), func(n *model.NetworkStatus) tea.Cmd {
		return tea.Batch(own.OpenNetwork(n.ID), screen.Say(screen.GoTo{Tab: t.stack[0].Name(), Own: true}))
	})
}

// traceOf is the trace of a name that was typed: on the network whose row it falls under by
// the longest domain, or else on the one that is selected.
func (a *App) traceOf(words string) []action.Action {
	if words == "" {
		return nil
	}
	q := dnstrace.Read(words)
	networks := make([]safe.Text, 0, 1)
	for _, m := range dnstrace.Mapped(q.Name, a.snapshot.Networks) {
		networks = append(networks, m.Network.ID)
	}
	if looking := a.screen().Looking(); len(networks) == 0 && len(looking) > 0 {
		networks = looking[:1]
	}
	var list []action.Action
	for _, id := range networks {
		n, err := a.snapshot.Find(id)
		if err != nil {
			continue
		}
		help := "Look into it on " + n.Name.Or(n.ID.String()).String() + "."
		list = append(list, action.Action{
			ID: "words.trace." + n.ID.String(), Name: "trace " + safe.Clean(words), Group: groupGo, Help: help,
			Why: func() string { return q.Problem },
			Run: func() tea.Cmd { return screen.Say(screen.Trace{Network: n.ID, Name: safe.New(words)}) },
		})
	}
	return list
}

// about says what the screen is for, above its keys in the help.
func (a *App) about() []string {
	if h, tells := a.screen().(screen.Helper); tells {
		return h.About()
	}
	return nil
}
