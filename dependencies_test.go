package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// module is one that go.mod lists.
type module struct {
	Path     string `json:"Path"`
	Dir      string `json:"Dir"` // where its files are
	Indirect bool   `json:"Indirect"`
}

// licences are those that a program under the Apache licence may be built with and handed on
// with, each known by words of its own that no other one has. The longer one comes first.
func licences() []struct{ name, words string } {
	return []struct{ name, words string }{
		{"Apache-2.0", "apache license version 2.0"},
		{"Apache-2.0", "licensed under the apache license, version 2.0"},
		{"MPL-2.0", "mozilla public license, version 2.0"},
		{"MPL-2.0", "mozilla public license version 2.0"},
		{"BSD-3-Clause", "neither the name of"},
		{"BSD-3-Clause", "may be used to endorse or promote products derived from this software"},
		{"BSD-2-Clause", "redistributions in binary form must reproduce the above copyright notice"},
		{"ISC", "permission to use, copy, modify, and/or distribute this software for any purpose with or without fee"},
		{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
	}
}

// licence reads which licence a text is; empty for none that is known.
func licence(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, l := range licences() {
		if strings.Contains(text, l.words) {
			return l.name
		}
	}
	return ""
}

// licenceOf reads the licence of a module from its files.
func licenceOf(dir string) (string, error) {
	for _, pattern := range []string{"LICEN[CS]E*", "COPYING*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return "", err
		}
		for _, file := range files {
			data, err := os.ReadFile(filepath.Clean(file))
			if err != nil {
				return "", err
			}
			if name := licence(string(data)); name != "" {
				return name, nil
			}
		}
	}
	return "", fmt.Errorf("no licence that is known in %s", dir)
}

// goTool runs the Go tool, offline.
func goTool(t *testing.T, env []string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Env = append(append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly"), env...)
	out, err := cmd.Output()
	if err != nil {
		if failed, ran := errors.AsType[*exec.ExitError](err); ran {
			t.Fatalf("go %s: %s", strings.Join(args, " "), failed.Stderr)
		}
		t.Fatal(err)
	}
	return out
}

// required are the modules of go.mod: all that the program and its tests are made of.
func required(t *testing.T) []module {
	t.Helper()
	data, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for line := range strings.Lines(string(data)) {
		if words := strings.Fields(line); len(words) >= 2 && strings.HasPrefix(words[1], "v") && strings.Contains(words[0], ".") {
			names = append(names, words[0])
		}
	}
	var out []module
	list := json.NewDecoder(strings.NewReader(string(goTool(t, nil, append([]string{"list", "-m", "-e", "-json"}, names...)...))))
	for {
		var m module
		err := list.Decode(&m)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	if len(out) < 60 || len(out) != len(names) {
		t.Fatalf("%d modules of %d", len(out), len(names))
	}
	return out
}

const dependenciesDocument = "docs/dependencies.md"

// dependenciesHead is what stands above the table.
const dependenciesHead = `# What peerdeck is made of

Every module that the program, or a test of it, is built with, and the licence that stands in it. ` + "`make screens`" + ` draws this list from go.mod and from the modules themselves; a test fails while it is another, and while a module has a licence that is not known to go with peerdeck's own (Apache-2.0). Why each direct one is here: [README](../README.md#dependencies). The versions stand in go.mod, the checksums in go.sum.

| module | licence | in | here for |
| --- | --- | --- | --- |
`

// Every module has a licence that goes with peerdeck's, and the document tells it. Which of them
// are built in is asked of the Go tool for each system, which takes a while.
func TestDependenciesDocument(t *testing.T) {
	t.Parallel()
	list := required(t)
	have, err := os.ReadFile(dependenciesDocument)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(have)) {
		if cells := strings.Split(line, " | "); len(cells) == 4 && strings.HasPrefix(line, "| ") {
			rows[strings.TrimPrefix(cells[0], "| ")] = cells[1]
		}
	}
	delete(rows, "module")
	delete(rows, "---")
	for _, m := range list {
		if m.Dir == "" { // as on a fresh machine, for those that only another system needs
			t.Logf("%s is not downloaded, so its licence is not read: go mod download gets it", m.Path)
			delete(rows, m.Path)
			continue
		}
		name, err := licenceOf(m.Dir)
		switch {
		case err != nil:
			t.Errorf("%s: %v", m.Path, err)
		case rows[m.Path] != name && os.Getenv("UPDATE_SCREENS") == "":
			t.Errorf("%s is under %s; %s says %q: make screens draws it anew", m.Path, name, dependenciesDocument, rows[m.Path])
		}
		delete(rows, m.Path)
	}
	for path := range rows {
		t.Errorf("%s tells of %s, which go.mod does not list: make screens draws it anew", dependenciesDocument, path)
	}
}

// The whole document, with what needs the Go tool: what is built in on some system, and which
// module asks for one that peerdeck does not name itself.
func TestDependenciesDocumentIsFresh(t *testing.T) {
	if os.Getenv("PEERDECK_LONG") == "" && os.Getenv("UPDATE_SCREENS") == "" {
		t.Skip("long: PEERDECK_LONG=1 runs it, as .ci/run does")
	}
	t.Parallel()
	list := required(t)
	asked := askedFor(t, list)
	where := builtIn(t)
	var text strings.Builder
	text.WriteString(dependenciesHead)
	for _, m := range list {
		name, err := licenceOf(m.Dir)
		if err != nil {
			t.Fatal(err)
		}
		in, here := where[m.Path], "peerdeck"
		if in == "" {
			in = "tests"
		}
		if m.Indirect {
			here = strings.Join(asked[m.Path], ", ")
		}
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", m.Path, name, in, here)
	}
	if os.Getenv("UPDATE_SCREENS") != "" {
		if err := os.WriteFile(dependenciesDocument, []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if have, err := os.ReadFile(dependenciesDocument); err != nil || string(have) != text.String() {
		t.Errorf("%s is stale (%v): make screens draws it anew", dependenciesDocument, err)
	}
}

// builtIn says for each module on which systems it is in the program.
func builtIn(t *testing.T) map[string]string {
	t.Helper()
	systems := []string{"linux", "darwin", "windows"}
	on := map[string][]string{}
	for _, system := range systems {
		env := []string{"GOOS=" + system, "GOARCH=amd64", "CGO_ENABLED=0"}
		seen := map[string]bool{}
		for path := range strings.FieldsSeq(string(goTool(t, env, "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "."))) {
			if !seen[path] {
				seen[path] = true
				on[path] = append(on[path], system)
			}
		}
	}
	out := map[string]string{}
	for path, list := range on {
		out[path] = "the program"
		if len(list) < len(systems) {
			out[path] += " on " + strings.Join(list, ", ")
		}
	}
	return out
}

// askedFor says for each module which other ones of go.mod require it, three at most: direct ones
// before others.
func askedFor(t *testing.T, list []module) map[string][]string {
	t.Helper()
	rank := map[string]int{}
	for _, m := range list {
		rank[m.Path] = 1
		if m.Indirect {
			rank[m.Path] = 2
		}
	}
	out := map[string][]string{}
	version := regexp.MustCompile(`@\S*`)
	for line := range strings.Lines(string(goTool(t, nil, "mod", "graph"))) {
		from, to, _ := strings.Cut(strings.TrimSpace(version.ReplaceAllString(line, "")), " ")
		if rank[from] > 0 && rank[to] > 0 && from != to && !slices.Contains(out[to], from) {
			out[to] = append(out[to], from)
		}
	}
	const most = 3
	for to := range out {
		slices.SortFunc(out[to], func(a, b string) int {
			if rank[a] != rank[b] {
				return rank[a] - rank[b]
			}
			return strings.Compare(a, b)
		})
		out[to] = out[to][:min(most, len(out[to]))]
	}
	return out
}

// The words that tell licences apart do.
func TestLicencesAreToldApart(t *testing.T) {
	t.Parallel()
	own, err := licenceOf(".")
	if err != nil || own != "Apache-2.0" {
		t.Errorf("peerdeck itself is under %q, %v", own, err)
	}
	for text, want := range map[string]string{
		"Permission is hereby granted, free of charge,\n  to any person obtaining a copy of this software": "MIT",
		"Redistributions in binary form must reproduce the above copyright notice":                         "BSD-2-Clause",
		"GNU GENERAL PUBLIC LICENSE Version 3":                                                             "",
		"":                                                                                                 "",
	} {
		if got := licence(text); got != want {
			t.Errorf("%q is %q, not %q", text, got, want)
		}
	}
}
