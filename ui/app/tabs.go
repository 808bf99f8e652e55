package app

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// push shows a page above the present one.
func (a *App) push(page screen.Screen) tea.Cmd {
	page.Theme(a.th)
	page.Receive(a.snapshot)
	t := a.tabs[a.current]
	t.stack = append(t.stack, page)
	a.resize()
	if a.looks.known {
		page.Update(screen.Changes{View: a.looks.view})
	}
	if starter, ok := page.(screen.Starter); ok {
		return starter.Start()
	}
	return nil
}

// pop shows the page below, or what was shown before the person was led here.
func (a *App) pop() tea.Cmd {
	if a.noWay() == "" {
		return a.goBack()
	}
	if t := a.tabs[a.current]; len(t.stack) > 1 {
		t.stack = t.stack[:len(t.stack)-1]
	}
	return nil
}

// goTo shows a tab that the person has chosen: from there no way leads back.
func (a *App) goTo(i int) tea.Cmd {
	var selected safe.Text
	if i != a.current {
		selected = a.lookedAt()
	}
	a.current, a.ways = i, nil
	var follow tea.Cmd
	if f, ok := a.screen().(screen.Follower); ok && !selected.IsEmpty() {
		follow = f.Follow(selected)
	}
	return tea.Batch(follow, a.visit())
}

// goToTab shows a tab by its name, for whoever has said already what it is to show.
func (a *App) goToTab(msg screen.GoTo) tea.Cmd {
	for i, t := range a.tabs {
		if t.stack[0].Name() == msg.Tab {
			return tea.Batch(a.lead(i, msg.Own, msg.Page), msg.Then)
		}
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

// lookedAt is the network that is selected on the screen, empty for none.
func (a *App) lookedAt() safe.Text {
	if looking := a.screen().Looking(); len(looking) > 0 {
		return looking[0]
	}
	return safe.Text{}
}
