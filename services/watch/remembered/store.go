package remembered

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
)

// Store is the file of one context. Several programs may have it: the list that was written
// last is there whole.
type Store struct {
	folder  keep.Folder
	name    string
	konnect string
	note    func(string)

	mu      sync.Mutex
	damaged bool // what is there cannot be read, and is set aside before it is written over
	said    bool // that nothing can be kept
}

// New returns the store of a file, for the networks of one Konnect, which its host tells.
// Note hears what goes wrong: no screen is worth less for it.
func New(path, konnect string, note func(string)) *Store {
	return &Store{
		folder: keep.Folder{Dir: filepath.Dir(path), Limit: maxFile, Form: form}, name: filepath.Base(path), konnect: konnect, note: note,
	}
}

// shortFile is the length of a file that is read and understood in a millisecond or two: that of
// some hundred networks.
const shortFile = 128 << 10

// Short reports whether the file is read so fast that a first frame can wait for it.
func (s *Store) Short() bool {
	info, err := os.Stat(s.folder.Where(s.name))
	return err != nil || info.Size() <= shortFile
}

// Recall returns the list that was kept last; nil where there is none, or one that cannot be
// read, or that of another Konnect.
func (s *Store) Recall() *model.Remembered {
	data, err := s.folder.Get(s.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	konnect, list := "", model.Remembered{}
	if err == nil {
		konnect, list, err = decode(data)
	}
	if err != nil {
		s.mu.Lock()
		s.damaged = !errors.As(err, new(keep.Newer))
		s.mu.Unlock()
		s.note(safe.Clean(fmt.Sprintf("the networks as they were read last are not shown from %s: %v", s.folder.Where(s.name), keep.Reason(err))))
		return nil
	}
	if konnect != s.konnect || len(list.Networks) == 0 {
		return nil
	}
	return &list
}

// Keep keeps a list in the place of the one before. Where nothing may be written, nothing is
// kept, and that is no fault: the next start has nothing to show before the first answer.
func (s *Store) Keep(list model.Remembered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, err := encode(s.konnect, list)
	if err == nil && s.damaged {
		if _, err = s.folder.Aside(s.name, time.Now()); err == nil || errors.Is(err, fs.ErrNotExist) {
			s.damaged, err = false, nil
		}
	}
	if err == nil {
		err = s.folder.Put(s.name, data)
	}
	if err == nil || s.said || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return
	}
	s.said = true // once: it is tried again every few minutes
	s.note(safe.Clean(fmt.Sprintf("the networks cannot be kept for the next start in %s: %v", s.folder.Where(s.name), keep.Reason(err))))
}
