// Package activity keeps what was asked and done: each request with its ids,
// each state change, each failure, and what the person did. It is a ring in
// memory: it holds the newest entries and forgets the oldest.
package activity

import (
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// Capacity is the number of entries kept: some hours of watching ten networks,
// in about a megabyte.
const Capacity = 5000

// Log is the activity log. It is safe for use by many goroutines.
type Log struct {
	now  func() time.Time
	mu   sync.Mutex
	ring []model.Activity
	next uint64 // the number of the next entry; the first is 1
	sees []func(model.Activity)
}

// New returns an empty log by the machine's time.
func New() *Log { return By(time.Now) }

// By returns an empty log by another time.
func By(now func() time.Time) *Log { return &Log{now: now, next: 1} }

// Problem keeps a failure of a service of peerdeck.
func (l *Log) Problem(f model.Failure) { l.Add(model.ProblemActivity(f, l.now())) }

// Each has every entry shown to somebody who counts them, from now on, in the order in
// which they are kept. See must not wait, and not use the log.
func (l *Log) Each(see func(model.Activity)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sees = append(l.sees, see)
}

// Add numbers an entry and keeps it.
func (l *Log) Add(a model.Activity) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a.Number = l.next
	l.next++
	for _, see := range l.sees {
		see(a)
	}
	if len(l.ring) < Capacity {
		l.ring = append(l.ring, a)
		return
	}
	l.ring[(a.Number-1)%Capacity] = a
}

// Note keeps something that the person did.
func (l *Log) Note(text string) {
	l.Add(model.Activity{At: l.now(), Kind: model.ActivityNote, Service: "you", Text: text})
}

// Remark keeps something that peerdeck has to say about itself.
func (l *Log) Remark(text string) {
	l.Add(model.Activity{At: l.now(), Kind: model.ActivityNote, Service: "peerdeck", Text: text})
}

// Since returns the entries after the given number, the oldest first. When some
// of them are forgotten already, it returns those that are left.
func (l *Log) Since(number uint64) []model.Activity {
	l.mu.Lock()
	defer l.mu.Unlock()
	first := number + 1
	if oldest := l.next - uint64(len(l.ring)); first < oldest {
		first = oldest
	}
	if first >= l.next {
		return nil
	}
	out := make([]model.Activity, 0, l.next-first)
	for n := first; n < l.next; n++ {
		out = append(out, l.ring[(n-1)%Capacity])
	}
	return out
}
