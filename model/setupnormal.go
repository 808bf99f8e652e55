package model

import (
	"slices"
	"strings"

	"peerdeck/model/safe"
)

// Key returns one spelling for all spellings of the same set-up, as a lock needs
// it. A network that is given by its name here and by its id there has two keys:
// only Konnect could tell.
func (r SetupRequest) Key() string {
	return strings.ToLower(strings.TrimSpace(r.Network.Raw())) + "\x00" + r.VNet.Key()
}

// Normalised returns the request with its mappings as they are sent: domains in
// small letters and without a dot at the end, each once in a mapping, addresses in
// their usual spelling, each once. A domain that stands again with the same servers
// is left out. What is no domain or address stays as it is.
func (r SetupRequest) Normalised() SetupRequest {
	var out []DNSMapping
	for _, m := range r.Mappings {
		m = m.Normalised()
		whole := len(m.Domains) == 0
		m.Domains = slices.DeleteFunc(m.Domains, func(d safe.Text) bool {
			return slices.ContainsFunc(out, func(b DNSMapping) bool {
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

// Normalised returns the mapping as it is sent; see [SetupRequest.Normalised].
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

// ServersOutside warns of servers that lie neither in the VNET nor in one that it is
// peered with. They may be reached by another way, such as a gateway; a peering
// alone does not lead there. A VNET whose ranges are not known warns of nothing.
func (r SetupRequest) ServersOutside(v VNet) []SetupProblem {
	near := slices.Clone(v.AddressPrefixes)
	if len(near) == 0 {
		return nil
	}
	for _, p := range v.Peerings {
		near = append(near, p.RemotePrefixes()...)
	}
	outside := func(server safe.Text) bool {
		return !slices.ContainsFunc(near, func(p Prefix) bool { return p.Contains(server) })
	}
	return r.serverProblems(outside, false, func(servers string, several bool) string {
		lies, needs := "lies", "it needs"
		if several {
			lies, needs = "lie", "they need"
		}
		return servers + " " + lies + " neither in " + v.Name.String() + " (" + ranges(v.AddressPrefixes) +
			") nor in a VNET that it is peered with; a peering leads no further, so " + needs + " a route through this VNET"
	})
}

// ServersInside finds servers in the gateway network's own range, where none of the
// customer's can be.
func (r SetupRequest) ServersInside(network Prefix) []SetupProblem {
	return r.serverProblems(network.Contains, true, func(servers string, several bool) string {
		if several {
			return servers + " lie in the gateway network itself (" + network.String() + "); give their addresses in the VNET"
		}
		return servers + " lies in the gateway network itself (" + network.String() + "); give its address in the VNET"
	})
}

// serverProblems makes one problem for each mapping that has wrong servers, which
// names them all.
func (r SetupRequest) serverProblems(wrong func(safe.Text) bool, fatal bool, say func(servers string, several bool) string) []SetupProblem {
	var out []SetupProblem
	for i, m := range r.Mappings {
		var list []string
		for _, s := range m.Normalised().Servers {
			if address, _ := DNSServer(s.Raw()); address != "" && wrong(s) && !slices.Contains(list, s.String()) {
				list = append(list, s.String())
			}
		}
		switch n := len(list); n {
		case 0:
		case 1:
			out = append(out, SetupProblem{Field: FieldMappings, Index: i, Fatal: fatal, Text: say("the server "+list[0], false)})
		default:
			names := strings.Join(list[:n-1], ", ") + " and " + list[n-1]
			out = append(out, SetupProblem{Field: FieldMappings, Index: i, Fatal: fatal, Text: say("the servers "+names, true)})
		}
	}
	return out
}

func ranges(prefixes []Prefix) string {
	words := make([]string, len(prefixes))
	for i, p := range prefixes {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}
