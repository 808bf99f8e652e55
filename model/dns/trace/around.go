package trace

import (
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// CloudFindings are the findings of a network, and of the peerings and resolvers that some
// rules need, where they are not well, as the snapshot has them. The cause names the object.
func CloudFindings(n *model.NetworkStatus, rules []Rule) []finding.Finding {
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
		if p := &n.Peerings[i]; needsPeering(n, rules, p) {
			add(p.Finding, p.Name, p.ID)
		}
	}
	for i := range n.PrivateDNS {
		if d := &n.PrivateDNS[i]; slices.ContainsFunc(rules, func(r Rule) bool { return r.FromID == d.ID }) {
			add(d.Finding, d.Name, d.ID)
		}
	}
	return out
}

// needsPeering reports whether a rule stands in the peering's own table, or a server of one
// is reached over it, or may be: where its ranges could not be read.
func needsPeering(n *model.NetworkStatus, rules []Rule, p *model.PeeringStatus) bool {
	unread := p.Kind == model.KindAzureVNet && len(p.Azure.VNet.AddressPrefixes) == 0 && p.State != model.PeeringTerminated
	return slices.ContainsFunc(rules, func(r Rule) bool {
		return r.FromID == p.ID || slices.ContainsFunc(r.Servers, func(s safe.Text) bool {
			to := PeeringTo(n, s)
			return to == p || to == nil && unread
		})
	})
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
	c.Facts.Servers, c.Facts.Vantage = map[safe.Text]dnsverdict.ServerFacts{}, "this place"
	const elsewhere = "a trace of the name looks it up"
	c.Facts.Zone = dnsverdict.NotKnown[dnsverdict.Zone](elsewhere)
	for _, column := range m.Columns {
		gate := dnsverdict.NotKnown[dnsverdict.Gate](elsewhere)
		c.Facts.Servers[column.Server] = dnsverdict.ServerFacts{
			UDP: gate, TCP: gate, Endpoint: dnsverdict.NotKnown[bool](elsewhere), Loop: dnsverdict.NotKnown[safe.Text](elsewhere),
		}
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

// Now says how far a probe is, and what is waited for.
func (m Matrix) Now(now time.Time) string {
	text := fmt.Sprintf("%d of %d asked", m.Done, m.Total)
	if m.Wait == nil || m.State.Over() {
		return text
	}
	return text + ", reading Azure: " + m.Wait.Text(now)
}

// NeedsPerson reports whether somebody should look: at a domain, or at what is around.
func (m Matrix) NeedsPerson() bool {
	bad, _, unknown := m.Counts()
	return bad+unknown > 0 || slices.ContainsFunc(m.Around, finding.Finding.NeedsPerson)
}
