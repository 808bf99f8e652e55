package model

import (
	"slices"

	"peerdeck/model/safe"
)

// Normalised returns the mapping as it is sent: domains in small letters
// and without a dot at the end, addresses in their usual spelling, each once. What is no
// domain or address stays as it is.
func (m DNSMapping) Normalised() DNSMapping {
	return DNSMapping{
		Domains: once(m.Domains, func(s string) string { name, _ := DomainName(s); return name }),
		Servers: once(m.Servers, func(s string) string { address, _ := DNSServer(s); return address }),
	}
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
