package paths

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/safe"
)

// judging is what is made ready once for all hosts of a network: thousands of services share
// few rules, ranges and places.
type judging struct {
	Facts

	reach   reach
	tables  tables
	gateway Hop
	planes  map[safe.Text][]model.Prefix // addresses of data planes
	answers map[string][]Answer          // by the normal form of the name
	places  map[Destination]Place
}

func newJudging(f Facts) *judging {
	j := &judging{Facts: f, reach: newReach(f.Network), tables: newTables(f.Network), gateway: gatewayHop(f.Network), planes: planeSources(f.Network), answers: map[string][]Answer{}, places: map[Destination]Place{}}
	for _, a := range f.Answers {
		key := dnstable.NameOf(a.Name).ASCII
		j.answers[key] = append(j.answers[key], a)
	}
	return j
}

// tables are the rules of a network's mapping tables, and its private zones.
type tables struct {
	rules      []dnstrace.Rule
	matcher    dnstable.Matcher
	zones      []*model.PrivateDNSStatus // that are attached
	domains    []string                  // of the zones
	zone       dnstable.Matcher
	nameless   *model.PrivateDNSStatus // a zone whose domain Konnect does not tell; nil for none
	registered map[string]string       // a mapped domain of each registered one
	servers    []safe.Text             // that most rules name, for a rule that is offered
}

func newTables(n *model.NetworkStatus) tables {
	t := tables{rules: dnstrace.AllRules(n), registered: map[string]string{}}
	names := make([]string, len(t.rules))
	for i, r := range t.rules {
		names[i] = r.Domain.Raw()
		domain := dnstable.NameOf(r.Domain).ASCII
		// A rule for a zone of Azure's services says nothing of other names there.
		if of := near.Registered(domain); of != "" && t.registered[of] == "" && !privatelink.IsPrivate(domain) && !privatelink.OwnZone(domain) {
			t.registered[of] = domain
		}
	}
	t.matcher = dnstable.NewMatcher(names)
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i]
		switch domain := d.ZoneName(); {
		case !d.Kind.Zone(), d.State == model.PrivateDNSTerminated:
		case domain.IsEmpty():
			t.nameless = d
		default:
			t.zones, t.domains = append(t.zones, d), append(t.domains, domain.Raw())
		}
	}
	t.zone = dnstable.NewMatcher(t.domains)
	t.servers = t.usual(n)
	return t
}

// usual are the servers that most rules name together and that a peering leads to.
func (t tables) usual(n *model.NetworkStatus) []safe.Text {
	count, most := map[string]int{}, 0
	var best []safe.Text
	for _, r := range t.rules {
		if len(r.Servers) == 0 || dnstrace.PeeringTo(n, r.Servers[0]) == nil {
			continue
		}
		key := ""
		for _, s := range r.Servers {
			key += " " + s.Raw()
		}
		if count[key]++; count[key] > most {
			most, best = count[key], r.Servers
		}
	}
	return best
}

// find returns the rules that a name falls under, the winner first.
func (t tables) find(name dnstable.Name) []dnstrace.Rule {
	var out []dnstrace.Rule
	for _, i := range t.matcher.Match(name.ASCII) {
		out = append(out, t.rules[i])
	}
	return dnstrace.Ties(out)
}
