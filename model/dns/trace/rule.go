package trace

import (
	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Origin is the sort of table that a rule stands in.
type Origin string

// The origins.
const (
	OriginResolver Origin = "resolver" // can be edited
	OriginPeering  Origin = "peering"  // was made with the peering, never changes
)

// Rule is a row of a mapping table that a name falls under.
type Rule struct {
	Domain  safe.Text // as it stands in the table
	Servers []safe.Text
	Origin  Origin
	From    safe.Text // the name of the resolver or the peering
	FromID  safe.Text
	// Tie: a rule before this one has the same domain in another table. Which of the two
	// Konnect takes is not documented.
	Tie bool
}

// RulesFor returns the rules of a network that a name falls under: the longest domain
// first, and of equal ones the resolver's before a peering's.
func RulesFor(name dnstable.Name, n *model.NetworkStatus) []Rule {
	all := AllRules(n)
	domains := make([]string, len(all))
	for i, r := range all {
		domains[i] = r.Domain.Raw()
	}
	var out []Rule
	for _, at := range dnstable.NewMatcher(domains).Match(name.ASCII) {
		out = append(out, all[at])
	}
	return Ties(out)
}

// Ties marks among the rules that a name falls under, the winner first, those that stand
// behind one of the same domain.
func Ties(rules []Rule) []Rule {
	for i := 1; i < len(rules); i++ {
		rules[i].Tie = dnstable.NameOf(rules[i-1].Domain).ASCII == dnstable.NameOf(rules[i].Domain).ASCII
	}
	return rules
}

// AllRules returns every rule of a network: those of its resolvers, then those of its
// peerings.
func AllRules(n *model.NetworkStatus) []Rule {
	var out []Rule
	add := func(mappings []model.DNSMapping, origin Origin, from, id safe.Text) {
		for _, m := range mappings {
			for _, d := range m.Domains {
				out = append(out, Rule{Domain: d, Servers: m.Servers, Origin: origin, From: from.Or(id.Raw()), FromID: id})
			}
		}
	}
	for _, d := range n.PrivateDNS {
		if d.State != model.PrivateDNSTerminated {
			add(d.DNS, OriginResolver, d.Name, d.ID)
		}
	}
	for _, p := range n.Peerings {
		if p.State != model.PeeringTerminated {
			add(p.DNS, OriginPeering, p.Name, p.ID)
		}
	}
	return out
}
