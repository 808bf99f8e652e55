package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fault is one way in which the world can be unkind, as the tests tell it that bring it
// about: their names have its number, and the comment of one of them says what happens and
// what a person sees.
type fault struct {
	happens string
	seen    string
	notRun  string // what of it cannot be brought about in a test, and why; empty for nothing
	teller  string // the test that says so
	tests   []faultTest
}

type faultTest struct{ name, path string }

// faultGroups are the layers, each with the number of its last fault.
func faultGroups() []struct {
	last  int
	title string
	how   string
} {
	return []struct {
		last  int
		title string
		how   string
	}{
		{16, "On the wire", "The fault proxy (`services/sandbox/faultproxy`) stands between the real clients and the simulated clouds. Waits are in virtual time, and what is seen is read from the screen."},
		{34, "What the services say", "The simulated clouds say it to the real clients, the watcher and the writer of mappings."},
		{46, "The Azure part of a set-up", "Programs on the path that play the Azure CLI, and the simulated Azure."},
		{57, "DNS servers", "Scripted servers before the real prober."},
		{62, "Files of this machine", "Real files in a folder of the test, a failing writer, and a program that is killed."},
		{66, "The terminal", "The built program in a pseudo-terminal, which looks at the bytes that come and at the modes that stay."},
	}
}

var (
	faultName = regexp.MustCompile(`^TestFault(\d\d)[A-Z]`)
	faultText = regexp.MustCompile(`(?s)^Fault (\d+): (.+?)\nSeen: (.+?)(?:\nNot run: (.+?))?(?:\n\n|\n?$)`)
)

// faults collects the faults from the tests of the whole program.
func faults(t *testing.T) map[int]*fault {
	t.Helper()
	out := map[int]*fault{}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, []byte("TestFault")) {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				take(t, out, filepath.ToSlash(path), fn)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// take notes a test that is one of a fault.
func take(t *testing.T, into map[int]*fault, path string, fn *ast.FuncDecl) {
	t.Helper()
	text := fn.Doc.Text()
	named := faultName.FindStringSubmatch(fn.Name.Name)
	said := faultText.FindStringSubmatch(text)
	if named == nil {
		if strings.HasPrefix(text, "Fault ") {
			t.Errorf("%s: %s tells of a fault, and its name has no number of one", path, fn.Name.Name)
		}
		return
	}
	number, _ := strconv.Atoi(named[1])
	f := into[number]
	if f == nil {
		f = &fault{}
		into[number] = f
	}
	f.tests = append(f.tests, faultTest{fn.Name.Name, path})
	switch {
	case said == nil && strings.HasPrefix(text, "Fault "):
		t.Errorf("%s: the comment of %s does not say “Fault %d: …” and “Seen: …”", path, fn.Name.Name, number)
	case said == nil:
	case said[1] != strconv.Itoa(number):
		t.Errorf("%s: %s tells of fault %s", path, fn.Name.Name, said[1])
	case f.teller != "":
		t.Errorf("%s and %s both tell of fault %d: one of them says it all", f.teller, fn.Name.Name, number)
	default:
		f.teller, f.happens, f.seen, f.notRun = fn.Name.Name, sentence(said[2]), sentence(said[3]), sentence(said[4])
	}
}

// sentence is a comment in one line, fit for a cell of a table.
func sentence(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}

// reliability is the document.
func reliability(t *testing.T, all map[int]*fault) string {
	t.Helper()
	var b strings.Builder
	b.WriteString(`# What happens when things go wrong

<!-- Drawn from the tests that are named here: make screens. Change the comments of the tests. -->

Networks break, services refuse, disks fill, terminals close. This page lists the faults that peerdeck is held to, what it does about each, and the tests that bring the fault about. Each test has the number of its fault in its name, so ` + "`go test -run 'TestFault07' ./...`" + ` runs what is known of fault 7.
`)
	first := 1
	for _, g := range faultGroups() {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\n| # | what happens | what a person sees | shown by |\n| --- | --- | --- | --- |\n", g.title, g.how)
		for n := first; n <= g.last; n++ {
			f := all[n]
			if f == nil || f.teller == "" {
				t.Errorf("no test tells of fault %d", n)
				continue
			}
			fmt.Fprintf(&b, "| %d | %s | %s | %s |\n", n, f.happens, f.seen, f.shownBy())
		}
		first = g.last + 1
	}
	for n := range all {
		if n < 1 || n >= first {
			t.Errorf("there is no fault %d", n)
		}
	}
	return b.String()
}

// shownBy lists the tests of a fault, and what of it no test can bring about.
func (f *fault) shownBy() string {
	slices.SortFunc(f.tests, func(a, b faultTest) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(a.name, b.name))
	})
	cells := make([]string, 0, len(f.tests))
	for _, one := range f.tests {
		cells = append(cells, fmt.Sprintf("[%s](../%s)", one.name, one.path))
	}
	out := strings.Join(cells, "<br>")
	if f.notRun != "" {
		out += "<br>Not run: " + f.notRun
	}
	return out
}

// Every fault has its test, and the document is that of the tests.
func TestReliabilityDocument(t *testing.T) {
	const path = "docs/reliability.md"
	text := reliability(t, faults(t))
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != text {
		t.Errorf("%s is stale (%v); run: make screens", path, err)
	}
}
