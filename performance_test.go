package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// performanceFile is the document that make bench writes.
const performanceFile = "docs/performance.md"

// TestPerformance measures all figures and writes them down, misses included. It takes
// minutes and is for people: make bench runs it. No figure of time makes it fail.
// PEERDECK_BENCH=short takes each figure once: enough to see that all can be had.
func TestPerformance(t *testing.T) {
	if os.Getenv("PEERDECK_BENCH") == "" {
		t.Skip("PEERDECK_BENCH=1 measures; make bench sets it")
	}
	began, load := time.Now(), loadAverage()
	all := figures{}
	for _, r := range benchRuns() {
		at := time.Now()
		out, err := r.run(t)
		t.Logf("%s: %s%s, %s", r.dir, r.pattern, r.tests, time.Since(at).Round(time.Second))
		all.read(out)
		if err != nil {
			t.Errorf("%s%s in %s: %v\n%s", r.pattern, r.tests, r.dir, err, tail(out))
		}
	}
	stripped, whole := t.TempDir()+"/stripped", t.TempDir()+"/whole"
	all.size(t, "binary/stripped", stripped, releaseFlags()...)
	all.size(t, "binary/unstripped", whole)
	all.version(t, "peerdeck", stripped)
	if kongctl, err := exec.LookPath("kongctl"); err == nil {
		all.version(t, "kongctl", kongctl)
	}
	text := document(all, fmt.Sprintf("It took %s. Load when it began: %s; when it ended: %s.", time.Since(began).Round(time.Second), load, loadAverage()), parts(t, whole))
	if err := os.WriteFile(performanceFile, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// benchRun is one run of go test. Each benchmark is run several times in turn.
type benchRun struct {
	dir     string
	pattern string // of benchmarks; empty: of tests that log figures
	tests   string
	rounds  string // how often a benchmark does its work
	count   string // how often it is run
}

func benchRuns() []benchRun {
	return []benchRun{
		{dir: "./ui/app", pattern: "^BenchmarkKey(On)?$", rounds: "200x", count: "5"},
		{dir: "./ui/app", tests: "^(TestBytesOnTheWire|TestAPaneBesideAListCostsItsScroll)$"},
		{dir: "./ui/app", pattern: "^BenchmarkScale$", rounds: "3x", count: "3"},
		{dir: "./ui/journey", pattern: "^BenchmarkStart$", rounds: "21x", count: "3"},
		{dir: "./ui/journey", pattern: "^BenchmarkIdle$", rounds: "1x", count: "2"},
		{dir: "./ui/journey", pattern: "^BenchmarkStatus$", rounds: "3x", count: "1"},
		{dir: "./model/dns/table", pattern: "^BenchmarkCheck$", rounds: "20x", count: "7"},
		{dir: "./services/dns/file", pattern: "^BenchmarkRead$", rounds: "5x", count: "3"},
		{dir: "./services/watch", pattern: "^BenchmarkFirst", rounds: "1x", count: "3"},
		{dir: "./services/watch", pattern: "^BenchmarkHeapOf$", rounds: "1x", count: "1"},
		{dir: "./services/dns/probe", pattern: "^BenchmarkMatrix$", rounds: "1x", count: "3"},
		{dir: "./services/dns/probe", pattern: "^BenchmarkDeadMatrix$", rounds: "1x", count: "1"},
		{dir: "./services/dns/hop", pattern: ".", rounds: "1x", count: "1"},
		{dir: "./services/run/width", tests: "^TestAStormCostsLittle$"},
		{dir: "./services/setup/run", pattern: ".", rounds: "5x", count: "3"},
		{dir: "./services/metrics", pattern: ".", rounds: "5x", count: "3"},
	}
}

func (r benchRun) run(t *testing.T) (string, error) {
	t.Helper()
	if os.Getenv("PEERDECK_BENCH") == "short" {
		r.count = "1"
		if r.rounds != "1x" {
			r.rounds = "5x"
		}
	}
	args := []string{"test", "-timeout", "20m", "-v"}
	if r.tests != "" {
		args = append(args, "-count=1", "-run", r.tests, r.dir)
	} else {
		args = append(args, "-run", "^$", "-bench", r.pattern, "-benchmem", "-benchtime", r.rounds, "-count", r.count, r.dir)
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
	return string(out), err
}

func tail(out string) string { return out[max(0, len(out)-2000):] }

// version notes the median time in which a program says which one it is.
func (f figures) version(t *testing.T, name, program string) {
	t.Helper()
	const rounds = 15
	var took []time.Duration
	for range rounds {
		began := time.Now()
		if out, err := exec.CommandContext(t.Context(), program, "version").CombinedOutput(); err != nil {
			t.Logf("%s version: %v\n%s", program, err, out)
			return
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	for _, d := range took {
		f.add("version/"+name, "ms", float64(d.Microseconds())/1000)
	}
}

// document is the whole of docs/performance.md.
func document(all figures, when, made string) []byte {
	var b bytes.Buffer
	b.WriteString("# How fast it is\n\n`make bench` wrote this file. Each figure stands beside what it is compared with, measured in the same run:\nratios and counts say something about the program, times about the machine too.\n\n")
	fmt.Fprintf(&b, "Machine: %s, %d processors, %s/%s, kernel %s. %s\n\n", processorName(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, firstLine("/proc/sys/kernel/osrelease"), when)
	fmt.Fprintf(&b, "Versions: %s.\n\nA figure is the median of n runs, with the least and the most of them in the unit of the benchmark.\n\n", strings.Join(versions(), ", "))
	b.WriteString("| what | measured | compared with | n, least to most | target | |\n|---|---|---|---|---|---|\n")
	var notes []string
	for _, r := range performanceRows() {
		line, met := r.line(all)
		b.WriteString(line)
		if !met && r.note != "" {
			notes = append(notes, "- **"+r.what+"**: "+r.note)
		}
	}
	if len(notes) > 0 {
		fmt.Fprintf(&b, "\n## What is missed, or was not measured here, and why\n\n%s\n", strings.Join(notes, "\n"))
	}
	fmt.Fprintf(&b, "\n## What the program is made of\n\n%s", made)
	fmt.Fprintf(&b, "\n## How it is measured\n\n%s", method)
	fmt.Fprintf(&b, "\n## All figures\n\nAs the benchmarks report them: median (n, least to most).\n\n| benchmark | figures |\n|---|---|\n%s", all.table())
	return b.Bytes()
}

// versions are those of what is measured and of what it is compared with.
func versions() []string {
	out := []string{runtime.Version()}
	for _, m := range []string{"charm.land/bubbletea/v2", "charm.land/bubbles/v2", "github.com/charmbracelet/ultraviolet"} {
		if said, err := exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.Version}}", m).Output(); err == nil {
			out = append(out, strings.TrimSpace(string(said)))
		}
	}
	for _, program := range [][]string{{"dig", "-v"}, {"kongctl", "version"}, {"az", "version", "--output", "tsv"}} {
		said, err := exec.Command(program[0], program[1:]...).CombinedOutput()
		line, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
		switch {
		case err != nil:
			line = program[0] + " is not installed"
		case !strings.HasPrefix(strings.ToLower(line), program[0]):
			line = program[0] + " " + line
		}
		out = append(out, line)
	}
	return out
}

const method = `- Key to frame: the frame's Update and View for a key, in one process with the table of Bubbles that has the same rows.
- Bytes: what Bubble Tea writes to a terminal of true colour, counted by its writer. TestBytesOnTheWire holds them.
- Allocations: TestKeyAllocations, TestScale and TestCheckIsLinear hold them; they are the same on every machine.
- Start and idle: the real program in a pseudo-terminal beside a bare Bubble Tea program, taking turns.
- Status: the real program, from a cold start with nothing kept, against ` + "`peerdeck sandbox --networks N --latency D`" + ` over loopback; the serial fetch is the time of ten answers one after another over one connection, for as many as status asked for.
- Silent servers: the real prober through a SOCKS proxy on loopback whose other side never comes.
- The storm of refusals runs in virtual time: it is the same on every machine.
- The last snapshot in the first frame, and that a day of polling leaves nothing behind, are no figures: tests hold them. How long ` + "`go test ./...`" + ` takes is told by itself.
- Nothing fails a build by a time: tests hold counts and bytes.
`

func firstLine(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return line
}

func loadAverage() string {
	word, _, _ := strings.Cut(firstLine("/proc/loadavg"), " ")
	return word
}

func processorName() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "an unknown processor"
	}
	for line := range strings.Lines(string(data)) {
		if name, value, _ := strings.Cut(line, ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "an unknown processor"
}
