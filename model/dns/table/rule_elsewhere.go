package table

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// elsewhereRules are about a domain that another table of the network maps too.
func elsewhereRules() []rule {
	return []rule{
		{
			RuleInfo: RuleInfo{ID: "D27"},
			needs:    needsTables,
			table: func(f *finder) {
				if f.Own.IsEmpty() { // else another peering's table is the question of D28
					for _, e := range f.mappedIn(f.Peerings) {
						f.also(e, "Also in peering %s (%s). Which one Konnect prefers is not documented.")
					}
				}
				for _, e := range f.mappedIn(f.Resolvers) {
					f.also(e, "Also in resolver %s (%s). Which one Konnect prefers is not documented.")
				}
			},
		},
		{
			RuleInfo: RuleInfo{ID: "D28"},
			table:    twoPeerings, needs: needsTables,
		},
	}
}

// elsewhere is a domain in another table.
type elsewhere struct {
	domain  string
	table   int // index of the table
	name    safe.Text
	servers []safe.Text
}

// mappedIn lists the domains of other tables, each once for a table.
func (f *finder) mappedIn(tables []Elsewhere) []elsewhere {
	var out []elsewhere
	for i, t := range tables {
		seen := map[string]bool{}
		for _, m := range t.Mappings {
			for _, d := range m.Domains {
				if name := Normalise(d.Raw()).ASCII; name != "" && !seen[name] {
					seen[name] = true
					out = append(out, elsewhere{domain: name, table: i, name: t.Name, servers: m.Servers})
				}
			}
		}
	}
	return out
}

// also notes that a row's domain stands in another table.
func (f *finder) also(e elsewhere, format string) {
	if l := f.byName[e.domain]; l != nil {
		f.on(l, format, e.name.String(), nameServers(e.servers))
	}
}

// twoPeerings speaks beside the row of the domain, and of the whole table when it has
// no such row.
func twoPeerings(f *finder) {
	if !f.Own.IsEmpty() {
		for _, e := range f.mappedIn(f.Peerings) {
			if l := f.byName[e.domain]; l != nil {
				f.on(l, "Mapped by peering %s, and also by peering %s. Which one wins is not documented.", f.Own.String(), e.name.String())
			}
		}
		return
	}
	first := map[string]elsewhere{}
	var order []elsewhere
	for _, e := range f.mappedIn(f.Peerings) {
		if _, there := first[e.domain]; !there {
			first[e.domain] = e
			continue
		}
		order = append(order, e)
	}
	slices.SortStableFunc(order, func(a, b elsewhere) int { return a.table - b.table })
	for _, e := range order {
		if l := f.byName[e.domain]; l != nil {
			f.on(l, "Mapped by peering %s, and also by peering %s. Which one wins is not documented.", first[e.domain].name.String(), e.name.String())
			continue
		}
		f.whole("%s is mapped by peering %s, and also by %s. Which one wins is not documented.", Normalise(e.domain).Unicode, first[e.domain].name.String(), e.name.String())
	}
}
