package armread

import (
	"context"
	"sync"
	"time"
)

// fresh is how old an answer may be that one reader takes from another. It is short beside
// the pace at which anything is read again, and long beside one look at very many VNETs,
// whose subnets name the same few security groups and route tables.
const fresh = 5 * time.Second

// Shared is what several readers of the same things have read at about the same time: each
// thing is asked for once. It is safe for use by many goroutines; nil shares nothing.
type Shared struct {
	now func() time.Time

	mu      sync.Mutex
	answers map[string]*answer
}

// answer is that to one question, or the question while it is asked.
type answer struct {
	asked time.Time
	done  chan struct{}
	value any
	err   error
}

// NewShared returns an empty one by a clock.
func NewShared(now func() time.Time) *Shared {
	return &Shared{now: now, answers: map[string]*answer{}}
}

// Forget drops all: what is asked for from now on is read anew.
func (s *Shared) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.answers)
}

// Share returns the answer to a question that somebody has asked just now, or asks it. A
// reader who gives up takes nobody with it: the next one asks.
func Share[T any](ctx context.Context, s *Shared, key string, ask func(context.Context) (T, error)) (T, error) {
	if s == nil {
		return ask(ctx)
	}
	for {
		a, mine := s.join(key)
		if mine {
			value, err := ask(ctx)
			s.answered(key, a, value, err, ctx.Err() != nil)
			return value, err
		}
		select {
		case <-a.done:
		case <-ctx.Done():
			var none T
			return none, context.Cause(ctx)
		}
		if value, ok := a.value.(T); ok {
			return value, a.err
		}
	}
}

// join finds the question, or makes it the caller's to ask. What is too old is dropped.
func (s *Shared) join(key string) (a *answer, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if a = s.answers[key]; a != nil && now.Sub(a.asked) < fresh {
		return a, false
	}
	for k, old := range s.answers {
		if now.Sub(old.asked) >= fresh {
			delete(s.answers, k)
		}
	}
	a = &answer{asked: now, done: make(chan struct{})}
	s.answers[key] = a
	return a, true
}

// answered hands the answer to all who wait for it. One that its reader has given up is none.
func (s *Shared) answered(key string, a *answer, value any, err error, given bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if given {
		if s.answers[key] == a {
			delete(s.answers, key)
		}
	} else {
		a.value, a.err = value, err
	}
	close(a.done)
}
