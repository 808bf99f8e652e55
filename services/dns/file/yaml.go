package file

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	goyaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// maxBrackets bounds brackets in YAML, whose parser takes some hundred bytes for each:
// 5,000 mappings have three pairs each at most.
const maxBrackets = 40_000

// maxKeys and maxTokens bound what is given to the parser of YAML, which calls itself
// for each key of a group and looks at those before it: 5,000 mappings have 10,000 keys.
const (
	maxKeys   = 15_000
	maxTokens = 300_000
)

// yaml reads the mappings of a set-up file, a list of mappings alone, or Konnect's
// shapes. JSON is YAML, too, and has exact places.
func (r *reader) yaml() {
	if start := strings.TrimLeft(r.text, " \t\r\n"); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
		if root, _, problem := parseJSON(r.text); problem == "" {
			r.document(root)
			return
		}
	}
	root, err := r.parseYAML()
	var y goyaml.Error
	switch {
	case err == nil:
		r.document(root)
	case errors.As(err, &y) && y.GetToken() != nil:
		at := y.GetToken().Position
		r.problemf("line %d, column %d: this is no YAML: %s; correct it there", at.Line, at.Column, strictyaml.Message(y))
	default:
		r.problemf("%s", safe.Clean(err.Error()))
	}
}

func (r *reader) parseYAML() (root node, err error) {
	defer func() {
		if recover() != nil {
			root, err = node{}, strictyaml.ErrNotUnderstood
		}
	}()
	if n := strings.Count(r.text, "[") + strings.Count(r.text, "{"); n > maxBrackets {
		return node{}, fmt.Errorf("it has %d brackets; 5,000 mappings need fewer than %d: split it", n, maxBrackets)
	}
	tokens := lexer.Tokenize(r.text)
	keys := 0
	for _, t := range tokens {
		if t.Type == token.MappingValueType || t.Type == token.MappingKeyType {
			keys++
		}
	}
	if keys > maxKeys || len(tokens) > maxTokens {
		return node{}, fmt.Errorf("it has %d keys and %d words and marks; %d and %d can be taken at once: split it", keys, len(tokens), maxKeys, maxTokens)
	}
	if line := tooDeep(tokens); line > 0 {
		return node{}, fmt.Errorf("line %d: lists and groups stand more than %d deep in each other; no table does that", line, maxDepth)
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return node{}, err
	}
	var all []node
	for _, d := range file.Docs {
		if d == nil || d.Body == nil {
			continue
		}
		n, err := r.convert(d.Body, 0)
		if err != nil {
			return node{}, err
		}
		all = append(all, n)
	}
	switch {
	case len(all) == 0:
		return node{}, nil
	case len(all) == 1:
		return all[0], nil
	case slices.ContainsFunc(all, cluster): // of a cluster there is often everything in one file
		return node{kind: kindList, items: all, to: len(r.text)}, nil
	default:
		return node{}, strictyaml.ErrTwoDocuments
	}
}

// tooDeep returns the line in which brackets or the marks of lists stand too deep in
// each other, or 0. The parser calls itself for each.
func tooDeep(tokens token.Tokens) int {
	depth, marks, line, columns := 0, 0, 0, []int(nil)
	for _, t := range tokens {
		if t.Position.Line != line {
			line, marks = t.Position.Line, 0
		}
		switch t.Type { //nolint:exhaustive // only what nests
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType, token.MappingKeyType, token.MappingValueType, token.AnchorType, token.TagType:
			marks++
			for len(columns) > 0 && columns[len(columns)-1] >= t.Position.Column {
				columns = columns[:len(columns)-1]
			}
			columns = append(columns, t.Position.Column)
		}
		if depth > maxDepth || depth <= 0 && marks > maxDepth || len(columns) > 4*maxDepth && depth <= 0 {
			return t.Position.Line
		}
	}
	return 0
}

// convert makes a value of a node. Its place is that of its lines.
func (r *reader) convert(n ast.Node, depth int) (node, error) {
	if depth > maxDepth {
		return node{}, fmt.Errorf("lists and groups stand more than %d deep in each other; no table does that", maxDepth)
	}
	if n == nil {
		return node{}, nil
	}
	out := r.place(n.GetToken())
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.StringNode:
		out.kind, out.text = kindText, n.Value
	case *ast.LiteralNode:
		out.kind, out.text, out.block = kindText, strings.TrimSuffix(n.Value.Value, "\n"), true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out.kind, out.text = kindText, n.GetToken().Value
	case *ast.MappingNode:
		out.kind = kindObject
		return out, r.members(&out, n.Values, depth)
	case *ast.MappingValueNode:
		out.kind = kindObject
		return out, r.members(&out, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		out.kind = kindList
		for _, v := range n.Values {
			item, err := r.convert(v, depth+1)
			if err != nil {
				return node{}, err
			}
			out.items = append(out.items, item)
			out.to = max(out.to, item.to)
		}
	case *ast.AnchorNode:
		return r.convert(n.Value, depth+1)
	default: // an alias, a tag: what stands for something else is for programs
		out.kind = kindOther
	}
	return out, nil
}

func (r *reader) members(out *node, values []*ast.MappingValueNode, depth int) error {
	for i, v := range values {
		key := v.Key.GetToken()
		m := member{name: key.Value, from: r.place(key).from}
		if s, ok := v.Key.(*ast.StringNode); ok {
			m.name = s.Value
		}
		var err error
		if m.value, err = r.convert(v.Value, depth+1); err != nil {
			return err
		}
		if i == 0 {
			out.from = m.from
		}
		out.to = max(out.to, m.value.to, r.place(key).to)
		out.members = append(out.members, m)
	}
	return nil
}

// place returns a node that has the line of a token.
func (r *reader) place(t *token.Token) node {
	if t == nil || t.Position == nil {
		return node{}
	}
	line := min(max(t.Position.Line, 1), len(r.starts))
	n := node{from: r.starts[line-1], to: len(r.text)}
	if line < len(r.starts) {
		n.to = r.starts[line]
	}
	return n
}
