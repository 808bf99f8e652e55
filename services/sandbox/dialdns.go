package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"
)

// resolvers are the open sockets of the simulated DNS servers, by network and
// address.
type resolvers struct {
	mu     sync.Mutex
	closed bool
	open   map[string]net.Addr
}

// closedPort is an address of this machine at which nobody listens: TCP port 1 has had
// no user for decades, and what is sent there is turned away by the system.
const closedPort = "127.0.0.1:1"

// DialDNS connects to the simulated DNS server at a private address such as
// "10.20.0.4:53", over "udp" or "tcp", as a machine inside the VNET would. An address
// at which the world has no server is a host that never answers: packets vanish, and a
// TCP connection comes to nothing until the context ends. The connection is a real one
// to a socket on loopback.
func (s *Server) DialDNS(ctx context.Context, network, address string) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	network = strings.TrimRight(network, "46")
	if network != "udp" && network != "tcp" {
		return nil, net.UnknownNetworkError(network)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if port != "53" {
		host = "nobody"
	}
	var d net.Dialer
	switch s.World.way(host, network) {
	case turnedAway:
		return d.DialContext(ctx, network, closedPort)
	case vanished:
		if network == "tcp" {
			<-ctx.Done()
			return nil, &net.OpError{Op: "dial", Net: network, Err: silence(ctx)}
		}
	case reached:
	}
	at, err := s.resolver(ctx, network, host)
	if err != nil {
		return nil, err
	}
	return d.DialContext(ctx, network, at.String())
}

// way is [World.reach] for those who do not hold the lock.
func (w *World) way(host, network string) reachable {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.advance()
	return w.reach(host, network)
}

// silence is the error of a dial that nobody answered, as a dialer gives it.
func silence(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return os.ErrDeadlineExceeded
	}
	return ctx.Err()
}

// resolver returns the socket of a server; the first call opens it. All addresses
// without a server share one.
func (s *Server) resolver(ctx context.Context, network, host string) (net.Addr, error) {
	if !s.World.hasNameServer(host) {
		host = "nobody"
	}
	s.names.mu.Lock()
	defer s.names.mu.Unlock()
	if s.names.closed {
		return nil, errors.New("the sandbox is closed")
	}
	key := network + " " + host
	if at, open := s.names.open[key]; open {
		return at, nil
	}
	at, err := s.serveDNS(ctx, network, host)
	if err != nil {
		return nil, fmt.Errorf("the sandbox cannot listen for DNS: %w", err)
	}
	if s.names.open == nil {
		s.names.open = map[string]net.Addr{}
	}
	s.names.open[key] = at
	return at, nil
}

func (s *Server) serveDNS(ctx context.Context, network, host string) (net.Addr, error) {
	var config net.ListenConfig
	if network == "udp" {
		l, err := config.ListenPacket(ctx, network, "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		s.group.Go("serving DNS", func(ctx context.Context) { s.servePackets(ctx, l, host) })
		return l.LocalAddr(), nil
	}
	l, err := config.Listen(ctx, network, "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.group.Go("serving DNS", func(ctx context.Context) {
		s.accept(ctx, l, "DNS over TCP", func(_ context.Context, conn net.Conn) { s.serveStream(conn, host) })
	})
	return l.Addr(), nil
}

// close lets nobody open another socket. Those that are open end with the server's
// goroutines.
func (r *resolvers) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}
