// Package crash writes down a fault of the program itself, where its owner can
// read it and nobody else. The terminal gets one sentence and the path.
package crash

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/peerdeck/peerdeck/services/local/keep"
)

const (
	prefix     = "crash-"
	maxReports = 20 // the oldest go; those in the system's temporary folder are the system's
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
	disk, own := keep.Disk{}, true
	if dir == "" || disk.MakeFolder(dir) != nil {
		dir, own = os.TempDir(), false
	}
	path := filepath.Join(dir, fmt.Sprintf("%s%s-%d.txt", prefix, r.At.Format("20060102-150405.000"), os.Getpid()))
	if err := disk.Create(path, []byte(text), keep.Private); err != nil {
		return "", fmt.Errorf("the fault cannot be written down: %w", err)
	}
	if own {
		_ = keep.Folder{Dir: dir}.Bound("", prefix, maxReports)
	}
	return path, nil
}
