package keep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"
)

// Lock is a lock between programs that is held. The system takes it back when the
// program ends, however it ends. Its file stays when the lock goes: to remove it would
// let two programs hold two files of one name.
type Lock struct {
	file *os.File
	once sync.Once
	err  error
}

// TryLock takes the lock of a file, which is made for it and holds nothing but the name
// of the owner. It fails with [Busy] when somebody has it, in this program too.
func (d Disk) TryLock(path string) (*Lock, error) {
	f, err := d.open(path, os.O_CREATE|os.O_RDWR, Private)
	if err != nil {
		return nil, err
	}
	held, err := lockFile(f)
	switch {
	case err != nil:
		_ = f.Close()
		return nil, &fs.PathError{Op: "lock", Path: path, Err: err}
	case !held:
		owner := signed(f)
		_ = f.Close()
		return nil, Busy{path, owner}
	}
	self().sign(f)
	return &Lock{file: f}, nil
}

// patience is the time between two looks at a lock that somebody has: no system lets a
// wait for one be called off.
const patience = 20 * time.Millisecond

// Lock waits for the lock of a file until the context ends. The error is then [Busy] and
// why the context has ended, both.
func (d Disk) Lock(ctx context.Context, path string) (*Lock, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	again := time.NewTicker(patience)
	defer again.Stop()
	for {
		l, err := d.TryLock(path)
		busy, held := errors.AsType[Busy](err)
		if !held {
			return l, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%w; waited for it: %w", busy, context.Cause(ctx))
		case <-again.C:
		}
	}
}

// Unlock gives the lock to whoever comes next. A second call does nothing.
func (l *Lock) Unlock() error {
	l.once.Do(func() {
		_ = l.file.Truncate(0) // nobody's name stands in it
		l.err = errors.Join(unlockFile(l.file), l.file.Close())
	})
	return l.err
}

// Holder looks who holds the lock of a file, and makes nothing. False: nobody does, or
// that cannot be seen. Whoever looks holds the lock for a moment.
func (Disk) Holder(path string) (Owner, bool) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return Owner{}, false
	}
	defer func() { _ = f.Close() }()
	free, err := lockFile(f)
	if err != nil {
		return Owner{}, false
	}
	if free {
		_ = unlockFile(f)
		return Owner{}, false
	}
	return signed(f), true
}
