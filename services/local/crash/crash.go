// Package crash writes down a fault of the program itself, where its owner can
// read it and nobody else. The terminal gets one sentence and the path.
package crash

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"
)

// Report is a fault.
type Report struct {
	Version string
	Doing   string // what was being done
	Value   any    // of the panic; its type is written, its text is not: it may hold anything
	Stack   []byte
	At      time.Time
}

// Write puts a report into a folder, or into the system's temporary one when the
// folder cannot be used, and returns the path.
func Write(dir string, r Report) (string, error) {
	text := fmt.Sprintf("peerdeck %s met a fault while %s at %s.\nThe value is of type %T.\n", r.Version, r.Doing, r.At.Format(time.RFC3339), r.Value)
	if err, ok := r.Value.(interface{ RuntimeError() }); ok {
		text += fmt.Sprintf("%v\n", err) // the runtime's own words hold no secret
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		text += info.GoVersion + "\n"
	}
	text += "\n" + string(r.Stack)
	if dir == "" || os.MkdirAll(dir, 0o700) != nil {
		dir = os.TempDir()
	}
	f, err := os.CreateTemp(dir, "crash-"+r.At.Format("20060102-150405")+"-*.txt") // mode 0600
	if err != nil {
		return "", fmt.Errorf("the fault cannot be written down: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("the fault cannot be written down: %w", err)
	}
	return filepath.Clean(f.Name()), nil
}
