package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// source is one file of the program, parsed.
type source struct {
	path  string
	tests bool
	file  *ast.File
	set   *token.FileSet
	own   string // the name of the module, as go.mod has it
}

// imports are the paths of what a file imports. Those of the module's own begin with
// "peerdeck/", whatever name go.mod gives it.
func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		path := strings.Trim(i.Path.Value, `"`)
		if room, own := strings.CutPrefix(path, s.own+"/"); own {
			path = "peerdeck/" + room
		}
		out = append(out, path)
	}
	return out
}

// moduleName is what go.mod calls the module: the one place where its name stands by itself.
func moduleName() (string, error) {
	data, err := os.ReadFile("go.mod")
	if err != nil {
		return "", err
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(string(data), "module "), "\n")
	if name == "" || strings.ContainsAny(name, " \t") {
		return "", fmt.Errorf("go.mod begins with %q", name)
	}
	return name, nil
}

// Where the module's name must be written out (each import, the linters' rules), it is the one
// of go.mod; .ci/rename changes all of them.
func TestTheModuleHasOneName(t *testing.T) {
	name, err := moduleName()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(".golangci.yml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), "\n      module-path: "+name+"\n") {
		t.Errorf(".golangci.yml does not tell gofumpt of the module %s", name)
	}
	rooms := regexp.MustCompile(`pkg: (\S*?)/(model|services|ui)\b`).FindAllStringSubmatch(string(data), -1)
	if len(rooms) < 20 {
		t.Errorf("%d rules of the linters about rooms", len(rooms))
	}
	for _, r := range rooms {
		if r[1] != name {
			t.Errorf(".golangci.yml has a rule about %s/%s, and the module is %s", r[1], r[2], name)
		}
	}
	for _, s := range sources(t) {
		for _, path := range s.imports() {
			if before, _, found := strings.Cut(path, "/model/"); found && before != "peerdeck" && strings.HasSuffix(before, "peerdeck") {
				t.Errorf("%s imports %s, and the module is %s", s.path, path, name)
			}
		}
	}
}

func sources(t *testing.T) []source {
	t.Helper()
	out, err := parsed()
	if err != nil || len(out) < 100 {
		t.Fatalf("%d files, %v", len(out), err)
	}
	return out
}

// parsed reads every source once for all rules.
var parsed = sync.OnceValues(parseAll) //nolint:gochecknoglobals // what it gives does not change while the tests run

func parseAll() ([]source, error) {
	var out []source
	own, err := moduleName()
	if err != nil {
		return nil, err
	}
	err = filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "testdata" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		out = append(out, source{filepath.ToSlash(path), strings.HasSuffix(path, "_test.go"), f, set, own})
		return err
	})
	return out, err
}

// rule says what a room may not import, and why.
type rule struct {
	room   string
	never  []string // prefixes of import paths
	except string   // a folder of the room that may
	why    string
}

func rules() []rule {
	return []rule{
		{"model/", []string{"peerdeck/services", "peerdeck/ui"}, "", "the arrows are main → ui → services → model"},
		{"model/", []string{"os", "net/http", "net/url", "io", "log", "context", "sync", "bufio", "crypto", "math/rand"}, "", "model is pure: no I/O, no goroutine, no chance"},
		{"model/", []string{"github.com/", "charm.land/", "go."}, "", "model needs the standard library and pure helpers only"},
		{"services/", []string{"peerdeck/ui", "charm.land/"}, "", "services know no screen"},
		{"ui/", []string{"net/http", "os", "net"}, "", "nothing in ui does I/O"},
		{"ui/", []string{"github.com/Azure/", "github.com/miekg/"}, "", "ui knows no SDK"},
		{"ui/app/", []string{"peerdeck/ui/screens"}, "", "the frame knows no screen by name; ui/program lists them"},
		{"ui/", []string{"peerdeck/services/wiring"}, "ui/command/", "screens see small interfaces; only the command line puts services together"},
	}
}

// The arrows between the rooms: main → ui → services → model.
func TestRooms(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests {
			continue
		}
		for _, path := range s.imports() {
			for _, r := range rules() {
				if !strings.HasPrefix(s.path, r.room) || (r.except != "" && strings.HasPrefix(s.path, r.except)) {
					continue
				}
				for _, never := range r.never {
					if path == never || strings.HasPrefix(path, strings.TrimSuffix(never, "/")+"/") || (strings.HasSuffix(never, ".") && strings.HasPrefix(path, never)) {
						t.Errorf("%s imports %s: %s", s.path, path, r.why)
					}
				}
			}
		}
	}
}

// At the top stands main.go: what it needs has a room.
func TestTopIsMainAlone(t *testing.T) {
	for _, s := range sources(t) {
		if !strings.Contains(s.path, "/") && !s.tests && s.path != "main.go" {
			t.Errorf("%s stands beside main.go: give it a room under model, services or ui", s.path)
		}
	}
}

// What is pure needs nobody to be tested: the tests of model import nothing above it. A
// test that needs an engine or a simulated cloud stands in services.
func TestTheTestsOfModelNeedNoServices(t *testing.T) {
	seen := 0
	for _, s := range sources(t) {
		if !s.tests || !strings.HasPrefix(s.path, "model/") {
			continue
		}
		seen++
		for _, path := range s.imports() {
			if strings.HasPrefix(path, "peerdeck/") && !strings.HasPrefix(path, "peerdeck/model/") && path != "peerdeck/model" {
				t.Errorf("%s imports %s: the test belongs into the room of that", s.path, path)
			}
		}
	}
	if seen < 50 {
		t.Errorf("%d tests of model were looked at", seen)
	}
}

// A panic in a goroutine that nobody owns kills the process and leaves the
// terminal in raw mode.
func TestGoroutinesHaveAnOwner(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "services/run/work/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if g, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s: a bare go statement; take a goroutine from services/run/work", s.set.Position(g.Pos()))
			}
			return true
		})
	}
}

// Screens get the clean form of a text; the exact bytes are for requests and for
// files that machines read.
func TestScreensNeverSeeRawText(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || !strings.HasPrefix(s.path, "ui/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Raw" {
				return true
			}
			// Bubble Tea has a function of that name, which writes what the program itself made.
			if of, is := sel.X.(*ast.Ident); !is || of.Name != "tea" {
				t.Errorf("%s: the exact bytes of a text are not for a screen; String gives the clean form", s.set.Position(sel.Pos()))
			}
			return true
		})
	}
}

// A number with its noun and a list in a sentence are written by one package, so that no
// sentence says "1 changes" or joins three names with "and" twice.
func TestPhrasesHaveOneMaker(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "model/phrase/") || strings.HasPrefix(s.path, "services/sandbox/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if n.Kind == token.STRING && strings.Contains(n.Value, "%d %ss") {
					t.Errorf("%s: a plural made by hand; take phrase.Count", s.set.Position(n.Pos()))
				}
			case *ast.CallExpr:
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Join" && len(n.Args) == 2 {
					if by, ok := n.Args[1].(*ast.BasicLit); ok && (by.Value == `" and "` || by.Value == `" or "`) {
						t.Errorf("%s: a list made by hand; take phrase.And or phrase.Or", s.set.Position(n.Pos()))
					}
				}
			}
			return true
		})
	}
}

// embedded reports whether a variable is a file that the compiler puts in, which has no other
// form in Go. The linter of globals asks for a reason beside each.
func embedded(f *ast.File, v *ast.ValueSpec) bool {
	text, isName := v.Type.(*ast.Ident)
	return isName && text.Name == "string" && len(v.Values) == 0 &&
		slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"embed"` })
}

// No init, no variable of a package: reading order is import order. What only tests import may
// keep what is costly to read for all tests of a process.
func TestNoHiddenState(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || onlyForTests(s.path) {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.Name == "init" && d.Recv == nil {
					t.Errorf("%s: an init function", s.set.Position(d.Pos()))
				}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					for _, spec := range d.Specs {
						if v, ok := spec.(*ast.ValueSpec); ok && v.Names[0].Name != "_" && !isError(v) && !embedded(s.file, v) {
							t.Errorf("%s: the variable %s of a package", s.set.Position(v.Pos()), v.Names[0].Name)
						}
					}
				}
			}
		}
	}
}

// isError reports whether a variable is an error to compare with, which Go can
// write in no other way.
func isError(v *ast.ValueSpec) bool {
	return strings.HasPrefix(strings.ToLower(v.Names[0].Name), "err")
}

// The time is an argument in model, and in everything that a screen draws.
func TestModelHasNoClock(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || !strings.HasPrefix(s.path, "model/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "time" {
				switch sel.Sel.Name {
				case "Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker":
					t.Errorf("%s: time.%s in model", s.set.Position(sel.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// One keeper of files: what is written elsewhere is not whole after a crash, loses the
// mode of a file, or has a lock of its own. Reading is free.
func TestFilesHaveOneKeeper(t *testing.T) {
	const keeper = "services/local/keep/"
	writes := map[string]bool{
		"WriteFile": true, "OpenFile": true, "Create": true, "CreateTemp": true, "Mkdir": true, "MkdirAll": true, "MkdirTemp": true,
		"Rename": true, "Remove": true, "RemoveAll": true, "Truncate": true, "Chmod": true, "Chown": true, "Lchown": true, "Chtimes": true,
		"Link": true, "Symlink": true, "OpenRoot": true, "OpenInRoot": true, "CopyFS": true, "NewFile": true,
	}
	found := 0
	for _, s := range sources(t) {
		kept := strings.HasPrefix(s.path, keeper)
		if s.tests || onlyForTests(s.path) {
			continue
		}
		for _, path := range s.imports() {
			if strings.HasSuffix(path, "/flock") || path == "io/ioutil" {
				t.Errorf("%s imports %s: files are written and locked by %s alone", s.path, path, keeper)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			switch {
			case !ok:
			case (pkg.Name == "os" && writes[sel.Sel.Name]) || ((pkg.Name == "unix" || pkg.Name == "windows" || pkg.Name == "syscall") && (sel.Sel.Name == "Flock" || sel.Sel.Name == "LockFileEx" || sel.Sel.Name == "Open")):
				found++
				if !kept {
					t.Errorf("%s: %s.%s; %s writes, locks and removes files", s.set.Position(sel.Pos()), pkg.Name, sel.Sel.Name, keeper)
				}
			}
			return true
		})
	}
	if found == 0 {
		t.Error("even the keeper writes nothing: this test does not see what it looks for")
	}
}

// readsWithout lists the files that read bytes and are none of those that read what a
// person or another program wrote as a text, and why.
func readsWithout() map[string]string {
	return map[string]string{
		"services/bundle/read.go":                  "entries of a bundle, which peerdeck wrote as UTF-8",
		"services/bundle/record/sender.go":         "bodies of a cloud's answers, kept byte for byte",
		"services/bundle/replay/server.go":         "bodies of our own clients' requests",
		"services/cloud/rest/resttest/listener.go": "bodies of requests, in tests",
		"services/cloud/signin/keeper.go":          "an answer of the sign-in service, which is JSON",
		"services/cloud/signin/environment.go":     "a certificate, which is PEM or binary",
		"services/dns/vantage/look.go":             "tables of the kernel",
		"services/local/helper/find.go":            "the first line of a script, as the kernel takes it",
		"services/local/helper/session_linux.go":   "tables of the kernel",
		"services/local/keep/lines.go":             "files that peerdeck writes",
		"services/local/keep/log.go":               "files that peerdeck writes",
		"services/local/keep/owner.go":             "files that peerdeck writes",
		"services/local/keep/read.go":              "files that peerdeck writes",
		"services/local/keep/system_unix.go":       "a folder",
		"services/cloud/transport/dial.go":         "the protocol of a proxy, whose page is read by the file beside it",
		"services/local/secret/secrettest/bus.go":  "messages of D-Bus, in tests",
		"services/sandbox/faultproxy/http1.go":     "bytes of a connection, in tests",
		"services/sandbox/faultproxy/proxy.go":     "bytes of a connection, in tests",
		"ui/command/bundle.go":                     "an answer that is typed, which is compared as a word",
		"ui/command/dnsapply.go":                   "answers that are typed, which are compared as words",
		"ui/command/setup.go":                      "answers that are typed, which are compared as words",
	}
}

// Every text that comes in is decoded by one function, safe.Decode, or by a reader that
// calls it: elsewhere a file of Windows would be read as garbage, or as nothing.
func TestTextsAreDecodedInOnePlace(t *testing.T) {
	exempt, readers := readsWithout(), 0
	decoders := map[string]bool{"safe.Decode": true, "strictyaml.Decode": true, "strictyaml.DecodeNamed": true, "dnsfile.Read": true}
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "model/") || onlyForTests(s.path) {
			continue
		}
		reads, decodes := false, false
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if !ok {
				return true
			}
			switch name := pkg.Name + "." + sel.Sel.Name; name {
			case "os.ReadFile", "os.Open", "io.ReadAll", "bufio.NewReader", "bufio.NewReaderSize", "bufio.NewScanner", "tea.PasteMsg":
				reads = reads || name != "tea.PasteMsg" || s.path == "ui/app/route.go"
			default:
				decodes = decodes || decoders[name]
			}
			return true
		})
		switch why := exempt[s.path]; {
		case reads && why == "" && !decodes:
			t.Errorf("%s reads a text and hands it on as it came: safe.Decode makes one of all encodings", s.path)
		case why != "" && !reads:
			t.Errorf("%s reads nothing, and is in the list of those that may (%s)", s.path, why)
		case reads && decodes:
			readers++
		}
	}
	if readers < 6 {
		t.Errorf("only %d readers were found: this test does not see what it looks for", readers)
	}
}

// onlyForTests reports whether only tests import the package of a file: one that starts
// what they play with.
func onlyForTests(path string) bool {
	return strings.HasPrefix(path, "services/sandbox/sandboxtest/") || strings.HasPrefix(path, "services/cloud/transport/wiretest/") ||
		strings.HasPrefix(path, "services/sandbox/faultproxy/")
}
