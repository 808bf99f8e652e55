package crash

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Faults collects what went wrong in the program itself. The first fault is written
// down and ends everything in order, so that the terminal is restored.
type Faults struct {
	dir, version string
	end          context.CancelCauseFunc

	mu   sync.Mutex
	path string
	any  bool
}

// NewFaults returns what writes the first fault into a folder and calls end then.
func NewFaults(dir, version string, end context.CancelCauseFunc) *Faults {
	return &Faults{dir: dir, version: version, end: end}
}

// Record writes a fault down, if it is the first, and ends the program.
func (f *Faults) Record(doing string, value any, stack []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.any {
		return
	}
	f.any = true
	path, err := Write(f.dir, Report{Version: f.version, Doing: doing, Value: value, Stack: stack, At: time.Now()})
	if err != nil {
		path = err.Error()
	}
	f.path = path
	f.end(errors.New("a fault of the program"))
}

// First returns where the first fault is written down, or why it is not, and whether
// there was one.
func (f *Faults) First() (path string, met bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.path, f.any
}
