package history

import (
	"encoding/json"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
)

const (
	// gapAfter is how long nobody may watch until that is a gap in the time line: longer
	// than a restart, and than the slowest pace of reading.
	gapAfter = 10 * time.Minute
	// lookedEvery is how often it is written down that the person goes on looking.
	lookedEvery = 30 * time.Second
	// watchedEvery is how often it is written down that somebody watches.
	watchedEvery = 2 * time.Minute
)

// watchedFile is what is kept beside the changes, in a small file of its own that each
// writer replaces whole.
type watchedFile struct {
	Version int       `json:"version"`          // the form
	Watched time.Time `json:"watched,omitzero"` // until when somebody watched
	Looked  time.Time `json:"looked,omitzero"`  // when the person last looked
	Number  uint64    `json:"number,omitempty"` // of the last change then
}

// Watched notes that somebody watches at a time. After a time in which nobody did, that is
// a change too, and what is found other is marked as having happened in it.
func (s *Store) Watched(now time.Time) {
	now = now.Round(0) // a machine that sleeps stops the other clock
	began := s.watched
	switch {
	case began.IsZero():
		s.keep(model.Change{At: now, Aspect: model.AspectWatch}, now)
	case now.Sub(began) >= gapAfter:
		s.look()
		s.keep(model.Change{At: now, Aspect: model.AspectWatch, Since: began}, now)
	}
	if s.session.At.IsZero() {
		s.session = changes.Mark{At: now, Number: s.number}
	}
	s.watched = now
	if s.file != nil && now.Sub(s.file.watched).Abs() >= watchedEvery {
		s.saveWatched()
	}
}

// idleAfter is how long a person may do nothing and still look: after that they were away,
// and what came meanwhile is new to them.
const idleAfter = 5 * time.Minute

// Look notes that the person does something with the time line before them, or (not here)
// that it is before them no longer. What is new stays so as long as they are here, and
// counts from when they were here last.
func (s *Store) Look(here bool, now time.Time) {
	now = now.Round(0)
	began := here && (!s.here || now.Sub(s.mark.At) >= idleAfter)
	if began {
		s.from = s.mark
		s.edition++
	}
	s.here = here
	fresh := changes.Mark{At: now, Number: s.number}
	kept := s.mark
	s.mark = fresh
	if !here {
		s.from = fresh
		s.edition++
	}
	if began || !here || fresh.Number != kept.Number || now.Sub(s.lookedAt).Abs() >= lookedEvery {
		s.lookedAt = now
		s.saveWatched()
	}
}

// View is the time line as it stands.
func (s *Store) View() changes.View {
	from := s.from
	first := from.At.IsZero()
	if first {
		from = s.session
	}
	v := changes.Make(s.recent, from)
	v.First = first
	v.Reader = s.file != nil && s.file.lock == nil
	if len(s.recent) > 0 && s.recent[0].Number > 1 {
		v.Older = int(min(s.recent[0].Number-1, 1<<30))
	}
	return v
}

// Edition rises with each change and each look: the same edition has the same view.
func (s *Store) Edition() uint64 { return s.edition }

// saveWatched writes the small file. Nothing depends on it that could not be seen again,
// so one that cannot be written is written the next time.
func (s *Store) saveWatched() {
	if s.file == nil {
		return
	}
	w := watchedFile{Version: form, Watched: s.watched, Looked: s.mark.At, Number: s.mark.Number}
	if s.file.lock == nil {
		// The numbers are those of the peerdeck that keeps the changes, and so is the time
		// until which it watched.
		kept := s.file.readWatched()
		w.Watched, w.Number = kept.Watched, 0
	}
	data, err := json.Marshal(w)
	if err == nil {
		err = s.file.beside().Put(s.file.watchedName(), data)
	}
	if err == nil {
		s.file.watched = s.watched
	}
}

// readWatched reads the small file; nothing is known where there is none, or it is damaged, or
// a newer program's.
func (f *file) readWatched() watchedFile {
	var w watchedFile
	data, err := f.beside().Get(f.watchedName())
	if err != nil || json.Unmarshal(data, &w) != nil {
		return watchedFile{}
	}
	return w
}
