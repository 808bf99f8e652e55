package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kind is how domains and servers of a group stand to each other.
type Kind string

// The kinds, by the number of domains and the number of servers.
const (
	KindOneOne   Kind = "1-1" // one domain, one server
	KindManyOne  Kind = "N-1" // several domains, one server
	KindManyMany Kind = "M-N" // several servers, for one domain or several
)

// Group is the set of rows that ask the same servers in the same order.
type Group struct {
	Servers []safe.Text
	Rows    []int // indexes into the rows that were grouped
}

// Kind returns the kind of the group.
func (g Group) Kind() Kind {
	switch {
	case len(g.Servers) > 1:
		return KindManyMany
	case len(g.Rows) > 1:
		return KindManyOne
	default:
		return KindOneOne
	}
}

// Groups gathers rows by their servers, in the order of their first rows.
func Groups(rows []Row) []Group {
	var out []Group
	at := map[string]int{}
	for i, r := range rows {
		key := groupKey(r)
		n, there := at[key]
		if !there {
			n = len(out)
			at[key] = n
			out = append(out, Group{Servers: r.Servers})
		}
		out[n].Rows = append(out[n].Rows, i)
	}
	return out
}

// Kinds returns the kind of each row's group.
func Kinds(rows []Row) []Kind {
	kinds := make([]Kind, len(rows))
	for _, g := range Groups(rows) {
		for _, i := range g.Rows {
			kinds[i] = g.Kind()
		}
	}
	return kinds
}

func groupKey(r Row) string {
	labels := make([]string, len(r.Servers))
	for i, s := range r.Servers {
		labels[i] = serverLabel(s)
	}
	return strings.Join(labels, "\x00")
}

// ToList makes the list of a peering's own table: domains with the same servers share
// an entry. What an entry of a map has beside its servers has no place in a list; the
// notes say what was left out, nothing is lost unannounced.
func ToList(rows []Row) (list []model.DNSMapping, notes []string) {
	for _, g := range Groups(rows) {
		m := model.DNSMapping{Servers: slices.Clone(g.Servers)}
		for _, i := range g.Rows {
			m.Domains = append(m.Domains, rows[i].Key)
			for _, x := range rows[i].Extra {
				notes = append(notes, rows[i].Key.String()+": the member "+x.Name.String()+" has no place in a peering's table and was left out")
			}
		}
		list = append(list, m)
	}
	return list, notes
}

// FromList makes the rows of a resolver's map from a peering's list. A map holds a
// domain once: a domain that recurs gets the servers of all its entries, in their
// order, and the notes say so.
func FromList(list []model.DNSMapping) (rows []Row, notes []string) {
	at := map[string]int{}
	for _, r := range FromMappings(list) {
		i, again := at[r.Label()]
		if !again {
			at[r.Label()] = len(rows)
			rows = append(rows, r)
			continue
		}
		if rows[i].SameServers(r) {
			continue
		}
		notes = append(notes, r.Key.String()+" stands more than once with different servers; the resolver keeps one entry, which asks all of them")
		for _, s := range r.Servers {
			if !slices.ContainsFunc(rows[i].Servers, func(x safe.Text) bool { return serverLabel(x) == serverLabel(s) }) {
				rows[i].Servers = append(rows[i].Servers, s)
			}
		}
	}
	return rows, notes
}
