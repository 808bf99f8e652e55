package file

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// Write keeps a request in a file, which its owner alone can read when it is new. After a
// crash there is the old content or the new one. It takes the place of another set-up file, and
// with it of the remarks that somebody wrote there; a file that is not empty and no
// set-up file, or one that cannot be understood, is left as it is.
func Write(path string, r setup.Request) error {
	path = typed.Path(path)
	if err := free(path); err != nil {
		return fmt.Errorf("the set-up cannot be saved as %s: %w", path, err)
	}
	if err := (keep.Disk{}).Replace(path, Format(r), keep.Private); err != nil {
		return fmt.Errorf("the set-up cannot be saved as %s: %w", path, keep.Reason(err))
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
		return keep.Reason(err)
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
