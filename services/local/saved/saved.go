// Package saved writes what a person has saved or exported: to the file that they name,
// in words of one kind where that fails.
package saved

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// Private writes a text to a new file for its owner alone. A file that is there is left
// alone. Errors are [model.Failure].
func Private(path, text string) error {
	path = typed.Path(path)
	return failure(path, keep.Disk{}.Create(path, []byte(text), keep.Private))
}

// Vacant reports whether there is room for a new file of a name: for whoever writes it
// only later. Errors are [model.Failure].
func Vacant(path string) error {
	_, err := os.Lstat(path)
	switch {
	case err == nil:
		return failure(path, fs.ErrExist)
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return failure(path, err)
		}
		return nil
	default:
		return failure(path, err)
	}
}

// Shared writes a text to a file that others may read too, as far as the system lets
// them. One that is there keeps its mode, and is left alone unless overwrite says
// otherwise. Errors are [model.Failure].
func Shared(path, text string, overwrite bool) error {
	path = typed.Path(path)
	if overwrite {
		return failure(path, keep.Disk{}.Replace(path, []byte(text), keep.Shared))
	}
	err := failure(path, keep.Disk{}.Create(path, []byte(text), keep.Shared))
	if f, failed := model.AsFailure(err); failed && f.Kind == model.FailureConflict {
		f.Cure = model.CureReplaceFile
		return f
	}
	return err
}

func failure(path string, err error) error {
	f := model.Failure{
		Kind: model.FailureInvalid, Operation: "write the file", Subject: safe.New(path), Cure: model.CureOtherFile,
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		f.Kind, f.Cause, f.Cure = model.FailureConflict, safe.New("there is a file of this name"), model.CureOtherName
	case errors.Is(err, keep.ErrReadOnly):
		f.Cause, f.Cure = safe.New(err.Error()), model.CureWritableFile
	default:
		f.Cause = safe.New(keep.Reason(err).Error())
	}
	return f
}
