package trace

import (
	"slices"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/finding"
	"peerdeck/model/safe"
)

// CloudFindings are the findings of a network, its peerings and its resolvers that are not
// well, as the snapshot has them. The cause names the object.
func CloudFindings(n *model.NetworkStatus) []finding.Finding {
	var out []finding.Finding
	add := func(f finding.Finding, name, id safe.Text) {
		if f.Code == "" || f.Severity == finding.OK {
			return
		}
		f.Cause = name.Or(id.Raw()).String() + ": " + f.Cause
		out = append(out, f)
	}
	add(n.Own, n.Name, n.ID)
	for i := range n.Peerings {
		add(n.Peerings[i].Finding, n.Peerings[i].Name, n.Peerings[i].ID)
	}
	for i := range n.PrivateDNS {
		add(n.PrivateDNS[i].Finding, n.PrivateDNS[i].Name, n.PrivateDNS[i].ID)
	}
	return out
}

// Join adds findings to a list. Where the same is said already, its servers are named
// there.
func Join(list, more []finding.Finding) []finding.Finding {
	out := slices.Clone(list)
	for _, f := range more {
		at := slices.IndexFunc(out, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause })
		if at < 0 {
			out = append(out, f)
			continue
		}
		servers := slices.Clone(out[at].Servers)
		for _, s := range f.Servers {
			if !slices.Contains(servers, s) {
				servers = append(servers, s)
			}
		}
		out[at].Servers = servers
	}
	return out
}

// Findings are what the table of symptoms says of a line of the matrix. What is said
// around it already is not said again.
func (m Matrix) Findings(l Line) []finding.Finding {
	c := dnsverdict.Case{Name: l.Domain, Domain: l.Domain, Reports: l.Reports(), Ways: map[safe.Text]dnsverdict.Known[bool]{}}
	c.Facts.Network = dnsverdict.Know(model.NetworkStatus{Network: model.Network{ID: m.Network, Name: m.NetworkName, CIDR: m.CIDR}})
	c.Facts.Servers = map[safe.Text]dnsverdict.ServerFacts{}
	for _, column := range m.Columns {
		if column.Standing != "" { // somebody looked
			c.Ways[column.Server] = column.Route
		}
		for _, f := range m.Around {
			if slices.Contains(f.Servers, column.Server) {
				facts := c.Facts.Servers[column.Server]
				facts.Findings = append(facts.Findings, f)
				c.Facts.Servers[column.Server] = facts
			}
		}
	}
	c.Facts.Route = c.CommonWay()
	return slices.DeleteFunc(dnsverdict.Diagnose(c), func(f finding.Finding) bool {
		return slices.ContainsFunc(m.Around, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause })
	})
}

// NeedsPerson reports whether somebody should look: at a domain, or at what is around.
func (m Matrix) NeedsPerson() bool {
	bad, _, unknown := m.Counts()
	return bad+unknown > 0 || slices.ContainsFunc(m.Around, finding.Finding.NeedsPerson)
}
