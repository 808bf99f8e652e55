package file

import (
	"fmt"
	"slices"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// The names of Konnect's and Azure's documents.
const (
	nameServers = "remote_dns_server_ip_addresses"
	nameDomains = "domain_proxy_list"
	nameConfig  = "dns_config"
)

// document finds the table in a JSON or YAML document: alone, or within the object that
// Konnect, Azure or a set-up file keeps it in.
func (r *reader) document(root node) {
	wanted := r.out.Format
	if s, ok := foreign(root); ok {
		r.out.Format = s.format
		s.read(r, root)
		r.otherwise(wanted)
		return
	}
	n := root
	for range wrappers() {
		inner, found := unwrap(n)
		if !found {
			break
		}
		if name, first, second, twice := n.twice(); twice {
			r.problemf("%s stands twice at one place, in line %d and in line %d; readers keep one of them in silence: take one out", quoted(name), r.line(first), r.line(second))
			return
		}
		n = inner
	}
	r.shape(n)
	r.otherwise(wanted)
}

// otherwise says that a text was read as something else than was asked for.
func (r *reader) otherwise(wanted dnstable.Format) {
	if r.out.Problem == "" && wanted != r.out.Format && wanted != dnstable.FormatYAML {
		r.note(fmt.Sprintf("it has not the form %s and was read as %s", wanted, r.out.Format))
	}
}

// wrappers are the members within which a table stands, the outer ones first.
func wrappers() []string {
	return []string{"private_dns_attachment_config", nameConfig, "dns", "mappings", "value"}
}

// unwrap returns what a table stands in. A domain may have the same name: its value is
// an entry of a map.
func unwrap(n node) (node, bool) {
	for _, name := range wrappers() {
		if inner, ok := n.get(name); ok && !inner.has(nameServers) && inner.kind != kindText {
			return inner, true
		}
	}
	return node{}, false
}

func isEntry(n node, name string) bool {
	value, _ := n.get(name)
	return value.has(nameServers)
}

// shape reads a table by what it looks like.
func (r *reader) shape(n node) {
	switch {
	case n.kind == kindNull: // an empty table
	case n.has("terraform_version"):
		r.problemf("it is a state of Terraform, which is read by Terraform alone; list the rules with the command line of the cloud, as JSON, or export the table of the network")
	case n.kind == kindObject && rule(n):
		r.as(dnstable.FormatAzureRuleset)
		r.rules([]node{n})
	case n.kind == kindObject && n.has("data") && !isEntry(n, "data"):
		r.problemf("it is a page of a list, which may hold several tables; give the object of one resolver or peering alone")
	case n.kind == kindObject && (len(n.members) == 0 || slices.ContainsFunc(n.members, func(m member) bool { return m.value.has(nameServers) })):
		r.as(dnstable.FormatKonnectMap)
		r.konnectMap(n)
	case n.kind == kindList && anyItem(n, rule):
		r.as(dnstable.FormatAzureRuleset)
		r.rules(n.items)
	case n.kind == kindList && anyItem(n, func(i node) bool { return i.has("domains", "servers") }):
		r.as(dnstable.FormatYAML)
		r.list(n.items, "domains", "servers", true)
	case n.kind == kindList && (len(n.items) == 0 || anyItem(n, func(i node) bool { return i.has(nameDomains, nameServers) })):
		r.as(dnstable.FormatKonnectList)
		r.list(n.items, nameDomains, nameServers, false)
	default:
		r.problemf("there is no mapping table in it; it has neither %s (Konnect), nor domains and servers (a set-up file), nor targetDnsServers (Azure)", nameServers)
	}
}

// as says what a document was read as. One in YAML stays that.
func (r *reader) as(f dnstable.Format) {
	if r.out.Format != dnstable.FormatYAML {
		r.out.Format = f
	}
}

func anyItem(n node, f func(node) bool) bool { return slices.ContainsFunc(n.items, f) }

// konnectMap reads the map of a resolver. A domain that stands twice is refused both
// times: which of them was meant cannot be told.
func (r *reader) konnectMap(n node) {
	places := make(map[string][]int, len(n.members))
	for _, m := range n.members {
		places[m.name] = append(places[m.name], r.line(m.from))
	}
	for _, m := range n.members {
		e := entry{from: m.from, to: m.value.to, domains: []string{m.name}}
		if lines := places[m.name]; len(lines) > 1 {
			e.failf("the domain %s stands in line %d and in line %d; an object holds a name once, and readers keep one of them in silence: put the servers into one entry", quoted(m.name), lines[0], lines[1])
		}
		r.unique(&e, m.value)
		servers, ok := m.value.get(nameServers)
		if m.value.kind != kindObject || !ok {
			e.failf(`the entry of %s has no %s; write {"%s": ["10.1.0.4"]}`, quoted(m.name), nameServers, nameServers)
		}
		e.servers = e.words(servers, nameServers)
		e.extra = r.others(m.value, nameServers)
		r.put(e)
	}
}

// list reads a list of domains and servers. In a strict one, which people write, a
// name that is unknown refuses the entry; elsewhere it is left out.
func (r *reader) list(items []node, domains, servers string, strict bool) {
	for _, n := range items {
		e := entry{from: n.from, to: n.to}
		if n.kind != kindObject {
			e.failf("the entry is no group of %s and %s", domains, servers)
			r.put(e)
			continue
		}
		r.unique(&e, n)
		for _, m := range r.others(n, domains, servers) {
			if strict {
				e.failf("there is no key %s; there are %s and %s", quoted(m.Name.Raw()), domains, servers)
			}
			e.notef("the member %s was left out: a peering's table has no place for it", short(m.Name.Raw()))
		}
		for _, part := range []struct {
			name string
			into *[]string
		}{{domains, &e.domains}, {servers, &e.servers}} {
			if value, ok := n.get(part.name); ok {
				*part.into = e.words(value, part.name)
			} else {
				e.failf("it has no %s; write: %s, a list", part.name, part.name)
			}
		}
		r.put(e)
	}
}
