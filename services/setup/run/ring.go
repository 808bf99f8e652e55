package run

import (
	"sync"

	"github.com/peerdeck/peerdeck/model"
)

// maxLines is how much of a run's log is kept: hours of a slow one.
const maxLines = 2000

// ring keeps the newest log lines. It is safe for use by many goroutines.
type ring struct {
	mu    sync.Mutex
	lines []model.LogLine
	last  uint64
}

// add numbers a line and keeps it.
func (r *ring) add(l model.LogLine) uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	l.Number = r.last
	if len(r.lines) == maxLines {
		r.lines = append(r.lines[:0], r.lines[1:]...)
	}
	r.lines = append(r.lines, l)
	return r.last
}

// since returns the lines after a number, the oldest first.
func (r *ring) since(number uint64) []model.LogLine {
	r.mu.Lock()
	defer r.mu.Unlock()
	if number >= r.last {
		return nil
	}
	fresh := min(int(r.last-number), len(r.lines)) //nolint:gosec // at most maxLines are kept
	return append([]model.LogLine(nil), r.lines[len(r.lines)-fresh:]...)
}
