package app

import (
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/dialog"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

const (
	groupGo    = "Go to"
	groupFrame = "Everywhere"
)

// Actions lists what can be done now: on the screen, and everywhere. The list is the
// caller's.
func (a *App) Actions() []action.Action { return slices.Clone(a.present()) }

// offer is the list of all actions, and what it was made of.
type offer struct {
	own  []action.Action // of the screen
	led  [2]bool         // the screen does something with these keys
	back bool            // a way leads back
	list []action.Action
}

// leading are the keys that lead on where a screen has nothing to do with them: esc leads
// back where there is nothing to drop, and t asks for a name where no row has one.
func leading() [2]string { return [...]string{"esc", "t"} }

// present lists what can be done now. It is made anew when the screen has other actions
// than before, or does something else with a key that leads; nobody changes it.
func (a *App) present() []action.Action {
	o := offer{own: a.screen().Actions(), back: a.noWay() == ""}
	for i, key := range leading() {
		act, has := action.ForKey(o.own, key)
		o.led[i] = has && act.Disabled() == ""
	}
	if was := &a.offer; was.list != nil && same(o.own, was.own) && o.led == was.led && o.back == was.back {
		return was.list
	}
	o.list = a.together(o)
	a.offer = o
	return o.list
}

// same reports whether two lists are one.
func same(one, other []action.Action) bool {
	return len(one) == len(other) && len(one) > 0 && &one[0] == &other[0]
}

// together makes the list of what the screen has and what can be done everywhere.
func (a *App) together(o offer) []action.Action {
	taken, leads := map[string]bool{}, leading()
	for _, act := range o.own {
		for _, k := range act.Keys {
			i := slices.Index(leads[:], k)
			taken[k] = i < 0 || o.led[i]
		}
	}
	if a.everywhere == nil {
		a.everywhere = a.globalActions()
	}
	list := slices.Clone(o.own)
	for _, act := range a.everywhere {
		// A form needs tab for its fields: what a screen has goes before.
		// What has no key then is still found by its name.
		act.Keys = slices.DeleteFunc(slices.Clone(act.Keys), func(k string) bool { return taken[k] })
		if act.ID == backID && (len(act.Keys) == 0 || !o.back) {
			continue // esc does something else here
		}
		list = append(list, act)
	}
	return append(list, a.eachContext()...)
}

// globalActions lists what can be done everywhere.
func (a *App) globalActions() []action.Action {
	list := []action.Action{
		{ID: "app.refresh", Name: "refresh", Keys: []string{"r"}, Group: groupFrame, Footer: 8, Help: "Ask both clouds again now.", Run: func() tea.Cmd { return screen.Say(screen.Refresh{}) }},
		{ID: "app.words", Name: "command", Keys: []string{":", "ctrl+p"}, Group: groupFrame, Footer: 9, Help: "Type a command: a screen and what it is to show (dns eu-prod), trace and a name, context, q, or any action by its name.", Run: func() tea.Cmd {
			a.open(dialog.NewWords(a.th, a.commands(), a.past()))
			return nil
		}},
		{ID: "app.help", Name: "help", Keys: []string{"?", "f1"}, Group: groupFrame, Footer: 10, Help: "Show the help of this screen.", Run: a.help},
		{ID: "app.mouse", Name: "mouse", Keys: []string{"m"}, Group: groupFrame, Help: "Turn the mouse off, to select text with it, or on.", Run: a.toggleMouse},
		{ID: "app.next", Name: "next tab", Keys: []string{"tab"}, Group: groupGo, Help: "Go to the next tab.", Run: func() tea.Cmd { return a.goTo((a.current + 1) % len(a.tabs)) }},
		{ID: "app.previous", Name: "previous tab", Keys: []string{"shift+tab"}, Group: groupGo, Help: "Go to the tab before.", Run: func() tea.Cmd { return a.goTo((a.current + len(a.tabs) - 1) % len(a.tabs)) }},
	}
	for i, t := range a.tabs {
		list = append(list, action.Action{
			ID: "app.tab" + strconv.Itoa(i+1), Name: t.stack[0].Name(), Keys: []string{strconv.Itoa(i + 1)}, Group: groupGo,
			Help: fmt.Sprintf("Go to %s.", t.stack[0].Name()), Run: func() tea.Cmd { return a.goTo(i) },
			Words: wordsOf(t.stack[0].Name()), More: a.networksFor(t),
		})
	}
	list = append(list, a.backAction())
	for _, t := range a.tabs {
		if e, is := t.stack[0].(screen.Everywhere); is {
			list = append(list, e.Everywhere(a.lookedAt)...)
		}
	}
	list = append(list, a.contextAction())
	for _, p := range a.o.Pages {
		list = append(list, action.Action{ID: "app.page." + p.Name, Name: p.Name, Keys: p.Keys, Group: groupGo, Help: p.Help, Run: func() tea.Cmd { return a.openPage(p) }})
	}
	return append(list,
		action.Action{ID: "app.suspend", Name: "suspend", Keys: []string{"ctrl+z"}, Group: groupFrame, Help: "Stop peerdeck until the shell's fg.", Why: a.o.NoSuspend, Run: func() tea.Cmd { return suspend(a.ctx) }},
		action.Action{ID: "app.quit", Name: "quit", Words: []string{"q", "quit!"}, Keys: []string{"q", "ctrl+c"}, Group: groupFrame, Footer: 11, Help: "Leave peerdeck. It asks first when something would be lost.", Run: a.leave},
	)
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
