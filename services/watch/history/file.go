package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	maxLine = 64 << 10 // a line is some hundred bytes
	maxFile = 64 << 20 // and the whole, at 10,000 networks, some megabytes
)

// file is the place where a history is kept: one change a line, as JSON.
type file struct {
	path  string
	log   *keep.Log
	lock  *keep.Lock
	lines int
}

// Open reads the history of an organization from a folder and keeps it there
// from now on. When another peerdeck keeps it already, this one reads it and
// writes nothing. A line that is not understood is set aside; the returned notes
// say so, and where.
func Open(dir, organization string) (*Store, []string, error) {
	return openOn(keep.Disk{}, dir, organization)
}

// Read reads the history of an organization for who looks once and ends: nothing is
// written, and no other peerdeck is kept from writing. One that is not there is empty.
func Read(dir, organization string) (*Store, []string, error) {
	return read(filepath.Join(dir, fileName(organization)), "")
}

func read(path, more string) (*Store, []string, error) {
	s := New()
	r, err := keep.ReadLines(path, keep.Limits{Line: maxLine, File: maxFile}, s.accept)
	s.trim()
	return s, notes(r, more), unreadable(path, err)
}

func openOn(disk keep.Disk, dir, organization string) (*Store, []string, error) {
	s := New()
	if err := disk.MakeFolder(dir); err != nil {
		return s, nil, fmt.Errorf("the history cannot be kept in %s: %w", dir, err)
	}
	f := &file{path: filepath.Join(dir, fileName(organization))}
	var err error
	f.lock, err = disk.TryLock(f.path + ".lock")
	busy, held := errors.AsType[keep.Busy](err)
	if err != nil && !held {
		return s, nil, fmt.Errorf("the history %s cannot be locked: %w", f.path, err)
	}
	limits := keep.Limits{Line: maxLine, File: maxFile}
	if held {
		return read(f.path, fmt.Sprintf("another peerdeck (%s) keeps the history; this one only reads it", busy.Owner))
	}
	var r keep.Reading
	f.log, r, err = disk.OpenLog(f.path, limits, s.accept)
	s.trim()
	if err != nil {
		_ = f.lock.Unlock()
		return s, nil, unreadable(f.path, err)
	}
	f.lines, s.file = r.Good, f
	return s, notes(r, ""), nil
}

func notes(r keep.Reading, more string) []string {
	return slices.DeleteFunc([]string{r.Word("the history"), more}, func(s string) bool { return s == "" })
}

// unreadable is why a history cannot be read. One that is not there yet can.
func unreadable(path string, err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("the history %s cannot be read: %w; move it away, and a new one begins", path, keep.Reason(err))
}

// fileName makes a name of an organization's id, which is a remote text.
func fileName(organization string) string {
	name := []byte(organization)
	for i, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			name[i] = '_'
		}
	}
	return "history-" + string(name[:min(len(name), 64)]) + ".jsonl"
}

// accept takes one line of the file.
func (s *Store) accept(line []byte) error {
	var c model.Change
	if err := json.Unmarshal(line, &c); err != nil {
		return fmt.Errorf("it is no change: %w", err)
	}
	if c.Network.IsEmpty() {
		return errors.New("it names no network")
	}
	s.take(c)
	return nil
}

func (s *Store) take(c model.Change) {
	if c.To.IsEmpty() {
		delete(s.last, c.Key())
	} else {
		s.last[c.Key()] = c
	}
	if c.Event() {
		s.recent = append(s.recent, c)
	}
}

func (s *Store) trim() {
	if over := len(s.recent) - keepChanges; over > 0 {
		s.recent = slices.Clone(s.recent[over:])
	}
}

// Save writes what was observed since the last time.
func (s *Store) Save() error {
	if s.file == nil || len(s.unsaved) == 0 {
		s.unsaved = nil
		return nil
	}
	lines, long, err := encode(s.unsaved)
	for _, c := range long {
		err = errors.Join(err, s.file.log.Aside(c))
	}
	switch {
	case err != nil:
	case s.file.lines+len(lines) > 2*(keepChanges+len(s.last)):
		err = s.rewrite()
	default:
		err = s.file.log.Append(lines...)
		if err == nil {
			s.file.lines += len(lines)
		}
	}
	if err != nil {
		return fmt.Errorf("the history %s cannot be written: %w", s.file.path, keep.Reason(err))
	}
	s.unsaved = nil
	if len(long) > 0 {
		return fmt.Errorf("the history %s has no room in a line for %s; see %s%s", s.file.path, phrase.Count(len(long), "change"), s.file.path, keep.OddFile)
	}
	return nil
}

// rewrite replaces the file by one without what is forgotten.
func (s *Store) rewrite() error {
	lines, _, err := encode(s.Changes()) // the long ones were set aside when they came
	if err == nil {
		err = s.file.log.Replace(lines...)
	}
	if err == nil {
		s.file.lines = len(lines)
	}
	return err
}

// encode makes lines of changes. One of an endless remote text has no place in a line.
func encode(changes []model.Change) (lines []any, long []model.Change, err error) {
	for _, c := range changes {
		data, err := json.Marshal(c)
		switch {
		case err != nil:
			return nil, nil, err
		case len(data) > maxLine:
			long = append(long, c)
		default:
			lines = append(lines, json.RawMessage(data))
		}
	}
	return lines, long, nil
}

// Close saves what is left and gives the history to whoever comes next.
func (s *Store) Close() error {
	err := s.Save()
	if s.file != nil {
		err = errors.Join(err, s.file.lock.Unlock())
		s.file = nil
	}
	return err
}
