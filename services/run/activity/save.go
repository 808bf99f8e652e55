package activity

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"peerdeck/model"
)

// Saver writes entries to files in a folder, for a ticket.
type Saver struct{ Dir string }

// Save writes entries as text, one a line, and returns the path of the file. The
// file is new and readable by its owner only. It holds no token, because no
// entry does.
func (s Saver) Save(entries []model.Activity, now time.Time) (path string, err error) {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return "", fmt.Errorf("the activity cannot be saved in %s: %w", s.Dir, err)
	}
	path = filepath.Join(s.Dir, "activity-"+now.Format("20060102-150405.000")+".log")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("the activity cannot be saved: %w", err)
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = fmt.Errorf("the activity cannot be saved: %w", cerr)
		}
	}()
	w := bufio.NewWriter(f)
	for _, a := range entries {
		if _, err := fmt.Fprintln(w, a.Line()); err != nil {
			return "", fmt.Errorf("the activity cannot be saved: %w", err)
		}
	}
	if err := errors.Join(w.Flush(), f.Sync()); err != nil {
		return "", fmt.Errorf("the activity cannot be saved: %w", err)
	}
	return path, nil
}
