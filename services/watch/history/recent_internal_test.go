package history

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
)

// Recent returns the last changes of states, the newest first.
func (s *Store) Recent(limit int) []model.Change {
	out := make([]model.Change, 0, min(limit, len(s.recent)))
	for _, c := range slices.Backward(s.recent) {
		if len(out) == limit {
			break
		}
		if c.Aspect.OfState() {
			out = append(out, c)
		}
	}
	return out
}
