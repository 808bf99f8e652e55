package app

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/action"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// way leads back from a place that a person was led to, such as the row of a finding, to
// where the person was.
type way struct {
	from, to int             // the tabs
	parked   []screen.Screen // what the tab that was led to showed before
	depth    int             // how many screens stood there when it was reached
}

// mostWays bounds how many ways back are kept.
const mostWays = 20

// lead shows a tab, or a page in it, because it is the place of something that the person
// asked for elsewhere.
func (a *App) lead(to int, own bool, page screen.Screen) tea.Cmd {
	t := a.tabs[to]
	w := way{from: a.current, to: to, parked: slices.Clone(t.stack)}
	moved := to != a.current || own && len(t.stack) > 1 || page != nil
	a.current = to
	if own {
		t.stack = t.stack[:1:1]
	}
	cmd := a.visit()
	if page != nil {
		cmd = tea.Batch(cmd, a.push(page))
	}
	w.depth = len(t.stack)
	if moved {
		a.ways = append(a.ways[max(0, len(a.ways)-mostWays+1):], w)
	}
	return cmd
}

// noWay says why esc does not lead back from what is shown.
func (a *App) noWay() string {
	if n := len(a.ways); n == 0 || a.ways[n-1].to != a.current || a.ways[n-1].depth != len(a.tabs[a.current].stack) {
		return "nothing has led here"
	}
	return ""
}

// goBack shows again what was shown before the person was led here.
func (a *App) goBack() tea.Cmd {
	w := a.ways[len(a.ways)-1]
	a.ways = a.ways[:len(a.ways)-1]
	a.tabs[w.to].stack = w.parked
	a.current = w.from
	if w.from == w.to {
		return nil
	}
	return a.visit()
}

// backID is the id of the action that leads back.
const backID = "app.back"

// backAction leads back to where the person was, where esc has nothing else to do.
func (a *App) backAction() action.Action {
	return action.Action{
		ID: backID, Name: "back", Keys: []string{"esc"}, Group: groupGo, Footer: 8, Help: "Go back to where you were before you were led here.",
		Why: a.noWay, Run: a.goBack,
	}
}

// eachParked calls f for the pages that a way leads back to and that no tab holds now: what
// happens meanwhile is for them too.
func (a *App) eachParked(f func(screen.Screen)) {
	for i, w := range a.ways {
		for _, s := range w.parked {
			held := func(v way) bool { return slices.Contains(v.parked, s) }
			if !slices.Contains(a.tabs[w.to].stack, s) && !slices.ContainsFunc(a.ways[:i], held) {
				f(s)
			}
		}
	}
}
