package probe

import (
	"context"
	"net/netip"
	"sync"
	"time"
)

// limits keep the prober from being a burden: bounds on what is in flight altogether
// and to one server, and on the questions that one server gets in a second. They hold
// for everything that a prober does at one time.
type limits struct {
	all   chan struct{}
	each  int
	rate  int // questions in any second and server; not positive for no bound
	mu    sync.Mutex
	gates map[netip.Addr]*gate
}

// gate is the way to one server.
type gate struct {
	users int // exchanges that hold it or wait; guarded by limits.mu
	slots chan struct{}

	mu   sync.Mutex
	sent []time.Time // of the last questions, as a ring
	next int         // place of the oldest in it
}

func newLimits(overall, each, rate int) *limits {
	return &limits{all: make(chan struct{}, overall), each: each, rate: rate, gates: map[netip.Addr]*gate{}}
}

// enter waits for a place for one exchange with a server. Leave gives it back.
func (l *limits) enter(ctx context.Context, server netip.Addr) (g *gate, leave func(), err error) {
	l.mu.Lock()
	g = l.gates[server]
	if g == nil {
		g = &gate{slots: make(chan struct{}, l.each)}
		l.gates[server] = g
	}
	g.users++
	l.mu.Unlock()
	// The server's own bound comes first: who waits for it holds no place of the others.
	if err := take(ctx, g.slots); err != nil {
		l.release(server, g)
		return nil, nil, err
	}
	if err := take(ctx, l.all); err != nil {
		<-g.slots
		l.release(server, g)
		return nil, nil, err
	}
	return g, func() {
		<-l.all
		<-g.slots
		l.release(server, g)
	}, nil
}

// release forgets the gate of a server with which nothing goes on and to which nothing
// was sent in the last second.
func (l *limits) release(server netip.Addr, g *gate) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g.users--
	if g.users == 0 && g.idle() {
		delete(l.gates, server)
	}
	if len(l.gates) > maxGates {
		for address, other := range l.gates {
			if other.users == 0 && other.idle() {
				delete(l.gates, address)
			}
		}
	}
}

// maxGates is how many servers are remembered before those at rest are looked for.
const maxGates = 256

func take(ctx context.Context, slots chan<- struct{}) error {
	select {
	case slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// wait waits until the server may be sent one more question.
func (l *limits) wait(ctx context.Context, g *gate) error {
	delay := g.reserve(l.rate)
	if delay <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reserve notes a question, for the first moment at which the last rate questions lie
// within no less than a second, and returns how long it is until then.
func (g *gate) reserve(rate int) time.Duration {
	if rate <= 0 {
		return 0
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	if len(g.sent) < rate {
		g.sent = append(g.sent, now)
		return 0
	}
	at := g.sent[g.next].Add(time.Second)
	if at.Before(now) {
		at = now
	}
	g.sent[g.next] = at
	g.next = (g.next + 1) % rate
	return at.Sub(now)
}

// idle reports whether nothing was sent within the last second.
func (g *gate) idle() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	for _, at := range g.sent {
		if now.Sub(at) < time.Second {
			return false
		}
	}
	return true
}
