package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"peerdeck/model"
	"peerdeck/model/phrase"
)

const (
	maxLine = 64 << 10 // a line is some hundred bytes
	maxFile = 64 << 20 // and the whole, at 10,000 networks, some megabytes
)

// file is the place where a history is kept: one change a line, as JSON.
type file struct {
	path  string
	lock  *flock.Flock
	lines int
}

// Open reads the history of an organization from a folder and keeps it there
// from now on. When another peerdeck keeps it already, this one reads it and
// writes nothing. A damaged line is left out; the returned notes say so.
func Open(dir, organization string) (*Store, []string, error) {
	s := New()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return s, nil, fmt.Errorf("the history cannot be kept in %s: %w", dir, err)
	}
	f := &file{path: filepath.Join(dir, fileName(organization))}
	f.lock = flock.New(f.path + ".lock")
	held, err := f.lock.TryLock()
	if err != nil {
		return s, nil, fmt.Errorf("the history %s cannot be locked: %w", f.path, err)
	}
	damaged, err := s.load(f)
	if err != nil {
		_ = f.lock.Unlock()
		return s, nil, err
	}
	var notes []string
	if damaged > 0 {
		notes = append(notes, fmt.Sprintf("%s of the history %s %s left out", phrase.Count(damaged, "damaged line"), f.path, phrase.Either(damaged, "was", "were")))
	}
	if !held {
		return s, append(notes, "another peerdeck keeps the history; this one only reads it"), nil
	}
	s.file = f
	return s, notes, nil
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

// load reads the file. The last line may be torn by a crash; that is no damage.
func (s *Store) load(f *file) (damaged int, err error) {
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("the history cannot be read: %w", err)
	}
	if info.Size() > maxFile {
		return 0, fmt.Errorf("the history %s has %d MB, far more than peerdeck writes; move it away", f.path, info.Size()>>20)
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return 0, fmt.Errorf("the history cannot be read: %w", err)
	}
	whole := data[:bytes.LastIndexByte(data, '\n')+1]
	lines := bufio.NewScanner(bytes.NewReader(whole))
	lines.Buffer(make([]byte, 0, 4<<10), maxLine)
	for lines.Scan() {
		f.lines++
		var c model.Change
		if json.Unmarshal(lines.Bytes(), &c) != nil || c.Network.IsEmpty() {
			damaged++
			continue
		}
		if c.To.IsEmpty() {
			delete(s.last, c.Key())
		} else {
			s.last[c.Key()] = c
		}
		if c.Event() {
			s.recent = append(s.recent, c)
		}
	}
	if over := len(s.recent) - keep; over > 0 {
		s.recent = slices.Clone(s.recent[over:])
	}
	if lines.Err() != nil || len(whole) != len(data) {
		f.lines = maxFile // rewritten at the next save, without what is broken
	}
	return damaged, nil
}

// Save writes what was observed since the last time.
func (s *Store) Save() error {
	if s.file == nil || len(s.unsaved) == 0 {
		s.unsaved = nil
		return nil
	}
	if s.file.lines+len(s.unsaved) > 2*(keep+len(s.last)) {
		return s.rewrite()
	}
	var b bytes.Buffer
	for _, c := range s.unsaved {
		if err := writeLine(&b, c); err != nil {
			return err
		}
	}
	out, err := os.OpenFile(s.file.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("the history cannot be written: %w", err)
	}
	_, err = out.Write(b.Bytes())
	if err = errors.Join(err, out.Close()); err != nil {
		return fmt.Errorf("the history cannot be written: %w", err)
	}
	s.file.lines += len(s.unsaved)
	s.unsaved = nil
	return nil
}

// rewrite replaces the file by one without what is forgotten.
func (s *Store) rewrite() error {
	var b bytes.Buffer
	lines := 0
	inRecent := map[model.ChangeKey]model.Change{}
	for _, c := range s.recent {
		inRecent[c.Key()] = c
	}
	for key, c := range s.last {
		if inRecent[key] == c {
			continue
		}
		c.From, c.New = model.Change{}.From, false // an old change, kept for its state alone
		if err := writeLine(&b, c); err != nil {
			return err
		}
		lines++
	}
	for _, c := range s.recent {
		if err := writeLine(&b, c); err != nil {
			return err
		}
		lines++
	}
	if err := replace(s.file.path, b.Bytes()); err != nil {
		return fmt.Errorf("the history cannot be written: %w", err)
	}
	s.file.lines, s.unsaved = lines, nil
	return nil
}

func writeLine(b *bytes.Buffer, c model.Change) error {
	data, err := json.Marshal(c)
	if err != nil {
		return err
	}
	b.Write(data)
	b.WriteByte('\n')
	return nil
}

// replace puts new content in the place of a file's old one: after a crash there
// is the one or the other.
func replace(path string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), ".history-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
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
