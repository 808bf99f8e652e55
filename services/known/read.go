package known

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/known"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// maxFile bounds a file: thousands of entries.
const maxFile = 2 << 20

// longest bounds a text of an entry.
const longest = 500

// untilChange is the word for an end that is no time.
const untilChange = "change"

// read is a file as it was read.
type read struct {
	problems []known.Problem
	faults   []known.Fault
	spans    []span // of the problems, in lines
	list     *ast.SequenceNode
}

// span is where an entry stands: lines from 1 on, both of them its own.
type span struct{ first, last int }

// document is the file as it is written.
type document struct {
	Known entries `yaml:"known"`
}

// entries are kept as they stand: what is wrong with one says nothing of the others.
type entries struct{ node ast.Node }

// UnmarshalYAML keeps the node.
func (e *entries) UnmarshalYAML(node ast.Node) error {
	e.node = node
	return nil
}

// parse reads a file. The error is that nothing of it can be read, with the line.
func parse(data []byte) (read, error) {
	var d document
	if err := strictyaml.Decode(data, &d); err != nil {
		return read{}, explain(err)
	}
	var out read
	switch n := d.Known.node.(type) {
	case nil, *ast.NullNode:
	case *ast.SequenceNode:
		out.list = n
		for i, item := range n.Values {
			out.take(i, item)
		}
	default:
		return read{}, fmt.Errorf("line %d: known is a list, whose items begin with a dash", n.GetToken().Position.Line)
	}
	return out, nil
}

// take reads one entry.
func (r *read) take(i int, item ast.Node) {
	s := span{first: item.GetToken().Position.Line, last: lastLine(item)}
	if i < len(r.list.Entries) && r.list.Entries[i].Start != nil {
		s.first = r.list.Entries[i].Start.Position.Line
	}
	group, ok := item.(ast.MapNode)
	if !ok {
		r.fault(s.first, "an entry is a group of keys: code, network and reason at least")
		return
	}
	p, line, err := entry(group)
	if err != nil {
		r.fault(line, err.Error())
		return
	}
	p.Line = s.first
	r.problems, r.spans = append(r.problems, p), append(r.spans, s)
}

func (r *read) fault(line int, text string) {
	r.faults = append(r.faults, known.Fault{Line: line, Text: text})
}

// keys are what an entry may say, in the order in which it is written.
func keys() []string {
	return []string{"code", "network", "subject", "reason", "by", "at", "until", "was"}
}

// entry reads the keys of one. The line is that of the fault.
func entry(group ast.MapNode) (p known.Problem, line int, err error) {
	said := map[string]safe.Text{}
	lines := map[string]int{}
	first := 0
	for pairs := group.MapRange(); pairs.Next(); {
		key, name := pairs.Key(), pairs.Key().GetToken().Value
		line = key.GetToken().Position.Line
		if first == 0 {
			first = line
		}
		if !slices.Contains(keys(), name) {
			return p, line, noKey(name)
		}
		value, err := strictyaml.Single(pairs.Value())
		if err != nil {
			return p, line, fmt.Errorf("%s: a text is wanted", name)
		}
		if len(value.Raw()) > longest {
			return p, line, fmt.Errorf("%s is longer than %d bytes", name, longest)
		}
		said[name], lines[name] = value, line
	}
	for _, name := range []string{"code", "network", "reason"} {
		if said[name].IsEmpty() {
			return p, first, fmt.Errorf("%s is missing", name)
		}
	}
	p = known.Problem{Network: said["network"], Subject: said["subject"], Reason: said["reason"], By: said["by"], Was: said["was"].String()}
	if p.Code, err = code(said["code"].String()); err != nil {
		return p, lines["code"], err
	}
	if p.At, err = moment("at", said["at"].Raw()); err != nil {
		return p, lines["at"], err
	}
	if until := said["until"].Raw(); !strings.EqualFold(until, untilChange) && !strings.EqualFold(until, string(known.UntilChange)) {
		if p.Until, err = moment("until", until); err != nil {
			return p, lines["until"], fmt.Errorf("%w, or the word %s", err, untilChange)
		}
	}
	return p, first, nil
}

func noKey(name string) error {
	if meant := near.Names(name, keys()); len(meant) > 0 {
		return fmt.Errorf("there is no key %q; %s may be meant", strictyaml.Short(name), phrase.Or(meant))
	}
	return fmt.Errorf("there is no key %q; there are %s", strictyaml.Short(name), phrase.And(keys()))
}

// code reads the code of a finding: one of another release is no fault, and a slip of the
// fingers is.
func code(text string) (finding.Code, error) {
	if e, ok := finding.Lookup(text); ok {
		return e.Code, nil
	}
	var all []string
	for _, e := range finding.Entries() {
		all = append(all, string(e.Code))
	}
	if meant := near.Names(text, all); len(meant) > 0 {
		return "", fmt.Errorf("there is no finding %q; %s may be meant", strictyaml.Short(text), phrase.Or(meant))
	}
	return "", fmt.Errorf("there is no finding %q; docs/findings.md lists them", strictyaml.Short(text))
}

// moment reads a time: with its zone, or a day or a time of day where this machine is.
func moment(key, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := known.ParseMoment(text, time.Local); err == nil {
		return t, nil
	}
	return time.Time{}, fmt.Errorf("%s %q is no time; write one such as 2026-11-29T09:00:00Z or 2026-11-29 09:00", key, strictyaml.Short(text))
}

// lastLine is the last line on which something of a node stands.
func lastLine(node ast.Node) int {
	w := &deepest{}
	ast.Walk(w, node)
	return w.line
}

type deepest struct{ line int }

// Visit looks at one node.
func (d *deepest) Visit(n ast.Node) ast.Visitor {
	if t := n.GetToken(); t != nil {
		d.line = max(d.line, t.Position.Line)
	}
	if l, ok := n.(*ast.LiteralNode); ok && l.Start != nil {
		d.line = max(d.line, l.Start.Position.Line+strings.Count(l.Value.GetToken().Origin, "\n"))
	}
	return d
}

// explain says where a file cannot be read.
func explain(err error) error {
	var y yaml.Error
	if !errors.As(err, &y) || y.GetToken() == nil {
		return errors.New(safe.Clean(err.Error()))
	}
	at := y.GetToken().Position
	var unknown *yaml.UnknownFieldError
	var wrong *yaml.TypeError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("line %d, column %d: there is no key %q at the top; there is known, with a list", at.Line, at.Column, strictyaml.Short(y.GetToken().Value))
	case errors.As(err, &wrong):
		return fmt.Errorf("line %d, column %d: %q is of the wrong type; %s is wanted", at.Line, at.Column, strictyaml.Short(y.GetToken().Value), strictyaml.Wanted(reflect.TypeFor[document]()))
	default:
		return fmt.Errorf("line %d, column %d: %s", at.Line, at.Column, strictyaml.Message(y))
	}
}
