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

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	extension = ".jsonl"
	maxFile   = 8 << 20 // a run writes some kilobytes
	maxListed = 200     // the newest journals that a list reads
	form      = 1       // of a line; those that tell none are of the first
)

// limits of a journal: a line may hold the body of a request that writes a whole table.
func limits() keep.Limits { return keep.Limits{Line: maxFile, File: maxFile, Form: form} }

// ErrBusy is returned while another peerdeck on this machine works on the same VNET.
var ErrBusy = errors.New("another peerdeck on this machine works on a set-up of this VNET; wait for it, or go on there")

// Store is where journals are kept. With no folder they are kept in memory, as
// long as the program runs: the demo leaves no file.
type Store struct {
	disk  keep.Disk
	dir   string
	locks *keep.Locks
	in    string // the context, see In

	mu     sync.Mutex
	memory map[string][]Entry
}

// NewStore returns the store of a folder, which is made when something is kept.
func NewStore(dir string) *Store { return NewStoreOn(keep.Disk{}, dir) }

// NewStoreOn is [NewStore] on a disk of one's own.
func NewStoreOn(disk keep.Disk, dir string) *Store {
	return &Store{disk: disk, dir: dir, locks: keep.NewLocks(disk, dir), memory: map[string][]Entry{}}
}

// In tells the store in which context it is used; empty for none. Runs that were begun in
// another one are of another organization: they are neither listed nor gone on with. Those
// that were begun before there were contexts are listed in all, since nobody else could
// finish them.
func (s *Store) In(context string) *Store {
	s.in = context
	return s
}

// foreign reports whether a run is of another context.
func (s *Store) foreign(r *Record) bool {
	of := r.context()
	return of != "" && of != s.in
}

// Lock keeps every other peerdeck on this machine from a set-up of the same VNET,
// until the returned function is called. It fails with ErrBusy.
func (s *Store) Lock(ctx context.Context, r setup.Request) (release func(), err error) {
	release, err = s.locks.Lock(ctx, lockName(r))
	if busy, ok := errors.AsType[keep.Busy](err); ok {
		return nil, fmt.Errorf("%w (%s)", ErrBusy, busy.Owner)
	}
	if err != nil {
		return nil, fmt.Errorf("the set-up cannot be locked in %s: %w; nothing is written without its journal", s.dir, err)
	}
	return release, nil
}

// lockName is one name for all spellings of a VNET.
func lockName(r setup.Request) string {
	sum := sha256.Sum256([]byte(r.VNet.Key()))
	return hex.EncodeToString(sum[:8])
}

// held reports whether somebody works on a request's VNET.
func (s *Store) held(r setup.Request) bool {
	_, held := s.locks.Holder(lockName(r))
	return held
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
