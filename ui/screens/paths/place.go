package paths

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Holds reports whether a finding is about the way of a service, the way back, or what lets
// somebody in from outside.
func (s *Screen) Holds(o screen.Open) int {
	if _, err := s.snapshot.Find(o.Network); err != nil {
		return 0
	}
	e, known := finding.Lookup(o.Code.String())
	if !known || e.Subject != finding.OfPath && e.Subject != finding.OfBack && e.Subject != finding.OfEntry {
		return 0
	}
	return 2
}

// OpenAt shows the paths of the network; the subnets, where it is about the way back.
func (s *Screen) OpenAt(o screen.Open) (screen.Screen, tea.Cmd) {
	n, err := s.snapshot.Find(o.Network)
	if err != nil {
		return nil, nil
	}
	if e, _ := finding.Lookup(o.Code.String()); e.Subject == finding.OfBack {
		s.ways = true
		s.arrange()
	}
	return nil, s.show(n.ID)
}
