// Package feed carries what goes on to whoever shows it.
package feed

import "sync"

// Feed carries the states of things that happen one after the other. The newest state
// of a thing takes the place of an older one that nobody has taken yet, so a slow
// reader never holds the work up; the last state of a thing stays until it is taken.
type Feed[T any] struct {
	same func(a, b T) bool
	over func(T) bool

	mu  sync.Mutex
	out chan T
}

// slots is one for the thing in hand, and some for the ends of those before it.
const slots = 8

// New returns a feed. Same reports whether two states are of one thing, over whether a
// state is the last one.
func New[T any](same func(a, b T) bool, over func(T) bool) *Feed[T] {
	return &Feed[T]{same: same, over: over, out: make(chan T, slots)}
}

// Out delivers the states. Close closes it.
func (f *Feed[T]) Out() <-chan T { return f.out }

// Put sends a state. It never waits.
func (f *Feed[T]) Put(now T) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var kept []T
	for {
		select {
		case old := <-f.out:
			if !f.same(old, now) && f.over(old) {
				kept = append(kept, old)
			}
			continue
		default:
		}
		break
	}
	kept = append(kept, now)
	for _, k := range kept[max(0, len(kept)-slots):] {
		f.out <- k
	}
}

// Close ends the feed; nothing may be put after it.
func (f *Feed[T]) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.out)
}
