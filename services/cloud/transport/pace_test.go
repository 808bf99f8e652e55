package transport_test

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/cloud/transport/wiretest"
	"github.com/peerdeck/peerdeck/services/run/activity"
)

// meeting is a service that answers when so many requests are there at the same time, and
// knows the connections by which they came.
type meeting struct {
	mu     sync.Mutex
	size   int
	here   int
	all    chan struct{}
	from   map[string]bool
	protos map[int]bool
}

func newMeeting(size int) *meeting {
	return &meeting{size: size, all: make(chan struct{}), from: map[string]bool{}, protos: map[int]bool{}}
}

func (m *meeting) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	m.mu.Lock()
	m.from[r.RemoteAddr], m.protos[r.ProtoMajor] = true, true
	m.here++
	all := m.all
	if m.here == m.size {
		m.here, m.all = 0, make(chan struct{})
		close(all)
	}
	m.mu.Unlock()
	<-all
	rw.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(rw, "{}")
}

// connections is by how many the requests came.
func (m *meeting) connections() int { m.mu.Lock(); defer m.mu.Unlock(); return len(m.from) }

// together sends n requests at the same time.
func together(t *testing.T, c *transport.Client, n int, address string) {
	t.Helper()
	var wg sync.WaitGroup
	for range n {
		wg.Go(func() {
			resp, err := c.Do(get(t, address))
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.ReadAll(resp.Body)
			_ = resp.Body.Close()
		})
	}
	wg.Wait()
}

// Where the host speaks HTTP/2, all requests go over one connection, those too that are sent
// before there is any: whoever is the first makes it for all.
func TestHTTP2TakesOneConnection(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	const n = 24
	m := newMeeting(n)
	address := wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{authority.Valid("127.0.0.1")}, MinVersion: tls.VersionTLS12}, m)
	c := transport.Open(options(t, "", authority.File()))
	t.Cleanup(c.Close)
	for range 3 {
		together(t, c, n, "https://"+address+"/")
	}
	// net/http may have begun a second one in the moment in which the first was made.
	if got := m.connections(); got > 2 || !m.protos[2] || m.protos[1] {
		t.Errorf("%d connections for %d requests, versions %v", got, 3*n, m.protos)
	}
}

// Where it speaks HTTP/1.1, as many connections are made as requests are under way at the
// same time, and all are used again.
func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	authority := wiretest.NewAuthority(t, "Corp Root CA")
	const n = 24
	secure, plain := newMeeting(n), newMeeting(n)
	s := httptest.NewServer(plain)
	t.Cleanup(s.Close)
	for address, m := range map[string]*meeting{
		"https://" + wiretest.Serve(t, &tls.Config{Certificates: []tls.Certificate{authority.Valid("127.0.0.1")}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}, secure) + "/": secure,
		s.URL: plain,
	} {
		c := transport.Open(options(t, "", authority.File()))
		t.Cleanup(c.Close)
		together(t, c, n, address)
		first := m.connections()
		for range 3 {
			together(t, c, n, address)
		}
		if got := m.connections(); first != n || got != n {
			t.Errorf("%s: %d connections for %d requests at the same time, and %d after %d more", address, first, n, got, 3*n)
		}
	}
}

// A service that asks for patience gets no more requests until its time is over, from nobody
// in the program; that one was not sent is said, and is in no log of what was asked.
func TestNothingIsSentWhileAServiceAsksForPatience(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		rw.Header().Set("Retry-After", "60")
		rw.WriteHeader(http.StatusTooManyRequests)
	}))
	t.Cleanup(s.Close)
	c := transport.New()
	t.Cleanup(c.Close)
	log := activity.New()
	pipeline := runtime.NewPipeline("test", "", runtime.PipelineOptions{PerRetry: []policy.Policy{log.Recorder("Konnect")}}, &policy.ClientOptions{Transport: c, Retry: transport.Once()})
	var err error
	for range 5 {
		req, failed := runtime.NewRequest(context.Background(), http.MethodGet, s.URL)
		if failed != nil {
			t.Fatal(failed)
		}
		_, err = pipeline.Do(req) //nolint:bodyclose // the pipeline has read it
	}
	f := transport.WireFailure(err, "Konnect", "")
	if asked.Load() != 1 || len(log.Since(0)) != 1 || f.FindingCode() != "request-held" || f.Kind != model.FailureThrottled || !f.Unsent || f.RetryAfter < 50*time.Second {
		t.Errorf("asked %d times, %d logged, %+v", asked.Load(), len(log.Since(0)), f)
	}
	if _, err := c.Behind().Do(get(t, s.URL+"/subscriptions/b/x")); err != nil { //nolint:bodyclose // there is none
		t.Errorf("what another one counts is held too: %v", err)
	}
}

// A service's own count of what is left is read from every header that the services write.
func TestAllowances(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 29, 12, 0, 20, 0, time.UTC)
	for name, c := range map[string]struct {
		header map[string]string
		left   int
		reset  time.Duration
	}{
		"none":                   {nil, -1, 0},
		"Kong's":                 {map[string]string{"RateLimit-Limit": "5", "RateLimit-Remaining": "3", "RateLimit-Reset": "40"}, 3, 40 * time.Second},
		"Kong's, of a minute":    {map[string]string{"X-RateLimit-Limit-Minute": "5", "X-RateLimit-Remaining-Minute": "0"}, 0, 40 * time.Second},
		"the least of several":   {map[string]string{"X-RateLimit-Remaining-Hour": "9", "X-RateLimit-Remaining-Second": "2"}, 2, time.Second},
		"of a day":               {map[string]string{"X-RateLimit-Remaining-Day": "0"}, 0, 0},
		"the IETF's":             {map[string]string{"RateLimit": `"default";r=50;t=30`}, 50, 30 * time.Second},
		"the IETF's, of two":     {map[string]string{"RateLimit": `"a";r=50;t=30, "b";r=1;t=2`}, 1, 2 * time.Second},
		"since 1970":             {map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": strconv.FormatInt(now.Unix()+30, 10)}, 0, 30 * time.Second},
		"absurd":                 {map[string]string{"RateLimit-Remaining": "0", "RateLimit-Reset": "1e8"}, 0, 2 * time.Minute},
		"Azure's":                {map[string]string{"X-Ms-Ratelimit-Remaining-Subscription-Reads": "249", "X-Ms-Ratelimit-Remaining-Subscription-Global-Reads": "3749"}, 249, 0},
		"Azure's, of a provider": {map[string]string{"X-Ms-Ratelimit-Remaining-Resource": "Microsoft.Compute/HighCostGet;107,Microsoft.Compute/HighCostGet30Min;561"}, 107, 0},
		"nonsense":               {map[string]string{"RateLimit-Remaining": "many", "RateLimit": ";;=", "X-Ms-Ratelimit-Remaining-Resource": "x"}, -1, 0},
		"below nothing":          {map[string]string{"RateLimit-Remaining": "-4"}, -1, 0},
	} {
		h := http.Header{}
		for k, v := range c.header {
			h.Set(k, v)
		}
		if left, reset := transport.Allowance(h, now); left != c.left || reset != c.reset {
			t.Errorf("%s: %d, %s", name, left, reset)
		}
	}
}

func FuzzAllowance(f *testing.F) {
	f.Add("RateLimit", `"default";r=50;t=30`)
	f.Add("X-RateLimit-Remaining-Minute", "3")
	f.Add("X-Ms-Ratelimit-Remaining-Resource", "a;1,b;2")
	f.Fuzz(func(t *testing.T, name, value string) {
		left, reset := transport.Allowance(http.Header{http.CanonicalHeaderKey(name): {value}}, time.Unix(0, 0))
		if left < -1 || reset < 0 || reset > 2*time.Minute {
			t.Errorf("%q: %q: %d, %s", name, value, left, reset)
		}
	})
}
