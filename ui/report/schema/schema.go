// Package schema makes JSON schemas of documents from their Go types, so that they say what
// the program writes and cannot say anything else.
package schema

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Dialect is the JSON schema that is written. Source: json-schema.org, 2020-12.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

type node = map[string]any

// Of returns the schema of a document, as JSON that is the same for equal types. A member is
// required unless its tag lets it be left out; what is not named may be there, since new
// members may come.
func Of(id, title string, document any) ([]byte, error) {
	m := maker{defs: node{}, names: map[reflect.Type]string{}}
	out := m.of(reflect.TypeOf(document))
	out["$schema"], out["$id"], out["title"] = Dialect, id, title
	if len(m.defs) > 0 {
		out["$defs"] = m.defs
	}
	data, err := json.MarshalIndent(out, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("the schema %s cannot be written: %w", title, err)
	}
	return append(data, '\n'), nil
}

type maker struct {
	defs  node
	names map[reflect.Type]string
}

// of describes a type as encoding/json writes it.
func (m *maker) of(t reflect.Type) node {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return node{"type": "string", "format": "date-time"}
	case t == reflect.TypeFor[safe.Text]():
		return node{"type": "string"}
	case t.Implements(reflect.TypeFor[json.Marshaler]()): // what it writes only it knows
		return node{}
	case t.Kind() != reflect.Pointer && t.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return node{"type": "string"}
	}
	switch t.Kind() {
	case reflect.String:
		return node{"type": "string"}
	case reflect.Bool:
		return node{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return node{"type": "number"}
	case reflect.Pointer:
		return node{"anyOf": []node{m.of(t.Elem()), {"type": "null"}}}
	case reflect.Slice:
		return node{"type": []string{"array", "null"}, "items": m.of(t.Elem())}
	case reflect.Array:
		return node{"type": "array", "items": m.of(t.Elem())}
	case reflect.Map:
		return node{"type": []string{"object", "null"}, "additionalProperties": m.of(t.Elem())}
	case reflect.Struct:
		return m.named(t)
	case reflect.Interface:
		return node{}
	default:
		return node{"type": "integer"}
	}
}

// named describes a struct once, under its name.
func (m *maker) named(t reflect.Type) node {
	name, known := m.names[t]
	if !known {
		name = t.Name()
		for n := 2; name == "" || m.defs[name] != nil; n++ {
			name = fmt.Sprintf("%s%d", t.Name(), n)
		}
		m.names[t] = name
		m.defs[name] = node{} // it may lead to itself
		properties, required := node{}, []string{}
		m.members(t, properties, &required)
		slices.Sort(required)
		m.defs[name] = node{"type": "object", "properties": properties, "required": required}
	}
	return node{"$ref": "#/$defs/" + name}
}

func (m *maker) members(t reflect.Type, properties node, required *[]string) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			m.members(f.Type, properties, required)
			continue
		case name == "-" || !f.IsExported():
			continue
		case name == "":
			name = f.Name
		}
		properties[name] = m.of(f.Type)
		if !strings.Contains(options, "omit") && f.Tag.Get("schema") != "later" {
			*required = append(*required, name)
		}
	}
}
