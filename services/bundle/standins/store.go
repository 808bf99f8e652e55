// Package standins keeps what the stand-ins of bundles are made with, and what they stand
// for. It stays with the sender: with it two bundles have the same stand-ins, and what
// somebody writes back about one of them can be translated.
package standins

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/bundle/redact"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	name  = "standins.json"
	limit = 64 << 20 // bytes; a name takes some forty
	// version is that of the file. Those of the first programs tell none and are the same.
	version = 1
)

// Store is where they are kept: a file for its owner alone. With no folder nothing is
// kept, as in the demo.
type Store struct {
	folder keep.Folder
	locks  *keep.Locks
}

// NewStore returns the store of a folder, which is made when something is kept.
func NewStore(dir string) *Store {
	return &Store{folder: keep.Folder{Dir: dir, Limit: limit, Form: version}, locks: keep.NewLocks(keep.Disk{}, dir)}
}

// file is what is kept.
type file struct {
	Version int          `json:"version"`
	Key     []byte       `json:"key"`
	Names   redact.Names `json:"names"` // by stand-in
}

// ErrNone is returned where no stand-in was ever made.
var ErrNone = errors.New("no bundle with stand-ins was made on this machine, by this user")

// Read returns the key and the names. It fails with [ErrNone], or with a failure that says
// what is wrong with the file.
func (s *Store) Read() (redact.Key, redact.Names, error) {
	if s.folder.Dir == "" {
		return redact.Key{}, nil, ErrNone
	}
	data, err := s.folder.Get(name)
	if errors.Is(err, fs.ErrNotExist) {
		return redact.Key{}, nil, ErrNone
	}
	if err != nil {
		return redact.Key{}, nil, s.failure("read the stand-ins", keep.Reason(err))
	}
	var f file
	var key redact.Key
	if err := json.Unmarshal(data, &f); err != nil || len(f.Key) != len(key) {
		return redact.Key{}, nil, errDamaged
	}
	copy(key[:], f.Key)
	if f.Names == nil {
		f.Names = redact.Names{}
	}
	return key, f.Names, nil
}

var errDamaged = errors.New("it is damaged")

// Use gives a key and the names so far to whoever makes a bundle, and keeps the names that
// come back, before the bundle is written: no stand-in leaves that nobody can translate. A
// key is made where there is none. A damaged file is set aside, and the note says so.
func (s *Store) Use(ctx context.Context, now time.Time, with func(redact.Key, redact.Names) redact.Names) (note string, err error) {
	if s.folder.Dir == "" {
		with(fresh(), redact.Names{})
		return "", nil
	}
	release, err := s.locks.Lock(ctx, "standins")
	if err != nil {
		return "", s.failure("keep the stand-ins", err)
	}
	defer release()
	key, names, err := s.Read()
	switch {
	case errors.Is(err, ErrNone):
		key, names = fresh(), redact.Names{}
	case errors.Is(err, errDamaged):
		to, aside := s.folder.Aside(name, now)
		if aside != nil {
			return "", s.failure("keep the stand-ins", keep.Reason(aside))
		}
		note = fmt.Sprintf("the file of the stand-ins was damaged and is %s now; this bundle has other stand-ins than those before", safe.Clean(s.folder.Where(to)))
		key, names = fresh(), redact.Names{}
	case err != nil:
		return "", err
	}
	data, err := json.MarshalIndent(file{Version: version, Key: key[:], Names: with(key, names)}, "", " ")
	if err == nil && len(data) > limit {
		err = keep.TooLong{Limit: limit}
	}
	if err == nil {
		err = s.folder.Put(name, append(data, '\n'))
	}
	if err != nil {
		return note, s.failure("keep the stand-ins", keep.Reason(err))
	}
	return note, nil
}

func fresh() redact.Key {
	var key redact.Key
	_, _ = rand.Read(key[:]) // never fails
	return key
}

func (s *Store) failure(doing string, err error) error {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: doing, Subject: safe.New(s.folder.Where(name)), Cause: safe.New(err.Error()),
		Cure: model.CureStandIns,
	}
}
