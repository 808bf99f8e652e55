package history

import (
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model"
)

// Of returns a history of changes, the oldest first, that is kept in memory only.
func Of(changes []model.Change) *Store {
	s := New()
	for _, c := range changes {
		if c.Event() {
			s.number = max(s.number+1, c.Number)
			c.Number, s.latest = s.number, c.At
		}
		s.take(c)
	}
	s.known(watchedFile{})
	return s
}

// Changes are what is known, the oldest first: [Of] makes the same history of them.
func (s *Store) Changes() []model.Change {
	inRecent := map[model.ChangeKey]model.Change{}
	for _, c := range s.recent {
		inRecent[c.Key()] = c
	}
	var out []model.Change
	for _, c := range slices.SortedFunc(maps.Values(s.last), func(a, b model.Change) int { return a.At.Compare(b.At) }) {
		if inRecent[c.Key()] != c {
			c.From, c.New, c.Base = model.Change{}.From, false, true // an old change, kept for its state alone
			out = append(out, c)
		}
	}
	return append(out, s.recent...)
}
