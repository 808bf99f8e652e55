package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// figures are what was measured: by the name of a benchmark or of a test, and by unit.
type figures map[string]map[string][]float64

func (f figures) add(name, unit string, value float64) {
	if f[name] == nil {
		f[name] = map[string][]float64{}
	}
	f[name][unit] = append(f[name][unit], value)
}

// logged is a line of a test that logs a figure: "bytes_test.go:86: cursor move   127 bytes".
var logged = regexp.MustCompile(`^\s+\S+_test\.go:\d+: (.*\S)\s+(\d+(?:\.\d+)?) (bytes|x-ideal)$`)

// read takes the output of go test: lines of benchmarks, and figures that tests log.
func (f figures) read(out string) {
	test := ""
	for line := range strings.Lines(out) {
		line = strings.TrimRight(line, "\n")
		if words := strings.Fields(line); len(words) == 3 && words[0] == "===" { // RUN, CONT, NAME
			test = words[2]
			continue
		}
		if m := logged.FindStringSubmatch(line); m != nil {
			value, err := strconv.ParseFloat(m[2], 64)
			if err == nil {
				f.add(test+"/"+m[1], m[3], value)
			}
			continue
		}
		f.readBenchmark(strings.Fields(line))
	}
}

// readBenchmark takes a line such as "BenchmarkKey/bubbles/100-2  200  310 ns/op  4 B/op".
func (f figures) readBenchmark(words []string) {
	if len(words) < 4 || !strings.HasPrefix(words[0], "Benchmark") {
		return
	}
	name := strings.TrimPrefix(words[0], "Benchmark")
	if i := strings.LastIndexByte(name, '-'); i >= 0 {
		name = name[:i] // the number of processors
	}
	for i := 2; i+1 < len(words); i += 2 {
		if value, err := strconv.ParseFloat(words[i], 64); err == nil {
			f.add(name, words[i+1], value)
		}
	}
}

// median is the one in the middle; false: nothing was measured.
func (f figures) median(name, unit string) (float64, bool) {
	list := slices.Sorted(slices.Values(f[name][unit]))
	if len(list) == 0 {
		return 0, false
	}
	return list[len(list)/2], true
}

// of is the median of a benchmark and a unit, or the worst of those whose name begins as the
// one that ends with a star.
func (f figures) of(what [2]string) (float64, bool) {
	if prefix, several := strings.CutSuffix(what[0], "*"); several {
		return f.worst(prefix, what[1])
	}
	return f.median(what[0], what[1])
}

// worst is the greatest of all whose name begins so.
func (f figures) worst(prefix, unit string) (float64, bool) {
	most, found := 0.0, false
	for name, units := range f {
		if list := units[unit]; strings.HasPrefix(name, prefix) && len(list) > 0 {
			most, found = max(most, slices.Max(list)), true
		}
	}
	return most, found
}

// spread is how many there are, and how far they lie apart.
func (f figures) spread(name, unit string) string {
	list := f[name][unit]
	if prefix, several := strings.CutSuffix(name, "*"); several {
		list = nil
		for name, units := range f {
			if strings.HasPrefix(name, prefix) {
				list = append(list, units[unit]...)
			}
		}
	}
	if len(list) == 0 {
		return "–"
	}
	return fmt.Sprintf("%d, %s to %s", len(list), short(slices.Min(list)), short(slices.Max(list)))
}

// table lists everything that was measured.
func (f figures) table() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		var parts []string
		for _, unit := range slices.Sorted(maps.Keys(f[name])) {
			value, _ := f.median(name, unit)
			if unit == "ns/op" && value == 0 {
				continue
			}
			parts = append(parts, fmt.Sprintf("%s %s (%s)", short(value), unit, f.spread(name, unit)))
		}
		fmt.Fprintf(&b, "| %s | %s |\n", name, strings.Join(parts, "; "))
	}
	return b.String()
}

// short writes a figure with as many digits as say something.
func short(v float64) string {
	switch {
	case v >= 100 || v == float64(int64(v)):
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	default:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
}

func TestFiguresAreRead(t *testing.T) {
	f := figures{}
	f.read("=== RUN   TestBytes/80x24\n    bytes_test.go:86: cursor move                    127 bytes\n" +
		"BenchmarkKey/bubbles/100-2         \t     200\t  31035361 ns/op\t  486499 B/op\nBenchmarkKey/bubbles/100-2  200  11035361 ns/op\nBenchmarkKey/bubbles/100-2  200  21035361 ns/op\nok  \tpeerdeck/ui/app\t1.0s\n")
	if v, ok := f.median("Key/bubbles/100", "ns/op"); !ok || v != 21035361 {
		t.Errorf("got %v, %v", v, ok)
	}
	if v, ok := f.median("TestBytes/80x24/cursor move", "bytes"); !ok || v != 127 {
		t.Errorf("got %v of %v", v, f)
	}
	if got := f.spread("Key/bubbles/100", "ns/op"); got != "3, 11035361 to 31035361" {
		t.Errorf("got %s", got)
	}
	if _, ok := f.median("Key/bubbles/100", "allocs/op"); ok {
		t.Error("nothing was measured of it")
	}
}
