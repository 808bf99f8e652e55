package replay

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/bundle"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Headers between the sender and the server, which are on the same machine and in the same
// program. No recorded answer has them: a bundle holds the headers of bundle.Headers alone.
const (
	headerService = "Peerdeck-Service"
	headerTenant  = "Peerdeck-Tenant"
	headerHost    = "Peerdeck-Host"
	headerFailure = "Peerdeck-Failure" // no answer came
	headerCut     = "Peerdeck-Cut"     // an answer began and was never whole
)

// maxRequest bounds the body of a request of our own clients.
const maxRequest = 1 << 20

// server serves recorded exchanges on loopback.
type server struct {
	address string // host:port
	tape    cloudTape
	http    *http.Server
	group   *work.Group
}

func serve(ctx context.Context, t cloudTape, report func(work.Panic)) (*server, error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("this machine gives no port of its own to serve the recording on: %w", err)
	}
	s := &server{address: l.Addr().String(), tape: t, group: work.NewGroup(context.WithoutCancel(ctx), report)}
	s.http = &http.Server{
		Handler: s, ReadHeaderTimeout: 10 * time.Second,
		ErrorLog: slog.NewLogLogger(slog.DiscardHandler, slog.LevelError), // a line on standard error would land on a screen
	}
	s.group.Go("serving a recording", func(context.Context) { _ = s.http.Serve(l) })
	return s, nil
}

func (s *server) close() {
	_ = s.http.Close()
	s.group.Stop()
}

// ServeHTTP gives the recorded answer.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest))
	if err != nil {
		return
	}
	asked := bundle.Exchange{
		Service: bundle.Service(r.Header.Get(headerService)), Tenant: r.Header.Get(headerTenant), Host: r.Header.Get(headerHost),
		Method: r.Method, Path: r.URL.RequestURI(), Request: body,
	}
	e, found := s.tape.answer(asked.Key())
	if !found {
		fail(w, headerFailure, model.NotRecorded(asked.Method, asked.Path))
		w.WriteHeader(http.StatusNotImplemented)
		return
	}
	for _, h := range e.Header {
		w.Header().Add(h.Name, h.Value)
	}
	if len(e.Header) == 0 || w.Header().Get("Date") == "" {
		w.Header()["Date"] = nil // the server must not say a time of today
	}
	if e.Failure != nil {
		how := headerCut
		if e.Status == 0 {
			how = headerFailure
		}
		fail(w, how, e.Failure.Model())
	}
	if w.Header().Get("Content-Type") == "" {
		w.Header()["Content-Type"] = nil // nor find out one by itself
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(e.Body)))
	status := e.Status
	if status == 0 {
		status = http.StatusBadGateway
	}
	w.WriteHeader(status)
	_, _ = w.Write(e.Body)
}

// fail tells the sender of a failure that is none of HTTP.
func fail(w http.ResponseWriter, how string, f model.Failure) {
	text, err := json.Marshal(bundle.FailureOf(f))
	if err != nil {
		text = nil
	}
	w.Header().Set(how, base64.StdEncoding.EncodeToString(text))
}
