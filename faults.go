package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/adrg/xdg"

	"peerdeck/services/local/crash"
)

// faults collects what went wrong in the program itself. The first fault is
// written down and ends everything in order, so that the terminal is restored.
type faults struct {
	end  context.CancelCauseFunc
	mu   sync.Mutex
	path string
	any  bool
}

func (f *faults) take(doing string, value any, stack []byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.any {
		return
	}
	f.any = true
	path, err := crash.Write(filepath.Join(xdg.StateHome, "peerdeck"), crash.Report{
		Version: build().Version, Doing: doing, Value: value, Stack: stack, At: time.Now(),
	})
	if err != nil {
		path = err.Error()
	}
	f.path = path
	f.end(errors.New("a fault of the program"))
}

func (f *faults) met() (path string, met bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.path, f.any
}
