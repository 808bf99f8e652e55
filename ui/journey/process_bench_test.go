//go:build linux

package journey_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rival is a program that is measured.
type rival struct {
	name string
	path string
	env  []string
	args []string
}

func rivals(b *testing.B, env []string, args ...string) [2]rival {
	b.Helper()
	bare := filepath.Join(b.TempDir(), "bare")
	if out, err := exec.Command("go", "build", "-o", bare, "./testdata/bare").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return [2]rival{{name: "bare", path: bare}, {"peerdeck", binary, env, args}}
}

// BenchmarkStart is the time from the start of the process to its first frame,
// with a live configuration and a server that never answers, beside a bare Bubble
// Tea program; and the memory that the process had by then. The two take turns,
// so that a busy machine meets both.
func BenchmarkStart(b *testing.B) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = silent.Close() })
	both := rivals(b, []string{"KONNECT_TOKEN=x"}, "--konnect-url", "http://"+silent.Addr().String())
	var took [2][]time.Duration
	var memory [2]int
	for b.Loop() {
		for i, r := range both {
			began := time.Now()
			s := startProgram(b, 80, 24, r.env, r.path, r.args...)
			s.until("1 Networks")
			took[i] = append(took[i], time.Since(began))
			memory[i] = max(memory[i], status(b, s.cmd.Process.Pid, "VmHWM:"))
			_ = s.cmd.Process.Kill()
			<-s.ended
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	middle := len(took[0]) / 2
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ms(took[0][middle]), "ms-bare-median")
	b.ReportMetric(ms(took[1][middle]), "ms-peerdeck-median")
	b.ReportMetric(ms(took[0][0]), "ms-bare-least")
	b.ReportMetric(ms(took[1][0]), "ms-peerdeck-least")
	b.ReportMetric(float64(took[1][middle])/float64(took[0][middle]), "x-bare-median")
	b.ReportMetric(float64(memory[0])/1024, "MB-bare")
	b.ReportMetric(float64(memory[1])/1024, "MB-peerdeck")
}

// BenchmarkIdle is the processor time that a dashboard of 10,000 networks takes
// while it reads their details in the background, and between polls, beside a
// bare program with the same frame rate.
func BenchmarkIdle(b *testing.B) {
	w := serve(b, "--networks", "10000")
	both := rivals(b, w.env())
	bare := startProgram(b, 200, 60, both[0].env, both[0].path)
	bare.until("1 Networks")
	b.ReportMetric(share(b, bare), "%-bare")
	bare.signal(syscall.SIGKILL)
	s := startProgram(b, 200, 60, both[1].env, both[1].path, both[1].args...)
	s.until("10000 networks")
	b.ReportMetric(share(b, s), "%-reading")
	// A server that has stopped gives no answer that could be worked on: what is
	// left is the screen. The window ends before the client's patience does.
	if err := w.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(share(b, s), "%-between-polls")
	b.ReportMetric(0, "ns/op")
}

// share is the part of one processor that a program takes, in percent. Ten
// seconds of a program at rest are longer than any benchmark asks for.
func share(b *testing.B, s *terminal) float64 {
	b.Helper()
	<-time.After(2 * time.Second) // what was begun has come to an end
	began, before := time.Now(), processor(b, s.cmd.Process.Pid)
	<-time.After(10 * time.Second)
	return float64(processor(b, s.cmd.Process.Pid)-before) / time.Since(began).Seconds()
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// processor is the processor time of a process, in ticks of 10 ms.
func processor(b *testing.B, pid int) int {
	b.Helper()
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), ") ")
	fields := strings.Fields(rest)
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return user + system
}

// status is a figure of /proc/PID/status, in kB.
func status(b *testing.B, pid int, name string) int {
	b.Helper()
	raw, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
			return n
		}
	}
	b.Fatalf("no %s in /proc", name)
	return 0
}
