package table

import (
	"slices"
	"strings"
)

// Choice is what a person takes where two tables differ.
type Choice string

// The choices; the zero value is none yet.
const (
	ChooseMine   Choice = "mine"
	ChooseTheirs Choice = "theirs"
)

// Conflict is a domain that both sides have changed, and not to the same.
type Conflict struct {
	Domain string
	Base   *Row // nil: it was not there
	Mine   *Row // nil: removed here
	Theirs *Row // nil: removed there
	Choice Choice
}

// Merged is what comes of a table that two people have changed at the same time.
type Merged struct {
	Theirs    []Row      // the table as it is now
	Quiet     []Change   // what the others have done and what is not in the way, from the base on
	Conflicts []Conflict // sorted by domain
	parts     []part
}

// part is a row of the result, or a conflict in its place.
type part struct {
	row      *Row
	conflict int // -1 for none
}

// Merge brings two tables together that grew out of one base, domain by domain. What
// only one side has changed is taken; what both have changed to the same is taken; the
// rest are conflicts, for a person to decide. Rows keep the ids of mine where they have
// some.
func Merge(base, mine, theirs []Row) Merged {
	b, m, t := index(base), index(mine), index(theirs)
	out := Merged{Theirs: theirs}
	add := func(row *Row) {
		if row != nil {
			out.parts = append(out.parts, part{row, -1})
		}
	}
	for _, key := range union(b, m, t) {
		was, my, their := b.rows[key], m.rows[key], t.rows[key]
		mineSame, theirsSame, agree := sameRow(was, my), sameRow(was, their), sameRow(my, their)
		if !theirsSame && (mineSame || agree) {
			out.Quiet = append(out.Quiet, changeOf(key.label, was, their))
		}
		switch {
		case agree, theirsSame:
			add(my)
		case mineSame:
			add(withID(their, my))
		default:
			out.parts = append(out.parts, part{nil, len(out.Conflicts)})
			out.Conflicts = append(out.Conflicts, Conflict{Domain: key.label, Base: was, Mine: my, Theirs: their})
		}
	}
	return out
}

// Result returns the merged table and how many conflicts have no choice yet; for those
// the table holds theirs, so that an unfinished merge loses nothing of others.
func (m Merged) Result() (rows []Row, open int) {
	for _, p := range m.parts {
		if p.conflict < 0 {
			rows = append(rows, *p.row)
			continue
		}
		c := m.Conflicts[p.conflict]
		take := c.Theirs
		switch c.Choice {
		case ChooseMine:
			take = c.Mine
		case ChooseTheirs:
			take = withID(c.Theirs, c.Mine)
		default:
			open++
		}
		if take != nil {
			rows = append(rows, *take)
		}
	}
	return rows, open
}

// Choose returns the merge with a choice for the conflict of a number; beyond the ends
// it changes nothing.
func (m Merged) Choose(i int, c Choice) Merged {
	if i < 0 || i >= len(m.Conflicts) {
		return m
	}
	m.Conflicts = slices.Clone(m.Conflicts)
	m.Conflicts[i].Choice = c
	return m
}

// Open returns how many conflicts have no choice yet.
func (m Merged) Open() int {
	n := 0
	for _, c := range m.Conflicts {
		if c.Choice == "" {
			n++
		}
	}
	return n
}

// union lists the places of all tables: those of mine in their order, then the others
// by domain.
func union(b, m, t indexed) []place {
	keys := slices.Clone(m.keys)
	seen := make(map[place]bool, len(keys))
	for _, k := range keys {
		seen[k] = true
	}
	var rest []place
	for _, k := range slices.Concat(b.keys, t.keys) {
		if !seen[k] {
			seen[k] = true
			rest = append(rest, k)
		}
	}
	slices.SortStableFunc(rest, func(x, y place) int { return strings.Compare(x.label, y.label) })
	return append(keys, rest...)
}

func sameRow(a, b *Row) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Key == b.Key && a.Same(*b)
}

func withID(row, from *Row) *Row {
	if row == nil || from == nil {
		return row
	}
	r := *row
	r.ID = from.ID
	return &r
}

func changeOf(label string, from, to *Row) Change {
	switch {
	case from == nil:
		return Change{Kind: Added, Domain: label, To: to, Servers: serverChanges(nil, to.Servers)}
	case to == nil:
		return Change{Kind: Removed, Domain: label, From: from, Servers: serverChanges(from.Servers, nil)}
	default:
		c, _ := compare(label, from, to)
		return c
	}
}

// Decided returns the merge with the choices of an earlier one, for each domain of which
// all sides are what they were then.
func (m Merged) Decided(earlier Merged) Merged {
	before := make(map[string]Conflict, len(earlier.Conflicts))
	for _, c := range earlier.Conflicts {
		before[c.Domain] = c
	}
	m.Conflicts = slices.Clone(m.Conflicts)
	for i, c := range m.Conflicts {
		if e, there := before[c.Domain]; there && sameRow(e.Base, c.Base) && sameRow(e.Mine, c.Mine) && sameRow(e.Theirs, c.Theirs) {
			m.Conflicts[i].Choice = e.Choice
		}
	}
	return m
}
