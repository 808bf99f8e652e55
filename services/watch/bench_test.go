package watch_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
	"github.com/peerdeck/peerdeck/services/watch"
)

// BenchmarkFirstListOf10000 is the time until 10,000 networks are listed by a program that
// has just begun, at 20 ms for each request, beside the ideal for as many requests at once as
// the service has seen: the first page alone, and the others in full rounds.
func BenchmarkFirstListOf10000(b *testing.B) {
	const latency, pages = 20 * time.Millisecond, 100
	var running, most atomic.Int64
	s := crowdedBehind(b, sandbox.Options{Networks: 10_000, Latency: latency}, &running, &most)
	var first time.Duration
	for b.Loop() {
		sender := transport.New()
		client := konnect.New(konnect.Options{
			Endpoint: sandboxtest.Endpoint(b, s.Konnect), Sender: sender, Version: "test",
			Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"},
		})
		began, once := time.Now(), false
		list, err := client.Networks(context.Background(), func([]model.Network, int) {
			if !once {
				once, first = true, time.Since(began)
			}
		})
		if err != nil || len(list.Items) != 10_000 {
			b.Fatalf("%d, %v", len(list.Items), err)
		}
		sender.Close()
	}
	rounds := 1 + (pages-1+most.Load()-1)/most.Load()
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(time.Duration(rounds)*latency), "x-ideal")
	b.ReportMetric(float64(most.Load()), "at-once")
	b.ReportMetric(float64(first)/float64(latency), "x-latency-first-page")
}

// BenchmarkLook is one look at everything by a program that has just begun, as peerdeck status
// does it, beside the longest chain of requests of which each needs the answer to the one
// before. Requests are counted.
func BenchmarkLook(b *testing.B) {
	const chain = 4
	for _, c := range []struct {
		networks int
		latency  time.Duration
	}{{15, 200 * time.Millisecond}, {100, 200 * time.Millisecond}, {1000, 50 * time.Millisecond}} {
		b.Run(fmt.Sprintf("%d-networks-%s", c.networks, c.latency), func(b *testing.B) {
			var running, most atomic.Int64
			s := crowdedBehind(b, sandbox.Options{Networks: c.networks, Latency: c.latency}, &running, &most)
			requests := 0
			for b.Loop() {
				sender := transport.New()
				before := s.World.Requests("konnect") + s.World.Requests("arm")
				w := watcherThrough(b, s, sender.Behind(), func(o *watch.Options) {
					o.Rules = o.Hubs.(hubs).facts
					o.Widths = watch.Widths{Konnect: func() int { return sender.Width(s.Konnect) }, Azure: func() int { return sender.Width(s.ARM) }}
				})
				if got := w.Collect(context.Background()); !got.Progress.Complete() {
					b.Fatalf("%+v", got.Progress)
				}
				requests = s.World.Requests("konnect") + s.World.Requests("arm") - before
				sender.Close()
			}
			each := float64(b.Elapsed()) / float64(b.N)
			b.ReportMetric(each/float64(chain*c.latency), "x-chain")
			b.ReportMetric(each/float64(time.Second), "s/look")
			b.ReportMetric(float64(requests), "requests")
			b.ReportMetric(float64(most.Load()), "at-once")
		})
	}
}

// crowdedBehind serves a world and counts how many requests are there at the same time.
func crowdedBehind(tb testing.TB, o sandbox.Options, running, most *atomic.Int64) *sandbox.Server {
	tb.Helper()
	o.Seed = 1
	world, err := sandbox.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	s, err := sandbox.ListenBehind(context.Background(), world, "127.0.0.1:0", func(_ string, next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			now, was := running.Add(1), most.Load()
			for now > was && !most.CompareAndSwap(was, now) {
				was = most.Load()
			}
			defer running.Add(-1)
			next.ServeHTTP(rw, r)
		})
	}, func(p work.Panic) { tb.Error(p) })
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.Close)
	return s
}

// counting counts the bytes of all bodies that a watcher reads.
type counting struct {
	inner policy.Transporter
	bytes atomic.Int64
	calls atomic.Int64
}

func (c *counting) Do(r *http.Request) (*http.Response, error) {
	response, err := c.inner.Do(r)
	if err == nil {
		c.calls.Add(1)
		response.Body = &countingBody{response.Body, &c.bytes}
	}
	return response, err
}

type countingBody struct {
	io.ReadCloser
	bytes *atomic.Int64
}

func (b *countingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.bytes.Add(int64(n))
	return n, err
}

// BenchmarkHeapOf is the memory that a watcher holds once it knows all of 1,000 or 10,000
// networks and their peerings, beside the raw JSON of what it read, and for each network.
func BenchmarkHeapOf(b *testing.B) {
	for _, networks := range []int{1000, 10_000} {
		b.Run(strconv.Itoa(networks), func(b *testing.B) {
			for b.Loop() {
				heapOf(b, networks)
			}
		})
	}
}

func heapOf(b *testing.B, networks int) {
	b.Helper()
	s := sandboxtest.Start(b, sandbox.Options{Networks: networks})
	sender := transport.New()
	b.Cleanup(sender.Close)
	count := &counting{inner: sender}
	w := watcherThrough(b, s, count)
	before := heap()
	snapshot := w.Collect(context.Background())
	if !snapshot.Progress.Complete() {
		b.Fatalf("%+v", snapshot.Progress)
	}
	held := heap() - before
	peerings := 0
	for _, n := range snapshot.Networks {
		peerings += len(n.Peerings)
	}
	b.ReportMetric(float64(held)/float64(count.bytes.Load()), "x-raw-JSON")
	b.ReportMetric(float64(held)/1e6, "MB-heap")
	b.ReportMetric(float64(held)/float64(networks), "B/network")
	b.ReportMetric(float64(count.bytes.Load())/1e6, "MB-JSON")
	b.ReportMetric(float64(count.calls.Load()), "requests")
	b.ReportMetric(float64(peerings), "peerings")
	runtime.KeepAlive(w)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
