package paths

import (
	tea "charm.land/bubbletea/v2"

	"peerdeck/ui/kit/action"
)

const (
	groupList  = "Paths"
	groupPages = "Behind the paths"
)

// Actions lists what can be done here.
func (s *Screen) Actions() []action.Action {
	return append(s.pageActions(), s.listActions()...)
}

func (s *Screen) listActions() []action.Action {
	return []action.Action{
		{ID: "paths.network", Name: "network", Keys: []string{"o"}, Group: groupList, Footer: 7, Help: "Show the paths of another network.", Why: s.noNetworks, Run: s.pickNetwork},
		{ID: "paths.nextnetwork", Name: "next network", Keys: []string{"]"}, Group: groupList, Help: "Show the paths of the next network.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(1) }},
		{ID: "paths.previousnetwork", Name: "network before", Keys: []string{"["}, Group: groupList, Help: "Show the paths of the network before.", Why: s.noNetworks, Run: func() tea.Cmd { return s.step(-1) }},
	}
}

func (s *Screen) noNetworks() string {
	if len(s.snapshot.Networks) == 0 {
		return "there is no network"
	}
	return ""
}

func (s *Screen) noNetwork() string {
	if s.network() == nil {
		return "there is no network"
	}
	return ""
}
