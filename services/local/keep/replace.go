package keep

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoFile is returned for a name that is taken by something that is no file.
var ErrNoFile = errors.New("it is no file")

// ErrReadOnly is returned for a file that its owner has protected from being written.
var ErrReadOnly = errors.New("it is read-only")

// Replace puts new content in the place of a file's old one, or makes the file. It is
// on the disk when Replace returns; after a failure or a crash there is the old content
// or the new one.
//
// The file keeps its mode; a new one has the given one. A link stays, and what it leads
// to is replaced: whoever links a file elsewhere wants it there. Further names (hard
// links) of the file keep the old content.
func (d Disk) Replace(path string, data []byte, fresh fs.FileMode) error {
	return d.replace(path, fresh, whole(data))
}

// content writes what a file is to hold.
type content func(w io.Writer) error

func whole(data []byte) content {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

func (d Disk) replace(path string, fresh fs.FileMode, c content) error {
	path, err := follow(path)
	if err != nil {
		return err
	}
	was, err := writable(path)
	if err != nil {
		return err
	}
	at := temporary(path)
	if err := d.fill(at, fresh, was, c); err != nil {
		return err
	}
	if err := d.rename(at, path); err != nil {
		_ = d.Remove(at)
		return err
	}
	return d.syncNames(filepath.Dir(path))
}

// Create makes a file. One that is there, or a link of that name, is left alone, and the
// error is [fs.ErrExist]. After a crash there is the whole file or none, but on a file
// system that knows no hard links: there it may be there in part.
func (d Disk) Create(path string, data []byte, mode fs.FileMode) error {
	switch info, err := os.Lstat(path); {
	case err == nil && info.IsDir():
		return ErrNoFile
	case err == nil:
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	at := temporary(path)
	if err := d.fill(at, mode, nil, whole(data)); err != nil {
		return err
	}
	err := d.link(at, path) // unlike a rename, it takes nobody's place
	_ = d.Remove(at)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = d.fill(path, mode, nil, whole(data))
	}
	if err != nil {
		return err
	}
	return d.syncNames(filepath.Dir(path))
}

// fill makes a file that is not there yet and writes all of it. What there is of it
// after a failure goes.
func (d Disk) fill(path string, mode fs.FileMode, was fs.FileInfo, c content) error {
	if was != nil {
		mode = Private // until it is as the other was
	}
	f, err := d.open(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	err = c(writer{d, f})
	if err == nil && was != nil {
		err = d.like(f, was)
	}
	if err == nil {
		err = d.sync(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		_ = d.Remove(path)
	}
	return err
}

// under begins the name of a file that is being written.
const under = ".new-"

// temporary is a name beside a file: a rename does not leave its file system.
func temporary(path string) string {
	const most = 100 // names of some systems end at 143 bytes
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails
	name := filepath.Base(path)
	return filepath.Join(filepath.Dir(path), under+name[:min(len(name), most)]+"-"+hex.EncodeToString(b[:]))
}

// follow returns where a link leads, also when there is nothing yet.
func follow(path string) (string, error) {
	if path == "" {
		return "", &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	const most = 40 // as Linux has it
	for range most {
		to, err := filepath.EvalSymlinks(path)
		if err == nil {
			return to, nil
		}
		info, lerr := os.Lstat(path)
		switch {
		case !errors.Is(err, fs.ErrNotExist):
			return "", err
		case errors.Is(lerr, fs.ErrNotExist):
			return path, nil
		case lerr != nil:
			return "", lerr
		case info.Mode()&fs.ModeSymlink == 0:
			return path, nil
		}
		if to, err = os.Readlink(path); err != nil {
			return "", err
		}
		if !filepath.IsAbs(to) {
			dir, err := filepath.EvalSymlinks(filepath.Dir(path))
			if err != nil {
				return "", err
			}
			to = filepath.Join(dir, to)
		}
		path = to
	}
	return "", errors.New("the link leads nowhere")
}

// writable returns what is known of a file that may be replaced; nil when there is none.
func writable(path string) (fs.FileInfo, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil //nolint:nilnil // there is none, and that is no error
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, ErrNoFile
	case info.Mode().Perm()&0o200 == 0:
		return nil, ErrReadOnly
	}
	return info, nil
}
