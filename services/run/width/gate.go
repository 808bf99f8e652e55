// Package width finds out how many requests a service bears at the same time, and lets no
// more through: more while it answers well, fewer when it refuses, fails or becomes slow.
// One gate serves the whole program, so that watcher, set-up and commands together are
// never more than the service bears, and what a person waits for goes first.
package width

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Most is the largest number of requests in flight to one host, whatever it bears. Whoever
// has a list of things to ask for asks for as many at once, and leaves the rest to the gate.
const Most = 128

// patience is how long a request waits at the gate for a service that wants to be left
// alone. Where that is longer, it is turned back, so that whoever sent it can show the wait.
const patience = 2 * time.Second

// Place is where a request goes.
type Place struct {
	Host string
	// Account is for whom the service counts: a subscription, a sign-in. What belongs to none
	// is never held back by what was answered to others.
	Account string
}

// Held is the error of a request that was turned back, because the service wants to be left
// alone. It was not sent.
type Held struct {
	Left time.Duration // until it may be sent
}

// Error says for how long.
func (h Held) Error() string {
	return fmt.Sprintf("not sent: the service asked for no request for another %s", h.Left.Round(time.Second))
}

// Gate lets requests through. It is safe for use by many goroutines.
type Gate struct {
	clock attempt.Clock

	mu    sync.Mutex
	hosts map[string]*host
}

// New returns a gate by a clock; nil is the machine's.
func New(c attempt.Clock) *Gate {
	if c == nil {
		c = attempt.Machine{}
	}
	return &Gate{clock: c, hosts: map[string]*host{}}
}

// Pass is the leave to send one request. Whoever has it ends it.
type Pass struct {
	gate    *Gate
	host    *host
	account *account
	began   time.Time
	over    bool
}

// waiter is a request before the gate.
type waiter struct {
	account *account
	behind  bool
	pass    *Pass         // with which it may go, or
	err     error         // with which it is turned back
	until   time.Time     // when its account may be asked again; zero: when another request ends
	moved   chan struct{} // one of these is another one
}

// put says when to look again.
func (w *waiter) put(until time.Time) {
	if w.until.Equal(until) {
		return
	}
	w.until = until
	w.tell()
}

// tell has it look at itself.
func (w *waiter) tell() {
	select {
	case w.moved <- struct{}{}:
	default:
	}
}

// Enter waits until a request may be sent. Behind is for what nobody waits for: it lets all
// others go first. The error is [Held], or that of ctx.
func (g *Gate) Enter(ctx context.Context, at Place, behind bool) (*Pass, error) {
	g.mu.Lock()
	h := g.at(at.Host)
	w := &waiter{account: h.account(at.Account, g.clock.Now()), behind: behind, moved: make(chan struct{}, 1)}
	h.join(w)
	g.admit(h)
	g.mu.Unlock()
	for {
		g.mu.Lock()
		pass, err, most := w.pass, w.err, time.Hour // until it is told, or gives up
		if !w.until.IsZero() {
			most = max(time.Millisecond, w.until.Sub(g.clock.Now()))
		}
		g.mu.Unlock()
		if pass != nil || err != nil {
			return pass, err
		}
		if attempt.Until(ctx, g.clock, w.moved, most) != nil {
			return nil, g.leave(ctx, h, w)
		}
		g.mu.Lock()
		g.admit(h)
		g.mu.Unlock()
	}
}

// leave takes a waiter away whose time is over. One that was let through at the same moment
// gives its place back.
func (g *Gate) leave(ctx context.Context, h *host, w *waiter) error {
	g.mu.Lock()
	h.queue = slices.DeleteFunc(h.queue, func(o *waiter) bool { return o == w })
	pass := w.pass
	g.admit(h) // it may have been the one that looks again
	g.mu.Unlock()
	if pass != nil {
		pass.End(Answer{Kind: Void})
	}
	return ctx.Err()
}

// at is what is known of a host.
func (g *Gate) at(name string) *host {
	h := g.hosts[name]
	if h == nil {
		h = newHost()
		g.hosts[name] = h
	}
	return h
}

// Width is how many requests may be in flight to a host now, at least one.
func (g *Gate) Width(name string) int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.at(name).allowed()
}

// admit lets through what may go, in order. The first one of an account that has to wait for
// a time looks again for all of them.
func (g *Gate) admit(h *host) {
	now := g.clock.Now()
	looks := map[*account]bool{}
	h.queue = slices.DeleteFunc(h.queue, func(w *waiter) bool {
		if h.running >= h.allowed() || looks[w.account] {
			w.put(time.Time{})
			return false
		}
		free, until, said := w.account.free(now)
		switch {
		case free:
			h.running++
			w.account.start()
			w.pass = &Pass{gate: g, host: h, account: w.account, began: now}
		case said && until.Sub(now) > patience:
			w.err = Held{Left: until.Sub(now)}
		default:
			looks[w.account] = true
			w.put(until)
			return false
		}
		w.tell()
		return true
	})
}

// End gives the place back and takes note of what came. Only the first call counts.
func (p *Pass) End(a Answer) {
	g := p.gate
	g.mu.Lock()
	defer g.mu.Unlock()
	if p.over {
		return
	}
	p.over = true
	now := g.clock.Now()
	p.host.running--
	p.account.heard(p.began, now, a)
	p.host.heard(p.began, now, a)
	g.admit(p.host)
}
