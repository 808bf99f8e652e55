package keep

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Modes of files that are made. One that is there keeps its own.
const (
	// Private is for what only its owner reads: state, journals, reports, secrets.
	Private fs.FileMode = 0o600
	// Shared is for what a person exports for others; the system's mask takes from it.
	Shared fs.FileMode = 0o644

	privateFolder fs.FileMode = 0o700
)

// Step is one thing that is done on a disk. A crash comes between two steps.
type Step string

// The steps.
const (
	StepFolder   Step = "make a folder"
	StepOpen     Step = "open to write"
	StepWrite    Step = "write"
	StepMode     Step = "set the mode"
	StepSync     Step = "sync"
	StepLink     Step = "link"
	StepRename   Step = "rename"
	StepNames    Step = "sync the folder" // so that a new name lasts
	StepTruncate Step = "truncate"
	StepRemove   Step = "remove"
)

// Disk is where files are kept. Its zero value is the machine's own; it holds nothing
// open and may be used by many goroutines.
type Disk struct {
	// Before is asked before each step, and an error of it takes the step's place. Nil
	// lets all pass. A test has a disk run full there, or a program end.
	Before func(step Step, path string) error
}

// Short is an error for [Disk.Before]: the write ends after so many bytes.
type Short struct {
	Bytes int
	Err   error
}

// Error says why the write ended.
func (s Short) Error() string { return s.Err.Error() }

// Unwrap is why the write ended.
func (s Short) Unwrap() error { return s.Err }

func (d Disk) before(step Step, path string) error {
	if d.Before == nil {
		return nil
	}
	return d.Before(step, path)
}

func (d Disk) open(path string, flag int, mode fs.FileMode) (*os.File, error) {
	if err := d.before(StepOpen, path); err != nil {
		return nil, err
	}
	return os.OpenFile(path, flag, mode)
}

// writer is a file whose writes are steps.
type writer struct {
	disk Disk
	file *os.File
}

func (w writer) Write(data []byte) (int, error) {
	err := w.disk.before(StepWrite, w.file.Name())
	if short, ok := errors.AsType[Short](err); ok {
		n, werr := w.file.Write(data[:min(len(data), short.Bytes)])
		return n, errors.Join(err, werr)
	}
	if err != nil {
		return 0, err
	}
	return w.file.Write(data)
}

func (d Disk) sync(f *os.File) error {
	if err := d.before(StepSync, f.Name()); err != nil {
		return err
	}
	return f.Sync()
}

func (d Disk) truncate(f *os.File, size int64) error {
	if err := d.before(StepTruncate, f.Name()); err != nil {
		return err
	}
	return f.Truncate(size)
}

func (d Disk) link(from, to string) error {
	if err := d.before(StepLink, to); err != nil {
		return err
	}
	return os.Link(from, to)
}

func (d Disk) rename(from, to string) error {
	if err := d.before(StepRename, to); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// Remove takes a file away. None is no error.
func (d Disk) Remove(path string) error {
	if err := d.before(StepRemove, path); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// like gives a new file the mode and, where that is allowed, the owner of the one whose
// place it is to have.
func (d Disk) like(f *os.File, was fs.FileInfo) error {
	if err := d.before(StepMode, f.Name()); err != nil {
		return err
	}
	sameOwner(f, was) // first: a change of owner may take from the mode
	return f.Chmod(was.Mode().Perm())
}

// MakeFolder makes a folder for its owner alone, with those above it, where there is
// none.
func (d Disk) MakeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if err := d.before(StepFolder, dir); err != nil {
		return err
	}
	there := dir // the nearest folder that exists
	var fresh []string
	for {
		if _, err := os.Stat(there); err == nil || filepath.Dir(there) == there {
			break
		}
		there = filepath.Dir(there)
		fresh = append(fresh, there)
	}
	if err := os.MkdirAll(dir, privateFolder); err != nil {
		return err
	}
	for _, parent := range fresh {
		if err := d.syncNames(parent); err != nil {
			return err
		}
	}
	return nil
}

func (d Disk) syncNames(dir string) error {
	if err := d.before(StepNames, dir); err != nil {
		return err
	}
	return syncFolder(dir)
}

// Reason is an error of the system without the path, for a sentence that names it
// already.
func Reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return e.Err
	}
	return err
}
