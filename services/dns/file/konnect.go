package file

import (
	"slices"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	strictyaml "github.com/peerdeck/peerdeck/services/local/yaml"
)

// writeKonnectMap writes the map of a resolver, by domain, because the order of an
// object means nothing and a file under version control should not change with it.
func writeKonnectMap(w *writer) {
	rows := w.sorted()
	w.line("{")
	for i, row := range rows {
		members := []string{quoteJSON(nameServers) + ": " + jsonList(raws(row.Servers))}
		for _, x := range w.options.Extra[row.Key] {
			value, ok := compact(x.JSON.Raw())
			if !ok {
				w.failf("the member %s of %s is no JSON; read the table from Konnect again", quoted(x.Name.Raw()), quoted(row.Key.Raw()))
			}
			members = append(members, quoteJSON(x.Name.Raw())+": "+value)
		}
		w.line("  " + quoteJSON(row.Key.Raw()) + ": {")
		w.line("    " + strings.Join(members, ",\n    "))
		if i == len(rows)-1 {
			w.line("  }")
		} else {
			w.line("  },")
		}
	}
	w.line("}")
}

func writeKonnectList(w *writer) {
	w.line("[")
	for i, m := range w.mappings {
		w.line("  {")
		w.line("    " + quoteJSON(nameServers) + ": " + jsonList(raws(m.Servers)) + ",")
		w.line("    " + quoteJSON(nameDomains) + ": " + jsonList(raws(m.Domains)))
		if i == len(w.mappings)-1 {
			w.line("  }")
		} else {
			w.line("  },")
		}
	}
	w.line("]")
}

func jsonList(words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quoteJSON(word)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// sorted returns the rows by their domain.
func (w *writer) sorted() []dnstable.Row {
	rows := w.rows()
	slices.SortStableFunc(rows, func(a, b dnstable.Row) int { return a.Key.Compare(b.Key) })
	return rows
}

func writeYAML(w *writer) {
	w.head("#")
	if len(w.mappings) == 0 {
		w.line("mappings: []")
		return
	}
	w.line("mappings:")
	for _, m := range w.mappings {
		w.line("  - domains: " + strictyaml.List(m.Domains))
		w.line("    servers: " + strictyaml.List(m.Servers))
	}
}
