package activity

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
)

// Holds reports whether a request is among the entries.
func (s *Screen) Holds(o screen.Open) int {
	if o.Request.IsEmpty() || s.requests.entryOf(o.Request) < 0 {
		return 0
	}
	return 3
}

// OpenAt shows the entry of a request. A filter that hides it is dropped.
func (s *Screen) OpenAt(o screen.Open) (screen.Screen, tea.Cmd) {
	s.log = true
	s.requests.show(s.requests.entryOf(o.Request))
	return nil, nil
}

func (s *requestLog) show(i int) {
	e := s.entries[i]
	if s.filter.Only() && !e.Trouble() || !s.filter.Match(e.Field) {
		s.filter.Drop()
	}
	s.apply()
	s.table.Select(safe.New(strconv.FormatUint(e.Number, 10)))
}

// entryOf is the place of the newest entry with the id of a request, or with a number; -1
// for none.
func (s *requestLog) entryOf(request safe.Text) int {
	for i, e := range slices.Backward(s.entries) {
		if e.Kind != model.ActivityChange && (!e.Trace.IsEmpty() && e.Trace == request || strconv.FormatUint(e.Number, 10) == request.String()) {
			return i
		}
	}
	return -1
}
