package mappings

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
)

// ErrBusy is returned while somebody on this machine writes a table of the same network.
var ErrBusy = errors.New("another peerdeck on this machine changes a mapping table of this network")

// Store keeps drafts, restore points, and which request has left. It is safe for use by
// many goroutines and, with a folder, by many programs.
type Store struct {
	dir  string
	disk disk

	mu    sync.Mutex
	locks map[string]bool
}

// NewStore returns the store of a folder, which is made when something is kept. With
// no folder it lasts as long as the program.
func NewStore(dir string) *Store {
	s := &Store{dir: dir, locks: map[string]bool{}, disk: folder{dir}}
	if dir == "" {
		s.disk = newMemory()
	}
	return s
}

// lockTime is how long a lock is waited for: somebody who only looks holds it for a
// moment.
const lockTime = 200 * time.Millisecond

// Lock keeps every other peerdeck on this machine from writing a table of the same
// network, until the returned function is called. It fails with ErrBusy.
func (s *Store) Lock(ctx context.Context, network safe.Text) (release func(), err error) {
	key := hash(network)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locks[key] {
		return nil, ErrBusy
	}
	unlock, err := s.lockFile(ctx, key)
	if err != nil {
		return nil, err
	}
	s.locks[key] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.locks, key)
		_ = unlock()
	}, nil
}

// lockFile locks the network's file. It stays when the lock goes: removing it would let
// two programs hold two files of one name.
func (s *Store) lockFile(ctx context.Context, key string) (unlock func() error, err error) {
	if s.dir == "" {
		return func() error { return nil }, nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, fmt.Errorf("the network cannot be locked in %s: %w", s.dir, err)
	}
	l := flock.New(filepath.Join(s.dir, key+".lock"))
	ctx, stop := context.WithTimeout(ctx, lockTime)
	defer stop()
	held, err := l.TryLockContext(ctx, lockTime/10)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return nil, fmt.Errorf("the network cannot be locked in %s: %w", s.dir, err)
	}
	if !held {
		return nil, ErrBusy
	}
	return l.Unlock, nil
}

// held reports whether somebody works on a network.
func (s *Store) held(ctx context.Context, network safe.Text) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := hash(network)
	if s.locks[key] {
		return true
	}
	unlock, err := s.lockFile(ctx, key)
	if err == nil {
		_ = unlock()
	}
	return errors.Is(err, ErrBusy)
}

// hash makes a name of an id, which is a remote text.
func hash(id safe.Text) string {
	s := sha256.Sum256([]byte(id.Raw()))
	return hex.EncodeToString(s[:8])
}

// newID makes an id that sorts by its time. The rest keeps two of one moment apart.
func newID(at time.Time, network safe.Text) string {
	var b [3]byte
	_, _ = rand.Read(b[:]) // never fails
	return at.UTC().Format("20060102-150405.000") + "-" + hash(network) + "-" + hex.EncodeToString(b[:])
}

// belongs reports whether an id, or a file of that name, is one of a network.
func belongs(id string, network safe.Text) bool {
	const from = len("20060102-150405.000-")
	h := hash(network)
	return len(id) > from+len(h) && id[from:from+len(h)] == h
}

// keepFailure describes a file that cannot be written.
func keepFailure(what string, t dnstable.Target, err error) error {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: what, Subject: t.NetworkName.Or(t.Network.Raw()), Retryable: true,
		Cause: safe.New(err.Error()), Cure: "Make room on the disk, or give the folder back to its owner, and try again.",
	}
}
