package file

import (
	"slices"
	"strings"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
)

// shape is a form of documents that is not Konnect's or Azure's: how it is told, and who
// reads it.
type shape struct {
	format dnstable.Format
	is     func(n node) bool // of the document, or of a value anywhere in it
	deep   bool              // it may stand anywhere
	read   func(r *reader, root node)
}

func shapes() []shape {
	return []shape{
		{dnstable.FormatKubernetes, cluster, false, (*reader).kubernetes},
		{dnstable.FormatKubernetes, chartServer, true, (*reader).chart},
		{dnstable.FormatBlocky, conditional, true, (*reader).blocky},
		{dnstable.FormatAdGuard, func(n node) bool { return n.has("upstream_dns") }, true, (*reader).adguardDocument},
		{dnstable.FormatPowerDNS, func(n node) bool {
			return n.has("forward_zones", "forward_zones_recurse") || n.has("zone") && n.has("forwarders")
		}, true, (*reader).powerdnsDocument},
		{dnstable.FormatKnot, func(n node) bool { return n.has("subtree") && n.has("servers") }, true, (*reader).knotDocument},
		{dnstable.FormatTechnitium, forwarderRecord, true, (*reader).technitiumDocument},
		{dnstable.FormatAWS, func(n node) bool { return n.has("TargetIps") || n.has("RuleType") && n.has("DomainName") }, true, (*reader).aws},
		{dnstable.FormatGCP, func(n node) bool { return n.has("forwardingConfig") || n.has("dnsName") && n.has("visibility") }, true, (*reader).gcp},
		{dnstable.FormatOCI, func(n node) bool { return n.has("qname-cover-conditions", "qnameCoverConditions") }, true, (*reader).oci},
		{dnstable.FormatWindows, windowsObject, true, (*reader).windowsDocument},
	}
}

// foreign finds the shape of a document that is not Konnect's or Azure's.
func foreign(root node) (shape, bool) {
	for _, s := range shapes() {
		if s.is(root) || s.deep && len(find(root, s.is)) > 0 {
			return s, true
		}
	}
	return shape{}, false
}

// shapeOf tells the format of a document, and whether it has the signs of one.
func shapeOf(root node) (f dnstable.Format, certain bool) {
	if s, ok := foreign(root); ok {
		return s.format, true
	}
	n := root
	for range wrappers() {
		inner, found := unwrap(n)
		if !found {
			break
		}
		n = inner
	}
	switch {
	case n.kind == kindObject && rule(n), n.kind == kindList && anyItem(n, rule):
		return dnstable.FormatAzureRuleset, true
	case anyItem(n, func(i node) bool { return i.has("domains", "servers") }):
		return dnstable.FormatYAML, true
	case anyItem(n, func(i node) bool { return i.has(nameDomains, nameServers) }):
		return dnstable.FormatKonnectList, true
	case slices.ContainsFunc(n.members, func(m member) bool { return m.value.has(nameServers) }):
		return dnstable.FormatKonnectMap, true
	case n.kind == kindList:
		return dnstable.FormatKonnectList, false
	default:
		return dnstable.FormatKonnectMap, false
	}
}

// find returns the values of a document that are of some kind, in their order. What stands
// in one of them is not looked at.
func find(n node, is func(node) bool) []node {
	if is(n) {
		return []node{n}
	}
	var out []node
	for _, i := range n.items {
		out = append(out, find(i, is)...)
	}
	for _, m := range n.members {
		out = append(out, find(m.value, is)...)
	}
	return out
}

// tree reads a document, as JSON or as YAML.
func (r *reader) tree() {
	if bracketed(r.text) {
		r.json()
		return
	}
	r.yaml()
}

// textOf returns the text of a member, empty when there is none.
func (n node) textOf(name string) string {
	value, _ := n.get(name)
	return value.text
}

// listOf returns the texts of a member: of a list, or a single one. What is no text
// refuses the entry.
func (e *entry) listOf(n node, name string) []string {
	value, ok := n.get(name)
	switch {
	case !ok || value.kind == kindNull:
		return nil
	case value.kind == kindText:
		return []string{value.text}
	default:
		return e.words(value, name)
	}
}

// undot takes the dot at the end of a domain away, as programs write it, but for the root.
func undot(domain string) string {
	if bare := strings.TrimSuffix(domain, "."); strings.Trim(bare, ".") != "" {
		return bare
	}
	return domain
}
