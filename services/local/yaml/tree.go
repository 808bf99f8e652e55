package yaml

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Tree is a document of another program's, of which some members are looked up. Nothing
// else of it is evaluated: an alias is followed where it is asked for, so no document can
// grow beyond what was read.
type Tree struct {
	top     *ast.MappingNode
	anchors map[string]ast.Node
}

// steps bounds how often aliases and merges are followed: they may lead round in a circle.
const steps = 64

// ParseTree reads a document. One that is empty, or is no map, has no members.
func ParseTree(data []byte) (t Tree, err error) {
	defer func() {
		if recover() != nil {
			t, err = Tree{}, ErrNotUnderstood
		}
	}()
	file, err := parser.ParseBytes([]byte(safe.Decode(data)), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return Tree{}, err
	}
	t.anchors = map[string]ast.Node{}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		ast.Walk(anchors(t.anchors), doc.Body)
		if top, is := t.follow(doc.Body).(*ast.MappingNode); is && t.top == nil {
			t.top = top
		}
	}
	return t, nil
}

// anchors takes note of what is named.
type anchors map[string]ast.Node

// Visit looks at one node.
func (a anchors) Visit(n ast.Node) ast.Visitor {
	if anchor, is := n.(*ast.AnchorNode); is && anchor.Name != nil {
		a[anchor.Name.GetToken().Value] = anchor.Value
	}
	return a
}

// Keys are those of the top, as they are written and in their order.
func (t Tree) Keys() []string {
	var out []string
	if t.top != nil {
		for _, v := range t.top.Values {
			if _, merge := v.Key.(*ast.MergeKeyNode); !merge {
				out = append(out, v.Key.GetToken().Value)
			}
		}
	}
	return out
}

// At is what stands at a path of keys, capitals aside; nil for nothing.
func (t Tree) At(path ...string) ast.Node {
	if t.top == nil {
		return nil
	}
	var at ast.Node = t.top
	for _, key := range path {
		left := steps
		at = t.member(at, key, &left)
	}
	return at
}

// member looks into a map, and where it has no such key into those that are merged in.
func (t Tree) member(node ast.Node, key string, left *int) ast.Node {
	m, is := t.follow(node).(*ast.MappingNode)
	if *left--; !is || *left < 0 {
		return nil
	}
	for _, v := range m.Values {
		if _, merge := v.Key.(*ast.MergeKeyNode); !merge && strings.EqualFold(v.Key.GetToken().Value, key) {
			return t.follow(v.Value)
		}
	}
	for _, v := range m.Values {
		if _, merge := v.Key.(*ast.MergeKeyNode); !merge {
			continue
		}
		from := []ast.Node{v.Value}
		if list, is := t.follow(v.Value).(*ast.SequenceNode); is {
			from = list.Values
		}
		for _, one := range from {
			if found := t.member(one, key, left); found != nil {
				return found
			}
		}
	}
	return nil
}

// follow goes from names and tags to what they stand for.
func (t Tree) follow(node ast.Node) ast.Node {
	for range steps {
		switch n := node.(type) {
		case *ast.AnchorNode:
			node = n.Value
		case *ast.AliasNode:
			node = t.anchors[n.Value.GetToken().Value]
		case *ast.TagNode:
			node = n.Value
		case *ast.MappingValueNode: // a map of one key, in some places
			return &ast.MappingNode{BaseNode: n.BaseNode, Start: n.Start, Values: []*ast.MappingValueNode{n}}
		default:
			return node
		}
	}
	return nil
}
