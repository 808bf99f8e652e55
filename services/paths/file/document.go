package file

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/paths/assume"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// document is a what-if file as it is written.
type document struct {
	Network word     `yaml:"network"`
	Changes []change `yaml:"changes"`
}

// word is a value as it was typed.
type word string

// UnmarshalYAML takes any single value.
func (w *word) UnmarshalYAML(node ast.Node) error {
	text, err := strictyaml.Single(node)
	*w = word(text.Raw())
	return err
}

// change is one item of the list: a verb with the kind of thing, and values.
type change assume.Change

// UnmarshalYAML takes a group of keys, of which one is a verb.
func (c *change) UnmarshalYAML(node ast.Node) error {
	group, ok := node.(ast.MapNode)
	if !ok {
		return strictyaml.At(node.GetToken(), "a change is a group of keys that begins with add, change or remove")
	}
	c.Line, c.Values = node.GetToken().Position.Line, map[assume.Key][]safe.Text{}
	var keys []ast.Node
	for pairs := group.MapRange(); pairs.Next(); {
		key, value := pairs.Key(), pairs.Value()
		name := key.GetToken().Value
		if len(keys) == 0 {
			c.Line = key.GetToken().Position.Line
		}
		keys = append(keys, key)
		if slices.Contains(verbs(), assume.Verb(name)) {
			if err := c.begin(key, value); err != nil {
				return err
			}
			continue
		}
		values, err := list(value)
		if err != nil {
			return err
		}
		if len(values) > 0 {
			c.Values[assume.Key(name)] = values
		}
	}
	if c.Verb == "" {
		return strictyaml.At(node.GetToken(), "a change needs one of add, change and remove, with the kind of thing behind it, such as add: mapping")
	}
	return c.known(keys)
}

// begin takes the verb and the kind of thing behind it.
func (c *change) begin(key, value ast.Node) error {
	verb := assume.Verb(key.GetToken().Value)
	kind, err := strictyaml.Single(value)
	if err != nil {
		return err
	}
	if c.Verb != "" {
		return strictyaml.At(key.GetToken(), fmt.Sprintf("the change has %s and %s; write two changes", c.Verb, verb))
	}
	c.Verb, c.Kind = verb, assume.Kind(kind.Raw())
	if !slices.Contains(assume.Kinds(), c.Kind) || !slices.Contains(assume.Verbs(c.Kind), verb) {
		return strictyaml.At(value.GetToken(), assume.Check(assume.Change(*c))[0].Text)
	}
	return nil
}

// known refuses a key that does not belong to the change.
func (c *change) known(keys []ast.Node) error {
	var names []string
	for _, f := range assume.Fields(c.Verb, c.Kind) {
		names = append(names, string(f.Key))
	}
	for _, key := range keys {
		name := key.GetToken().Value
		if slices.Contains(names, name) || slices.Contains(verbs(), assume.Verb(name)) {
			continue
		}
		text := fmt.Sprintf("to %s a %s there is no key %q; there are %s", c.Verb, c.Kind, strictyaml.Short(name), phrase.And(names))
		if meant := near.Names(name, names); len(meant) > 0 {
			text = fmt.Sprintf("to %s a %s there is no key %q; %s may be meant", c.Verb, c.Kind, strictyaml.Short(name), phrase.Or(meant))
		}
		return strictyaml.At(key.GetToken(), text)
	}
	return nil
}

func verbs() []assume.Verb { return []assume.Verb{assume.Add, assume.Alter, assume.Remove} }

// list takes one value or a list of values.
func list(node ast.Node) ([]safe.Text, error) {
	items, many := node.(*ast.SequenceNode)
	if !many {
		text, err := strictyaml.Single(node)
		if err != nil || text.IsEmpty() {
			return nil, err
		}
		return []safe.Text{text}, nil
	}
	var out []safe.Text
	for _, item := range items.Values {
		text, err := strictyaml.Single(item)
		if err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, nil
}
