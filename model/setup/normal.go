package setup

import (
	"slices"
	"strings"

	"peerdeck/model"
	"peerdeck/model/phrase"
	"peerdeck/model/safe"
)

// Key returns one spelling for all spellings of the same set-up, as a lock needs
// it. A network that is given by its name here and by its id there has two keys:
// only Konnect could tell.
func (r Request) Key() string {
	return strings.ToLower(strings.TrimSpace(r.Network.Raw())) + "\x00" + r.VNet.Key()
}

// Normalised returns the request with its mappings as they are sent: domains in
// small letters and without a dot at the end, each once in a mapping, addresses in
// their usual spelling, each once. A domain that stands again with the same servers
// is left out. What is no domain or address stays as it is.
func (r Request) Normalised() Request {
	var out []model.DNSMapping
	for _, m := range r.Mappings {
		m = m.Normalised()
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

// ServersOutside warns of servers that lie neither in the VNET nor in one that it is
// peered with. They may be reached by another way, such as a gateway; a peering
// alone does not lead there. A VNET whose ranges are not known warns of nothing.
func (r Request) ServersOutside(v model.VNet) []Problem {
	near := slices.Clone(v.AddressPrefixes)
	if len(near) == 0 {
		return nil
	}
	for _, p := range v.Peerings {
		near = append(near, p.RemotePrefixes()...)
	}
	outside := func(server safe.Text) bool {
		return !slices.ContainsFunc(near, func(p model.Prefix) bool { return p.Contains(server) })
	}
	return r.serverProblems(outside, false, func(servers string, several bool) string {
		lies, needs := "lies", "it needs"
		if several {
			lies, needs = "lie", "they need"
		}
		return servers + " " + lies + " neither in " + v.Name.String() + " (" + phrase.List(v.AddressPrefixes) +
			") nor in a VNET that it is peered with; a peering leads no further, so " + needs + " a route through this VNET"
	})
}

// ServersInside finds servers in the gateway network's own range, where none of the
// customer's can be.
func (r Request) ServersInside(network model.Prefix) []Problem {
	return r.serverProblems(network.Contains, true, func(servers string, several bool) string {
		if several {
			return servers + " lie in the gateway network itself (" + network.String() + "); give their addresses in the VNET"
		}
		return servers + " lies in the gateway network itself (" + network.String() + "); give its address in the VNET"
	})
}

// serverProblems makes one problem for each mapping that has wrong servers, which
// names them all.
func (r Request) serverProblems(wrong func(safe.Text) bool, fatal bool, say func(servers string, several bool) string) []Problem {
	var out []Problem
	for i, m := range r.Mappings {
		var list []string
		for _, s := range m.Normalised().Servers {
			if address, _ := model.DNSServer(s.Raw()); address != "" && wrong(s) && !slices.Contains(list, s.String()) {
				list = append(list, s.String())
			}
		}
		switch len(list) {
		case 0:
		case 1:
			out = append(out, Problem{Field: FieldMappings, Index: i, Fatal: fatal, Text: say("the server "+list[0], false)})
		default:
			out = append(out, Problem{Field: FieldMappings, Index: i, Fatal: fatal, Text: say("the servers "+phrase.And(list), true)})
		}
	}
	return out
}
