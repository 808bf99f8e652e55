//go:build linux

package journey_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"
)

// BenchmarkStatus is the time that "peerdeck status" takes by the real program, from a cold
// start, on clouds whose every answer takes a while. Beside it: the longest chain of requests
// of which each needs the answer to the one before, which nobody can be faster than, and a
// serial fetch of as many answers over one connection that is kept.
func BenchmarkStatus(b *testing.B) {
	for _, c := range []struct {
		networks int
		latency  time.Duration
	}{{15, 200 * time.Millisecond}, {100, 200 * time.Millisecond}, {1000, 50 * time.Millisecond}} {
		b.Run(fmt.Sprintf("%d-at-%s", c.networks, c.latency), func(b *testing.B) {
			const chain = 4 // the list, the peerings of a network, their VNETs, what is around these
			w := serve(b, "--networks", strconv.Itoa(c.networks), "--latency", c.latency.String())
			var took []time.Duration
			size := 0
			for b.Loop() {
				began := time.Now()
				_, most := statusOf(b, w)
				took = append(took, time.Since(began))
				size = max(size, most)
			}
			log := filepath.Join(b.TempDir(), "log")
			document, _ := statusOf(b, w, "--log-file", log)
			said, err := os.ReadFile(log)
			if err != nil {
				b.Fatal(err)
			}
			requests := bytes.Count(said, []byte(`"event":"Request"`))
			slices.Sort(took)
			median := took[len(took)/2]
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median.Seconds(), "s")
			b.ReportMetric(float64(median)/float64(chain*c.latency), "x-chain")
			b.ReportMetric(float64(requests), "requests")
			b.ReportMetric(float64(oneByOne(b, w))*float64(requests)/float64(median), "times-as-fast-as-serial")
			b.ReportMetric(float64(size)/1024, "MB-resident")
			b.ReportMetric(float64(document)/1e6, "MB-document")
		})
	}
}

// statusOf runs status once, and returns how long its document is, in bytes, and what it
// held in memory at most, in kB.
func statusOf(b *testing.B, w *world, args ...string) (document, most int) {
	b.Helper()
	home := b.TempDir()
	c := exec.CommandContext(b.Context(), binary, append([]string{"status", "-o", "json"}, args...)...)
	c.Env = append([]string{"PATH=/usr/bin:/bin", "HOME=" + home}, w.env()...)
	out, err := c.Output()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() != 2) { // 2: something needs a person
		b.Fatalf("%v\n%s", err, out)
	}
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		b.Fatal("the system does not say what a process held")
	}
	return len(out), int(usage.Maxrss)
}

// oneByOne is the time of one answer in a serial fetch.
func oneByOne(b *testing.B, w *world) time.Duration {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	const times = 10
	began := time.Now()
	for range times {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, w.Konnect+"/v3/organizations/me", http.NoBody)
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+w.Token)
		resp, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.StatusCode != http.StatusOK {
			b.Fatal(resp.Status, err)
		}
		_ = resp.Body.Close()
	}
	return time.Since(began) / times
}
