package watch_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
)

// wire carries requests to a world without sockets, in virtual time: each takes so long, and
// all are counted. It is what a machine would see that has no work of its own.
type wire struct {
	latency time.Duration

	mu       sync.Mutex
	services map[string]http.Handler // by host
	running  int
	most     int
	asked    map[string]int // by all that was sent
}

// simulated makes a world, and the wire to it.
func simulated(tb testing.TB, networks int, latency time.Duration) (*sandbox.Server, *wire) {
	tb.Helper()
	world, err := sandbox.New(sandbox.Options{Seed: 1, Networks: networks})
	if err != nil {
		tb.Fatal(err)
	}
	handlers := map[string]http.Handler{}
	server, err := sandbox.ListenBehind(context.Background(), world, "127.0.0.1:0", func(name string, next http.Handler) http.Handler {
		handlers[name] = next
		return next
	}, func(p work.Panic) { tb.Error(p) })
	if err != nil {
		tb.Fatal(err)
	}
	server.Close()
	w := &wire{latency: latency, services: map[string]http.Handler{}, asked: map[string]int{}}
	for name, address := range map[string]string{"konnect": server.Konnect, "arm": server.ARM, "graph": server.Graph, "login": server.Login} {
		u, err := url.Parse(address)
		if err != nil {
			tb.Fatal(err)
		}
		w.services[u.Host] = handlers[name]
	}
	return server, w
}

func (w *wire) Do(req *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked[req.Method+" "+req.URL.String()+" "+req.Header.Get("Authorization")+bodyOf(req)]++
	w.running++
	w.most = max(w.most, w.running)
	w.mu.Unlock()
	defer func() { w.mu.Lock(); w.running--; w.mu.Unlock() }()
	select {
	case <-time.After(w.latency):
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
	in := req.Clone(req.Context())
	in.RequestURI, in.Host = req.URL.RequestURI(), req.URL.Host
	if in.Body == nil {
		in.Body = http.NoBody
	}
	out := httptest.NewRecorder()
	w.services[req.URL.Host].ServeHTTP(out, in)
	resp := out.Result()
	resp.Request = req
	return resp, nil
}

// bodyOf is what a request says, which is still there to be read afterwards.
func bodyOf(req *http.Request) string {
	if req.Body == nil {
		return ""
	}
	data, _ := io.ReadAll(req.Body)
	req.Body = io.NopCloser(bytes.NewReader(data))
	return string(data)
}

// requests is how many were sent, and which more than once.
func (w *wire) requests() (all int, again map[string]int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	again = map[string]int{}
	for what, n := range w.asked {
		all += n
		if n > 1 && !strings.Contains(what, "/subscriptions?") { // each tenant has its own list at the same address
			again[what] = n
		}
	}
	return all, again
}

// forget counts what was sent, and forgets it.
func (w *wire) forget() int {
	all, _ := w.requests()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = map[string]int{}
	return all
}

// collected has a watcher collect everything by a wire, through a gate.
func collected(tb testing.TB, s *sandbox.Server, w *wire) (time.Duration, *watch.Watcher) {
	tb.Helper()
	paced := transport.Pace(w, width.New(nil))
	watcher := watcherThrough(tb, s, paced.Behind(), func(o *watch.Options) {
		o.Rules = o.Hubs.(hubs).facts
		o.Widths = watch.Widths{Konnect: func() int { return paced.Width(s.Konnect) }, Azure: func() int { return paced.Width(s.ARM) }}
	})
	began := time.Now()
	if got := watcher.Collect(context.Background()); !got.Progress.Complete() || got.Konnect.Failure != nil {
		tb.Errorf("%+v, %+v", got.Progress, got.Konnect.Failure)
	}
	return time.Since(began), watcher
}

// Whoever looks once waits for little more than the longest chain of requests of which each
// needs the answer to the one before: the list, the peerings of a network, their VNETs, and
// what is around these. And nothing is asked twice.
func TestALookTakesNoLongerThanItsChain(t *testing.T) {
	for _, c := range []struct {
		networks int
		latency  time.Duration
		most     time.Duration
	}{
		{15, 200 * time.Millisecond, 1040 * time.Millisecond},
		{100, 200 * time.Millisecond, 2 * time.Second},
		{1000, 50 * time.Millisecond, 4 * time.Second},
	} {
		if c.networks > 100 && os.Getenv("PEERDECK_LONG") == "" {
			t.Log("long: PEERDECK_LONG=1 runs it, as .ci/run does")
			break
		}
		s, w := simulated(t, c.networks, c.latency)
		synctest.Test(t, func(t *testing.T) {
			took, _ := collected(t, s, w)
			all, again := w.requests()
			t.Logf("%d networks at %s: %s, %d requests, %d at once", c.networks, c.latency, took, all, w.most)
			if took > c.most {
				t.Errorf("%d networks at %s: %s", c.networks, c.latency, took)
			}
			if len(again) > 0 {
				t.Errorf("asked more than once: %v", again)
			}
		})
	}
}

// The pages of a list are read in as few rounds as the width allows, and the first one is
// there after its own round trip.
func TestAFirstListTakesFewRounds(t *testing.T) {
	const latency = 20 * time.Millisecond
	for networks, rounds := range map[int]int{3000: 2, 10_000: 4} {
		if networks > 3000 && os.Getenv("PEERDECK_LONG") == "" {
			t.Log("long: PEERDECK_LONG=1 runs it, as .ci/run does")
			continue
		}
		s, w := simulated(t, networks, latency)
		synctest.Test(t, func(t *testing.T) {
			client := konnect.New(konnect.Options{
				Endpoint: sandboxtest.Endpoint(t, s.Konnect), Sender: transport.Pace(w, width.New(nil)), Version: "test",
				Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"},
			})
			began, first := time.Now(), time.Duration(0)
			list, err := client.Networks(context.Background(), func([]model.Network, int) {
				if first == 0 {
					first = time.Since(began)
				}
			})
			if took := time.Since(began); err != nil || len(list.Items) != networks || took != time.Duration(rounds)*latency || first != latency {
				t.Errorf("%d of %d networks in %s, the first page after %s: %v", len(list.Items), networks, took, first, err)
			}
		})
	}
}
