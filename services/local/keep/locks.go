package keep

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"
)

// Locks are the locks of a folder, by name. With no folder they hold within this program
// alone. It is safe for use by many goroutines.
type Locks struct {
	disk Disk
	dir  string

	mu   sync.Mutex
	held map[string]Owner // by this program
}

// NewLocks returns the locks of a folder, which is made when one is wanted.
func NewLocks(disk Disk, dir string) *Locks {
	return &Locks{disk: disk, dir: dir, held: map[string]Owner{}}
}

// glance is how long a lock is waited for: somebody who only looks holds it for a moment.
const glance = 200 * time.Millisecond

// Lock takes the lock of a name until release is called. It fails with [Busy].
func (l *Locks) Lock(ctx context.Context, name string) (release func(), err error) {
	path := filepath.Join(l.dir, name+".lock")
	if err := l.reserve(path); err != nil {
		return nil, err
	}
	if l.dir == "" {
		return sync.OnceFunc(func() { l.free(path) }), nil
	}
	file, err := l.file(ctx, path)
	if err != nil {
		l.free(path)
		return nil, err
	}
	return sync.OnceFunc(func() {
		_ = file.Unlock()
		l.free(path)
	}), nil
}

func (l *Locks) file(ctx context.Context, path string) (*Lock, error) {
	if err := l.disk.MakeFolder(l.dir); err != nil {
		return nil, err
	}
	short, stop := context.WithTimeout(ctx, glance)
	defer stop()
	lock, err := l.disk.Lock(short, path)
	if busy, ok := errors.AsType[Busy](err); ok {
		if ctx.Err() != nil {
			return nil, err // the caller waits no more
		}
		return nil, busy
	}
	return lock, err
}

func (l *Locks) reserve(path string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if owner, held := l.held[path]; held {
		return Busy{path, owner}
	}
	l.held[path] = self()
	return nil
}

func (l *Locks) free(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.held, path)
}

// Holder looks who holds the lock of a name, here or in another program.
func (l *Locks) Holder(name string) (Owner, bool) {
	path := filepath.Join(l.dir, name+".lock")
	l.mu.Lock()
	owner, held := l.held[path]
	l.mu.Unlock()
	if held || l.dir == "" {
		return owner, held
	}
	return l.disk.Holder(path)
}
