package table

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// NormalMapping returns a mapping as it is sent: domains in their normal form, addresses
// in their usual spelling, each once. What is no domain or address stays as it is.
func NormalMapping(m model.DNSMapping) model.DNSMapping {
	m.Domains = once(m.Domains, func(s string) string { return Normalise(s).ASCII })
	m.Servers = once(m.Servers, func(s string) string { address, _ := NormalServer(s); return address })
	return m
}

// once brings each text into its normal form, where it has one, and leaves out what
// stood before.
func once(texts []safe.Text, normal func(string) string) []safe.Text {
	var out []safe.Text
	for _, t := range texts {
		if t = safe.New(normal(t.Raw())).Or(t.Raw()); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}
