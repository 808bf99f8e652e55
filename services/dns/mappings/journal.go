package mappings

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// entry is what the journal knows of one order: first what is intended, then what the
// request was answered, and at last how it ended. Each time the whole of it takes the
// place of what was there.
type entry struct {
	At      time.Time  `json:"at"`
	Target  targetWire `json:"target"`
	Version int        `json:"entity_version"`    // before the write
	Base    []rowWire  `json:"base"`              // what was there
	Rows    []rowWire  `json:"rows"`              // what is to be there
	Without []string   `json:"without,omitempty"` // members that are not sent back
	Write   writeWire  `json:"write"`
	Restore string     `json:"restore,omitempty"`
	// Answer is empty as long as none has come, "accepted", or why it was refused.
	Answer text `json:"answer,omitzero"`
	// End is the state that the order ended in, empty as long as it is not known.
	End   string    `json:"end,omitempty"`
	Ended time.Time `json:"ended,omitzero"`
}

const (
	entryKind  = "order of a mapping table"
	maxEntries = 50 // of a network
	// superseded is the end of an order that another one has come after.
	superseded = "superseded"
)

func entryName(id string) string { return "orders/" + id + ".json" }

// note puts an entry on the disk.
func (s *Store) note(id string, e entry) error {
	data, err := seal(entryKind, e)
	if err != nil {
		return err
	}
	return s.disk.Put(entryName(id), data)
}

// entries lists the journal of a network, or of all, the newest first.
func (s *Store) entries(network safe.Text) ([]string, error) {
	names, err := s.disk.List("orders")
	names = slices.DeleteFunc(names, func(n string) bool {
		return path.Ext(n) != ".json" || (!network.IsEmpty() && !belongs(path.Base(n), network))
	})
	slices.Reverse(names)
	return names, err
}

func (s *Store) entry(name string) (entry, error) {
	data, err := s.disk.Get(name)
	if err != nil {
		return entry{}, err
	}
	var e entry
	err = unseal(entryKind, data, &e)
	return e, err
}

// begin notes what is intended. Earlier orders of the same table whose end is not known
// are of no interest from now on: the table was read and compared since.
func (s *Store) begin(id string, e entry) error {
	if err := s.note(id, e); err != nil {
		return err
	}
	names, err := s.entries(e.Target.Network.Text)
	if err != nil {
		return nil //nolint:nilerr // what is intended is noted; this is the tidying up
	}
	for i, n := range names {
		if i >= maxEntries {
			_ = s.disk.Remove(n)
			continue
		}
		old, err := s.entry(n)
		if other := strings.TrimSuffix(path.Base(n), ".json"); err == nil && other != id && old.End == "" && old.Target.Resolver == e.Target.Resolver {
			old.End, old.Ended = superseded, e.At
			_ = s.note(other, old)
		}
	}
	return nil
}

// Unfinished lists the orders of earlier sessions of which nobody knows the end, the
// newest first. One that goes on, here or in another program, is not among them.
func (s *Store) Unfinished(context.Context) ([]dnstable.Unfinished, error) {
	names, err := s.entries(safe.Text{})
	if err != nil {
		return nil, keepFailure("look for orders of earlier sessions", dnstable.Target{}, err)
	}
	var out []dnstable.Unfinished
	for _, n := range names {
		e, err := s.entry(n)
		id := strings.TrimSuffix(path.Base(n), ".json")
		switch {
		case err != nil:
			out = append(out, dnstable.Unfinished{ID: id, Problem: safe.Clean(s.disk.Where(n) + ": " + err.Error())})
		case e.End == "" && !s.held(e.Target.Network.Text):
			out = append(out, e.unfinished(id))
		}
	}
	return out, nil
}

func (e entry) unfinished(id string) dnstable.Unfinished {
	return dnstable.Unfinished{
		ID: id, At: e.At, Write: e.Write.write(), Restore: dnstable.RestorePointID(e.Restore),
		Order: dnstable.Order{Target: e.Target.target(), Base: unpackRows(e.Base), Rows: unpackRows(e.Rows), Version: e.Version, Without: e.Without},
	}
}

// forget takes an entry out of the journal that cannot be read: it is kept aside.
func (s *Store) forget(id string) error {
	_, err := s.disk.Aside(entryName(id), time.Now())
	return err
}
