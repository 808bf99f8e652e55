// Package coming is the screen of a tab whose work comes with a later release:
// it says what will be there, when, and how to do the work until then.
package coming

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/ui/kit/action"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/screen"
	"peerdeck/ui/kit/theme"
)

// Plan is what a tab will be.
type Plan struct {
	Name    string
	Release string
	What    []string // what will be there, a sentence each
	Until   string   // how to do it until then
}

// Plans lists the tabs that are still to come, in the order of the tabs.
func Plans() map[string]Plan {
	return map[string]Plan{
		"Upstreams": {
			Name: "Upstreams", Release: "0.5",
			What: []string{
				"The gateway services of the control planes on a network.",
				"Whether each host lies in a peered address range or a mapped domain, and by which rule.",
			},
			Until: "On screen 1, d describes a network with its control planes.",
		},
	}
}

// Screen shows a plan.
type Screen struct {
	plan   Plan
	th     *theme.Theme
	width  int
	height int
}

// New returns the screen of a plan.
func New(plan Plan, th *theme.Theme) *Screen { return &Screen{plan: plan, th: th} }

// Name is the label of the tab.
func (s *Screen) Name() string { return s.plan.Name }

// Head is the second line of the frame.
func (s *Screen) Head() screen.Head {
	return screen.Head{Path: []string{s.plan.Name}, Counts: []string{"comes with release " + s.plan.Release}}
}

// Resize gives the room.
func (s *Screen) Resize(width, height int) { s.width, s.height = width, height }

// Theme changes the looks.
func (s *Screen) Theme(th *theme.Theme) { s.th = th }

// Receive has no use for a snapshot.
func (s *Screen) Receive(*model.Snapshot) {}

// Update does nothing.
func (s *Screen) Update(tea.Msg) tea.Cmd { return nil }

// Actions has none of its own.
func (s *Screen) Actions() []action.Action { return nil }

// Typing is never so here.
func (s *Screen) Typing() (bool, *tea.Cursor) { return false, nil }

// Looking names no network.
func (s *Screen) Looking() []safe.Text { return nil }

// View draws the plan.
func (s *Screen) View(time.Time) string {
	width := min(s.width-6, 84)
	var lines []string
	put := func(lead string, tone theme.Tone, text string) {
		for i, part := range cell.Wrap(text, width-len(lead), 4) {
			l := cell.NewLine(s.th, s.width).Space(3)
			if i == 0 {
				l.Put(theme.Muted, lead)
			}
			lines = append(lines, l.To(3+len(lead)).Put(tone, part).String())
		}
	}
	lines = append(lines, "")
	put("", theme.Strong, s.plan.Name+" comes with release "+s.plan.Release)
	lines = append(lines, "")
	for _, w := range s.plan.What {
		put("-  ", theme.Plain, w)
	}
	lines = append(lines, "")
	put("", theme.Muted, "Until then:")
	put("   ", theme.Plain, s.plan.Until)
	return strings.Join(lines[:min(len(lines), s.height)], "\n")
}
