package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"peerdeck/model/setup"
)

const (
	extension = ".jsonl"
	maxFile   = 8 << 20 // a run writes some kilobytes
	maxListed = 200     // the newest journals that a list reads
	lookTime  = 200 * time.Millisecond
)

// ErrBusy is returned while another peerdeck on this machine works on the same VNET.
var ErrBusy = errors.New("another peerdeck on this machine works on a set-up of this VNET; wait for it, or go on there")

// Store is where journals are kept. With no folder they are kept in memory, as
// long as the program runs: the demo leaves no file.
type Store struct {
	dir string

	mu     sync.Mutex
	memory map[string][]Entry
	locks  map[string]bool
}

// NewStore returns the store of a folder, which is made when something is kept.
func NewStore(dir string) *Store {
	return &Store{dir: dir, memory: map[string][]Entry{}, locks: map[string]bool{}}
}

// Lock keeps every other peerdeck on this machine from a set-up of the same VNET,
// until the returned function is called. It fails with ErrBusy.
func (s *Store) Lock(ctx context.Context, r setup.Request) (release func(), err error) {
	key := lockName(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[key] {
		return nil, ErrBusy
	}
	unlock := func() error { return nil }
	if s.dir != "" {
		if err := s.makeDir(); err != nil {
			return nil, err
		}
		l := flock.New(filepath.Join(s.dir, key))
		// Somebody who only looks holds it for a moment.
		ctx, stop := context.WithTimeout(ctx, lookTime)
		defer stop()
		held, err := l.TryLockContext(ctx, lookTime/10)
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
		if err != nil {
			return nil, fmt.Errorf("the set-up cannot be locked in %s: %w", s.dir, err)
		}
		if !held {
			return nil, ErrBusy
		}
		unlock = l.Unlock
	}
	s.locks[key] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.locks, key)
		_ = unlock()
	}, nil
}

// lockName is one name for all spellings of a VNET. The file stays when the lock
// goes: removing it would let two programs hold two files of one name.
func lockName(r setup.Request) string {
	sum := sha256.Sum256([]byte(r.VNet.Key()))
	return hex.EncodeToString(sum[:8]) + ".lock"
}

// held reports whether somebody works on a request's VNET.
func (s *Store) held(r setup.Request) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := lockName(r); s.locks[key] || s.dir == "" {
		return s.locks[key]
	}
	l := flock.New(filepath.Join(s.dir, lockName(r)))
	held, err := l.TryLock()
	if err == nil && held {
		_ = l.Unlock()
	}
	return err == nil && !held
}

func (s *Store) makeDir() error {
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return fmt.Errorf("the journal cannot be kept in %s: %w; nothing is written without it", s.dir, err)
	}
	return nil
}

// path returns the file of a run. An id comes from a file's name or from the
// program, never from a cloud; it is checked all the same.
func (s *Store) path(id string) (string, error) {
	if id == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", fmt.Errorf("%q is no id of a run", id)
	}
	return filepath.Join(s.dir, id+extension), nil
}

// IDs lists the runs that there are journals of, the newest first. An id begins
// with the time, so names sort as times do.
func (s *Store) IDs() ([]string, error) {
	var ids []string
	if s.dir == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		for id := range s.memory {
			ids = append(ids, id)
		}
	} else {
		files, err := os.ReadDir(s.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("the journals cannot be listed: %w", err)
		}
		for _, f := range files {
			if id, ok := strings.CutSuffix(f.Name(), extension); ok && f.Type().IsRegular() {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids[:min(len(ids), maxListed)], nil
}
