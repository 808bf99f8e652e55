package watch_test

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// BenchmarkFirstListOf10000 is the time until 10,000 networks are listed, at
// 20 ms for each request, beside the ideal for eight requests at once.
func BenchmarkFirstListOf10000(b *testing.B) {
	s := sandboxtest.Start(b, sandbox.Options{Networks: 10_000, Latency: 20 * time.Millisecond})
	sender := transport.New()
	b.Cleanup(sender.Close)
	client := konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(b, s.Konnect), Sender: sender, Version: "test",
		Token: secret.Static{Value: secret.New(sandbox.Token), From: "a test"},
	})
	var first time.Duration
	for b.Loop() {
		began := time.Now()
		once := false
		list, err := client.Networks(context.Background(), func([]model.Network, int) {
			if !once {
				once, first = true, time.Since(began)
			}
		})
		if err != nil || len(list.Items) != 10_000 {
			b.Fatalf("%d, %v", len(list.Items), err)
		}
	}
	// The ideal: one page alone, then 99 in thirteen rounds of eight, 20 ms each.
	ideal := 14 * 20 * time.Millisecond
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(ideal), "x-ideal")
	b.ReportMetric(float64(first.Milliseconds()), "ms-first-page")
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

// BenchmarkHeapOf10000 is the memory that a watcher holds once it knows all of
// 10,000 networks and their peerings, beside the raw JSON of what it read.
func BenchmarkHeapOf10000(b *testing.B) {
	for b.Loop() {
		s := sandboxtest.Start(b, sandbox.Options{Networks: 10_000})
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
		b.ReportMetric(float64(count.bytes.Load())/1e6, "MB-JSON")
		b.ReportMetric(float64(count.calls.Load()), "requests")
		b.ReportMetric(float64(peerings), "peerings")
		runtime.KeepAlive(w)
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
