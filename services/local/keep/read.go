package keep

import (
	"fmt"
	"io"
	"os"
)

// TooLong is the error of a file, or a line, that is longer than anything peerdeck
// writes. Limit is in bytes.
type TooLong struct{ Limit int64 }

// Error says how long it may be.
func (t TooLong) Error() string {
	size := fmt.Sprintf("%d bytes", t.Limit)
	switch {
	case t.Limit >= 1<<20:
		size = fmt.Sprintf("%d MiB", t.Limit>>20)
	case t.Limit >= 1<<10:
		size = fmt.Sprintf("%d KiB", t.Limit>>10)
	}
	return "it is longer than " + size + ", far more than peerdeck writes"
}

// Read reads a file up to a limit in bytes. A longer one gives [TooLong]; one that is no
// file, such as a pipe that nobody writes to, gives [ErrNoFile].
func Read(path string, limit int64) ([]byte, error) {
	f, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, limit+1)) // one more, so that it is seen to be too long
	if err == nil && int64(len(data)) > limit {
		return nil, TooLong{limit}
	}
	return data, err
}

func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ErrNoFile
	}
	return os.Open(path)
}
