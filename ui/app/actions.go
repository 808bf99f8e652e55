package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

const (
	groupGo    = "Go to"
	groupFrame = "Everywhere"
)

// Actions lists what can be done now: on the screen, and everywhere.
func (a *App) Actions() []action.Action {
	own := a.screen().Actions()
	taken := map[string]bool{}
	for _, act := range own {
		for _, k := range act.Keys {
			taken[k] = true
		}
	}
	list := own
	for _, act := range a.globalActions() {
		// A form needs tab for its fields: what a screen has goes before.
		// What has no key then is still found by its name.
		act.Keys = slices.DeleteFunc(act.Keys, func(k string) bool { return taken[k] })
		list = append(list, act)
	}
	return append(list, a.eachContext()...)
}

// globalActions lists what can be done everywhere.
func (a *App) globalActions() []action.Action {
	list := []action.Action{
		{ID: "app.refresh", Name: "refresh", Keys: []string{"r"}, Group: groupFrame, Footer: 8, Help: "Ask both clouds again now.", Run: func() tea.Cmd { return screen.Say(screen.Refresh{}) }},
		{ID: "app.palette", Name: "all actions", Keys: []string{":", "ctrl+p"}, Group: groupFrame, Footer: 9, Help: "Find an action by its name.", Run: func() tea.Cmd {
			a.open(dialog.NewPalette(a.th, a.Actions()))
			return nil
		}},
		{ID: "app.help", Name: "help", Keys: []string{"?", "f1"}, Group: groupFrame, Footer: 10, Help: "Show the keys of this screen.", Run: a.help},
		{ID: "app.mouse", Name: "mouse", Keys: []string{"m"}, Group: groupFrame, Help: "Turn the mouse off, to select text with it, or on.", Run: a.toggleMouse},
		{ID: "app.next", Name: "next tab", Keys: []string{"tab"}, Group: groupGo, Help: "Go to the next tab.", Run: func() tea.Cmd { return a.goTo((a.current + 1) % len(a.tabs)) }},
		{ID: "app.previous", Name: "previous tab", Keys: []string{"shift+tab"}, Group: groupGo, Help: "Go to the tab before.", Run: func() tea.Cmd { return a.goTo((a.current + len(a.tabs) - 1) % len(a.tabs)) }},
	}
	for i, t := range a.tabs {
		list = append(list, action.Action{
			ID: "app.tab" + strconv.Itoa(i+1), Name: t.stack[0].Name(), Keys: []string{strconv.Itoa(i + 1)}, Group: groupGo,
			Help: fmt.Sprintf("Go to %s.", t.stack[0].Name()), Run: func() tea.Cmd { return a.goTo(i) },
			More: a.networksFor(t),
		})
	}
	list = append(list, a.contextAction())
	for _, p := range a.o.Pages {
		list = append(list, action.Action{ID: "app.page." + p.Name, Name: p.Name, Keys: p.Keys, Group: groupGo, Help: p.Help, Run: func() tea.Cmd { return a.openPage(p) }})
	}
	return append(list,
		action.Action{ID: "app.suspend", Name: "suspend", Keys: []string{"ctrl+z"}, Group: groupFrame, Help: "Stop peerdeck until the shell's fg.", Why: a.o.NoSuspend, Run: func() tea.Cmd { return tea.Suspend }},
		action.Action{ID: "app.quit", Name: "quit", Keys: []string{"q", "ctrl+c"}, Group: groupFrame, Footer: 11, Help: "Leave peerdeck. It asks first when something would be lost.", Run: a.leave},
	)
}

// networksFor lists the networks that a tab can show by their names, for the palette; nil
// for a tab that shows no network.
func (a *App) networksFor(t *tab) func(words string) []action.Action {
	own, shows := t.stack[0].(screen.OfNetwork)
	if !shows {
		return nil
	}
	return func(words string) []action.Action {
		const most = 50
		var list []action.Action
		name := strings.ToLower(t.stack[0].Name())
		for _, n := range a.snapshot.Networks {
			if len(list) < most && strings.Contains(strings.ToLower(n.Name.String()), strings.ToLower(words)) {
				list = append(list, action.Action{
					ID: "app." + name + "." + n.ID.String(), Name: name + " " + n.Name.String(), Group: groupGo, Help: "Go to " + t.stack[0].Name() + " of " + n.Name.String() + ".",
					Run: func() tea.Cmd {
						return tea.Batch(own.OpenNetwork(n.ID), screen.Say(screen.GoTo{Tab: t.stack[0].Name(), Own: true}))
					},
				})
			}
		}
		return list
	}
}

// openPage shows a page above the present one. Where it is open already in this tab, it
// is shown again and not twice.
func (a *App) openPage(p screen.Page) tea.Cmd {
	page := p.Open(a.ctx, a.env, a.th)
	if a.screen().Name() == page.Name() {
		return nil
	}
	return screen.Say(screen.Push{Screen: page})
}

func (a *App) goTo(i int) tea.Cmd {
	var selected safe.Text
	if looking := a.screen().Looking(); len(looking) > 0 && i != a.current {
		selected = looking[0]
	}
	a.current = i
	var follow tea.Cmd
	if f, ok := a.screen().(screen.Follower); ok && !selected.IsEmpty() {
		follow = f.Follow(selected)
	}
	return tea.Batch(follow, a.visit())
}

// goToTab shows a tab by its name, for whoever has said already what it is to show.
func (a *App) goToTab(msg screen.GoTo) tea.Cmd {
	for i, t := range a.tabs {
		if t.stack[0].Name() != msg.Tab {
			continue
		}
		a.current = i
		if msg.Own {
			t.stack = t.stack[:1]
		}
		return tea.Batch(a.visit(), msg.Then)
	}
	return nil
}

// visit tells the present screen that its tab was gone to.
func (a *App) visit() tea.Cmd {
	if v, ok := a.screen().(screen.Visited); ok {
		return v.Visit()
	}
	return nil
}

func (a *App) toggleMouse() tea.Cmd {
	a.mouse = !a.mouse
	text := "The mouse is off: select text as in any terminal."
	if a.mouse {
		text = "The mouse is on: click to select, wheel to scroll."
	}
	a.addToast(screen.Toast{Text: text})
	return nil
}

// Reference lists every action of every screen, for docs/keys.md.
func (a *App) Reference() []action.Action {
	var list []action.Action
	seen := map[string]bool{}
	for i := range a.tabs {
		for _, act := range a.tabs[i].top().Actions() {
			if !seen[act.ID] {
				seen[act.ID] = true
				list = append(list, act)
			}
		}
	}
	return append(list, a.globalActions()...)
}
