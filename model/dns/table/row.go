package table

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RowID tells the rows of one draft apart. A row keeps it while its domain and its
// servers are edited; 0 is no row.
type RowID uint64

// Row is one domain with the servers that are asked for it.
type Row struct {
	ID      RowID
	Key     safe.Text   // the domain as it stands in Konnect, or as it was typed
	Servers []safe.Text // as written, the first one is asked first
	Extra   []Member    // members of the entry that peerdeck does not know
}

// Member is a member of an object in Konnect's answer that peerdeck does not know.
type Member = model.Member

// Name returns the row's domain as it was written and in its normal form.
func (r Row) Name() Name { return NameOf(r.Key) }

// NameOf returns the normal form of a domain that came from outside.
func NameOf(domain safe.Text) Name { return Normalise(domain.Raw()) }

// ResolverName is the name that a network's first outbound resolver gets.
func ResolverName(network safe.Text) safe.Text { return safe.New(network.Raw() + "-dns") }

// Domain returns the normal form of the row's domain, empty when it is none.
func (r Row) Domain() string { return Normalise(r.Key.Raw()).ASCII }

// Label returns what tells the row's domain apart from others: its normal form, or the
// text as it stands when it is no domain.
func (r Row) Label() string {
	if d := r.Domain(); d != "" {
		return d
	}
	return r.Key.Raw()
}

// SameServers reports whether two rows ask the same servers in the same order.
func (r Row) SameServers(other Row) bool { return sameServers(r.Servers, other.Servers) }

// Same reports whether two rows say the same, whatever their ids are and however the
// domain is spelt.
func (r Row) Same(other Row) bool {
	return r.Label() == other.Label() && r.SameServers(other) && slices.Equal(r.Extra, other.Extra)
}

// ServersKey is the same for rows that ask the same servers in the same order.
func (r Row) ServersKey() string {
	labels := make([]string, len(r.Servers))
	for i, t := range r.Servers {
		labels[i] = serverLabel(t)
	}
	return strings.Join(labels, "\n")
}

// sameServers compares by the normal form of each address.
func sameServers(a, b []safe.Text) bool {
	return slices.EqualFunc(a, b, func(x, y safe.Text) bool { return x == y || serverLabel(x) == serverLabel(y) })
}

// serverLabel is the normal form of an address, or the text when it is none.
func serverLabel(t safe.Text) string {
	if a, ok := NormalServer(t.Raw()); ok {
		return a
	}
	return t.Raw()
}

// FromMappings makes rows of mappings: one for each domain, in their order. A domain
// that stands twice stays twice.
func FromMappings(mappings []model.DNSMapping) []Row {
	var rows []Row
	for _, m := range mappings {
		for _, d := range m.Domains {
			rows = append(rows, Row{Key: d, Servers: slices.Clone(m.Servers), Extra: slices.Clone(m.Extra)})
		}
	}
	return rows
}

// ToMappings makes mappings of rows, one for each row: the shape of a resolver.
func ToMappings(rows []Row) []model.DNSMapping {
	out := make([]model.DNSMapping, len(rows))
	for i, r := range rows {
		out[i] = model.DNSMapping{Domains: []safe.Text{r.Key}, Servers: slices.Clone(r.Servers), Extra: slices.Clone(r.Extra)}
	}
	return out
}
