package mappings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

type draftWire struct {
	At      time.Time  `json:"at"`
	Target  targetWire `json:"target"`
	Version int        `json:"entity_version"`
	Base    []rowWire  `json:"base"`
	Rows    []rowWire  `json:"rows"`
}

const draftKind = "draft of a mapping table"

// draftName is the file of a draft: one for each table of a network.
func draftName(t dnstable.Target) string {
	return "drafts/" + hash(t.Network) + "-" + hash(t.Resolver) + ".json"
}

// SaveDraft keeps a draft in the place of the one of the same table. What is there and
// cannot be read is kept aside.
func (s *Store) SaveDraft(_ context.Context, d dnstable.Saved) error {
	name := draftName(d.Target)
	if _, err := s.draft(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		if _, err := s.disk.Aside(name, time.Now()); err != nil {
			return keepFailure("save the draft of", d.Target, fmt.Errorf("%s: %w", s.disk.Where(name), keep.Reason(err)))
		}
	}
	data, err := seal(draftKind, draftWire{d.At, packTarget(d.Target), d.Version, packRows(d.Base), packRows(d.Rows)})
	if err == nil {
		err = s.disk.Put(name, data)
	}
	if err != nil {
		return keepFailure("save the draft of", d.Target, err)
	}
	return nil
}

// Draft returns the drafts of a network's tables: that of a table to be made, and that
// of each resolver. A file that cannot be read is kept aside, and a note says where.
func (s *Store) Draft(_ context.Context, network safe.Text) (drafts []dnstable.Saved, notes []string, err error) {
	names, err := s.disk.List("drafts")
	if err != nil {
		return nil, nil, keepFailure("look for drafts of", dnstable.Target{Network: network}, err)
	}
	for _, name := range names {
		if !strings.HasPrefix(path.Base(name), hash(network)+"-") || path.Ext(name) != ".json" {
			continue
		}
		switch d, err := s.draft(name); {
		case errors.As(err, new(keep.Newer)):
			notes = append(notes, fmt.Sprintf("the draft %s is left alone: %v", safe.Clean(s.disk.Where(name)), err))
		case errors.Is(err, fs.ErrNotExist): // somebody was quicker
		case err != nil:
			notes = append(notes, s.lost(name, err))
		default:
			drafts = append(drafts, d)
		}
	}
	return drafts, notes, nil
}

// lost keeps a draft aside that cannot be read, and says so.
func (s *Store) lost(name string, why error) string {
	to, err := s.disk.Aside(name, time.Now())
	if err != nil {
		return fmt.Sprintf("the draft %s cannot be read: %v", safe.Clean(s.disk.Where(name)), why)
	}
	return fmt.Sprintf("a draft cannot be read and is kept as %s: %v", safe.Clean(s.disk.Where(to)), why)
}

func (s *Store) draft(name string) (dnstable.Saved, error) {
	data, err := s.disk.Get(name)
	if err != nil {
		return dnstable.Saved{}, err
	}
	var w draftWire
	if err := unseal(draftKind, data, &w); err != nil {
		return dnstable.Saved{}, err
	}
	return dnstable.Saved{At: w.At, Target: w.Target.target(), Version: w.Version, Base: unpackRows(w.Base), Rows: unpackRows(w.Rows)}, nil
}

// DropDraft forgets the draft of a table.
func (s *Store) DropDraft(_ context.Context, t dnstable.Target) error {
	if err := s.disk.Remove(draftName(t)); err != nil {
		return keepFailure("drop the draft of", t, fmt.Errorf("%s: %w", s.disk.Where(draftName(t)), keep.Reason(err)))
	}
	return nil
}

// dropApplied forgets a draft that is in Konnect now; one that was edited since stays.
func (s *Store) dropApplied(ctx context.Context, o dnstable.Order) {
	if d, err := s.draft(draftName(o.Target)); err == nil && dnstable.Same(d.Rows, o.Rows) {
		_ = s.DropDraft(ctx, o.Target)
	}
}
