package file

import (
	"regexp"
	"strings"
)

// knot reads the rules policy.FORWARD and policy.STUB of Knot Resolver's Lua, and the list
// forward of its YAML.
func (r *reader) knot() {
	if !strings.Contains(r.text, "policy.") {
		r.yaml()
		return
	}
	action := regexp.MustCompile(`policy\.([A-Z_]+)\s*\(`)
	quotes := regexp.MustCompile(`'([^'\n]*)'|"([^"\n]*)"`)
	code := luaCode(r.text)
	for at := 0; ; {
		i := strings.Index(code[at:], "policy.add(")
		if i < 0 {
			return
		}
		from := at + i
		to := closing(code, from+len("policy.add"))
		rule := r.text[from:to]
		at = to
		e := entry{from: from, to: to}
		kind := action.FindStringSubmatchIndex(code[from:to])
		switch {
		case kind == nil:
			r.pass("a policy that does not forward")
			continue
		case rule[kind[2]:kind[3]] == "TLS_FORWARD":
			e.failf("its servers are asked with TLS; Konnect asks with plain DNS: give servers that answer that")
		case rule[kind[2]:kind[3]] == "STUB":
			e.notef(stubNote)
		case rule[kind[2]:kind[3]] != "FORWARD":
			r.pass("policy." + rule[kind[2]:kind[3]])
			continue
		}
		end := closing(rule, kind[1]-1)
		for _, q := range quotes.FindAllStringSubmatch(rule[kind[1]:end], -1) {
			e.knotServer(q[1] + q[2])
		}
		for _, q := range quotes.FindAllStringSubmatch(rule[end:], -1) {
			e.domains = append(e.domains, undot(knotName(q[1]+q[2])))
		}
		if len(e.domains) == 0 {
			e.failf("it names no domain, so it is for all other names, or for those of a variable; a mapping has one: policy.add(policy.suffix(policy.FORWARD('10.1.0.4'), policy.todnames({'corp.example.com'})))")
		}
		r.put(e)
	}
}

// luaCode is a Lua text with its remarks blanked out, in the same length.
func luaCode(text string) string {
	return regexp.MustCompile(`--[^\n]*`).ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat(" ", len(s)) })
}

// closing returns where the bracket closes that opens at a place, or the end.
func closing(text string, open int) int {
	depth := 0
	for i := open; i < len(text); i++ {
		switch text[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(text)
}

// knotName reads a name in the form of the wire, \4corp\7example, which older files have.
func knotName(text string) string {
	if !strings.HasPrefix(text, `\`) {
		return text
	}
	return strings.Trim(regexp.MustCompile(`\\\d{1,3}`).ReplaceAllString(text, "."), ".")
}

// knotServer reads address@port.
func (e *entry) knotServer(text string) {
	bare, port, _ := strings.Cut(text, "@")
	e.server(bare, port)
}

// knotDocument reads the YAML of newer versions.
func (r *reader) knotDocument(root node) {
	for _, n := range find(root, func(n node) bool { return n.has("subtree") && n.has("servers") }) {
		e := entry{from: n.from, to: n.to}
		for _, d := range e.listOf(n, "subtree") {
			e.domains = append(e.domains, undot(d))
		}
		servers, _ := n.get("servers")
		for _, s := range append(servers.items, single(servers)...) {
			if s.kind == kindText {
				e.knotServer(s.text)
				continue
			}
			if transport := s.textOf("transport"); transport != "" && !strings.EqualFold(transport, "plain") {
				e.failf("its servers are asked with %s; Konnect asks with plain DNS: give servers that answer that", short(transport))
			}
			for _, a := range e.listOf(s, "address") {
				e.knotServer(a)
			}
		}
		if options, ok := n.get("options"); ok && options.textOf("authoritative") == "true" {
			e.notef(stubNote)
		}
		r.put(e)
	}
}

// single is a list of a value that stands where a list may.
func single(n node) []node {
	if n.kind == kindText {
		return []node{n}
	}
	return nil
}
