package keep

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Folder keeps whole files of its owner's under names with slashes. A file that is put
// is there whole, or the one before is.
type Folder struct {
	Disk  Disk
	Dir   string // made when something is put
	Limit int64  // of a file, in bytes
	// Form is the newest form of a file that the program knows, which is the one that it
	// writes: the member "version" or "format" of the JSON. A file of a newer one is neither
	// read nor written over, moved or removed: the error is [Newer]. 0: the files tell none.
	Form int
}

// Where is the path of a name.
func (f Folder) Where(name string) string { return filepath.Join(f.Dir, filepath.FromSlash(name)) }

// Put keeps a file in the place of the one of that name.
func (f Folder) Put(name string, data []byte) error {
	at := f.Where(name)
	if err := f.newer(name); err != nil {
		return err
	}
	if err := f.Disk.MakeFolder(filepath.Dir(at)); err != nil {
		return err
	}
	return f.Disk.Replace(at, data, Private)
}

// Get returns a file; [fs.ErrNotExist] for none.
func (f Folder) Get(name string) ([]byte, error) {
	data, err := Read(f.Where(name), f.Limit)
	if err == nil {
		err = known(f.formOf(data), f.Form)
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}

// formOf reads nothing where no form is told.
func (f Folder) formOf(data []byte) int {
	if f.Form == 0 {
		return 0
	}
	return formOf(data)
}

// newer returns [Newer] where a file of that name is. One that cannot be read is as it was:
// who writes in its place has set it aside.
func (f Folder) newer(name string) error {
	if f.Form == 0 {
		return nil
	}
	if _, err := f.Get(name); errors.As(err, new(Newer)) {
		return err
	}
	return nil
}

// List returns the whole names of the files of a folder, sorted, and takes away what
// killed programs have left half written.
func (f Folder) List(folder string) ([]string, error) {
	files, err := f.files(folder)
	var names []string
	for _, file := range files {
		names = append(names, path.Join(folder, file.Name()))
	}
	return names, err
}

// stale is the age at which nobody writes a file any more.
const stale = time.Hour

func (f Folder) files(folder string) ([]fs.DirEntry, error) {
	all, err := os.ReadDir(f.Where(folder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var files []fs.DirEntry
	for _, file := range all {
		switch {
		case strings.HasPrefix(file.Name(), under):
			if info, err := file.Info(); err == nil && time.Since(info.ModTime()) > stale {
				_ = f.Disk.Remove(f.Where(path.Join(folder, file.Name())))
			}
		case file.Type().IsRegular():
			files = append(files, file)
		}
	}
	return files, nil
}

// Remove takes a file away. None is no error.
func (f Folder) Remove(name string) error {
	if err := f.newer(name); err != nil {
		return err
	}
	return f.Disk.Remove(f.Where(name))
}

// Aside gives a file that cannot be read another name, so that nothing is written over
// it, and returns that name.
func (f Folder) Aside(name string, now time.Time) (to string, err error) {
	if err := f.newer(name); err != nil {
		return "", err
	}
	to = setAsideName(name, now)
	if err := f.Disk.rename(f.Where(name), f.Where(to)); err != nil {
		return "", err
	}
	return to, f.Disk.syncNames(filepath.Dir(f.Where(to)))
}

func setAsideName(name string, now time.Time) string {
	return fmt.Sprintf("%s.damaged-%s", name, now.UTC().Format("20060102-150405.000000000"))
}

// Bound removes the oldest of the files of a folder whose names begin so, until there
// are no more than so many. Those of a newer form stay.
func (f Folder) Bound(folder, prefix string, most int) error {
	files, err := f.files(folder)
	type aged struct {
		name string
		at   time.Time
	}
	var list []aged
	for _, file := range files {
		if info, err := file.Info(); err == nil && strings.HasPrefix(file.Name(), prefix) {
			list = append(list, aged{file.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(list, func(a, b aged) int { return cmp.Or(b.at.Compare(a.at), strings.Compare(b.name, a.name)) })
	for _, old := range list[min(most, len(list)):] {
		if gone := f.Remove(path.Join(folder, old.name)); !errors.As(gone, new(Newer)) {
			err = errors.Join(err, gone)
		}
	}
	return err
}
