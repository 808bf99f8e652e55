package dns

import (
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// tableIndex finds rows of a table by what they have in common. It is made once for each
// edit: a step of the cursor asks it, whatever the length of the table.
type tableIndex struct {
	rows   []dnstable.Row
	match  dnstable.Matcher
	groups map[string][]int // the places of the rows that ask the same servers
}

// index is the index of a table as it is now.
func (s *Screen) index(t *workspace.Table) *tableIndex {
	rows := t.Draft().Rows()
	if s.indexed.groups != nil && dnstable.One(rows, s.indexed.rows) {
		return &s.indexed
	}
	s.indexed = tableIndex{rows: rows, match: dnstable.MatcherOf(rows), groups: make(map[string][]int, len(rows))}
	for i, r := range rows {
		key := r.ServersKey()
		s.indexed.groups[key] = append(s.indexed.groups[key], i)
	}
	return &s.indexed
}
