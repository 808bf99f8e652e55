package sandboxtest

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Between holds what passes between the clients of a test and its Konnect to Kong's contract,
// in both directions: requests that go out, and the sandbox's answers. What a fault spoils, and
// what an event makes of Konnect that the contract does not know, is let pass. Where the
// contract is not at hand, and in benchmarks, nobody stands between.
func Between(tb testing.TB, w *sandbox.World) func(service string, next http.Handler) http.Handler {
	tb.Helper()
	documents, err := published()
	_, measured := tb.(*testing.B)
	if err != nil && !errors.Is(err, ErrNoContract) {
		tb.Fatal(err)
	}
	if err != nil || measured {
		return func(_ string, next http.Handler) http.Handler { return next }
	}
	g := &gate{contract: &Contract{documents: documents, seen: map[string]map[int]bool{}}, world: w, checked: map[[sha256.Size]byte]bool{}}
	// What is found is told when the test ends, and the server with it: a request may be under
	// way for longer than the test.
	tb.Cleanup(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		for _, err := range g.found {
			tb.Error(err)
		}
	})
	return func(service string, next http.Handler) http.Handler {
		if service != "konnect" {
			return next
		}
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { g.serve(rw, r, next) })
	}
}

// gate stands between clients and Konnect.
type gate struct {
	contract *Contract
	world    *sandbox.World

	mu      sync.Mutex
	found   []error
	checked map[[sha256.Size]byte]bool // what has passed before needs no second look
}

// passedBefore reports whether the same request has had the same answer.
func (g *gate) passedBefore(r *http.Request, sent []byte, seen *seenAnswer) bool {
	h := sha256.New()
	_, _ = fmt.Fprintf(h, "%s\n%s\n%d\n%s\n%s\n%d\n", r.Method, r.URL, seen.status, r.Header.Get("Content-Type"), seen.Header().Get("Content-Type"), len(sent))
	_, _ = h.Write(sent)
	_, _ = h.Write(seen.body.Bytes())
	key := [sha256.Size]byte(h.Sum(nil))
	g.mu.Lock()
	defer g.mu.Unlock()
	before := g.checked[key]
	g.checked[key] = true
	return before
}

// none is the status of an answer that did not come: whoever asked has gone.
const none = 0

// mostFound is how many breaches of the contract one test is told of.
const mostFound = 5

func (g *gate) serve(rw http.ResponseWriter, r *http.Request, next http.Handler) {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client is gone
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	seen := &seenAnswer{ResponseWriter: rw, status: none}
	next.ServeHTTP(seen, r)
	if seen.wrong || seen.status == none || g.world.BeyondContract() || g.passedBefore(r, sent, seen) {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	err = g.contract.Check(r, seen.status, rw.Header(), seen.body.Bytes())
	if err == nil {
		err = g.contract.invented(r, seen.status, rw.Header(), seen.body.Bytes())
	}
	if err == nil || errors.Is(err, errNoPath) && (refusesPath(seen.status) || otherDocument(r)) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.found) < mostFound {
		g.found = append(g.found, fmt.Errorf("against the contract of Kong: %w", err))
	}
}

// otherDocument reports whether a path is one that Kong documents elsewhere than in the
// documents at hand: what is sent there is held to nothing.
func otherDocument(r *http.Request) bool {
	return r.URL.Path == "/v2/api-requests" || r.URL.Path == "/v3/audit-logs"
}

// refusesPath reports whether an answer is that of a server that does not have the path or the
// method, or does not say so to strangers. The sandbox says 501 to what it does not simulate.
func refusesPath(status int) bool {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented, http.StatusUnauthorized:
		return true
	default:
		return false
	}
}

// seenAnswer keeps what passes.
type seenAnswer struct {
	http.ResponseWriter

	status int
	body   bytes.Buffer
	wrong  bool
}

func (s *seenAnswer) Misbehaves() { s.wrong = true }

func (s *seenAnswer) WriteHeader(status int) {
	s.status = status
	s.ResponseWriter.WriteHeader(status)
}

func (s *seenAnswer) Write(data []byte) (int, error) {
	if s.status == none {
		s.status = http.StatusOK
	}
	s.body.Write(data)
	return s.ResponseWriter.Write(data)
}
