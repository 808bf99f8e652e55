package yaml

import (
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/peerdeck/peerdeck/model/safe"
)

// DecodeNamed reads a document as [Decode] does, but for one thing: in the map under a
// key of the top, whose keys are names that people give, a name may stand twice. Whoever
// reads it says what is wrong with that, and the rest of the document can be used.
func DecodeNamed(data []byte, into any, names string) error {
	if err := repeats(data, names); err != nil {
		return err
	}
	return decode(data, into, yaml.AllowDuplicateMapKey())
}

// repeats finds a key that stands twice anywhere else.
func repeats(data []byte, names string) (err error) {
	defer func() {
		if recover() != nil {
			err = ErrNotUnderstood
		}
	}()
	file, err := parser.ParseBytes([]byte(safe.Decode(data)), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return err
	}
	look := &repeated{names: names}
	for _, doc := range file.Docs {
		if top, ok := doc.Body.(*ast.MappingNode); ok {
			for _, v := range top.Values {
				if v.Key.GetToken().Value == names {
					look.free, _ = v.Value.(*ast.MappingNode)
				}
			}
		}
		if doc.Body != nil {
			ast.Walk(look, doc.Body)
		}
	}
	return look.err
}

type repeated struct {
	names string
	free  *ast.MappingNode
	err   error
}

// Visit looks at one node.
func (r *repeated) Visit(n ast.Node) ast.Visitor {
	m, is := n.(*ast.MappingNode)
	if !is || m == r.free {
		return r
	}
	seen := map[string]ast.Node{}
	for _, v := range m.Values {
		if _, merges := v.Key.(*ast.MergeKeyNode); merges {
			continue
		}
		tk := v.Key.GetToken()
		if before, twice := seen[tk.Value]; twice && r.err == nil {
			at := before.GetToken().Position
			r.err = &yaml.SyntaxError{Message: fmt.Sprintf("the key %q stands twice; the first is in line %d, column %d", tk.Value, at.Line, at.Column), Token: tk}
		}
		seen[tk.Value] = v.Key
	}
	return r
}
