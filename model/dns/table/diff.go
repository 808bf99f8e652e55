package table

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// ChangeKind is what becomes of a domain.
type ChangeKind string

// The kinds of a change.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed" // other servers, another order, or another spelling
)

// Mark returns the sign of the kind, as tables show it; an empty kind has none.
func (k ChangeKind) Mark() string {
	switch k {
	case Added:
		return "+"
	case Removed:
		return "-"
	case Changed:
		return "~"
	default:
		return ""
	}
}

// Change is what becomes of one domain between two tables.
type Change struct {
	Kind    ChangeKind
	Domain  string // its normal form, or the text when it is no domain
	From    *Row   // nil for what is added
	To      *Row   // nil for what is removed
	Servers []ServerChange
	Order   bool // the servers are the same and their order is not
	Spelled bool // the domain is the same and its spelling is not
	Members bool // members that peerdeck does not know are others
}

// ServerChange is what becomes of one server of a domain.
type ServerChange struct {
	Kind    ChangeKind // empty: it stays where it is; Changed: it stays at another place
	Address safe.Text
	From    int // place before, from 0; -1 for none
	To      int // place after, from 0; -1 for none
}

// Summary says what becomes of the domain, in one line without its name.
func (c Change) Summary() string {
	switch c.Kind {
	case Added:
		return "new: " + ServerList(c.To.Servers)
	case Removed:
		return "goes; it asked " + ServerList(c.From.Servers)
	case Changed:
	}
	var parts []string
	for _, s := range c.Servers {
		switch s.Kind {
		case Added:
			parts = append(parts, "+ "+s.Address.String())
		case Removed:
			parts = append(parts, "- "+s.Address.String())
		case Changed:
		}
	}
	if c.Order {
		parts = append(parts, "order: "+ServerList(c.From.Servers)+" → "+ServerList(c.To.Servers))
	}
	if c.Spelled {
		parts = append(parts, fmt.Sprintf("written %s → %s", c.From.Key, c.To.Key))
	}
	if c.Members {
		parts = append(parts, "members that peerdeck does not know")
	}
	return strings.Join(parts, ", ")
}

// Diff tells what becomes of each domain from one table to another, sorted by domain.
// Rows of a domain that stands twice are compared in their order.
func Diff(from, to []Row) []Change {
	if One(from, to) {
		return nil
	}
	before, after := index(from), index(to)
	var out []Change
	for _, key := range before.keys {
		a := before.rows[key]
		b, there := after.rows[key]
		switch {
		case !there:
			out = append(out, Change{Kind: Removed, Domain: key.label, From: a, Servers: serverChanges(a.Servers, nil)})
		default:
			if c, changed := compare(key.label, a, b); changed {
				out = append(out, c)
			}
		}
	}
	for _, key := range after.keys {
		if _, there := before.rows[key]; !there {
			b := after.rows[key]
			out = append(out, Change{Kind: Added, Domain: key.label, To: b, Servers: serverChanges(nil, b.Servers)})
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return strings.Compare(a.Domain, b.Domain) })
	return out
}

func compare(label string, a, b *Row) (Change, bool) {
	c := Change{Kind: Changed, Domain: label, From: a, To: b, Spelled: a.Key != b.Key, Members: !slices.Equal(a.Extra, b.Extra)}
	same := a.SameServers(*b)
	if !same {
		c.Servers = serverChanges(a.Servers, b.Servers)
		c.Order = !slices.ContainsFunc(c.Servers, func(s ServerChange) bool { return s.Kind == Added || s.Kind == Removed })
	}
	return c, !same || c.Spelled || c.Members
}

// serverChanges lists the servers after, with what became of each, and then those that
// are gone. A server that stands twice counts twice.
func serverChanges(from, to []safe.Text) []ServerChange {
	out := make([]ServerChange, 0, len(from)+len(to))
	left := make([]bool, len(from)) // taken by a server after
	find := func(label string) int {
		for i := range from {
			if !left[i] && serverLabel(from[i]) == label {
				left[i] = true
				return i
			}
		}
		return -1
	}
	for k, s := range to {
		switch i := find(serverLabel(s)); {
		case i < 0:
			out = append(out, ServerChange{Added, s, -1, k})
		case i == k:
			out = append(out, ServerChange{"", s, i, k})
		default:
			out = append(out, ServerChange{Changed, s, i, k})
		}
	}
	for i, s := range from {
		if !left[i] {
			out = append(out, ServerChange{Removed, s, i, -1})
		}
	}
	return out
}

// place tells the rows of a table apart: by domain, and those of one domain by number.
type place struct {
	label string
	nth   int
}

type indexed struct {
	keys []place
	rows map[place]*Row
}

func index(rows []Row) indexed {
	x := indexed{rows: make(map[place]*Row, len(rows))}
	seen := make(map[string]int, len(rows))
	for i := range rows {
		label := rows[i].Label()
		key := place{label, seen[label]}
		seen[label]++
		x.keys, x.rows[key] = append(x.keys, key), &rows[i]
	}
	return x
}

// Same reports whether two tables send every domain to the same servers, in the same
// order, in the same spelling.
func Same(a, b []Row) bool { return len(Diff(a, b)) == 0 }

// Equivalent reports whether two tables mean the same: the spelling of a domain is not
// compared.
func Equivalent(a, b []Row) bool {
	for _, c := range Diff(a, b) {
		if c.Kind != Changed || len(c.Servers) > 0 || c.Members {
			return false
		}
	}
	return true
}

// Count returns how many domains are added, changed and removed.
func Count(changes []Change) (added, changed, removed int) {
	for _, c := range changes {
		switch c.Kind {
		case Added:
			added++
		case Changed:
			changed++
		case Removed:
			removed++
		}
	}
	return added, changed, removed
}

// ServerList writes the servers of a row in their order, as cells and sentences have them.
func ServerList(list []safe.Text) string {
	if len(list) == 0 {
		return "no server"
	}
	return phrase.List(list)
}
