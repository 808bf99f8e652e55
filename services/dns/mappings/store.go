package mappings

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// ErrBusy is returned while somebody on this machine writes a table of the same network.
var ErrBusy = errors.New("another peerdeck on this machine changes a mapping table of this network")

// Store keeps drafts, restore points, and which request has left. It is safe for use by
// many goroutines and, with a folder, by many programs.
type Store struct {
	dir   string
	disk  disk
	locks *keep.Locks
}

// disk keeps whole files under names with slashes: a [keep.Folder], or a [keep.Memory]
// for the demo, which leaves no file.
type disk interface {
	Put(name string, data []byte) error
	Get(name string) ([]byte, error)      // fs.ErrNotExist for none
	List(folder string) ([]string, error) // whole names, sorted
	Remove(name string) error             // none is no error
	Aside(name string, now time.Time) (to string, err error)
	Where(name string) string // for a sentence
}

// maxKept bounds a file of the store; a thousand domains take some hundred kilobytes.
const maxKept = 16 << 20

// NewStore returns the store of a folder, which is made when something is kept. With
// no folder it lasts as long as the program.
func NewStore(dir string) *Store {
	s := &Store{dir: dir, locks: keep.NewLocks(keep.Disk{}, dir), disk: keep.Folder{Dir: dir, Limit: maxKept, Form: wireVersion}}
	if dir == "" {
		s.disk = keep.NewMemory()
	}
	return s
}

// Lock keeps every other peerdeck on this machine from writing a table of the same
// network, until the returned function is called. It fails with ErrBusy.
func (s *Store) Lock(ctx context.Context, network safe.Text) (release func(), err error) {
	release, err = s.locks.Lock(ctx, hash(network))
	if busy, ok := errors.AsType[keep.Busy](err); ok {
		return nil, fmt.Errorf("%w (%s)", ErrBusy, busy.Owner)
	}
	if err != nil {
		return nil, fmt.Errorf("the network cannot be locked in %s: %w", s.dir, err)
	}
	return release, nil
}

// held reports whether somebody works on a network.
func (s *Store) held(network safe.Text) bool {
	_, held := s.locks.Holder(hash(network))
	return held
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
		Cause: safe.New(err.Error()), Cure: model.CureRestoreFolder,
	}
}
