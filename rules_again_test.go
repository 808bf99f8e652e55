package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// attempt is the one room that tries again.
const attemptRoom = "services/run/attempt/"

// waits are the files beside it that may wait by a clock, and for what. Whoever waits
// before it tries again has no place here.
func waits() map[string]string {
	return map[string]string{
		"services/sandbox/fault.go":            "an answer of a simulated cloud comes late",
		"services/sandbox/faultproxy/http1.go": "an answer comes late, in tests",
		"services/sandbox/faultproxy/wire.go":  "bytes come slowly, in tests",
		"services/sandbox/http.go":             "an answer of a simulated cloud comes late",
		"services/sandbox/dnssocket.go":        "an answer of a simulated server comes late",
		"services/bundle/replay/clock.go":      "a replay's clock is the machine's at another speed",
		"services/watch/watcher.go":            "its loop looks for what is due; when that is, attempt says",
		"services/dns/probe/limits.go":         "a server gets so many questions in a second and no more",
		"services/dns/trace/matrix.go":         "a matrix is sent some times in a second, not for every answer",
		"services/dns/hop/ssh.go":              "ssh gets some time to end by itself",
		"services/local/keep/lock.go":          "no system lets a wait for a lock be called off, so the lock is looked at",
		"services/setup/run/orders.go":         "a person may end the wait by an order",
		"ui/command/setup.go":                  "the whole command has a limit",
	}
}

// A cause or a cure is printed by commands that end as well as shown where something is
// watched. So none promises another try: where something is watched, the state of the
// service says when it is asked again.
func TestNobodyPromisesAnotherTry(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "ui/screens/") || strings.HasPrefix(s.path, "ui/kit/") || strings.HasPrefix(s.path, "ui/app/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				for _, promise := range []string{"again by itself", "keeps trying", "peerdeck tries"} {
					if strings.Contains(l.Value, promise) {
						t.Errorf("%s: %s", s.set.Position(l.Pos()), l.Value)
					}
				}
			}
			return true
		})
	}
}

// One package says what is tried again, how long is waited, and how it ends. Elsewhere
// nobody judges whether a failure passes, reads how long a service wants to be left
// alone, throws dice for it, or waits.
func TestTryingAgainHasOneHome(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, attemptRoom) {
			continue
		}
		inSandbox := strings.HasPrefix(s.path, "services/sandbox/")
		for _, path := range s.imports() {
			if strings.HasPrefix(path, "math/rand") && !inSandbox {
				t.Errorf("%s imports %s: chance is for attempt.Chance", s.path, path)
			}
		}
		// A bundle holds a failure as it is, and judges nothing.
		if !inSandbox && s.path != "services/bundle/failure.go" {
			for _, sel := range judgements(s.file) {
				t.Errorf("%s: reads %s of a failure; whether and when something is tried again is for package attempt to say", s.set.Position(sel.Pos()), sel.Sel.Name)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if !byClock(n) {
					return true
				}
				used[s.path] = true
				if waits()[s.path] == "" {
					t.Errorf("%s: waits by a clock; attempt.Do tries again, attempt.Pause waits", s.set.Position(n.Pos()))
				}
			case *ast.CompositeLit:
				if sel, ok := n.Type.(*ast.SelectorExpr); ok && sel.Sel.Name == "RetryOptions" && !strings.HasPrefix(s.path, "services/cloud/transport/") {
					t.Errorf("%s: retry options of its own; transport.Once or transport.Retry", s.set.Position(n.Pos()))
				}
			}
			return true
		})
	}
	for path, why := range waits() {
		if !used[path] {
			t.Errorf("%s does not wait any more (%s): take it off the list", path, why)
		}
	}
}

// judgements are the places that read whether or when something may be tried again.
// Whoever describes a failure writes it.
func judgements(file *ast.File) []*ast.SelectorExpr {
	var out []*ast.SelectorExpr
	written := map[ast.Expr]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				written[left] = true
			}
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "transport" {
				return true // the reader of the header
			}
			if (n.Sel.Name == "Retryable" || n.Sel.Name == "RetryAfter") && !written[n] {
				out = append(out, n)
			}
		}
		return true
	})
	return out
}

// byClock reports whether an expression waits: a function of package time, or the
// After of a clock.
func byClock(sel *ast.SelectorExpr) bool {
	switch x := sel.X.(type) {
	case *ast.Ident:
		if x.Name == "time" {
			switch sel.Sel.Name {
			case "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick":
				return true
			}
			return false
		}
		return sel.Sel.Name == "After" && strings.EqualFold(x.Name, "clock")
	case *ast.SelectorExpr:
		return sel.Sel.Name == "After" && strings.EqualFold(x.Sel.Name, "clock")
	case *ast.CallExpr:
		of, ok := x.Fun.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "After" && of.Sel.Name == "Clock"
	default:
		return false
	}
}

// The judges of this test find what they are to find.
func TestWhoTriesAgainIsFound(t *testing.T) {
	for code, want := range map[string]int{
		"f.Retryable = true":                               0,
		"if f.Retryable { again() }":                       1,
		"wait := f.RetryAfter":                             1,
		"f.RetryAfter, ok = transport.RetryAfter(h), true": 0,
		"time.Sleep(2 * time.Second)":                      1,
		"<-e.o.Clock.After(d)":                             1,
		"<-e.o.Time.Clock().After(d)":                      1,
		"if at.After(now) { again() }":                     0,
		"t := time.NewTimer(d)":                            1,
	} {
		file := parse(t, "package p\nfunc f() {\n"+code+"\n}\n")
		n := len(judgements(file))
		ast.Inspect(file, func(node ast.Node) bool {
			if sel, ok := node.(*ast.SelectorExpr); ok && byClock(sel) {
				n++
			}
			return true
		})
		if n != want {
			t.Errorf("%s: found %d, want %d", code, n, want)
		}
	}
}

func parse(t *testing.T, code string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", code, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// The way out of a failure is worded below model, so that one failure has one cure wherever
// it is met. Who makes a failure in services takes its cure from there.
func TestCuresAreWordedInModel(t *testing.T) {
	worded := func(e ast.Expr) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING && strings.Contains(l.Value, " ") {
				found = true
			}
			return !found
		})
		return found
	}
	for _, s := range sources(t) {
		if s.tests || !strings.HasPrefix(s.path, "services/") || strings.HasPrefix(s.path, "services/sandbox/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Cure" && worded(n.Value) {
					t.Errorf("%s: a cure is worded here; take one of model", s.set.Position(n.Pos()))
				}
			case *ast.AssignStmt:
				for i, left := range n.Lhs {
					if sel, ok := left.(*ast.SelectorExpr); ok && sel.Sel.Name == "Cure" && i < len(n.Rhs) && worded(n.Rhs[i]) {
						t.Errorf("%s: a cure is worded here; take one of model", s.set.Position(n.Pos()))
					}
				}
			}
			return true
		})
	}
}
