package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// Book is the journal of one run, open for writing. One goroutine at a time uses
// it.
type Book struct {
	store  *Store
	id     string
	file   *os.File // nil in memory
	size   int64    // of its whole lines
	failed error
}

// Open opens the journal of a run, or begins it. A last line that a crash has torn
// is cut off, so that what follows stands on lines of its own.
func (s *Store) Open(id string) (*Book, error) {
	b := &Book{store: s, id: id}
	if s.dir == "" {
		return b, nil
	}
	path, err := s.path(id)
	if err != nil {
		return nil, err
	}
	if err := s.makeDir(); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the journal cannot be opened: %w; nothing is written without it", err)
	}
	if err := errors.Join(cutTorn(f), syncDir(s.dir)); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("the journal %s cannot be prepared: %w; nothing is written without it", path, err)
	}
	b.file = f
	b.size, err = f.Seek(0, io.SeekEnd)
	return b, err
}

// cutTorn leaves the file at the end of its last whole line.
func cutTorn(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() > maxFile {
		return fmt.Errorf("it has %d MB, far more than peerdeck writes; move it away", info.Size()>>20)
	}
	data := make([]byte, info.Size())
	if _, err := f.ReadAt(data, 0); err != nil && len(data) > 0 {
		return err
	}
	whole := int64(bytes.LastIndexByte(data, '\n') + 1)
	if whole != info.Size() {
		if err := f.Truncate(whole); err != nil {
			return err
		}
	}
	_, err = f.Seek(whole, 0)
	return err
}

// syncDir makes the name of a new file last. Windows does so by itself and has no
// way to ask for it.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Append puts an entry on the disk and returns when it is there. After a failure the
// next call first takes away what there is of the failed line.
func (b *Book) Append(e Entry) error {
	if b.failed != nil {
		// What was written of the line before this one goes first.
		if b.file.Truncate(b.size) != nil {
			return b.failed
		}
		if _, err := b.file.Seek(b.size, io.SeekStart); err != nil {
			return b.failed
		}
		b.failed = nil
	}
	if b.file == nil {
		b.store.mu.Lock()
		defer b.store.mu.Unlock()
		b.store.memory[b.id] = append(b.store.memory[b.id], e)
		return nil
	}
	line, err := json.Marshal(e)
	if err == nil {
		_, err = b.file.Write(append(line, '\n'))
	}
	if err == nil {
		err = b.file.Sync()
	}
	if err != nil {
		b.failed = fmt.Errorf("the journal %s cannot be written: %w", b.file.Name(), err)
		return b.failed
	}
	b.size += int64(len(line)) + 1
	return nil
}

// Close closes the journal.
func (b *Book) Close() error {
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}
