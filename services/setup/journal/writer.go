package journal

import (
	"fmt"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Writer is the journal of one run, to be added to. One goroutine at a time uses it. It
// holds nothing open.
type Writer struct {
	store *Store
	id    string
	path  string
	log   *keep.Log // nil in memory
}

// Open opens the journal of a run, or begins it. A last line that a crash has torn, and
// lines that make no sense, are set aside beside it, so that what follows stands on lines
// of its own.
func (s *Store) Open(id string) (*Writer, error) {
	w := &Writer{store: s, id: id}
	if s.dir == "" {
		return w, nil
	}
	var err error
	if w.path, err = s.path(id); err != nil {
		return nil, err
	}
	if err := s.disk.MakeFolder(s.dir); err != nil {
		return nil, fmt.Errorf("the journal cannot be kept in %s: %w; nothing is written without it", s.dir, err)
	}
	understood := func(line []byte) error {
		_, err := entryOf(line)
		return err
	}
	if w.log, _, err = s.disk.OpenLog(w.path, limits(), understood); err != nil {
		return nil, fmt.Errorf("the journal %s cannot be opened: %w; nothing is written without it", w.path, keep.Reason(err))
	}
	return w, nil
}

// Append puts an entry on the disk and returns when it is there. After a failure the
// next call first takes away what there is of the failed line.
func (w *Writer) Append(e Entry) error {
	if e.Kind == Begin {
		e.Context = w.store.in
	}
	if w.log == nil {
		w.store.mu.Lock()
		defer w.store.mu.Unlock()
		w.store.memory[w.id] = append(w.store.memory[w.id], e)
		return nil
	}
	if err := w.log.Append(e); err != nil {
		return fmt.Errorf("the journal %s cannot be written: %w", w.path, keep.Reason(err))
	}
	return nil
}
