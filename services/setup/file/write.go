package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"peerdeck/model/setup"
)

// Write keeps a request in a file that its owner alone can read. After a crash there
// is the old content or the new one. It takes the place of another set-up file, and
// with it of the remarks that somebody wrote there; a file that is not empty and no
// set-up file, or one that cannot be understood, is left as it is.
func Write(path string, r setup.Request) error {
	if resolved, err := filepath.EvalSymlinks(path); err == nil {
		path = resolved // a link stays, what it leads to is replaced
	}
	if err := free(path); err != nil {
		return fmt.Errorf("the set-up cannot be saved as %s: %w", path, err)
	}
	if err := replace(path, Format(r)); err != nil {
		return fmt.Errorf("the set-up cannot be saved as %s: %w", path, inner(err))
	}
	return nil
}

// free says why a name cannot be taken.
func free(path string) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return inner(err)
	case !info.Mode().IsRegular():
		return errors.New("it is no file; give the name of a file")
	case info.Size() == 0:
		return nil
	}
	if _, err := Read(path); err != nil {
		return errors.New("there is something else of that name, or a set-up file that is not understood; give another name")
	}
	return nil
}

// replace puts new content in the place of a file's old one.
func replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	temp, err := os.CreateTemp(dir, ".setup-*") // readable by its owner alone
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(temp.Name()) }()
	_, err = temp.Write(data)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	// The new name is on the disk when the folder is. Not every system can do that.
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
	return nil
}
