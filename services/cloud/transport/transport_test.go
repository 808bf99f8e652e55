package transport_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
)

// Fault 23: a 429 or 503 names how long to wait: in seconds, as a date, absurdly long,
// negative, in no form, or not at all.
// Seen: the source and the time that is left; two minutes at most, five seconds where none is
// named.
func TestFault23RetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                     0,
		"7":                    7 * time.Second,
		" 7 ":                  7 * time.Second,
		"0":                    0,
		"-3":                   0,
		"86400":                2 * time.Minute,
		"9223372036854775807":  2 * time.Minute,
		"99999999999999999999": 0,
		"soon":                 0,
		now.Add(40 * time.Second).Format(http.TimeFormat): 40 * time.Second,
		now.Add(-time.Hour).Format(http.TimeFormat):       0,
		now.AddDate(1, 0, 0).Format(http.TimeFormat):      2 * time.Minute,
		"Sunday, 22-Nov-26 12:00:30 GMT":                  30 * time.Second, // as RFC 850 wrote dates
	} {
		if got := transport.RetryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q: got %s, want %s", value, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	for _, s := range []string{"", "1", "-1", "1e9", "Sun, 06 Nov 1994 08:49:37 GMT"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		wait := transport.RetryAfter(http.Header{"Retry-After": {value}}, time.Unix(0, 0))
		if wait < 0 || wait > 2*time.Minute {
			t.Errorf("%q makes us wait %s", value, wait)
		}
	})
}

func TestStatusKind(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]model.FailureKind{
		401: model.FailureAuth, 403: model.FailurePermission, 404: model.FailureNotFound, 410: model.FailureNotFound, 409: model.FailureConflict,
		412: model.FailureConflict, 400: model.FailureInvalid, 422: model.FailureInvalid, 429: model.FailureThrottled, 408: model.FailureTimeout,
		302: model.FailureContract, 500: model.FailureServer, 503: model.FailureServer, 599: model.FailureServer,
	} {
		kind, retryable := transport.StatusKind(status)
		if kind != want {
			t.Errorf("%d: got %s, want %s", status, kind, want)
		}
		if again := status == 429 || status == 408 || status >= 500; retryable != again {
			t.Errorf("%d: retryable is %v", status, retryable)
		}
	}
}

func client(t *testing.T) *transport.Client {
	t.Helper()
	c := transport.New()
	t.Cleanup(c.Close)
	return c
}

func get(t *testing.T, url string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer secret")
	return r
}

// A token must not follow a redirect to wherever it leads.
func TestNoRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	var elsewhere bool
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere = true }))
	t.Cleanup(other.Close)
	server := httptest.NewServer(http.RedirectHandler(other.URL, http.StatusTemporaryRedirect))
	t.Cleanup(server.Close)
	resp, err := client(t).Do(get(t, server.URL))
	if err == nil {
		_ = resp.Body.Close()
		t.Fatalf("it answered %d", resp.StatusCode)
	}
	if f := transport.WireFailure(err, "Konnect", ""); f.FindingCode() != "answer-elsewhere" || !strings.Contains(f.Cause.String(), strings.TrimPrefix(other.URL, "http://")) || elsewhere {
		t.Errorf("got %+v, asked elsewhere: %v", f, elsewhere)
	}
}

// An answer of the greatest size is whole; a longer one is an error, not cut.
func TestAnswersHaveALimit(t *testing.T) {
	t.Parallel()
	const limit = 32 << 20
	for name, c := range map[string]struct {
		size int
		want error
	}{"of the limit": {limit, nil}, "longer": {limit + 1, transport.ErrTooLarge}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, "[")
				_, _ = io.CopyN(w, zeros{}, int64(c.size)-1)
			}))
			t.Cleanup(server.Close)
			resp, err := client(t).Do(get(t, server.URL))
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = resp.Body.Close() }()
			n, err := io.Copy(io.Discard, resp.Body)
			if !errors.Is(err, c.want) || n != limit {
				t.Errorf("%d bytes, %v", n, err)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// Each way in which a connection can fail has words and a way out.
func TestWhatGoesWrongOnTheWire(t *testing.T) {
	t.Parallel()
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	plain := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(plain.Close)
	abrupt := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(abrupt.Close)
	release := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	t.Cleanup(silent.Close)
	t.Cleanup(func() { close(release) })

	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancelLate := context.WithDeadline(t.Context(), time.Unix(0, 0))
	t.Cleanup(cancelLate)
	for name, c := range map[string]struct {
		url       string
		ctx       context.Context //nolint:containedctx // what differs between the cases
		kind      model.FailureKind
		retryable bool
		says      string
	}{
		"refused":         {"http://" + wiretest.Nowhere(), t.Context(), model.FailureUnreachable, true, "refuses the connection"},
		"untrusted":       {untrusted.URL, t.Context(), model.FailureUnreachable, false, "signed by itself"},
		"not TLS":         {strings.Replace(plain.URL, "http:", "https:", 1), t.Context(), model.FailureUnreachable, false, "does not speak TLS"},
		"closed":          {abrupt.URL, t.Context(), model.FailureUnreachable, true, "closed the connection"},
		"gave up":         {silent.URL, cancelled, model.FailureCancelled, false, "stopped before"},
		"took too long":   {silent.URL, late, model.FailureTimeout, true, "in time"},
		"no address":      {"http://127.0.0.1:0", t.Context(), model.FailureUnreachable, true, ""},
		"nothing is said": {"http://", t.Context(), model.FailureUnreachable, true, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resp, err := client(t).Do(get(t, c.url).WithContext(c.ctx))
			if err == nil {
				_ = resp.Body.Close()
				t.Fatalf("it answered %d", resp.StatusCode)
			}
			f := transport.WireFailure(err, "Konnect", "konnect.example")
			if f.Kind != c.kind || f.Retryable != c.retryable || !strings.Contains(f.Cause.String(), c.says) {
				t.Errorf("%v became %+v", err, f)
			}
			if f.Kind != model.FailureCancelled && f.Cure == "" {
				t.Error("there is no way out")
			}
			if strings.Contains(f.Error(), "secret") {
				t.Error("the token is in the words")
			}
		})
	}
}

// What no test can bring about on every machine: a name that nobody knows, and a
// socket that times out, which says the same as a context that does.
func TestNamesAndSockets(t *testing.T) {
	t.Parallel()
	if f := transport.WireFailure(&net.DNSError{Name: "konnect.example", IsNotFound: true}, "Konnect", "konnect.example"); f.Kind != model.FailureUnreachable || !strings.Contains(f.Cause.String(), "konnect.example does not resolve") {
		t.Errorf("got %+v", f)
	}
	f := transport.WireFailure(&net.OpError{Op: "read", Err: timeout{}}, "Azure", "management.example")
	if f.Kind != model.FailureTimeout {
		t.Errorf("got %+v", f)
	}
}

type timeout struct{}

func (timeout) Error() string   { return "i/o timeout" }
func (timeout) Timeout() bool   { return true }
func (timeout) Temporary() bool { return true }
