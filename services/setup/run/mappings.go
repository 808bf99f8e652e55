package run

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// byDomain gives each domain a mapping of its own, sorted, as a resolver has them.
// Servers of a domain that stands in several mappings are joined.
func byDomain(mappings []model.DNSMapping) []model.DNSMapping {
	var out []model.DNSMapping
	for _, m := range mappings {
		for _, name := range m.Domains {
			i := slices.IndexFunc(out, func(o model.DNSMapping) bool { return o.Domains[0].EqualFold(name) })
			if i < 0 {
				out = append(out, model.DNSMapping{Domains: []safe.Text{name}, Servers: slices.Clone(m.Servers)})
				continue
			}
			for _, s := range m.Servers {
				if !slices.Contains(out[i].Servers, s) {
					out[i].Servers = append(out[i].Servers, s)
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b model.DNSMapping) int { return a.Domains[0].Compare(b.Domains[0]) })
	return out
}

// sameMappings reports whether two tables send every domain to the same servers in
// the same order.
func sameMappings(a, b []model.DNSMapping) bool {
	return slices.EqualFunc(byDomain(a), byDomain(b), func(x, y model.DNSMapping) bool {
		return x.Domains[0].EqualFold(y.Domains[0]) && slices.Equal(x.Servers, y.Servers)
	})
}
