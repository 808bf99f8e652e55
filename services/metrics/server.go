package metrics

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/services/run/work"
)

// Address is where the metrics are served where nobody says otherwise: to this machine
// alone.
const Address = "127.0.0.1:9480"

// Server serves the metrics until it is closed.
type Server struct {
	URL string // of the metrics
	// Open: others than this machine can read them.
	Open  bool
	http  *http.Server
	group *work.Group
	ended chan error
}

// Listen serves the metrics at an address, host:port with a number for the port. A host
// that is left out is this machine's own; all of the machine's addresses are 0.0.0.0 or
// [::]. What a scrape has to complain of is told to complain. Errors: an address that is
// none, or that cannot be had.
func Listen(ctx context.Context, m *Metrics, address string, complain func(error), report func(work.Panic)) (*Server, error) {
	host, port, err := split(address)
	if err != nil {
		return nil, err
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return nil, fmt.Errorf("--listen %s: %w; give another port, or stop what has this one", address, err)
	}
	const patience = 10 * time.Second
	s := &Server{
		URL: "http://" + l.Addr().String() + "/metrics", Open: !local(l.Addr()), group: work.NewGroup(context.WithoutCancel(ctx), report), ended: make(chan error, 1),
		http: &http.Server{
			Handler: pages(m, complain), ReadHeaderTimeout: patience, ReadTimeout: patience, WriteTimeout: 6 * patience, IdleTimeout: 12 * patience,
			MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // who hangs up is nobody's news
		},
	}
	s.group.Go("serving metrics", func(context.Context) {
		if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.ended <- fmt.Errorf("the metrics are no longer served: %w", err)
		}
	})
	return s, nil
}

// Ended gives the error for which serving ended before Close.
func (s *Server) Ended() <-chan error { return s.ended }

// Close stops serving. Who is being answered asks again: that is how metrics are read.
func (s *Server) Close() {
	_ = s.http.Close()
	s.group.Stop()
}

func pages(m *Metrics, complain func(error)) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", m.handler(complain))
	say := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.WriteString(w, text)
		}
	}
	mux.HandleFunc("GET /healthz", say("ok\n"))
	mux.HandleFunc("GET /{$}", say("peerdeck: the metrics are at /metrics\n"))
	return mux
}

// split takes an address apart.
func split(address string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(address)
	if err != nil {
		return "", "", fmt.Errorf("--listen: %q is no address to listen on; give one such as %s", address, Address)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", "", fmt.Errorf("--listen: %q is no port; give 0 to 65535", port)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	return host, strconv.FormatUint(n, 10), nil
}

// local reports whether only this machine reaches an address.
func local(a net.Addr) bool {
	at, err := netip.ParseAddrPort(a.String())
	return err == nil && at.Addr().Unmap().IsLoopback()
}
