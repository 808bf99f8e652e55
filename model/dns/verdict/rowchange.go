package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// withoutServer are the codes of findings by which the gateway gets no answer from the servers
// that they name, however long it waits: a row does without them.
func withoutServer(code finding.Code) bool {
	return slices.Contains([]finding.Code{codeOutside, "N31", "N32", "server-platform-address", "server-no-subnet", "server-address-free", "server-address-reserved"}, code)
}

// rowChanges gives the findings about servers of a row the change of the row that mends them,
// where the facts determine it: the row stands in one resolver and in no peering's own table,
// and each server that stays was heard to answer right, or takes the place of one that nothing
// has by what Azure says. In all other cases a person has to know the right server.
func (c Case) rowChanges(list []finding.Finding) []finding.Finding {
	n, known := c.Facts.Network.Get()
	row, hasRow := c.Facts.Row.Get()
	if !known || !hasRow || row.Staged || row.Domain.IsEmpty() {
		return list
	}
	var bad []safe.Text
	for _, f := range list {
		if withoutServer(f.Code) && f.Severity >= finding.Attention {
			bad = union(bad, f.Servers)
		}
	}
	change, determined := c.rowWithout(n, row.Domain, bad)
	if !determined {
		return list
	}
	for i := range list {
		f := &list[i]
		if !withoutServer(f.Code) || f.Severity < finding.Attention || f.Next.Mend != "" {
			continue
		}
		f.Next.Mend, f.Next.Change = finding.MendRow, change
		if f.Next.Kind == finding.NextTable && !c.Name.IsEmpty() {
			f.Next.Command = "peerdeck mend --network " + model.ShellQuote(n.Name.Or(n.ID.Raw()).String()) + " --to " + model.ShellQuote(c.Name.String())
		}
	}
	return list
}

// rowWithout is the row without some of its servers, or with what stands in for them.
func (c Case) rowWithout(n model.NetworkStatus, domain safe.Text, bad []safe.Text) (finding.Change, bool) {
	on, was, one := resolverRow(n, domain)
	if !one || len(bad) == 0 {
		return finding.Change{}, false
	}
	var to []safe.Text
	for _, server := range was {
		at := slices.IndexFunc(c.Reports, func(r Report) bool { return r.Server == server })
		switch {
		case at < 0:
			return finding.Change{}, false // nobody has looked at it
		case slices.Contains(bad, server):
			if in := c.Facts.Servers[server].Instead; !in.IsEmpty() {
				to = union(to, []safe.Text{in})
			}
		case good(c.Reports[at]) && c.unexplained(c.Reports[at]):
			to = union(to, []safe.Text{server})
		default:
			return finding.Change{}, false
		}
	}
	change := finding.Change{On: on, Domain: domain, Was: was, Servers: to}
	return change, len(to) > 0 && !slices.Equal(was, to)
}

// resolverRow finds the resolver in whose table a domain stands, and its servers there. False:
// in none, in several, or in a peering's own table as well, which cannot be changed.
func resolverRow(n model.NetworkStatus, domain safe.Text) (resolver safe.Text, servers []safe.Text, one bool) {
	count := 0
	rows := func(list []model.DNSMapping) {
		for _, m := range list {
			for _, d := range m.Domains {
				if key(d) == key(domain) {
					count, servers = count+1, m.Servers
				}
			}
		}
	}
	for i := range n.Peerings {
		if n.Peerings[i].State != model.PeeringTerminated {
			rows(n.Peerings[i].DNS)
		}
	}
	count *= 2 // in a peering's own table
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		before := count
		if d.State != model.PrivateDNSTerminated {
			rows(d.DNS)
		}
		if count > before {
			resolver = d.ID
		}
	}
	return resolver, servers, count == 1 && !resolver.IsEmpty()
}

// onlyResolver is the one resolver of a network that takes new rows. False: it has none, or
// several, and which of them is meant a person knows.
func onlyResolver(n model.NetworkStatus) (safe.Text, bool) {
	var ids []safe.Text
	for i := range n.PrivateDNS {
		if d := &n.PrivateDNS[i]; d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated && d.State != model.PrivateDNSTerminating {
			ids = append(ids, d.ID)
		}
	}
	if len(ids) != 1 {
		return safe.Text{}, false
	}
	return ids[0], true
}
