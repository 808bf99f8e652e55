package file

import (
	"strings"
)

// cluster reports whether a document is one of a Kubernetes cluster that may hold
// mappings: a ConfigMap, a list of them, the DNS of OpenShift's operator, or stub domains
// alone.
func cluster(n node) bool {
	switch kind := n.textOf("kind"); {
	case n.kind == kindList:
		return len(n.items) > 0 && anyItem(n, func(i node) bool { return i.textOf("kind") != "" && cluster(i) })
	case kind == "ConfigMap", kind == "List", kind == "ConfigMapList", kind == "DNS" && n.has("spec"):
		return true
	case n.has("stubDomains"):
		return true
	default:
		return stubMap(n)
	}
}

// stubMap reports whether each member of an object is a list of texts, as stub domains are.
func stubMap(n node) bool {
	for _, m := range n.members {
		if m.value.kind != kindList || len(m.value.items) == 0 || anyItem(m.value, func(i node) bool { return i.kind != kindText }) || !dotted(m.name) {
			return false
		}
	}
	return len(n.members) > 0
}

func dotted(name string) bool {
	return strings.Contains(strings.Trim(name, "."), ".") && !strings.ContainsAny(name, " /:")
}

// kubernetes reads what a cluster's DNS forwards.
func (r *reader) kubernetes(n node) {
	switch kind := n.textOf("kind"); {
	case n.kind == kindList:
		r.objects(n.items)
	case kind == "List" || kind == "ConfigMapList":
		items, _ := n.get("items")
		r.objects(items.items)
	case kind == "ConfigMap":
		r.configMap(n)
	case kind == "DNS" && n.has("spec"):
		spec, _ := n.get("spec")
		servers, _ := spec.get("servers")
		r.forwardPlugins(servers.items)
	case n.has("stubDomains"):
		r.stubDomains(n)
	default:
		r.stubs(n)
	}
	r.notePassed("part")
}

func (r *reader) objects(items []node) {
	for _, i := range items {
		if kind := i.textOf("kind"); kind == "ConfigMap" || kind == "DNS" {
			r.kubernetes(i)
		} else {
			r.pass("an object of the kind " + kind)
		}
	}
}

// configMap reads the keys of a ConfigMap that DNS programs of a cluster read: stubDomains
// of kube-dns, Corefile of CoreDNS, and the files of servers that are added to it.
func (r *reader) configMap(n node) {
	name := "the ConfigMap"
	if meta, ok := n.get("metadata"); ok && meta.textOf("name") != "" {
		name += " " + short(meta.textOf("name"))
	}
	data, _ := n.get("data")
	for _, m := range data.members {
		switch {
		case m.name == "stubDomains":
			r.embedded(m.value, name, func(inner *reader) {
				root, at, problem := parseJSON(inner.text)
				if problem != "" {
					inner.problemf("line %d of stubDomains: %s", inner.line(min(at, len(inner.text))), problem)
					return
				}
				inner.stubs(root)
			})
		case m.name == "Corefile" || strings.HasSuffix(m.name, ".server"):
			r.embedded(m.value, name, (*reader).coredns)
		case strings.HasSuffix(m.name, ".override"):
			r.embedded(m.value, name, (*reader).overrides)
		case m.name == "upstreamNameservers":
			e := entry{from: m.from, to: m.value.to}
			e.failf("upstreamNameservers are asked for all other names; a mapping has a domain: name it beside them in stubDomains")
			r.put(e)
		default:
			r.pass(m.name + " of " + name)
		}
	}
	if len(data.members) == 0 {
		r.noteOnce(name + " has no data")
	}
}

// embedded reads a text that stands as a value in a document.
func (r *reader) embedded(n node, name string, read func(*reader)) {
	inner := newReader(r.out.Format, n.text)
	read(inner)
	base := r.line(n.from)
	for _, l := range inner.out.Lines {
		if l.Column = 0; n.block {
			l.Line = min(base+l.Line, len(r.starts))
		} else {
			l.Line = base
		}
		r.out.Lines = append(r.out.Lines, l)
	}
	for _, note := range inner.out.Notes {
		r.noteOnce(name + ": " + note)
	}
	if inner.out.Problem != "" {
		e := entry{from: n.from, to: n.to}
		e.failf("%s", inner.out.Problem)
		r.put(e)
	}
}

// stubDomains reads the member stubDomains of a document: an object, or a text that holds
// one as JSON.
func (r *reader) stubDomains(n node) {
	value, _ := n.get("stubDomains")
	if value.kind == kindText {
		r.configMap(node{members: []member{{name: "data", value: node{kind: kindObject, members: []member{{name: "stubDomains", from: value.from, value: value}}}}}})
		return
	}
	r.stubs(value)
}

// stubs reads the object of domains and servers.
func (r *reader) stubs(n node) {
	if n.kind != kindObject {
		r.problemf(`stubDomains is no object of domains and servers; write {"corp.example.com": ["10.1.0.4"]}`)
		return
	}
	if name, first, second, twice := n.twice(); twice {
		r.problemf("%s stands twice in stubDomains, in line %d and in line %d; readers keep one of them in silence: put the servers into one entry", quoted(name), r.line(first), r.line(second))
		return
	}
	for _, m := range n.members {
		e := entry{from: m.from, to: m.value.to, domains: []string{undot(m.name)}}
		for _, s := range e.words(m.value, "the entry of "+short(m.name)) {
			e.upstream(s)
		}
		r.put(e)
	}
}

// forwardPlugins reads the servers of OpenShift's DNS operator.
func (r *reader) forwardPlugins(servers []node) {
	for _, s := range servers {
		e := entry{from: s.from, to: s.to}
		for _, z := range e.listOf(s, "zones") {
			e.domains = append(e.domains, undot(z))
		}
		plugin, _ := s.get("forwardPlugin")
		for _, u := range e.listOf(plugin, "upstreams") {
			e.upstream(u)
		}
		if transport, ok := plugin.get("transportConfig"); ok && strings.EqualFold(transport.textOf("transport"), "TLS") {
			e.failf("its upstreams are asked with TLS; Konnect asks with plain DNS: give servers that answer that")
		}
		r.put(e)
	}
}

// overrides reads plugins that are put into the block of all other names.
func (r *reader) overrides() {
	words := r.words(syntax{})
	for i := 0; i < len(words); i = nextLine(words, i) {
		if words[i].is("forward") || words[i].is("proxy") {
			e := entry{from: words[i].from, to: lineEnd(words, i).to}
			if i+1 < len(words) && words[i+1].line == words[i].line && words[i+1].text != "." {
				end := nextLine(words, i)
				e.forward(nil, words[i+1:end], nil)
			} else {
				e.failf("it is for all other names of the cluster; a mapping has a domain: name it, as in: forward corp.example.com 10.1.0.4")
			}
			r.put(e)
			continue
		}
		if words[i].text != "}" {
			r.pass(words[i].text)
		}
	}
	r.notePassed("plugin")
}

// chartServer reports a server in the values of CoreDNS's Helm chart.
func chartServer(n node) bool { return n.has("zones") && n.has("plugins") }

// chart reads the values of CoreDNS's Helm chart, whose plugins have their words as a text.
func (r *reader) chart(root node) {
	for _, n := range find(root, chartServer) {
		whole := entry{from: n.from, to: n.to}
		var zones []string
		list, _ := n.get("zones")
		for _, z := range list.items {
			if zone := z.textOf("zone"); zone != "" {
				zones = append(zones, undot(zone))
			}
		}
		plugins, _ := n.get("plugins")
		for _, p := range plugins.items {
			if name := p.textOf("name"); name != "forward" {
				r.pass(name)
				continue
			}
			e := whole
			inner := newReader(r.out.Format, p.textOf("parameters"))
			e.forward(zones, inner.words(syntax{}), nil)
			if block := p.textOf("configBlock"); block != "" {
				e.notef("options of forward were left out")
			}
			r.put(e)
		}
	}
	r.notePassed("plugin")
}
