package table

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Check looks at a table with every rule. Problems of the whole table come first, then
// those of the rows in their order; within a row the most severe first, then by rule.
func Check(rows []Row, s Surroundings) []Problem {
	return NewRulebook().check(newFinder(rows, s))
}

// check asks every rule.
func (b *Rulebook) check(f *finder) []Problem {
	for _, r := range b.rules {
		f.rule = &r
		if r.table != nil {
			r.table(f)
		}
		if r.line == nil {
			continue
		}
		for i := range f.lines {
			r.line(f, &f.lines[i])
		}
	}
	slices.SortStableFunc(f.found, func(a, b located) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.Severity, a.Severity), strings.Compare(a.Rule, b.Rule), cmp.Compare(a.Server, b.Server))
	})
	out := make([]Problem, len(f.found))
	for i, p := range f.found {
		out[i] = p.Problem
	}
	return out
}

// rule is one rule: line is asked about each row, table once.
type rule struct {
	RuleInfo

	line  func(*finder, *line)
	table func(*finder)
	needs func(*finder) string // why it cannot look, empty when it can; nil: the rows are enough
}

// infoOf is what the catalogue says of a rule, which has its words.
func infoOf(entries []finding.Entry, id string) RuleInfo {
	at, found := slices.BinarySearchFunc(entries, id, func(e finding.Entry, id string) int { return strings.Compare(string(e.Code), id) })
	if !found {
		return RuleInfo{ID: id, Severities: []Severity{Error}}
	}
	e := entries[at]
	info := RuleInfo{ID: id, Title: e.Title + ".", Help: strings.TrimSpace(e.Means + " " + e.Next)}
	for _, s := range e.Severities {
		info.Severities = append(info.Severities, severityOf(s))
	}
	return info
}

// severityOf says what a finding of a mapping does to a change of the table.
func severityOf(s finding.Severity) Severity {
	switch s {
	case finding.Broken:
		return Error
	case finding.Attention, finding.Unknown:
		return Warning
	default:
		return Note
	}
}

// line is a row with what was read in it.
type line struct {
	row     Row
	at      int
	name    Name
	fault   *fault // why the domain is none
	servers []server
	good    []server // those that can be asked, each once
	key     string   // its servers in their normal form and order
	up      *line    // the row of the nearest domain above; nil when there is none
}

// server is one server of a row.
type server struct {
	index int
	typed string
	addr  netip.Addr // not valid when there is a fault
	fault *fault
	again bool   // it stands in the row before
	text  string // the normal form of the address, or the text when it is none
	kind  model.AddressRange
	at    *spot // where the address lies; nil when there is a fault
}

// server reads the text of a server, each once: a table of thousands of rows has dozens of them.
func (f *finder) server(typed string) *server {
	if s := f.read[typed]; s != nil {
		return s
	}
	s := &server{typed: typed, text: typed}
	s.addr, s.fault = readServer(typed)
	if s.addr.IsValid() {
		s.text = s.addr.String()
	}
	s.kind = model.RangeOf(s.addr)
	if s.fault == nil {
		s.at = f.spotOf(s.addr)
	}
	f.read[typed] = s
	return s
}

// readLine reads a row. Its servers are written where there is room for them.
func (f *finder) readLine(at int, r Row, room []server) line {
	l := line{row: r, at: at, servers: room}
	l.name, l.fault = readName(r.Key.Raw())
	sound := true
	for i, t := range r.Servers {
		s := *f.server(t.Raw())
		s.index = i
		s.again = s.fault == nil && slices.ContainsFunc(l.servers[:i], func(o server) bool { return o.addr == s.addr })
		l.servers[i] = s
		sound = sound && s.fault == nil && !s.again
	}
	l.good = l.servers
	if !sound {
		l.good = slices.DeleteFunc(slices.Clone(l.servers), func(s server) bool { return s.fault != nil || s.again })
	}
	l.key = keyOf(l.servers)
	return l
}

// keyOf is the same for the same servers in the same order. One that is listed again is kept
// once, so it makes no other row.
func keyOf(servers []server) string {
	if len(servers) == 1 {
		return servers[0].label()
	}
	room := 0
	for _, s := range servers {
		room += len(s.label()) + 1
	}
	var b strings.Builder
	b.Grow(room)
	for _, s := range servers {
		if s.again {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(0)
		}
		b.WriteString(s.label())
	}
	return b.String()
}

// label is what a sentence calls the server.
func (s server) label() string { return s.text }

// shown is the domain in a sentence.
func (l *line) shown() string {
	switch {
	case l.name.ASCII == root:
		return `"."`
	case l.name.ASCII != "":
		return l.name.Unicode
	default:
		return l.row.Key.String()
	}
}

// asks names the servers in a sentence.
func (l *line) asks() string { return nameServers(l.row.Servers) }

func nameServers(list []safe.Text) string {
	switch len(list) {
	case 0:
		return "no server"
	case 1, 2:
		words := make([]string, len(list))
		for i, t := range list {
			words[i] = safe.Clean(serverLabel(t))
		}
		return strings.Join(words, ", ")
	default:
		return safe.Clean(serverLabel(list[0])) + " +" + number(len(list)-1)
	}
}

// with returns the row's servers with one of them replaced.
func (l *line) with(index int, by string) []string {
	out := make([]string, len(l.row.Servers))
	for i, t := range l.row.Servers {
		out[i] = t.Raw()
	}
	out[index] = by
	return out
}
