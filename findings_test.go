package main

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/finding"
)

// literal is the text of a string in the source, false for anything else.
func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// ofFindings reports whether an expression names a type of package finding.
func ofFindings(e ast.Expr, names ...string) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	if !ok || pkg.Name != "finding" {
		return false
	}
	return slices.Contains(names, sel.Sel.Name)
}

// What peerdeck thinks of the world is worded below model, and nowhere else: a screen, a
// command or a service that makes a finding of its own would sooner or later say another
// thing of the same situation than its neighbour.
func TestFindingsAreMadeInModel(t *testing.T) {
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "model/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && len(lit.Elts) > 0 && ofFindings(lit.Type, "Finding", "Next", "Entry") {
				t.Errorf("%s: a finding is made here; let a rule below model give it", s.set.Position(n.Pos()))
			}
			return true
		})
	}
}

// Every code that stands in the source as the code of a finding has an entry in the
// catalogue, and every entry that is not retired stands somewhere as a code.
func TestCodesAreInTheCatalogue(t *testing.T) {
	given, known := map[string]bool{}, map[string]bool{}
	for _, e := range finding.Entries() {
		known[string(e.Code)] = true
	}
	for _, s := range sources(t) {
		if s.tests || !strings.HasPrefix(s.path, "model/") || strings.HasPrefix(s.path, "model/finding/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.KeyValueExpr:
				if key, ok := n.Key.(*ast.Ident); ok && strings.EqualFold(key.Name, "code") {
					if text, ok := literal(n.Value); ok {
						given[text] = true
					}
				}
			case *ast.BasicLit:
				if text, ok := literal(n); ok && known[text] {
					given[text] = true
				}
			}
			return true
		})
	}
	for code := range given {
		if e, found := finding.Lookup(code); found && string(e.Code) != code {
			delete(given, code) // a number or a word that only looks like one
			continue
		} else if !found && strings.Contains(code, "-") && code == strings.ToLower(code) {
			t.Errorf("the catalogue has no %s", code)
		}
	}
	for _, e := range finding.Entries() {
		if e.Subject != finding.OfFailure && !e.Retired() && !given[string(e.Code)] {
			t.Errorf("nothing gives %s", e.Code)
		}
	}
}
