package history

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/changes"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	maxLine = 64 << 10 // a line is some hundred bytes
	maxFile = 64 << 20 // and the whole, at 10,000 networks, some megabytes
	form    = 1        // of a line, and of the small file beside; those that tell none are of the first
)

func limits() keep.Limits { return keep.Limits{Line: maxLine, File: maxFile, Form: form} }

// file is the place where a history is kept: one change a line, as JSON.
type file struct {
	disk    keep.Disk
	path    string
	log     *keep.Log
	lock    *keep.Lock // nil: another peerdeck keeps it
	lines   int
	watched time.Time // until when somebody watched, as it is written down
	tried   time.Time // when it was last asked whether the other one still does
}

// beside is the folder of the small file beside it, and watchedName its name there.
func (f *file) beside() keep.Folder {
	const limit = 4 << 10
	return keep.Folder{Disk: f.disk, Dir: filepath.Dir(f.path), Limit: limit, Form: form}
}

func (f *file) watchedName() string {
	return strings.TrimSuffix(filepath.Base(f.path), ".jsonl") + "-looked.json"
}

// Open reads the history of an organization from a folder and keeps it there
// from now on. While another peerdeck keeps it, this one reads it and writes no change;
// when that one has ended, this one goes on. A line that is not understood is set aside;
// the returned notes say so, and where.
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
	r, err := keep.ReadLines(path, limits(), s.accept)
	if errors.As(err, new(keep.Newer)) {
		return New(), nil, unreadable(path, err)
	}
	s.known((&file{path: path}).readWatched())
	return s, notes(r, more), unreadable(path, err)
}

func openOn(disk keep.Disk, dir, organization string) (*Store, []string, error) {
	if err := disk.MakeFolder(dir); err != nil {
		return New(), nil, fmt.Errorf("the history cannot be kept in %s: %w", dir, err)
	}
	f := &file{disk: disk, path: filepath.Join(dir, fileName(organization))}
	err := f.take()
	if busy, held := errors.AsType[keep.Busy](err); held {
		s, n, err := read(f.path, fmt.Sprintf("another peerdeck (%s) keeps the history; this one reads it, and goes on with it when that one ends", busy.Owner))
		if err == nil {
			s.file = f
		}
		return s, n, err
	}
	if err != nil {
		return New(), nil, err
	}
	s, r, err := f.open()
	if err != nil {
		return s, nil, err
	}
	return s, notes(r, ""), nil
}

// take makes this peerdeck the one that keeps the history.
func (f *file) take() error {
	lock, err := f.disk.TryLock(f.path + ".lock")
	if _, held := errors.AsType[keep.Busy](err); err != nil && !held {
		return fmt.Errorf("the history %s cannot be locked: %w", f.path, err)
	}
	f.lock = lock
	return err
}

// open reads the file for more to be added. This peerdeck has its lock, and gives it back
// where that fails.
func (f *file) open() (*Store, keep.Reading, error) {
	s := New()
	log, r, err := f.disk.OpenLog(f.path, limits(), s.accept)
	if errors.As(err, new(keep.Newer)) {
		s = New() // what its older lines say may be so no more
	}
	w := f.readWatched()
	s.known(w)
	if err != nil {
		_ = f.lock.Unlock()
		f.lock = nil
		return s, r, unreadable(f.path, err)
	}
	f.log, f.lines, f.watched = log, r.Good, w.Watched
	s.file = f
	return s, r, nil
}

func notes(r keep.Reading, more string) []string {
	return slices.DeleteFunc([]string{r.Word("the history"), more}, func(s string) bool { return s == "" })
}

// unreadable is why a history cannot be read. One that is not there yet can.
func unreadable(path string, err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if errors.As(err, new(keep.Newer)) {
		return fmt.Errorf("the history %s cannot be read, and nothing is added to it: %w", path, err)
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
	if c.Network.IsEmpty() && (c.Aspect.OfState() || c.Aspect.OfFindings() || c.Aspect == "") {
		return errors.New("it names no network")
	}
	if c.Event() {
		s.number = max(s.number+1, c.Number)
		c.Number = s.number // lines of older versions have none
		s.latest = c.At
	}
	s.take(c)
	return nil
}

func (s *Store) take(c model.Change) {
	key := c.Key()
	if c.Lasts() {
		s.last[key] = c
	} else {
		delete(s.last, key)
	}
	if c.Aspect.OfFindings() {
		g := group(c)
		s.codes[g] = slices.DeleteFunc(s.codes[g], func(code finding.Code) bool { return code == c.Code })
		if c.Lasts() {
			s.codes[g] = append(s.codes[g], c.Code)
		}
	}
	if c.Event() {
		s.recent = append(s.recent, c)
	}
}

// known ends a reading of what was kept: what was there is known from now on.
func (s *Store) known(w watchedFile) {
	s.trim()
	s.watched, s.mark = w.Watched, changes.Mark{At: w.Looked, Number: w.Number}
	s.from = s.mark
	judged := slices.ContainsFunc(s.recent, func(c model.Change) bool { return c.Aspect == model.AspectWatch }) || !w.Watched.IsZero()
	for key, c := range s.last {
		if c.At.After(s.watched) && w.Watched.IsZero() {
			s.watched = c.At // written by a version that did not write it down
		}
		// That version did not keep findings either: what is wrong now was so already.
		if judged && key.Aspect.OfState() {
			s.exists(thingOf(c), true)
			s.kept = true
			s.await(c)
		}
	}
}

func (s *Store) trim() {
	if over := len(s.recent) - keepChanges; over > 0 {
		s.recent = slices.Clone(s.recent[over:])
	}
}

// Save writes what was observed since the last time.
func (s *Store) Save() error {
	switch {
	case s.file == nil:
		s.unsaved = nil
		return nil
	case s.file.lock == nil:
		return s.succeed()
	case len(s.unsaved) == 0:
		return nil
	}
	lines, long, err := encode(s.unsaved)
	for _, c := range long {
		err = errors.Join(err, s.file.log.Aside(c))
	}
	switch {
	case err != nil:
	case s.file.lines+len(lines) > s.most():
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

// most is how many lines the file may have until it is written anew without what is
// forgotten.
func (s *Store) most() int { return 2*keepChanges + len(s.last) + len(s.last)/2 }

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
	if s.file != nil && s.file.lock != nil {
		s.saveWatched()
		err = errors.Join(err, s.file.lock.Unlock())
	}
	s.file = nil
	return err
}
