package main

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// resolverWrites are the methods of the client that change a resolver, or make the
// request that does.
func resolverWrites() []string {
	return []string{"CreateResolver", "CreateResolverWrite", "PatchResolver", "PatchResolverWrite", "DeletePrivateDNS", "DeletePrivateDNSWrite"}
}

// Whoever sends the map of a resolver without a fresh look under the lock takes a
// colleague's rule away. So one room does it, and nobody else can even name the methods:
// no interface has them, and no other function makes such a request.
func TestOneRoomChangesResolvers(t *testing.T) {
	const client, writer = "services/cloud/konnect/", "services/dns/mappings/"
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if s.tests || strings.HasPrefix(s.path, "services/sandbox/") {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if !slices.Contains(resolverWrites(), n.Name) {
					return true
				}
				if strings.HasPrefix(s.path, writer) {
					seen[n.Name] = true
				} else if !strings.HasPrefix(s.path, client) {
					t.Errorf("%s: %s is for %s alone", s.set.Position(n.Pos()), n.Name, writer)
				}
			case *ast.BasicLit:
				text, _ := strconv.Unquote(n.Value)
				if strings.HasPrefix(s.path, "services/") && !strings.HasPrefix(s.path, client) && (text == "private-dns" || strings.Contains(text, "private-dns/")) {
					t.Errorf("%s: a path of private DNS; the client has them", s.set.Position(n.Pos()))
				}
			case *ast.FuncDecl:
				if strings.HasPrefix(s.path, client) && changesPrivateDNS(n) && !slices.Contains(resolverWrites(), n.Name.Name) {
					t.Errorf("%s: %s changes private DNS and is not among those that %s alone may use", s.set.Position(n.Pos()), n.Name.Name, writer)
				}
			}
			return true
		})
	}
	if len(seen) != len(resolverWrites()) {
		t.Errorf("%s uses only %v of %v: this test looks for the wrong names", writer, seen, resolverWrites())
	}
}

// changesPrivateDNS reports whether a function makes a request to a path of private DNS
// that is no reading one.
func changesPrivateDNS(f *ast.FuncDecl) bool {
	path, changes := false, false
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			path = path || n.Value == `"private-dns"`
		case *ast.SelectorExpr:
			changes = changes || strings.HasPrefix(n.Sel.Name, "Method") && n.Sel.Name != "MethodGet"
		}
		return true
	})
	return path && changes
}
