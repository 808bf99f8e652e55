package yaml

import (
	"fmt"
	"io"
	"os"

	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/local/keep"
	"github.com/peerdeck/peerdeck/services/local/typed"
)

// File is a kind of file that people write by hand.
type File[T any] struct {
	Kind  string                       // how a sentence calls it: "set-up file"
	Most  int64                        // bytes that are read; one that is longer is refused
	Parse func(data []byte) (T, error) // gets UTF-8, whatever the file is in
}

// Read reads a file. An error names it, and what is wrong with it.
func (f File[T]) Read(path string) (T, error) {
	var none T
	path = typed.Path(path)
	file, err := os.Open(path)
	if err != nil {
		return none, fmt.Errorf("the %s %s cannot be read: %w", f.Kind, path, keep.Reason(err))
	}
	defer func() { _ = file.Close() }()
	return f.From(file, "the "+f.Kind+" "+path)
}

// From reads a file that is open already; name says what it is in an error.
func (f File[T]) From(r io.Reader, name string) (T, error) {
	var none T
	data, err := io.ReadAll(io.LimitReader(r, f.Most+1))
	if err != nil {
		return none, fmt.Errorf("%s cannot be read: %w", name, keep.Reason(err))
	}
	if int64(len(data)) > f.Most {
		return none, fmt.Errorf("%s is longer than %d KiB; a %s has some lines", name, f.Most>>10, f.Kind)
	}
	got, err := f.Parse([]byte(safe.Decode(data)))
	if err != nil {
		return none, fmt.Errorf("%s, %w", name, err)
	}
	return got, nil
}
