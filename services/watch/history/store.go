// Package history remembers which state each object had and when it changed. It
// survives a restart, so that "since when" has an answer in the morning too.
package history

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// keepChanges is the number of changes that are kept, besides the last state of each
// object: some weeks of a busy organization.
const keepChanges = 2000

// Store is a history. It belongs to one goroutine.
type Store struct {
	file    *file // nil when it is kept in memory only
	last    map[model.ChangeKey]model.Change
	recent  []model.Change // true changes, the oldest first
	checked map[model.ChangeKey]bool
	unsaved []model.Change
}

// New returns a history that is kept in memory only.
func New() *Store {
	return &Store{last: map[model.ChangeKey]model.Change{}, checked: map[model.ChangeKey]bool{}}
}

// Observe compares states with what is known and returns those that changed.
// An object that is seen for the first time has not changed, unless it is marked
// as new.
func (s *Store) Observe(states []model.Change, now time.Time) []model.Change {
	var changed []model.Change
	for _, c := range states {
		key := c.Key()
		was, known := s.last[key]
		first := !s.checked[key]
		s.checked[key] = true
		if known && was.To == c.To {
			continue
		}
		c.At = now
		if known {
			c.From, c.New = was.To, false
			c.Gap = first // it was already so when peerdeck came back
		}
		if c.Event() {
			changed = append(changed, c)
			s.recent = append(s.recent, c)
		}
		s.last[key] = c
		s.unsaved = append(s.unsaved, c)
	}
	if over := len(s.recent) - 2*keepChanges; over > 0 {
		s.recent = slices.Clone(s.recent[len(s.recent)-keepChanges:])
	}
	return changed
}

// Gone notes that an object of a network is no longer there.
func (s *Store) Gone(c model.Change, now time.Time) model.Change {
	c.At, c.From, c.To = now, c.To, safe.Text{}
	for key := range s.last {
		if key.Network == c.Network && key.Object == c.Object {
			delete(s.last, key)
			delete(s.checked, key)
		}
	}
	s.recent = append(s.recent, c)
	s.unsaved = append(s.unsaved, c)
	return c
}

// Sight returns when the present state of an object was first seen, and whether it was
// seen to begin then. One that was there when somebody first looked, or that came while
// nobody watched, may be older. It is the zero value when the object was never seen.
func (s *Store) Sight(key model.ChangeKey) model.Sight {
	c := s.last[key]
	return model.Sight{At: c.At, Began: c.Event() && !c.Gap}
}

// Recent returns the last changes, the newest first.
func (s *Store) Recent(limit int) []model.Change {
	n := min(limit, len(s.recent))
	out := make([]model.Change, n)
	for i := range n {
		out[i] = s.recent[len(s.recent)-1-i]
	}
	return out
}

// Forget drops what is known of a network that is gone.
func (s *Store) Forget(network safe.Text) {
	for key := range s.last {
		if key.Network == network {
			delete(s.last, key)
			delete(s.checked, key)
		}
	}
}
