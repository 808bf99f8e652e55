package making

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Store keeps what each order has made, so that it can be undone in another session. It is
// safe for use by many goroutines.
type Store struct{ disk disk }

// disk keeps whole files under names: a [keep.Folder], or a [keep.Memory] for the demo,
// which leaves no file.
type disk interface {
	Put(name string, data []byte) error
	Get(name string) ([]byte, error)
	List(folder string) ([]string, error)
	Remove(name string) error
	Where(name string) string
}

const (
	maxKept    = 1 << 20 // of one order
	maxEntries = 50      // of orders that have nothing left to undo
)

// NewStore returns the store of a folder, which is made when something is kept. Without one
// it lasts as long as the program.
func NewStore(dir string) *Store {
	if dir == "" {
		return &Store{keep.NewMemory()}
	}
	return &Store{keep.Folder{Dir: dir, Limit: maxKept, Form: version}}
}

func name(id string) string { return "orders/" + id + ".json" }

// newID makes an id that sorts by its time. The rest keeps two of one moment apart.
func newID(at time.Time) string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // it never fails
	return at.UTC().Format("20060102T150405") + "-" + hex.EncodeToString(b[:])
}

// save puts an order on the disk, in place of what was there of it.
func (s *Store) save(m gateway.Making) error {
	data, err := json.Marshal(pack(m))
	if err != nil {
		return err
	}
	if err := s.disk.Put(name(m.ID), append(data, '\n')); err != nil {
		return fmt.Errorf("%s cannot be written: %w", s.disk.Where(name(m.ID)), keep.Reason(err))
	}
	return nil
}

// Load reads an order by its id.
func (s *Store) Load(id string) (gateway.Making, error) {
	m, err := s.load(id)
	if err == nil {
		return m, nil
	}
	f := model.Failure{
		Kind: model.FailureInvalid, Operation: "read the order", Subject: safe.New(id),
		Cause: safe.New(s.disk.Where(name(id)) + ": " + keep.Reason(err).Error()), Cure: model.CureStateFolder,
	}
	if errors.Is(err, fs.ErrNotExist) {
		f.Kind, f.Cause = model.FailureNotFound, safe.New("there is no such order on this machine")
	}
	return gateway.Making{}, f
}

func (s *Store) load(id string) (gateway.Making, error) {
	data, err := s.disk.Get(name(id))
	if err != nil {
		return gateway.Making{}, err
	}
	var e entry
	if err := json.Unmarshal(data, &e); err != nil {
		return gateway.Making{}, fmt.Errorf("it is damaged: %w", err)
	}
	if e.Version != version {
		return gateway.Making{}, errors.New("it is damaged: it does not tell its form")
	}
	return e.making(id), nil
}

// Standing lists the orders that have made something which is not undone, or of which that
// is not known, the newest first. Of the others the oldest are forgotten.
func (s *Store) Standing() ([]gateway.Making, error) {
	names, err := s.disk.List("orders")
	if err != nil {
		return nil, model.Failure{Kind: model.FailureInvalid, Operation: "look for orders", Cause: safe.New(keep.Reason(err).Error()), Cure: model.CureStateFolder}
	}
	slices.Reverse(names)
	var out []gateway.Making
	rest := 0
	for _, n := range names {
		if path.Ext(n) != ".json" {
			continue
		}
		m, err := s.load(strings.TrimSuffix(path.Base(n), ".json"))
		switch {
		case err != nil: // it stays where it is, for a person
		case m.NoUndo() == "":
			out = append(out, m)
		default:
			if rest++; rest > maxEntries {
				_ = s.disk.Remove(n)
			}
		}
	}
	return out, nil
}
