package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"sync"

	"github.com/miekg/dns"
)

// resolvers are the open sockets of the simulated DNS servers, by network and
// address.
type resolvers struct {
	mu      sync.Mutex
	closed  bool
	open    map[string]net.Addr
	servers []*dns.Server
}

// DialDNS connects to the simulated DNS server at a private address such as
// "10.20.0.4:53", over "udp" or "tcp". An address at which the world has no server
// is a host that never answers: packets vanish, and a TCP connection comes to
// nothing until the context ends. The connection is a real one to a socket on
// loopback.
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
	server := s.World.nameServers[host]
	if server == nil || port != "53" || server.silent {
		if network == "tcp" {
			<-ctx.Done()
			return nil, &net.OpError{Op: "dial", Net: network, Err: silence(ctx)}
		}
		server = &nameServer{silent: true}
		host = "silence"
	}
	at, err := s.resolver(ctx, network, host, server)
	if err != nil {
		return nil, err
	}
	var d net.Dialer
	return d.DialContext(ctx, network, at.String())
}

// silence is the error of a dial that nobody answered, as a dialer gives it.
func silence(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return os.ErrDeadlineExceeded
	}
	return ctx.Err()
}

// resolver returns the socket of a server; the first call opens it.
func (s *Server) resolver(ctx context.Context, network, host string, handler dns.Handler) (net.Addr, error) {
	s.names.mu.Lock()
	defer s.names.mu.Unlock()
	if s.names.closed {
		return nil, errors.New("the sandbox is closed")
	}
	key := network + " " + host
	if at, open := s.names.open[key]; open {
		return at, nil
	}
	server := &dns.Server{Handler: handler}
	var config net.ListenConfig
	var at net.Addr
	if network == "udp" {
		l, err := config.ListenPacket(ctx, network, "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("the sandbox cannot listen for DNS: %w", err)
		}
		server.PacketConn, at = l, l.LocalAddr()
	} else {
		l, err := config.Listen(ctx, network, "127.0.0.1:0")
		if err != nil {
			return nil, fmt.Errorf("the sandbox cannot listen for DNS: %w", err)
		}
		server.Listener, at = l, l.Addr()
	}
	// A server can be shut down only once it has started.
	started := make(chan struct{})
	server.NotifyStartedFunc = func() { close(started) }
	s.group.Go("serving DNS", func(context.Context) { _ = server.ActivateAndServe() })
	<-started
	s.names.servers = append(s.names.servers, server)
	if s.names.open == nil {
		s.names.open = map[string]net.Addr{}
	}
	s.names.open[key] = at
	return at, nil
}

// close stops every DNS server.
func (r *resolvers) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	for _, server := range r.servers {
		_ = server.Shutdown() // it was started, so there is nothing to fail
	}
	r.servers, r.open = nil, nil
}
