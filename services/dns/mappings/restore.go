package mappings

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

type pointWire struct {
	At      time.Time  `json:"at"`
	Target  targetWire `json:"target"`
	Version int        `json:"entity_version"`
	Rows    []rowWire  `json:"rows"`
	Changes int        `json:"changes"`
}

const (
	pointKind = "restore point of a mapping table"
	maxPoints = 50 // of a network
)

func pointName(id dnstable.RestorePointID) string { return "restore/" + string(id) + ".json" }

// pointID is the id of the restore point in a file.
func pointID(file string) dnstable.RestorePointID {
	return dnstable.RestorePointID(strings.TrimSuffix(path.Base(file), ".json"))
}

// sameTry is how long a restore point serves: the tries of one change, which all begin
// with what is there, keep it once.
const sameTry = 10 * time.Minute

// kept returns the newest restore point of a network if it holds the same as another
// one, of the same version, and is not old.
func (s *Store) kept(p dnstable.RestorePoint) (dnstable.RestorePointID, bool) {
	names, err := s.points(p.Target.Network)
	if err != nil || len(names) == 0 || p.Version == 0 {
		return "", false
	}
	old, err := s.point(pointID(names[0]))
	same := err == nil && old.Target.Resolver == p.Target.Resolver && old.Version == p.Version && dnstable.Same(old.Rows, p.Rows)
	return old.ID, same && p.At.Sub(old.At) < sameTry
}

// keep puts a restore point on the disk and gives it its id. The oldest ones beyond the
// bound go.
func (s *Store) keep(p dnstable.RestorePoint) (dnstable.RestorePointID, error) {
	if id, kept := s.kept(p); kept {
		return id, nil
	}
	id := dnstable.RestorePointID(newID(p.At, p.Target.Network))
	data, err := seal(pointKind, pointWire{p.At, packTarget(p.Target), p.Version, packRows(p.Rows), p.Changes})
	if err == nil {
		err = s.disk.Put(pointName(id), data)
	}
	if err != nil {
		return "", err
	}
	if names, err := s.points(p.Target.Network); err == nil && len(names) > maxPoints {
		for _, old := range names[maxPoints:] {
			_ = s.disk.Remove(old)
		}
	}
	return id, nil
}

// points lists the files of a network's restore points, the newest first.
func (s *Store) points(network safe.Text) ([]string, error) {
	names, err := s.disk.List("restore")
	names = slices.DeleteFunc(names, func(n string) bool {
		return path.Ext(n) != ".json" || !belongs(path.Base(n), network)
	})
	slices.Reverse(names)
	return names, err
}

// RestorePoints lists what was there before each write to a network's tables, the
// newest first. One that cannot be read is in the list, with the reason. It ends with
// its context.
func (s *Store) RestorePoints(ctx context.Context, network safe.Text) ([]dnstable.RestorePoint, error) {
	names, err := s.points(network)
	if err != nil {
		return nil, keepFailure("list the restore points of", dnstable.Target{Network: network}, err)
	}
	var out []dnstable.RestorePoint
	for _, n := range names {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		id := pointID(n)
		p, err := s.point(id)
		if err != nil {
			p = dnstable.RestorePoint{ID: id, Problem: safe.Clean(s.disk.Where(n) + ": " + err.Error())}
			p.At, _ = time.Parse("20060102-150405.000", string(id)[:len("20060102-150405.000")])
		}
		out = append(out, p)
	}
	return out, nil
}

// RestorePoint reads one restore point.
func (s *Store) RestorePoint(_ context.Context, id dnstable.RestorePointID) (dnstable.RestorePoint, error) {
	p, err := s.point(id)
	if err == nil {
		return p, nil
	}
	f := model.Failure{
		Kind: model.FailureInvalid, Operation: "read the restore point", Subject: safe.New(string(id)), Cause: safe.New(err.Error()),
		Cure: model.CureChooseOther,
	}
	if errors.Is(err, fs.ErrNotExist) {
		f.Kind, f.Cause = model.FailureNotFound, safe.New("there is none of this id; the oldest ones go when there are many")
	}
	return p, f
}

func (s *Store) point(id dnstable.RestorePointID) (dnstable.RestorePoint, error) {
	// An id comes from the program or from a command line, and becomes a file's name.
	if id == "" || strings.Trim(string(id), "abcdef0123456789-.") != "" || strings.Contains(string(id), "..") {
		return dnstable.RestorePoint{}, fs.ErrNotExist
	}
	data, err := s.disk.Get(pointName(id))
	if err != nil {
		return dnstable.RestorePoint{}, err
	}
	var w pointWire
	if err := unseal(pointKind, data, &w); err != nil {
		return dnstable.RestorePoint{}, err
	}
	return dnstable.RestorePoint{ID: id, At: w.At, Target: w.Target.target(), Version: w.Version, Rows: unpackRows(w.Rows), Changes: w.Changes}, nil
}
