package transport

import (
	"context"
	"net"
	"sync"
)

// leads lets one request alone make the first connection to a host that may speak HTTP/2,
// where all others then find it: net/http would have each of them make its own. Where a
// host turns out to speak HTTP/1.1, each makes its own as it needs.
type leads struct {
	mu    sync.Mutex
	hosts map[string]*lead
}

// lead is what is known of the connections to a host.
type lead struct {
	open   int           // connections by which several requests go
	single bool          // each takes one request at a time
	making chan struct{} // closed when the first connection is there, or is none
}

// enter waits for a connection that another request makes, or makes the caller the one that
// does. Whoever is let in calls done as soon as it has one, or has none.
func (l *leads) enter(ctx context.Context, address string) (done func()) {
	for {
		l.mu.Lock()
		h := l.at(address)
		if h.single || h.open > 0 {
			l.mu.Unlock()
			return func() {}
		}
		if h.making == nil {
			made := make(chan struct{})
			h.making = made
			l.mu.Unlock()
			return sync.OnceFunc(func() {
				l.mu.Lock()
				h.making = nil
				l.mu.Unlock()
				close(made)
			})
		}
		made := h.making
		l.mu.Unlock()
		select {
		case <-made:
		case <-ctx.Done():
			return func() {}
		}
	}
}

func (l *leads) at(address string) *lead {
	h := l.hosts[address]
	if h == nil {
		h = &lead{}
		l.hosts[address] = h
	}
	return h
}

// made notes what a connection that was made turned out to be, and its end.
func (l *leads) made(address string, shared bool, c *watched) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.at(address)
	h.single = !shared
	if shared {
		h.open++
		c.ended = sync.OnceFunc(func() {
			l.mu.Lock()
			defer l.mu.Unlock()
			h.open--
		})
	}
}

// watched is a connection of which somebody wants to know when it ends.
type watched struct {
	net.Conn

	ended func() // nil for nobody
}

// Close ends it.
func (w *watched) Close() error {
	if w.ended != nil {
		w.ended()
	}
	return w.Conn.Close()
}
