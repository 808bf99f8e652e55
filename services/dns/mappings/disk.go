package mappings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxKept bounds a file of the store; a thousand domains take some hundred kilobytes.
const maxKept = 16 << 20

// disk keeps whole files under names with slashes. A file that is put is there whole,
// or the one before is; it is on the disk when put returns.
type disk interface {
	put(name string, data []byte) error
	get(name string) ([]byte, error)      // fs.ErrNotExist for none
	list(folder string) ([]string, error) // whole names, sorted
	remove(name string) error             // none is no error
	move(from, to string) error
	where(name string) string // for a sentence
}

// folder is a disk that is one.
type folder struct{ dir string }

const temporary = ".new-"

func (f folder) where(name string) string { return filepath.Join(f.dir, filepath.FromSlash(name)) }

func (f folder) put(name string, data []byte) error {
	at := f.where(name)
	dir := filepath.Dir(at)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	temp, err := os.CreateTemp(dir, temporary+"*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), at); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes the name of a new file last. Windows does so by itself and has no
// way to ask for it.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(filepath.Clean(dir))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

func (f folder) get(name string) ([]byte, error) {
	file, err := os.Open(f.where(name))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxKept+1))
	if err == nil && len(data) > maxKept {
		err = fmt.Errorf("it is longer than %d MB, far more than peerdeck writes", maxKept>>20)
	}
	return data, err
}

// stale is the age of a file that a killed program has left half written.
const stale = time.Hour

func (f folder) list(dir string) ([]string, error) {
	files, err := os.ReadDir(f.where(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var names []string
	for _, file := range files {
		switch {
		case strings.HasPrefix(file.Name(), temporary):
			if info, err := file.Info(); err == nil && time.Since(info.ModTime()) > stale {
				_ = os.Remove(f.where(path.Join(dir, file.Name())))
			}
		case file.Type().IsRegular():
			names = append(names, path.Join(dir, file.Name()))
		}
	}
	return names, nil
}

func (f folder) remove(name string) error {
	if err := os.Remove(f.where(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (f folder) move(from, to string) error { return os.Rename(f.where(from), f.where(to)) }

// memory is a disk that lasts as long as the program: the demo leaves no file.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

func newMemory() *memory { return &memory{files: map[string][]byte{}} }

func (m *memory) where(name string) string { return name }

func (m *memory) put(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[name] = slices.Clone(data)
	return nil
}

func (m *memory) get(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, there := m.files[name]
	if !there {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(data), nil
}

func (m *memory) list(dir string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var names []string
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if path.Dir(name) == dir {
			names = append(names, name)
		}
	}
	return names, nil
}

func (m *memory) remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, name)
	return nil
}

func (m *memory) move(from, to string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[to] = m.files[from]
	delete(m.files, from)
	return nil
}
