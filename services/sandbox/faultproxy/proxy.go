package faultproxy

import (
	"bufio"
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Proxy is one, before one service.
type Proxy struct {
	// Address is host and port on loopback; empty for a proxy in memory.
	Address string

	service http.Handler
	tls     *tls.Config
	memory  *listener
	ctx     context.Context //nolint:containedctx // the life of the proxy: what is held open ends with it

	mu     sync.Mutex
	door   Door
	decide func(Exchange) Fault
	seen   []Exchange
	opened int // connections
	open   map[net.Conn]bool
	ended  bool
	work   sync.WaitGroup
}

// Start listens on loopback until the test ends, before a service. With a configuration it
// speaks TLS, and HTTP/2 where that offers it.
func Start(tb testing.TB, service http.Handler, c *tls.Config) *Proxy {
	tb.Helper()
	l, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := begin(tb, service, c, l)
	p.Address = l.Addr().String()
	return p
}

// InMemory is Start with connections that only [Network.Dial] makes.
func InMemory(tb testing.TB, service http.Handler, c *tls.Config) *Proxy {
	tb.Helper()
	l := &listener{conns: make(chan net.Conn), done: make(chan struct{})}
	p := begin(tb, service, c, l)
	p.memory = l
	return p
}

func begin(tb testing.TB, service http.Handler, c *tls.Config, l net.Listener) *Proxy {
	tb.Helper()
	ctx, end := context.WithCancel(context.WithoutCancel(tb.Context()))
	p := &Proxy{service: service, tls: c, ctx: ctx, open: map[net.Conn]bool{}}
	p.work.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			if p.hold(conn) {
				p.work.Go(func() { p.serve(conn) })
			}
		}
	})
	tb.Cleanup(func() {
		end()
		_ = l.Close()
		p.mu.Lock()
		p.ended = true
		for c := range p.open {
			_ = c.Close()
		}
		p.mu.Unlock()
		p.work.Wait()
	})
	return p
}

// Meet says what becomes of each request from now on; nil for nothing.
func (p *Proxy) Meet(decide func(Exchange) Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.decide = decide
}

// Always is a fault that every request meets.
func Always(f Fault) func(Exchange) Fault { return func(Exchange) Fault { return f } }

// Stand puts a door before all connections that come from now on, and ends those that are
// open: what is kept alive would get around it.
func (p *Proxy) Stand(d Door) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.door = d
	for c := range p.open {
		_ = c.Close()
	}
}

// Seen are the requests that have come, in their order.
func (p *Proxy) Seen() []Exchange {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Exchange(nil), p.seen...)
}

// Count counts the requests of a method, and of a path that ends so.
func (p *Proxy) Count(method, end string) int {
	n := 0
	for _, x := range p.Seen() {
		if x.Is(method, end) {
			n++
		}
	}
	return n
}

// Opened counts the connections that were made.
func (p *Proxy) Opened() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.opened
}

func (p *Proxy) behind() Door {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.door
}

// hold notes an open connection; false when the proxy has ended.
func (p *Proxy) hold(conn net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		_ = conn.Close()
		return false
	}
	p.open[conn] = true
	p.opened++
	return true
}

// serve answers on one connection until it ends.
func (p *Proxy) serve(conn net.Conn) {
	defer func() {
		_ = conn.Close()
		p.mu.Lock()
		delete(p.open, conn)
		p.mu.Unlock()
	}()
	switch p.behind() {
	case Refused, HangsUp:
		breakOff(conn)
		return
	case Silent:
		p.swallow(conn)
		return
	case Noise:
		_, _ = conn.Write([]byte("SSH-2.0-OpenSSH_9.6\r\n"))
		p.swallow(conn)
		return
	case Open:
	}
	if p.tls == nil {
		p.http1(conn, conn)
		return
	}
	secured := tls.Server(conn, p.tls)
	if secured.HandshakeContext(p.ctx) != nil {
		return
	}
	if secured.ConnectionState().NegotiatedProtocol == "h2" {
		p.http2(conn, secured)
		return
	}
	p.http1(conn, secured)
}

// swallow reads what comes, and says nothing.
func (p *Proxy) swallow(conn net.Conn) {
	r := bufio.NewReader(conn)
	for {
		if _, err := r.ReadByte(); err != nil {
			return
		}
	}
}

// asked notes a request and finds its fault.
func (p *Proxy) asked(r *http.Request, body []byte, onThis int) Fault {
	p.mu.Lock()
	x := Exchange{Request: r, Body: body, Protocol: r.Proto, Number: len(p.seen) + 1, OnThis: onThis}
	p.seen = append(p.seen, x)
	decide := p.decide
	p.mu.Unlock()
	if decide == nil {
		return Fault{}
	}
	return decide(x)
}

// answer has the service answer; nil when it drops the connection.
func (p *Proxy) answer(r *http.Request) (a *Answer) {
	rec := httptest.NewRecorder()
	defer func() {
		if recover() == http.ErrAbortHandler { //nolint:errorlint,err113 // recover gives what was panicked with
			a = nil
		}
	}()
	p.service.ServeHTTP(rec, r)
	return &Answer{Status: rec.Code, Header: rec.Header(), Body: rec.Body.Bytes()}
}
