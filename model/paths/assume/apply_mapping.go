package assume

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// assumedID is that of an object that only the changes have.
const assumedID = "assumed"

// mapping changes a row of the network's resolver. The table of a peering cannot be changed:
// it is fixed when the peering is made.
func (w *world) mapping(c Change) *Refusal {
	if part := w.network.PrivateDNSRead; !part.Read() {
		r := refuse("The mapping tables of the network are not known, so what a mapping would change cannot be told.", "")
		if part.Failure != nil {
			r = refuse("The mapping tables of the network could not be read, so what a mapping would change cannot be told: "+part.Failure.Cause.String()+".", part.Failure.Cure)
		}
		return r
	}
	at, r := w.resolver(c)
	if r != nil {
		return r
	}
	d := &w.network.PrivateDNS[at]
	list, r := w.changeMappings(d.DNS, c, d.Name.Or(d.ID.Raw()).String())
	if r != nil {
		return r
	}
	if r := w.acceptable(d.ID, d.DNS, list); r != nil {
		return r
	}
	if d.DNS = list; len(list) == 0 && d.ID.Raw() == assumedID {
		w.network.PrivateDNS = without(w.network.PrivateDNS, at)
	}
	w.tables = true
	for i := range w.network.Peerings {
		w.stale[w.network.Peerings[i].ID] = true // which servers the tables name matters to them
	}
	return nil
}

// resolver finds the resolver that a change is about. A network without one gets one that
// only the changes have.
func (w *world) resolver(c Change) (int, *Refusal) {
	var list []named
	var places []int
	for i, d := range w.network.PrivateDNS {
		if d.Kind == model.KindAzureResolver && d.State != model.PrivateDNSTerminated && d.State != model.PrivateDNSTerminating {
			list, places = append(list, named{d.Name, d.ID}), append(places, i)
		}
	}
	switch typed := c.One(KeyResolver); {
	case !typed.IsEmpty():
		i, r := one("resolver", typed, list)
		if r != nil {
			return 0, r
		}
		return places[i], nil
	case len(list) == 1:
		return places[0], nil
	case len(list) > 1:
		var names []string
		for _, n := range list {
			names = append(names, n.name.Or(n.id.Raw()).String())
		}
		return 0, refuse("The network has several resolvers: "+phrase.And(names)+".", "Say which one is meant: resolver.")
	case c.Verb != Add:
		return 0, refuse("The network has no resolver, and the table of a peering is fixed when the peering is made.", "Only a new mapping can be assumed, in a new resolver.")
	}
	w.network.PrivateDNS = append(w.network.PrivateDNS, model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{
		ID: safe.New(assumedID), Name: safe.New("a new resolver"), Kind: model.KindAzureResolver, State: model.PrivateDNSReady,
	}})
	return len(w.network.PrivateDNS) - 1, nil
}

func (w *world) changeMappings(list []model.DNSMapping, c Change, resolver string) ([]model.DNSMapping, *Refusal) {
	domain := dnstable.NameOf(c.One(KeyDomain))
	row, at := -1, -1
	var domains []string
	for i, m := range list {
		for k, d := range m.Domains {
			domains = append(domains, d.String())
			if dnstable.NameOf(d).ASCII == domain.ASCII {
				row, at = i, k
			}
		}
	}
	switch {
	case c.Verb == Add && row >= 0:
		return nil, refuse("The domain "+c.One(KeyDomain).String()+" is mapped by "+resolver+" already, to "+phrase.List(list[row].Servers)+".", "Change that mapping.")
	case c.Verb != Add && row < 0:
		return nil, w.noMapping(c.One(KeyDomain), domain, domains, resolver)
	}
	out := slices.Clone(list)
	if row >= 0 { // the domain leaves the row that it shares with others
		m := out[row]
		if m.Domains = without(m.Domains, at); len(m.Domains) == 0 {
			out = without(out, row)
		} else {
			out[row] = m
		}
	}
	if c.Verb == Remove {
		return out, nil
	}
	typed := c.One(KeyDomain)
	if row >= 0 {
		typed = list[row].Domains[at]
	}
	m := model.DNSMapping{Domains: []safe.Text{typed}, Servers: slices.Clone(c.Values[KeyServers])}
	if row >= 0 {
		m.Extra = list[row].Extra
	}
	i := slices.IndexFunc(out, func(o model.DNSMapping) bool { return len(o.Domains) > 0 && o.Domains[0].Compare(typed) > 0 })
	if i < 0 {
		i = len(out)
	}
	return slices.Insert(out, i, m), nil
}

// noMapping refuses a domain that the resolver does not map.
func (w *world) noMapping(typed safe.Text, domain dnstable.Name, domains []string, resolver string) *Refusal {
	for _, p := range w.network.Peerings {
		for _, m := range p.DNS {
			if slices.ContainsFunc(m.Domains, func(d safe.Text) bool { return dnstable.NameOf(d).ASCII == domain.ASCII }) {
				return refuse("The domain "+typed.String()+" is mapped by the peering "+p.Name.String()+", whose table is fixed when the peering is made.", "A mapping of the resolver with the same domain can be added.")
			}
		}
	}
	text := "The resolver " + resolver + " maps no domain " + typed.Quoted() + "."
	if meant := near.Names(typed.Raw(), domains); len(meant) > 0 {
		return refuse(text, "Perhaps "+phrase.Or(meant)+" is meant.")
	}
	return refuse(text, "")
}

// acceptable refuses a table that has errors which were not there before, by the rules that
// the table itself has.
func (w *world) acceptable(id safe.Text, before, after []model.DNSMapping) *Refusal {
	problems := func(list []model.DNSMapping) (out []string) {
		rows := dnstable.NewDraft(dnstable.FromMappings(list)).Rows()
		for _, p := range dnstable.Check(rows, dnstable.SurroundingsOf(w.network, id)) {
			if p.Severity == dnstable.Error {
				out = append(out, strings.TrimSuffix(p.Text, ".")+" ("+p.Rule+")")
			}
		}
		return out
	}
	had := problems(before)
	fresh := slices.DeleteFunc(problems(after), func(p string) bool { return slices.Contains(had, p) })
	if len(fresh) == 0 {
		return nil
	}
	return refuse("Konnect would not be sent such a mapping: "+phrase.And(fresh)+".", "")
}
