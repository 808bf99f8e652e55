package settings

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// NoContext is what is written where no context is meant, but the top of the file.
const NoContext = "-"

// longestName bounds the name of a context: it stands in the first line of every screen.
const longestName = 40

// Context is one of the contexts of the configuration file.
type Context struct {
	Name   string
	Line   int // of the file
	Part   Part
	Colour model.Colour
	// Err is why it cannot be used. It keeps nobody from using the others.
	Err error
}

// contextText is a context as it is written.
type contextText struct {
	Name   *string `yaml:"name"`
	Colour *string `yaml:"colour"`
	Color  *string `yaml:"color"`
	Part   `yaml:",inline"`
}

// contextNodes are the contexts as they stand in the file: a list of which each has a
// name, or a map by name. They are read one by one, so that one that is broken leaves the
// others.
type contextNodes struct{ node ast.Node }

// UnmarshalYAML keeps the node.
func (c *contextNodes) UnmarshalYAML(node ast.Node) error {
	c.node = node
	return nil
}

// read reads all contexts. The data is that of the whole file: what an alias stands for
// may be anywhere in it. The error is that the contexts are no list and no map.
func (c *contextNodes) read(data []byte) ([]Context, error) {
	var out []Context
	node := c.node
	if a, anchored := node.(*ast.AnchorNode); anchored {
		node = a.Value
	}
	switch n := node.(type) {
	case nil, *ast.NullNode:
		return nil, nil
	case *ast.MappingNode:
		for _, v := range n.Values {
			out = append(out, oneContext(v.Key.GetToken().Value, v.Key, v.Value, data))
		}
	case *ast.SequenceNode:
		for _, v := range n.Values {
			out = append(out, oneContext("", v, v, data))
		}
	default:
		return nil, fmt.Errorf("%s: contexts is a list of contexts, each with a name", position(node.GetToken().Position.Line, node.GetToken().Position.Column))
	}
	number(out)
	return out, nil
}

// oneContext reads a context; name is empty where it stands within. A name alone is a
// context that says nothing else.
func oneContext(name string, at, node ast.Node, data []byte) Context {
	c := Context{Name: name, Line: at.GetToken().Position.Line}
	var text contextText
	switch n := node.(type) {
	case nil, *ast.NullNode:
	case *ast.StringNode:
		if name != "" {
			c.Err = fmt.Errorf("%s: a group of keys is wanted, such as konnect", position(n.Token.Position.Line, n.Token.Position.Column))
			break
		}
		c.Name = n.Value
	default:
		c.Err = readContext(node, data, &text)
		if text.Name != nil && name == "" {
			c.Name = *text.Name
		}
		if c.Name == "" {
			c.Name = nameIn(node)
		}
	}
	if c.Err == nil && text.Name != nil && name != "" && *text.Name != name {
		c.Err = fmt.Errorf("line %d: it is called %q, and its name says %q; leave the name out", c.Line, name, *text.Name)
	}
	c.Part = text.Part
	if c.Err == nil {
		c.Err = c.check(&text)
	}
	return c
}

func readContext(node ast.Node, data []byte, into *contextText) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("it cannot be understood; look for a tag (!) or an anchor (& or *) without a value")
		}
	}()
	clean := []byte(safe.Decode(data))
	if err := yaml.NodeToValue(node, into, yaml.Strict(), yaml.AllowDuplicateMapKey(), yaml.ReferenceReaders(bytes.NewReader(clean))); err != nil {
		return explain(err, reflect.TypeFor[contextText]())
	}
	return nil
}

// nameIn finds the name of a context that could not be read otherwise, so that it can be
// told from the others.
func nameIn(node ast.Node) string {
	m, is := node.(*ast.MappingNode)
	if !is {
		return ""
	}
	for _, v := range m.Values {
		if v.Key.GetToken().Value == "name" {
			if s, is := v.Value.(*ast.StringNode); is {
				return s.Value
			}
		}
	}
	return ""
}

// check looks for what makes a context useless, whatever the rest of the settings says.
func (c *Context) check(text *contextText) error {
	at := func(err error) error {
		if err == nil {
			return nil
		}
		return fmt.Errorf("line %d: %w", c.Line, err)
	}
	switch {
	case strings.TrimSpace(c.Name) == "":
		return at(errors.New("a context without a name; give it one: name: production"))
	case strings.TrimSpace(c.Name) != c.Name || safe.Clean(c.Name) != c.Name || utf8.RuneCountInString(c.Name) > longestName:
		return at(fmt.Errorf("the name %s cannot be used: it has blanks around it, characters that cannot be seen, or more than %d letters", safe.New(c.Name).Quoted(), longestName))
	case c.Name == NoContext:
		return at(fmt.Errorf("the name %s means the top of the file; take another", NoContext))
	}
	if text.Colour != nil && text.Color != nil && *text.Colour != *text.Color {
		return at(errors.New("colour and color say different things; one is enough"))
	}
	for _, said := range []*string{text.Colour, text.Color} {
		if said == nil {
			continue
		}
		c.Colour = model.Colour(strings.ToLower(strings.TrimSpace(*said)))
		if c.Colour == "gray" {
			c.Colour = model.Grey
		}
		if !slices.Contains(model.Colours(), c.Colour) {
			return at(fmt.Errorf("there is no colour %s; there are %s", safe.New(*said).Quoted(), phrase.And(colourNames())))
		}
	}
	return at(c.Part.check())
}

func colourNames() []string {
	var out []string
	for _, c := range model.Colours() {
		out = append(out, string(c))
	}
	return out
}

// check reads the values of a part by themselves, as they will be read with the rest.
func (p Part) check() error {
	if err := kongctlName(p.Konnect); err != nil {
		return err
	}
	var s Settings
	p.Konnect.KongctlProfile = nil // kongctl's files are read where the context is used
	file := File{Part: p}
	nothing := func(string) string { return "" }
	for _, load := range []func(*Settings, Flags, Environment, File) error{addresses, region, way, azureSignIn, dnsVia} {
		if err := load(&s, Flags{}, nothing, file); err != nil {
			return errors.New(strings.Replace(err.Error(), " in the configuration file", "", 1)) // which is said already
		}
	}
	return tokenNames(p.Konnect)
}

// number marks those that share a name, capitals aside: which one is meant cannot be
// told, and the wrong one is another organization.
func number(list []Context) {
	for i := range list {
		for k := range list {
			if i == k || list[i].Name == "" || !strings.EqualFold(list[i].Name, list[k].Name) {
				continue
			}
			first, second := min(list[i].Line, list[k].Line), max(list[i].Line, list[k].Line)
			list[i].Err = fmt.Errorf("two contexts are called %s, in line %d and in line %d; give one of them another name", list[i].Name, first, second)
			break
		}
	}
}

// Find returns the context of a name, capitals aside. The error names those that may have
// been meant.
func (f File) Find(name string) (Context, error) {
	var names []string
	for _, c := range f.contexts {
		if strings.EqualFold(c.Name, name) {
			return c, nil
		}
		if c.Name != "" {
			names = append(names, c.Name)
		}
	}
	said := "there is no context " + safe.New(name).Quoted()
	switch meant := near.Names(name, names); {
	case len(names) == 0:
		return Context{}, fmt.Errorf("%s: the configuration file has no contexts", said)
	case len(meant) > 0:
		return Context{}, fmt.Errorf("%s; is %s meant?", said, phrase.Or(meant))
	default:
		const some = 12
		return Context{}, fmt.Errorf("%s; there are: %s", said, phrase.Few(names, some))
	}
}
