package paths

import (
	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// mendable is the request that mends the first finding of the row that a known sequence
// mends.
func (s *Screen) mendable() (setup.Request, bool) {
	n := s.network()
	for _, f := range s.selectedFindings() {
		if r, can := setup.MendFor(n, f.Next); can {
			return r, true
		}
	}
	return setup.Request{}, false
}

// noMend says why the key that mends has nothing to do.
func (s *Screen) noMend() string {
	if why := s.noRow(); why != "" {
		return why
	}
	_, can := s.mendable()
	switch {
	case !can:
		return "no known sequence of requests mends this"
	case s.env.ReadOnly:
		return "this is the read-only mode"
	default:
		return ""
	}
}

func (s *Screen) mend() tea.Cmd {
	r, can := s.mendable()
	if !can {
		return nil
	}
	return screen.Say(screen.Mend{Request: r})
}
