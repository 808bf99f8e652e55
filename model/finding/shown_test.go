package finding_test

import (
	"cmp"
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

	"github.com/peerdeck/peerdeck/model/finding"
)

// place is a test that names a code, or a scenario.
type place struct {
	path string // from the top of the repository
	name string // of the test; empty for one that a helper of the file names
}

// rank orders places by how directly they show a finding: a test of the rules, a scenario,
// then whatever else names the code.
func (p place) rank() int {
	switch {
	case strings.HasPrefix(p.path, "model/") && p.name != "":
		return 0
	case strings.HasPrefix(p.path, "testdata/"):
		return 1
	case strings.HasPrefix(p.path, "model/"):
		return 2
	case p.name != "":
		return 3
	default:
		return 4
	}
}

// link is the place as the document names it.
func (p place) link() string {
	name := cmp.Or(p.name, filepath.Base(p.path))
	return "[" + strings.ReplaceAll(name, "_", `\_`) + "](../" + p.path + ")"
}

// shownBy finds, for each code, the tests and scenarios that name it.
func shownBy(t *testing.T) map[finding.Code][]place {
	t.Helper()
	codes := map[string]finding.Code{}
	for _, e := range finding.Entries() {
		codes[string(e.Code)] = e.Code
	}
	named := constants(t, filepath.Join("..", "..", "model"))
	out := map[finding.Code][]place{}
	add := func(word string, p place) {
		if code, known := codes[word]; known && !slices.Contains(out[code], p) {
			out[code] = append(out[code], p)
		}
	}
	top := filepath.Join("..", "..")
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		switch {
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != top || name == "bin" || name == "model/finding"):
			return filepath.SkipDir
		case strings.HasSuffix(name, "_test.go"):
			return inSource(path, name, named, add)
		case strings.HasPrefix(name, "testdata/scenarios/") && strings.HasSuffix(name, ".yaml"):
			return inScenario(path, name, add)
		default:
			return nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b place) int {
			return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(strings.Count(a.path, "/"), strings.Count(b.path, "/")), cmp.Compare(a.path, b.path), cmp.Compare(a.name, b.name))
		})
	}
	return out
}

// constants are the codes that have a name in the source, by that name.
func constants(t *testing.T, dir string) map[string]string {
	t.Helper()
	named := regexp.MustCompile(`(?m)^\t(Code[A-Za-z0-9]+)\s+finding\.Code\s*= "([^"]+)"`)
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, found := range named.FindAllStringSubmatch(string(text), -1) {
			out[found[1]] = found[2]
		}
		return err
	})
	if err != nil || len(out) == 0 {
		t.Fatalf("%d names of codes, %v", len(out), err)
	}
	return out
}

// inSource finds the codes that stand in a file of tests, as texts or by their names.
func inSource(path, name string, named map[string]string, add func(string, place)) error {
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, d := range f.Decls {
		test := ""
		if fn, ok := d.(*ast.FuncDecl); ok && (strings.HasPrefix(fn.Name.Name, "Test") || strings.HasPrefix(fn.Name.Name, "Fuzz")) {
			test = fn.Name.Name
		}
		ast.Inspect(d, func(n ast.Node) bool {
			for _, word := range codesIn(n, named) {
				add(word, place{name, test})
			}
			return true
		})
	}
	return nil
}

// codesIn are the words of a piece of source that may be codes.
func codesIn(n ast.Node, named map[string]string) []string {
	switch n := n.(type) {
	case *ast.SelectorExpr:
		return []string{named[n.Sel.Name]}
	case *ast.BasicLit:
		text, err := strconv.Unquote(n.Value)
		if n.Kind != token.STRING || err != nil {
			return nil
		}
		words := []string{text}
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
			if strings.Contains(word, "-") { // a plain word may be no code at all
				words = append(words, word)
			}
		}
		return words
	default:
		return nil
	}
}

// inScenario finds the codes that a scenario is made to show.
func inScenario(path, name string, add func(string, place)) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, found := range regexp.MustCompile(`(?m)^  (?:findings|status|traced|paths): \[(.*)\]$`).FindAllStringSubmatch(string(text), -1) {
		for word := range strings.SplitSeq(found[1], ",") {
			add(strings.TrimSpace(word), place{path: name})
		}
	}
	return nil
}

// Each finding is shown by a test that names it: one that nothing names may say anything.
func TestEachFindingIsShown(t *testing.T) {
	shown := shownBy(t)
	for _, e := range finding.Entries() {
		if !e.Retired() && len(shown[e.Code]) == 0 {
			t.Errorf("no test and no scenario names %s", e.Code)
		}
	}
}
