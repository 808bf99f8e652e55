package keep

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"sync"
	"time"
)

// Memory is a [Folder] that lasts as long as the program: the demo leaves no file. It is
// safe for use by many goroutines.
type Memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

// NewMemory returns an empty one.
func NewMemory() *Memory { return &Memory{files: map[string][]byte{}} }

// Where is the name itself.
func (*Memory) Where(name string) string { return name }

// Put keeps a file in the place of the one of that name.
func (m *Memory) Put(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[name] = slices.Clone(data)
	return nil
}

// Get returns a file; [fs.ErrNotExist] for none.
func (m *Memory) Get(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, there := m.files[name]
	if !there {
		return nil, fs.ErrNotExist
	}
	return slices.Clone(data), nil
}

// List returns the whole names of the files of a folder, sorted.
func (m *Memory) List(folder string) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var names []string
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if path.Dir(name) == folder {
			names = append(names, name)
		}
	}
	return names, nil
}

// Remove takes a file away. None is no error.
func (m *Memory) Remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, name)
	return nil
}

// Aside gives a file another name and returns it.
func (m *Memory) Aside(name string, now time.Time) (to string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, there := m.files[name]
	if !there {
		return "", fs.ErrNotExist
	}
	to = setAsideName(name, now)
	m.files[to] = data
	delete(m.files, name)
	return to, nil
}
