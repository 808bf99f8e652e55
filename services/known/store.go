package known

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Options of a store.
type Options struct {
	// Path is the file; empty keeps the problems in memory, until the program ends.
	Path string
	// Dir is the folder of peerdeck's own beside: locks, and which problems have ended. Empty
	// keeps that in memory.
	Dir  string
	Disk keep.Disk
}

// Store is a file of known problems. It is read again when it changes, whoever wrote it. Its
// methods may be called from any goroutine.
type Store struct {
	o     Options
	locks *keep.Locks

	mu     sync.Mutex
	list   known.List
	byNet  map[string][]known.Problem // in force, by the network as it is written, in small letters
	seen   stamp
	read   bool
	looked time.Time
	kept   error // that what has ended could not be kept
}

// stamp tells whether a file is as it was.
type stamp struct {
	size int64
	at   time.Time
	none bool
}

// New returns a store. It reads nothing before it is asked.
func New(o Options) *Store {
	dir := ""
	if o.Dir != "" && o.Path != "" {
		dir = o.Dir
	}
	return &Store{o: o, locks: keep.NewLocks(o.Disk, dir), list: known.List{Path: safe.New(o.Path), Ended: map[string]bool{}}}
}

// lookEvery is how often the disk is asked whether the file is as it was.
const lookEvery = 2 * time.Second

// Look reads the file again if it has changed, and reports whether what is known has. The
// error says what of it cannot be used.
func (s *Store) Look(now time.Time) (changed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read && now.Sub(s.looked) < lookEvery && !now.Before(s.looked) {
		return false, s.problem()
	}
	s.looked = now
	changed = s.reload()
	return changed, s.problem()
}

// List returns what was read last.
func (s *Store) List() known.List {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.list
	out.Problems, out.Faults = slices.Clone(out.Problems), slices.Clone(out.Faults)
	out.Ended = make(map[string]bool, len(s.list.Ended))
	for key := range s.list.Ended {
		out.Ended[key] = true
	}
	return out
}

// Next is when the time of the next problem is over; zero for none that has an end.
func (s *Store) Next(now time.Time) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return known.Next(s.list.Problems, now)
}

// Mark has the findings of a network say what somebody knows of them, and ends what was to
// last until its finding changes. It is for a status that nobody has seen yet.
func (s *Store) Mark(n *model.NetworkStatus, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.about(n)
	if len(list) == 0 {
		return
	}
	ended := false
	for _, p := range list {
		if p.Changed(n) {
			s.list.Ended[p.Key()], ended = true, true
		}
	}
	if ended {
		s.kept = s.keepEnded()
		s.index()
		list = s.about(n)
	}
	n.Acknowledge(func(f model.Found) *finding.Known {
		if p, ok := known.Find(list, n, f, now); ok {
			return p.Known()
		}
		return nil
	})
}

func (s *Store) about(n *model.NetworkStatus) []known.Problem {
	list := s.byNet[strings.ToLower(n.ID.Raw())]
	if name := strings.ToLower(n.Name.Raw()); name != "" && name != strings.ToLower(n.ID.Raw()) {
		list = append(slices.Clip(list), s.byNet[name]...)
	}
	return list
}

// Add writes a problem down, in the place of what was said of the same before. The names are
// comments of the file, by the key that they belong to.
func (s *Store) Add(ctx context.Context, p known.Problem, names map[string]safe.Text) error {
	if strings.TrimSpace(p.Reason.String()) == "" {
		return errors.New("say why it is let be: whoever reads the list later wants to know")
	}
	if len(p.Reason.Raw()) > longest {
		return fmt.Errorf("the reason is longer than %d bytes", longest)
	}
	old := func(o known.Problem) bool {
		return o.Code == p.Code && o.Network == p.Network && o.Subject == p.Subject && (o.Was == p.Was || o.Over(p.At))
	}
	return s.change(ctx, old, &p, names)
}

// Remove takes all out that is said of the finding of a problem: it counts again.
func (s *Store) Remove(ctx context.Context, gone func(known.Problem) bool) error {
	return s.change(ctx, gone, nil, nil)
}

func (s *Store) change(ctx context.Context, out func(known.Problem) bool, in *known.Problem, names map[string]safe.Text) error {
	release, err := s.locks.Lock(ctx, s.lockName())
	if err != nil {
		return fmt.Errorf("the known problems are being written: %w; try again in a moment", err)
	}
	defer release()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.o.Path == "" {
		s.list.Problems = slices.DeleteFunc(slices.Clone(s.list.Problems), out)
		if in != nil {
			s.list.Problems = append(s.list.Problems, *in)
		}
		s.index()
		return nil
	}
	data, err := s.bytes()
	if err != nil {
		return err
	}
	text, err := edit(data, out, in, names)
	if err != nil {
		return fmt.Errorf("%s: %w", s.o.Path, err)
	}
	if err := s.write(text); err != nil {
		return err
	}
	s.reload()
	return nil
}

func (s *Store) write(text []byte) error {
	err := s.o.Disk.MakeFolder(filepath.Dir(s.o.Path))
	if err == nil {
		err = s.o.Disk.Replace(s.o.Path, text, keep.Private)
	}
	if err != nil {
		return fmt.Errorf("the known problems cannot be kept in %s: %w", s.o.Path, keep.Reason(err))
	}
	return nil
}

// bytes reads the file; none is empty.
func (s *Store) bytes() ([]byte, error) {
	data, err := keep.Read(s.o.Path, maxFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("the known problems in %s cannot be read: %w", s.o.Path, keep.Reason(err))
	}
	return data, nil
}

// reload reads the file if it is not as it was.
func (s *Store) reload() (changed bool) {
	if s.o.Path == "" {
		changed, s.read = !s.read, true
		return changed
	}
	now := s.stamp()
	if s.read && now == s.seen {
		return false
	}
	if !s.read {
		s.list.Ended = s.loadEnded()
	}
	s.read, s.seen = true, now
	s.list.Problems, s.list.Faults, s.list.Whole = nil, nil, ""
	data, err := s.bytes()
	if err == nil {
		var got read
		got, err = parse(data)
		s.list.Problems, s.list.Faults = got.problems, got.faults
	}
	if err != nil {
		s.list.Whole = safe.Clean(err.Error())
	}
	s.forget()
	s.index()
	return true
}

// forget drops what has ended of entries that are no longer there: one that somebody writes
// anew counts anew. A file with a fault tells nothing of what is no longer there.
func (s *Store) forget() {
	if s.list.Whole != "" || len(s.list.Faults) > 0 {
		return
	}
	there := map[string]bool{}
	for _, p := range s.list.Problems {
		there[p.Key()] = true
	}
	gone := false
	for key := range s.list.Ended {
		if !there[key] {
			delete(s.list.Ended, key)
			gone = true
		}
	}
	if gone {
		s.kept = s.keepEnded()
	}
}

func (s *Store) stamp() stamp {
	info, err := os.Stat(s.o.Path)
	if err != nil {
		return stamp{none: true}
	}
	return stamp{size: info.Size(), at: info.ModTime()}
}

func (s *Store) index() {
	s.byNet = map[string][]known.Problem{}
	for _, p := range s.list.InForce() {
		key := strings.ToLower(p.Network.Raw())
		s.byNet[key] = append(s.byNet[key], p)
	}
}

// problem says what of the file cannot be used.
func (s *Store) problem() error {
	where := "the known problems in " + safe.Clean(s.o.Path)
	switch {
	case s.list.Whole != "":
		return fmt.Errorf("%s cannot be used, %s", where, s.list.Whole)
	case len(s.list.Faults) > 0:
		text := where + " have a fault in " + s.list.Faults[0].String()
		if more := len(s.list.Faults) - 1; more > 0 {
			text += fmt.Sprintf(", and %d more", more)
		}
		return errors.New(text)
	default:
		return s.kept
	}
}

// endedForm is that of the file: a list. Another one would be an object that tells its version.
const endedForm = 1

// ended is where it is kept which problems have ended.
func (s *Store) ended() (folder keep.Folder, name string) {
	return keep.Folder{Disk: s.o.Disk, Dir: s.o.Dir, Limit: maxFile, Form: endedForm}, "ended-" + s.lockName() + ".json"
}

// lockName names the file in the folder of peerdeck's own.
func (s *Store) lockName() string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.o.Path)) // never fails
	return fmt.Sprintf("known-%016x", h.Sum64())
}

func (s *Store) loadEnded() map[string]bool {
	out := map[string]bool{}
	if s.o.Dir == "" {
		return out
	}
	folder, name := s.ended()
	data, err := folder.Get(name)
	if errors.Is(err, fs.ErrNotExist) {
		return out
	}
	var keys []string
	if err == nil {
		err = json.Unmarshal(data, &keys)
	}
	if err != nil {
		s.kept = fmt.Errorf("which known problems have ended cannot be read from %s: %w; they count as known until their findings change again", folder.Where(name), keep.Reason(err))
	}
	for _, key := range keys {
		out[key] = true
	}
	return out
}

func (s *Store) keepEnded() error {
	if s.o.Dir == "" {
		return nil
	}
	keys := make([]string, 0, len(s.list.Ended))
	for key := range s.list.Ended {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	data, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	folder, name := s.ended()
	if err := folder.Put(name, data); err != nil {
		return fmt.Errorf("which known problems have ended cannot be kept in %s: %w", folder.Where(name), keep.Reason(err))
	}
	return nil
}
