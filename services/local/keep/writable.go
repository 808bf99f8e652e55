package keep

import (
	"errors"
	"os"
	"path/filepath"
)

// ErrNoFolder is returned for a folder whose name is taken by something else.
var ErrNoFolder = errors.New("it is no folder")

// Writable says why nothing can be kept in a folder, which need not be there yet; nil when
// something can. It makes an empty file where the folder is, or would be, and takes it
// away again: rights alone do not say what a file system allows.
func (d Disk) Writable(dir string) error {
	for {
		info, err := os.Stat(dir)
		if err == nil && !info.IsDir() {
			return ErrNoFolder
		}
		if err == nil {
			break
		}
		if !os.IsNotExist(err) || filepath.Dir(dir) == dir {
			return Reason(err)
		}
		dir = filepath.Dir(dir)
	}
	f, err := d.open(temporary(filepath.Join(dir, "peerdeck-look")), os.O_CREATE|os.O_EXCL|os.O_WRONLY, Private)
	if err != nil {
		return Reason(err)
	}
	_ = f.Close()
	return d.Remove(f.Name())
}
