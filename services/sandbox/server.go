package sandbox

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// Server serves a world on loopback, each host on a port of its own.
type Server struct {
	World   *World
	Konnect string // base addresses, without a version path
	ARM     string
	Graph   string
	Login   string

	host    string // as it was asked for
	port    int    // the first one, 0 for those of the system
	servers []*http.Server
	group   *work.Group
	names   resolvers
}

// Listen opens the ports and begins to serve. The address is host:port; the
// three other hosts take the ports after it, and [Server.ListenSOCKS] the next one. With
// port 0 the system chooses them. The host must be this machine: the sandbox asks nobody for a password.
func Listen(ctx context.Context, w *World, address string, report func(work.Panic)) (*Server, error) {
	return ListenBehind(ctx, w, address, func(_ string, next http.Handler) http.Handler { return next }, report)
}

// Misbehaving is the writer of somebody who stands between a client and a service, and wants
// to be told of an answer that is wrong because a fault is to make it so.
type Misbehaving interface{ Misbehaves() }

// ListenBehind is [Listen] with somebody between the clients and each service, who is given
// its name: konnect, arm, graph, login.
func ListenBehind(ctx context.Context, w *World, address string, between func(service string, next http.Handler) http.Handler, report func(work.Panic)) (*Server, error) {
	host, port, err := loopbackAddress(address)
	if err != nil {
		return nil, err
	}
	s := &Server{World: w, host: host, port: port, group: work.NewGroup(context.WithoutCancel(ctx), report)}
	urls := []*string{&s.Konnect, &s.ARM, &s.Graph, &s.Login}
	for i, served := range w.hosts() {
		chosen := "0"
		if port != 0 {
			chosen = strconv.Itoa(port + i)
		}
		var config net.ListenConfig
		l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, chosen))
		if err != nil {
			s.Close()
			return nil, fmt.Errorf("the sandbox cannot listen for %s: %w; give another --listen", served.name, err)
		}
		*urls[i] = "http://" + l.Addr().String()
		server := &http.Server{
			Handler: between(served.name, served), ReadHeaderTimeout: 10 * time.Second,
			ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // a line on standard error would land on a screen
		}
		s.servers = append(s.servers, server)
		s.group.Go("serving "+served.name, func(context.Context) { _ = server.Serve(l) })
	}
	return s, nil
}

// Close stops serving and drops all connections.
func (s *Server) Close() {
	for _, server := range s.servers {
		_ = server.Close()
	}
	s.names.close()
	s.group.Stop()
}

func loopbackAddress(address string) (host string, port int, err error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return "", 0, fmt.Errorf("%q is no address to listen on; give one such as 127.0.0.1:8300", address)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 0 || port > 65531 {
		return "", 0, fmt.Errorf("%q is no port; give 0 to 65531", text)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", 0, fmt.Errorf("%q is not this machine; the sandbox listens on loopback only", host)
	}
	return host, port, nil
}
