package setup

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// mode checks where the mappings go, and whether there are any.
func (p *problems) mode(r Request) {
	switch {
	case !slices.Contains(DNSModes(), r.DNS):
		p.fatalf(FieldDNSMode, "there is no DNS mode %s; there are resolver, peering and none", safe.New(string(r.DNS)).Quoted())
	case r.DNS == DNSNone && len(r.Mappings) > 0:
		p.fatalf(FieldDNSMode, "the mode is none, and there are %d mappings; choose resolver or peering, or take them out", len(r.Mappings))
	case r.DNS != DNSNone && len(r.Mappings) == 0:
		p.fatalf(FieldMappings, "the mode is %s, and there is no mapping; add one, or choose the mode none", r.DNS)
	}
}

// rows are the rows that the mappings come to, and the mapping that each of them is of.
// A mapping without a domain has a row without one, so that the rules see it.
func (r Request) rows() (rows []dnstable.Row, of []int) {
	for i, m := range r.Mappings {
		domains := m.Domains
		if len(domains) == 0 {
			domains = []safe.Text{{}}
		}
		for _, d := range domains {
			rows = append(rows, dnstable.Row{ID: dnstable.RowID(len(rows) + 1), Key: d, Servers: m.Servers})
			of = append(of, i)
		}
	}
	return rows, of
}

// mappings asks the rules of the mapping table. The overlap of the VNET with the network
// (T01) is a matter of the peering itself and found with it; what other peerings do among
// each other is none of this request's.
func (p *problems) mappings(r Request, around dnstable.Surroundings) {
	rows, of := r.rows()
	if len(rows) == 0 {
		return // no rule has anything to look at
	}
	seen := map[said]int{}
	for _, found := range dnstable.Check(rows, around) {
		out := Problem{Field: FieldMappings, Index: -1, Severity: found.Severity, Rule: found.Rule, Text: found.Text}
		if found.Row == 0 {
			if found.Rule == "D29" {
				p.list = append(p.list, out)
			}
			continue
		}
		out.Index = of[found.Row-1]
		key := said{out.Index, found.Rule, found.Server, found.Severity, found.Text}
		if strings.HasPrefix(found.Rule, "S") { // all domains of a mapping have its servers
			key.text = ""
		}
		if i, again := seen[key]; !again {
			seen[key] = len(p.list)
			p.list = append(p.list, out)
		} else if p.list[i].Text != found.Text {
			p.list[i].more++
		}
	}
}

// said is what is told once of a mapping, however many domains it has.
type said struct {
	index    int
	rule     string
	server   int
	severity dnstable.Severity
	text     string
}

// Sentence is the text of the problem, with the rule that found it behind.
func (p Problem) Sentence() string {
	text := p.Text
	if p.more > 0 {
		text += fmt.Sprintf(" The same for %d more of its domains.", p.more)
	}
	if p.Rule != "" {
		text += " (" + p.Rule + ")"
	}
	return text
}

// Unchecked lists the rules of the mapping table that could not look at the request's
// mappings with what is known around them.
func (r Request) Unchecked(around dnstable.Surroundings) []dnstable.NotChecked {
	rows, _ := r.rows()
	return slices.DeleteFunc(dnstable.Unchecked(rows, around), func(n dnstable.NotChecked) bool { return n.Rule == "T01" })
}

// Around is what is known beside the mappings of the request: the network as it was read
// last, nil for nothing, and the VNET that is to be peered, nil while it was not read.
// What the request itself has brought about before is no other table.
func (r Request) Around(n *model.NetworkStatus, v *model.VNet) dnstable.Surroundings {
	ours := dnstable.NearVNet{Name: r.VNet.Name, Peering: r.Peering}
	var s dnstable.Surroundings
	if n != nil {
		others := *n
		others.Peerings = nil
		for i := range n.Peerings {
			p := &n.Peerings[i]
			switch half := p.Azure.VNet; {
			case p.EndKey() != r.EndKey():
				others.Peerings = append(others.Peerings, *p)
			case v == nil && p.Azure.Status != model.HalfNoVNet && len(half.AddressPrefixes) > 0:
				v = &half
			}
		}
		s = dnstable.SurroundingsOf(&others, r.resolver(n))
		s.Resolver = nil // a run waits for it
	}
	if v != nil && len(v.AddressPrefixes) > 0 {
		ours.Name, ours.Prefixes, ours.Subnets, ours.Read = v.Name, v.AddressPrefixes, v.Subnets, true
	}
	if !ours.Name.IsEmpty() {
		s.VNets = append([]dnstable.NearVNet{ours}, s.VNets...)
	}
	if r.DNS == DNSPeering {
		s.Own = r.Peering.Or("this peering")
	}
	return s
}

// resolver is the id of the outbound resolver that the mappings go into, as a run chooses
// it: the first by name. It is empty when there is none, or they go elsewhere.
func (r Request) resolver(n *model.NetworkStatus) safe.Text {
	var first *model.PrivateDNS
	for i := range n.PrivateDNS {
		d := &n.PrivateDNS[i].PrivateDNS
		if r.DNS != DNSResolver || d.Kind != model.KindAzureResolver || d.State == model.PrivateDNSTerminated || d.State == model.PrivateDNSTerminating {
			continue
		}
		if first == nil || d.Name.Compare(first.Name) < 0 {
			first = d
		}
	}
	if first == nil {
		return safe.Text{}
	}
	return first.ID
}
