// Package resttest listens where a test's client sends, and keeps what arrives.
// Nothing but tests imports it.
package resttest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/cloud/signin"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

// Token is what the clients of a test sign in with.
const Token = "a-test-token"

// Arrival is a request as the listener sees it.
type Arrival struct{ Method, URI, Authorization, ContentType, Body string }

// Answer is what the listener says to a request.
type Answer struct {
	Status int
	Body   string
}

// Listener is a service on loopback.
type Listener struct {
	URL string
	Log *activity.Log

	mu      sync.Mutex
	arrived []Arrival
	options rest.Options
}

// Listen answers requests by a function until the test ends.
func Listen(tb testing.TB, answer func(r *http.Request) Answer) *Listener {
	tb.Helper()
	l := &Listener{Log: activity.New()}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.mu.Lock()
		l.arrived = append(l.arrived, Arrival{r.Method, r.RequestURI, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), string(body)})
		l.mu.Unlock()
		a := answer(r)
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("X-Ms-Correlation-Request-Id", "request-7")
		w.WriteHeader(a.Status)
		_, _ = io.WriteString(w, a.Body)
	}))
	tb.Cleanup(s.Close)
	l.URL = s.URL
	sender := transport.New()
	tb.Cleanup(sender.Close)
	at, err := endpoint.Parse("a test's address", s.URL)
	if err != nil {
		tb.Fatal(err)
	}
	l.options = rest.Options{
		Tokens:   signin.New(signin.Options{Choice: signin.DeviceCode, Given: secret.New(Token), Login: at, Sender: sender}),
		Endpoint: at, Sender: sender, Log: l.Log, Retry: transport.Once(),
	}
	return l
}

// Always answers every request with the same.
func Always(tb testing.TB, status int, body string) *Listener {
	tb.Helper()
	return Listen(tb, func(*http.Request) Answer { return Answer{status, body} })
}

// Options are those of a client of the listener.
func (l *Listener) Options() rest.Options { return l.options }

// Arrived returns what has arrived so far.
func (l *Listener) Arrived() []Arrival {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Arrival{}, l.arrived...)
}

// IsWhatWasShown fails the test unless exactly one request arrived, and it is the
// write, to the byte.
func (l *Listener) IsWhatWasShown(tb testing.TB, w model.Write) {
	tb.Helper()
	got := l.Arrived()
	if len(got) != 1 {
		tb.Fatalf("%d requests arrived", len(got))
	}
	a := got[0]
	if a.Method != w.Method || l.URL+a.URI != w.URL.Raw() || a.Body != w.Body.Raw() || a.Authorization != "Bearer "+Token || (a.Body != "") != (a.ContentType == "application/json") {
		tb.Errorf("shown %s %s\n%s\narrived %+v", w.Method, w.URL.Raw(), w.Body.Raw(), a)
	}
}
