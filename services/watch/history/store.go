// Package history remembers which state each object had and what was wrong with it, and
// when that changed. It survives a restart, so that "since when" and "what changed" have an
// answer in the morning too.
package history

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// keepChanges is the number of changes that are kept, besides the last state of each
// object: months of a quiet organization, weeks of a busy one.
const keepChanges = 10_000

// Store is a history. It belongs to one goroutine.
type Store struct {
	file     *file // nil when it is kept in memory only
	last     map[model.ChangeKey]model.Change
	codes    map[model.ChangeKey][]finding.Code // of the findings that are known in a group
	recent   []model.Change                     // true changes, the oldest first
	seen     map[thing]seen
	kept     bool                         // an earlier session has kept findings
	awaited  map[safe.Text][]model.Change // of earlier sessions, by network: what has not been seen again
	unsaved  []model.Change
	number   uint64       // of the last change
	latest   time.Time    // when the last one was kept
	watched  time.Time    // until when somebody watched; zero: nobody has
	mark     changes.Mark // when the person was last here
	from     changes.Mark // from which on changes are new: the mark before they came
	session  changes.Mark // when this watching began
	here     bool         // the person is here
	lookedAt time.Time    // when the mark was written down
	edition  uint64       // rises with each change and each look
}

// New returns a history that is kept in memory only.
func New() *Store {
	return &Store{
		last: map[model.ChangeKey]model.Change{}, codes: map[model.ChangeKey][]finding.Code{}, seen: map[thing]seen{},
	}
}

// Observe compares states with what is known and returns those that changed.
// An object that is seen for the first time has not changed, unless it is marked
// as new.
func (s *Store) Observe(states []model.Change, now time.Time) []model.Change {
	var changed []model.Change
	for _, c := range states {
		key := c.Key()
		was, known := s.last[key]
		first := s.check(c)
		if known && was.To == c.To {
			continue
		}
		c.At = now
		if known {
			c.From, c.New = was.To, false
			c.Gap = first // it was already so when peerdeck came back
		}
		c = s.keep(c, now)
		if c.Event() {
			changed = append(changed, c)
		}
	}
	return changed
}

// keep takes a change in, as the last one of its key and, where something happened, as the
// newest of the time line. It returns it with its number.
func (s *Store) keep(c model.Change, now time.Time) model.Change {
	if c.New {
		s.exists(thingOf(c), false)
	}
	if c.Event() {
		s.noticeClock(now.Round(0)) // what a clock shows, which it may be set back to
		s.number++
		c.Number = s.number
	}
	s.take(c)
	s.unsaved = append(s.unsaved, c)
	s.edition++
	if over := len(s.recent) - keepChanges - keepChanges/2; over > 0 {
		s.trim()
	}
	return c
}

// clockSlack is what the clock of a machine may be put right by without a word.
const clockSlack = time.Minute

// noticeClock makes a change of it that the clock was set back: the moments beside the
// changes before and after it do not follow each other.
func (s *Store) noticeClock(now time.Time) {
	was := s.latest
	s.latest = now
	if was.Sub(now) <= clockSlack {
		return
	}
	s.number++
	c := model.Change{At: now, Aspect: model.AspectClock, Since: was, Number: s.number}
	s.take(c)
	s.unsaved = append(s.unsaved, c)
}

// Gone notes that an object of a network is no longer there.
func (s *Store) Gone(c model.Change, now time.Time) model.Change {
	c.At, c.From, c.To = now, c.To, safe.Text{}
	s.drop(func(key model.ChangeKey) bool { return key.Network == c.Network && key.Object == c.Object })
	return s.keep(c, now)
}

// Sight returns when the present state of an object was first seen, and whether it was
// seen to begin then. One that was there when somebody first looked, or that came while
// nobody watched, may be older. It is the zero value when the object was never seen.
func (s *Store) Sight(key model.ChangeKey) model.Sight {
	c := s.last[key]
	return model.Sight{At: c.At, Began: c.Event() && !c.Gap}
}

// Forget drops what is known of a network that is gone.
func (s *Store) Forget(network safe.Text) {
	s.drop(func(key model.ChangeKey) bool { return key.Network == network })
}

func (s *Store) drop(which func(model.ChangeKey) bool) {
	for key := range s.last {
		if which(key) {
			delete(s.last, key)
		}
	}
	for t := range s.seen {
		if which(model.ChangeKey{Network: t.network, Object: t.object}) {
			delete(s.seen, t)
		}
	}
	for key := range s.codes {
		if which(key) {
			delete(s.codes, key)
		}
	}
}
