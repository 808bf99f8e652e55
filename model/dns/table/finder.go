package table

import (
	"net/netip"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// finder is the table while it is looked at, with what rules look things up in.
type finder struct {
	Surroundings

	lines  []line
	byName map[string]*line     // the first row of each domain
	before map[string]int       // the rows that were loaded, by their labels; nil without probes, which alone ask for them
	labels []string             // of the rows that were loaded, in their order
	spots  map[netip.Addr]*spot // what is known of each address
	rule   *rule                // the one that looks now
	found  []located
	read   map[string]*server // the servers by their texts
}

// located is a problem with the index of its row, -1 for the whole table.
type located struct {
	Problem

	at int
}

func newFinder(rows []Row, s Surroundings) *finder {
	f := &finder{
		Surroundings: s, lines: make([]line, len(rows)),
		byName: make(map[string]*line, len(rows)), spots: map[netip.Addr]*spot{}, read: map[string]*server{},
	}
	room := make([]server, countServers(rows))
	for i, r := range rows {
		f.lines[i] = f.readLine(i, r, room[:len(r.Servers):len(r.Servers)])
		room = room[len(r.Servers):]
		if name := f.lines[i].name.ASCII; name != "" && f.byName[name] == nil {
			f.byName[name] = &f.lines[i]
		}
	}
	for i := range f.lines {
		f.lines[i].up = f.above(f.lines[i].name.ASCII)
	}
	if s.Before != nil {
		f.labels = make([]string, len(s.Before))
		for i, r := range s.Before {
			f.labels[i] = f.labelOf(i, r)
		}
		if len(s.Probes) > 0 {
			f.before = make(map[string]int, len(s.Before))
			for i, label := range f.labels {
				f.before[label] = i
			}
		}
	}
	return f
}

func countServers(rows []Row) int {
	n := 0
	for i := range rows {
		n += len(rows[i].Servers)
	}
	return n
}

// labelOf is the label of a row that was loaded. Most stand where they stood, and were read.
func (f *finder) labelOf(i int, r Row) string {
	if i < len(f.lines) && f.lines[i].row.Key == r.Key && f.lines[i].name.ASCII != "" {
		return f.lines[i].name.ASCII
	}
	return r.Label()
}

// on notes a problem of a row. What is returned can be completed at once.
func (f *finder) on(l *line, format string, values ...string) *Problem {
	p := f.whole(format, values...)
	f.found[len(f.found)-1].at = l.at
	p.Row = l.row.ID
	return p
}

// at notes a problem of one server of a row.
func (f *finder) at(l *line, s server, format string, values ...string) *Problem {
	p := f.on(l, format, values...)
	p.Server = s.index
	return p
}

// whole notes a problem of the whole table.
func (f *finder) whole(format string, values ...string) *Problem {
	f.found = append(f.found, located{at: -1, Problem: Problem{
		Rule: f.rule.ID, Severity: f.rule.Severities[0], Server: -1, Help: f.rule.Help, Text: fill(format, values...),
	}})
	return &f.found[len(f.found)-1].Problem
}

// above returns the row of the nearest domain above a name, and nil when there is none. The
// labels are taken away one by one, so a table of any size costs no more.
func (f *finder) above(name string) *line {
	if name == "" || name == root {
		return nil
	}
	for {
		_, rest, found := strings.Cut(name, ".")
		if !found {
			return f.byName[root]
		}
		if up := f.byName[rest]; up != nil {
			return up
		}
		name = rest
	}
}

// spot is where an address lies.
type spot struct {
	near     bool      // in a VNET that a peering leads to
	own      bool      // in the gateway network itself
	subnet   safe.Text // empty when it lies in none that is known
	subnetOf string    // tells subnets of the same name apart
	reserved bool      // Azure keeps it for itself
}

// spotOf looks an address up, once for all rows that have it.
func (f *finder) spotOf(a netip.Addr) *spot {
	if p := f.spots[a]; p != nil {
		return p
	}
	p := &spot{own: contains(f.Network, a)}
	for i := range f.VNets {
		for _, r := range f.VNets[i].Prefixes {
			p.near = p.near || contains(r, a)
		}
		for _, s := range f.VNets[i].Subnets {
			for _, r := range s.Prefixes {
				if contains(r, a) {
					p.near, p.subnet, p.reserved = true, s.Name, reserved(r.Range(), a)
					p.subnetOf = f.VNets[i].Name.Raw() + "\x00" + r.Range().String()
				}
			}
		}
	}
	f.spots[a] = p
	return p
}

func contains(p model.Prefix, a netip.Addr) bool { return p.Valid() && p.Range().Contains(a) }

// reserved reports whether Azure keeps an address of a subnet: the first four and the
// last one.
func reserved(p netip.Prefix, a netip.Addr) bool {
	if !p.Addr().Is4() {
		return false
	}
	first := p.Masked().Addr()
	for range 4 {
		if a == first {
			return true
		}
		first = first.Next()
	}
	next := a.Next()
	return !next.IsValid() || !p.Contains(next)
}
