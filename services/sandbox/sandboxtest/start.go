// Package sandboxtest starts simulated worlds for tests. Nothing but tests
// imports it.
package sandboxtest

import (
	"context"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/cloud/endpoint"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Epoch is the time at which test worlds begin, unless they have a clock.
func Epoch() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }

// Start serves a world until the test ends. What passes between its clients and Konnect is
// held to Kong's contract, where that is at hand; see [Between].
func Start(tb testing.TB, o sandbox.Options) *sandbox.Server {
	tb.Helper()
	w, err := sandbox.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := sandbox.ListenBehind(context.Background(), w, "127.0.0.1:0", Between(tb, w), func(p work.Panic) { tb.Errorf("%v: %v\n%s", p, p.Value, p.Stack) })
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// Endpoint parses an address that is known to be good.
func Endpoint(tb testing.TB, address string) endpoint.Endpoint {
	tb.Helper()
	e, err := endpoint.Parse("a test's address", address)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}
