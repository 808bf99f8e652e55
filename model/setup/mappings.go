package setup

import (
	"fmt"
	"slices"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// maxTargets is how many servers one forwarding rule of Azure holds. Konnect
// states no limit of its own.
const maxTargets = 6

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

// mappings checks each mapping, and each domain against those before it.
func (p *problems) mappings(r Request) {
	seen := map[string]string{} // the servers of each domain
	for i, m := range r.Mappings {
		at := mappingProblems{index: i}
		servers := at.servers(m.Servers)
		at.domains(m.Domains, r.DNS, servers, seen)
		p.list = append(p.list, at.list...)
	}
}

// mappingProblems gathers the problems of one mapping.
type mappingProblems struct {
	problems

	index int
}

func (p *mappingProblems) addf(fatal bool, format string, args ...any) {
	p.list = append(p.list, Problem{Field: FieldMappings, Index: p.index, Fatal: fatal, Text: fmt.Sprintf(format, args...)})
}

// servers checks the servers and returns the good ones, in their order.
func (p *mappingProblems) servers(texts []safe.Text) []string {
	var good []string
	for _, t := range texts {
		address, problem := model.DNSServer(t.Raw())
		if problem != "" {
			p.addf(address == "", "%s", problem)
		}
		if address == "" {
			continue
		}
		if slices.Contains(good, address) {
			p.addf(false, "the server %s is listed twice; once is enough", address)
			continue
		}
		good = append(good, address)
	}
	switch {
	case len(texts) == 0:
		p.addf(true, "mapping %d has no server; give the address of at least one, such as 10.1.0.4", p.index+1)
	case len(texts) == 1 && len(good) == 1:
		p.addf(false, "mapping %d has %s alone: if it is down, its domains are down; a second server is a spare", p.index+1, good[0])
	case len(good) > maxTargets:
		p.addf(false, "mapping %d has %d servers; Azure's forwarding rules hold %d", p.index+1, len(good), maxTargets)
	}
	return good
}

// domains checks the domains. A resolver holds one list of servers for a domain; a
// peering's own table is a list, where the same domain may stand twice.
func (p *mappingProblems) domains(texts []safe.Text, mode DNSMode, servers []string, seen map[string]string) {
	if len(texts) == 0 {
		p.addf(true, "mapping %d has no domain; give at least one, such as corp.example.com", p.index+1)
	}
	now := strings.Join(servers, ", ")
	for _, t := range texts {
		name, problem := model.DomainName(t.Raw())
		if problem != "" {
			p.addf(true, "%s", problem)
			continue
		}
		if !model.IsASCII(t.Raw()) {
			p.addf(false, "%s is asked for as %s; check that this is the name you mean", t.Quoted(), name)
		}
		before, twice := seen[name]
		switch {
		case !twice:
			seen[name] = now
		case before == now:
			p.addf(false, "the domain %s is listed twice with the same servers; once is enough", name)
		case mode == DNSResolver:
			p.addf(true, "the domain %s is listed with %s and with %s; a resolver keeps one list for a domain: put all its servers into one mapping", name, listOrNone(before), listOrNone(now))
		default:
			p.addf(false, "the domain %s is listed with %s and with %s; which list wins is not documented: put all its servers into one mapping", name, listOrNone(before), listOrNone(now))
		}
	}
}

func listOrNone(s string) string {
	if s == "" {
		return "no server"
	}
	return s
}
