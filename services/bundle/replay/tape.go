package replay

import (
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/bundle"
)

// tape gives recorded answers to requests: to the first of some the first that was
// recorded, and so on, and the last one for ever. It is safe for use by many goroutines.
type tape[K comparable, A any] struct {
	mu    sync.Mutex
	lines map[K][]A
}

func newTape[K comparable, A any]() *tape[K, A] { return &tape[K, A]{lines: map[K][]A{}} }

func (t *tape[K, A]) add(key K, answer A) { t.lines[key] = append(t.lines[key], answer) }

// next is the next answer to a request, false where there is none.
func (t *tape[K, A]) next(key K) (A, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	line := t.lines[key]
	if len(line) == 0 {
		var none A
		return none, false
	}
	if len(line) > 1 {
		t.lines[key] = line[1:]
	}
	return line[0], true
}

// cloudTape is the tape of the exchanges with the clouds.
type cloudTape struct {
	*tape[bundle.Key, bundle.Exchange]

	// as is the key under which a request stands, whosever token was sent: a token of one
	// tenant may have been sent for another one, in vain or not.
	as map[bundle.Key]bundle.Key
}

// exchanges makes the tape of the exchanges. It begins at a time: what was answered before
// it is left out where there is a later answer before it too. The zero time is the
// beginning.
func exchanges(list []bundle.Exchange, from time.Time) cloudTape {
	t := cloudTape{newTape[bundle.Key, bundle.Exchange](), map[bundle.Key]bundle.Key{}}
	for _, e := range list {
		key := e.Key()
		if !from.IsZero() && !e.At.After(from) {
			t.lines[key] = nil
		}
		t.add(key, e)
		if other := key.AnyTenant(); t.as[other] == (bundle.Key{}) {
			t.as[other] = key
		}
	}
	return t
}

// answer is the next answer to a request. Where its tenant has none, that of another
// tenant is it.
func (t cloudTape) answer(key bundle.Key) (bundle.Exchange, bool) {
	if e, found := t.next(key); found {
		return e, true
	}
	return t.next(t.as[key.AnyTenant()])
}
