package setup

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Key returns one spelling for all spellings of the same set-up, as a lock needs
// it. A network that is given by its name here and by its id there has two keys:
// only Konnect could tell.
func (r Request) Key() string {
	key := strings.ToLower(strings.TrimSpace(r.Network.Raw())) + "\x00" + r.EndKey()
	if r.Mend != nil {
		key += "\x00" + string(r.Mend.By) + "\x00" + strings.ToLower(r.Mend.Peering.Raw()) + r.Mend.changes()
	}
	return key
}

// Normalised returns the request with its mappings as they are sent: domains in
// small letters and without a dot at the end, each once in a mapping, addresses in
// their usual spelling, each once. A domain that stands again with the same servers
// is left out. What is no domain or address stays as it is.
func (r Request) Normalised() Request {
	var out []model.DNSMapping
	for _, m := range r.Mappings {
		m = dnstable.NormalMapping(m)
		whole := len(m.Domains) == 0
		m.Domains = slices.DeleteFunc(m.Domains, func(d safe.Text) bool {
			return slices.ContainsFunc(out, func(b model.DNSMapping) bool {
				return slices.Equal(b.Servers, m.Servers) && slices.Contains(b.Domains, d)
			})
		})
		if whole || len(m.Domains) > 0 {
			out = append(out, m)
		}
	}
	r.Mappings = out
	return r
}
