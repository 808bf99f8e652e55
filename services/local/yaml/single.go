package yaml

import (
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Single is a value as it was typed: a port 0443 is not the number 291, and an answer no is
// not false. Whatever is no single value is an error with its place.
func Single(node ast.Node) (safe.Text, error) {
	switch n := node.(type) {
	case *ast.StringNode:
		return safe.New(n.Value), nil
	case *ast.LiteralNode:
		return safe.New(n.Value.Value), nil
	case *ast.NullNode:
		return safe.Text{}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return safe.New(node.GetToken().Value), nil
	case *ast.AliasNode:
		return safe.Text{}, At(node.GetToken(), "a * begins an alias in YAML; the word for everything is written \"*\"")
	default:
		return safe.Text{}, At(node.GetToken(), fmt.Sprintf("%q is of the wrong type; a text is wanted", Short(node.GetToken().Value)))
	}
}

// At is an error at a place of the file.
func At(t *token.Token, message string) error {
	return &yaml.SyntaxError{Message: message, Token: t}
}

// Short is a word of a file, for a sentence.
func Short(word string) string {
	const most = 40
	if runes := []rune(safe.Clean(word)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return safe.Clean(word)
}
