package file

import (
	"regexp"
	"strings"
)

// powerdns reads the forward zones of PowerDNS Recursor: its old settings, the file that
// forward-zones-file names, and its YAML.
func (r *reader) powerdns() {
	yaml := regexp.MustCompile(`(?m)^\s*(forward_zones(_recurse)?|recursor):|^\s*-\s+(zone|forwarders):|^\s*\w+:\s*$`)
	if yaml.MatchString(r.text) {
		r.yaml()
		return
	}
	for _, s := range r.settings() {
		name := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(s.name), "+"))
		name = strings.TrimPrefix(name, "--")
		switch {
		case name == "forward-zones" || name == "forward-zones-recurse":
			for pair := range strings.SplitSeq(s.value, ",") {
				if pair = strings.TrimSpace(pair); pair != "" {
					zone, servers, _ := strings.Cut(pair, "=")
					r.powerdnsZone(entry{from: s.from, to: s.to}, zone, servers, ";", name == "forward-zones-recurse")
				}
			}
		case name == "forward-zones-file":
			r.noteIncluded(name)
		case !s.unreadable && zoneLine(s):
			r.powerdnsZone(entry{from: s.from, to: s.to}, strings.TrimLeft(s.name, "+^"), s.value, ",;", strings.HasPrefix(s.name, "+"))
		case s.unreadable:
			r.refuseSetting(s, "forward-zones=corp.example.com=10.1.0.4;10.1.0.5")
		default:
			r.pass(s.name)
		}
	}
	r.notePassed("setting")
}

// zoneLine reports a line of a forward-zones-file: a name with dots, and addresses.
func zoneLine(s setting) bool {
	first, _, _ := strings.Cut(s.value, ",")
	first, _, _ = strings.Cut(first, ";")
	bare := strings.TrimLeft(s.name, "+^")
	return (strings.Contains(bare, ".") || s.name != bare) && (address(strings.TrimSpace(first)) || addressPort(strings.TrimSpace(first)))
}

func (r *reader) powerdnsZone(e entry, zone, servers, parts string, recurse bool) {
	zone = strings.TrimSpace(zone)
	if recurse = recurse || strings.HasPrefix(zone, "+"); !recurse {
		e.notef(stubNote)
	}
	e.domains = []string{undot(strings.TrimLeft(zone, "+^"))}
	for _, s := range strings.FieldsFunc(servers, func(c rune) bool { return c == ' ' || c == '\t' || strings.ContainsRune(parts, c) }) {
		e.upstream(s)
	}
	r.put(e)
}

// powerdnsDocument reads the YAML of newer versions.
func (r *reader) powerdnsDocument(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("zone") && n.has("forwarders") }) {
		e := entry{from: n.from, to: n.to, domains: []string{undot(n.textOf("zone"))}}
		r.unique(&e, n)
		for _, s := range e.listOf(n, "forwarders") {
			e.upstream(s)
		}
		if recurse := n.textOf("recurse"); recurse != "" && !strings.EqualFold(recurse, "true") {
			e.notef(stubNote)
		}
		r.put(e)
	}
	for _, n := range find(root, func(n node) bool { return n.has("forward_zones_file") }) {
		if n.textOf("forward_zones_file") != "" {
			r.noteIncluded("forward_zones_file")
		}
	}
}
