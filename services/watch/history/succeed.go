package history

import (
	"errors"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	// succeedEvery is how often it is asked whether the other peerdeck has ended.
	succeedEvery = 30 * time.Second
	// sameMoment is how far apart two programs see one thing: they read at a pace of their
	// own.
	sameMoment = 5 * time.Minute
)

// succeed goes on with the history when the peerdeck that kept it has ended: what this one
// has seen and that one has not is added to it.
func (s *Store) succeed() error {
	if over := len(s.unsaved) - keepChanges; over > 0 {
		s.unsaved = s.unsaved[over:]
	}
	if s.watched.Sub(s.file.tried).Abs() < succeedEvery {
		return nil
	}
	s.file.tried = s.watched
	f := *s.file
	if err := f.take(); err != nil {
		if _, held := errors.AsType[keep.Busy](err); held {
			return nil
		}
		return err
	}
	kept, _, err := f.open()
	if err != nil {
		return err
	}
	for _, c := range s.unsaved {
		if !kept.has(c) {
			kept.keep(c, c.At)
		}
	}
	s.file, s.last, s.codes, s.recent, s.unsaved = &f, kept.last, kept.codes, kept.recent, kept.unsaved
	s.number, s.latest = kept.number, kept.latest
	// By the time alone: the numbers of this program were its own until now.
	s.mark.Number, s.from.Number = 0, 0
	if kept.mark.At.After(s.mark.At) {
		s.mark = kept.mark
	}
	s.edition++
	return s.Save()
}

// has reports whether a change that another program saw is known here.
func (s *Store) has(c model.Change) bool {
	if c.Lasts() {
		return s.last[c.Key()].To == c.To
	}
	for _, o := range slices.Backward(s.recent) {
		if c.At.Sub(o.At) > sameMoment {
			return false
		}
		if o.Key() == c.Key() && o.To == c.To && o.Domain == c.Domain && o.At.Sub(c.At).Abs() <= sameMoment {
			return true
		}
	}
	return false
}
