// Package looks keeps how a person has arranged the screens: orders, and how much room
// the lists get.
package looks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model/look"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	fileName = "looks.json"
	lockName = "looks"
	maxFile  = 1 << 20 // it is some hundred bytes
)

// Store keeps the looks of the screens in one file of a folder, by the names of the
// screens. Without a folder they last as long as the program. It is safe for use by many
// goroutines.
type Store struct {
	folder keep.Folder
	locks  *keep.Locks

	mu      sync.Mutex
	looks   map[string]look.Look
	changed map[string]bool // since the last Save

	saving sync.Mutex // one Save after the other
}

// Open reads the looks from a folder; an empty one keeps nothing. What cannot be read is
// set aside when the next look is kept, and the note says what is wrong: no screen is
// worth less for it.
func Open(dir string) (s *Store, notes []string) {
	s = &Store{folder: keep.Folder{Dir: dir, Limit: maxFile, Form: version}, locks: keep.NewLocks(keep.Disk{}, dir), looks: map[string]look.Look{}, changed: map[string]bool{}}
	if dir == "" {
		return s, nil
	}
	file, err := s.read()
	if err != nil {
		return s, []string{fmt.Sprintf("how the screens were arranged cannot be read from %s: %v; they are as at the start", s.folder.Where(fileName), keep.Reason(err))}
	}
	for name, raw := range file.Screens {
		var l look.Look
		if json.Unmarshal(raw, &l) != nil {
			notes = append(notes, fmt.Sprintf("how the screen %q was arranged cannot be read from %s; it is as at the start", name, s.folder.Where(fileName)))
			continue
		}
		s.looks[name] = l.Sane()
	}
	return s, notes
}

// wire is the file. Looks of screens that this program does not know stay as they are.
type wire struct {
	Version int                        `json:"version"`
	Screens map[string]json.RawMessage `json:"screens"`
}

const version = 1

// read returns the file; an empty one where there is none.
func (s *Store) read() (wire, error) {
	data, err := s.folder.Get(fileName)
	if errors.Is(err, fs.ErrNotExist) {
		return wire{}, nil
	}
	if err != nil {
		return wire{}, err
	}
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return wire{}, fmt.Errorf("it is no JSON of peerdeck's: %w", err)
	}
	return w, nil
}

// Of returns the look of a screen, as it was arranged last.
func (s *Store) Of(screen string) look.Look {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.looks[screen]
}

// Set gives a screen another look, at once. Save keeps it.
func (s *Store) Set(screen string, l look.Look) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks[screen], s.changed[screen] = l.Sane(), true
}

// Save writes what was set since the last time, and waits for the disk. What another
// program has kept of other screens meanwhile stays.
func (s *Store) Save(ctx context.Context) error {
	if s.folder.Dir == "" {
		return nil
	}
	s.saving.Lock()
	defer s.saving.Unlock()
	s.mu.Lock()
	fresh := map[string]look.Look{}
	for name := range s.changed {
		fresh[name] = s.looks[name]
	}
	clear(s.changed)
	s.mu.Unlock()
	if len(fresh) == 0 {
		return nil
	}
	if err := s.write(ctx, fresh); err != nil {
		s.mu.Lock()
		for name := range fresh {
			s.changed[name] = true // with the next one, perhaps
		}
		s.mu.Unlock()
		return fmt.Errorf("how the screens are arranged cannot be kept in %s: %w", s.folder.Where(fileName), keep.Reason(err))
	}
	return nil
}

func (s *Store) write(ctx context.Context, fresh map[string]look.Look) error {
	release, err := s.locks.Lock(ctx, lockName)
	if err != nil {
		return err
	}
	defer release()
	w, err := s.read()
	if errors.As(err, new(keep.Newer)) {
		return err
	}
	if err != nil {
		if _, err := s.folder.Aside(fileName, time.Now()); err != nil {
			return err
		}
	}
	screens := map[string]json.RawMessage{}
	maps.Copy(screens, w.Screens)
	for name, l := range fresh {
		raw, err := json.Marshal(l)
		if err != nil {
			return err
		}
		screens[name] = raw
	}
	data, err := json.MarshalIndent(wire{version, screens}, "", "  ")
	if err != nil {
		return err
	}
	return s.folder.Put(fileName, append(data, '\n'))
}
