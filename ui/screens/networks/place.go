package networks

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Holds reports whether the list has a network or a peering. What another screen shows
// nearer, such as a row of its mapping table, that screen claims with more.
func (s *Screen) Holds(o screen.Open) int {
	if n, _ := s.snapshot.FindPeering(o.Network, o.Peering); n == nil {
		return 0
	}
	return 1
}

// OpenAt shows the page of a network, with the peering that is asked for. The list below it
// stands on the network too.
func (s *Screen) OpenAt(o screen.Open) (screen.Screen, tea.Cmd) {
	n, p := s.snapshot.FindPeering(o.Network, o.Peering)
	s.table.Select(n.ID)
	s.chosen = true
	s.follow()
	page := NewPage(s.env, s.th, n.ID)
	if p != nil {
		page.peering = p.ID
	}
	return page, nil
}
