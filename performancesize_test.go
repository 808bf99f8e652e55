package main

import (
	"bytes"
	"cmp"
	"context"
	"debug/elf"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/run/longtest"
)

// mostMegabytes is how large the stripped program may be, in MB of a million bytes, on the
// system that tests it. It is 36 today, and was to be 20: docs/performance.md says what it is
// made of.
const mostMegabytes = 38

// releaseFlags are those of a released program.
func releaseFlags() []string { return []string{"-ldflags=-s -w"} }

// built builds the program and returns its size in MB of a million bytes.
func built(ctx context.Context, path string, flags ...string) (float64, error) {
	build := exec.CommandContext(ctx, "go", append(append([]string{"build", "-trimpath", "-o", path}, flags...), ".")...)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("%w\n%s", err, out)
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	const mega = 1e6
	return float64(info.Size()) / mega, nil
}

// The program as it is released stays below a bound, whatever is added to it.
func TestTheProgramDoesNotGrow(t *testing.T) {
	longtest.Only(t) // it is linked anew
	size, err := built(t.Context(), t.TempDir()+"/peerdeck", releaseFlags()...)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.1f MB", size)
	if size > mostMegabytes {
		t.Errorf("the program is %.1f MB, more than %d: see what has come in (go version -m, go tool nm -size), and leave out what is not needed", size, mostMegabytes)
	}
}

// size notes how large the program is.
func (f figures) size(t *testing.T, name, path string, flags ...string) {
	t.Helper()
	size, err := built(t.Context(), path, flags...)
	if err != nil {
		t.Fatal(err)
	}
	f.add(name, "MB", size)
}

// parts tells what a program that has its symbols is made of: a table of its sections, and
// one of whose its machine code is.
func parts(t *testing.T, program string) string {
	t.Helper()
	var b strings.Builder
	if file, err := elf.Open(program); err == nil {
		b.WriteString("| part of the file | MB | |\n|---|---|---|\n")
		for _, p := range []struct{ section, is string }{
			{".text", "machine code"}, {".gopclntab", "lines and frames of each function, which Go needs to unwind a stack and to collect garbage"}, {".rodata", "constant data, types"}, {".noptrdata", "tables"}, {".data", "variables"},
		} {
			if s := file.Section(p.section); s != nil {
				fmt.Fprintf(&b, "| %s | %.1f | %s |\n", p.section, float64(s.FileSize)/1e6, p.is)
			}
		}
		_ = file.Close()
		b.WriteString("\n")
	}
	out, err := exec.CommandContext(t.Context(), "go", "tool", "nm", "-size", program).Output()
	if err != nil {
		t.Log(err)
		return b.String()
	}
	sizes := codeByModule(out)
	names := slices.SortedFunc(maps.Keys(sizes), func(x, y string) int { return cmp.Or(cmp.Compare(sizes[y], sizes[x]), cmp.Compare(x, y)) })
	b.WriteString("| whose machine code | MB |\n|---|---|\n")
	for _, name := range names[:min(len(names), 15)] {
		fmt.Fprintf(&b, "| %s | %.2f |\n", name, float64(sizes[name])/1e6)
	}
	return b.String()
}

// codeByModule adds up the sizes of functions, as go tool nm -size lists them, by whose they
// are: the first parts of the path of their package.
func codeByModule(listed []byte) map[string]int {
	sizes := map[string]int{}
	for line := range bytes.Lines(listed) {
		words := strings.Fields(string(line))
		if len(words) < 4 || words[2] != "T" && words[2] != "t" {
			continue
		}
		n, err := strconv.Atoi(words[1])
		if err != nil {
			continue
		}
		sizes[moduleOf(words[3])] += n
	}
	return sizes
}

// moduleOf is whose a symbol is: peerdeck's, a module's, or Go's own.
func moduleOf(symbol string) string {
	for _, prefix := range []string{"type:.eq.", "type:.hash.", "go:"} {
		symbol = strings.TrimPrefix(symbol, prefix)
	}
	symbol, _, _ = strings.Cut(symbol, "[") // what a generic function is made for
	path := strings.Split(symbol, "/")
	const levels = 3
	switch host := path[0]; {
	case host == "peerdeck" || strings.HasPrefix(symbol, "main."):
		return "peerdeck"
	case strings.Contains(host, ".") && len(path) > 1 && host != "vendor":
		path = path[:min(len(path), levels)]
		last := len(path) - 1
		path[last], _, _ = strings.Cut(path[last], ".(")
		if last == levels-1 || host == "charm.land" {
			path[last], _, _ = strings.Cut(path[last], ".")
		}
		return strings.Join(path, "/")
	default:
		return "Go's own library and runtime"
	}
}

func TestSymbolsHaveTheirOwners(t *testing.T) {
	for symbol, want := range map[string]string{
		"peerdeck/model.reasonTable":                        "peerdeck",
		"type:.eq.peerdeck/model.Network":                   "peerdeck",
		"main.main":                                         "peerdeck",
		"github.com/zclconf/go-cty/cty.Value.Equals":        "github.com/zclconf/go-cty",
		"github.com/miekg/dns.(*Msg).Pack":                  "github.com/miekg/dns",
		"golang.org/x/net/http2.(*Transport).RoundTrip":     "golang.org/x/net",
		"charm.land/lipgloss/v2.Style.Render":               "charm.land/lipgloss/v2",
		"slices.SortFunc[go.shape.[]peerdeck/model.Change]": "Go's own library and runtime",
		"vendor/golang.org/x/crypto/chacha20poly1305.seal":  "Go's own library and runtime",
		"net/http.(*Transport).dialConn":                    "Go's own library and runtime",
	} {
		if got := moduleOf(symbol); got != want {
			t.Errorf("%s: %s, want %s", symbol, got, want)
		}
	}
}
