package file

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// coredns reads the server blocks of a Corefile that forward their zones:
//
//	corp.example.com example.net:53 {
//	    forward . 10.1.0.4 10.1.0.5
//	}
//
// Lines of import bring what a snippet of the text holds; those that name files bring what
// is not here, and that is said.
func (r *reader) coredns() {
	words := r.words(syntax{})
	snippets := snippetsOf(words)
	for i := 0; i < len(words); {
		open := blockOpens(words, i)
		switch {
		case open < 0 && words[i].is("import"):
			r.imported(words[i:nextLine(words, i)], snippets)
			i = nextLine(words, i)
			continue
		case open < 0:
			e := entry{from: words[i].from, to: lineEnd(words, i).to}
			e.failf("there is no { behind %s on its line; write: %s { forward . 10.1.0.4 }, each plugin on a line of its own", quoted(words[i].text), short(words[i].text))
			r.put(e)
			i = nextLine(words, i)
			continue
		}
		end := blockCloses(words, open)
		r.serverBlock(words[i:open], words[open+1:min(end, len(words))], end < len(words), snippets)
		i = end + 1
	}
	r.notePassed("plugin")
}

// snippetsOf gathers the blocks (name) { ... } of a Corefile by their names.
func snippetsOf(words []word) map[string][]word {
	out := map[string][]word{}
	for i := 0; i < len(words); {
		open := blockOpens(words, i)
		if open < 0 {
			i = nextLine(words, i)
			continue
		}
		end := blockCloses(words, open)
		if name := words[i].text; strings.HasPrefix(name, "(") && strings.HasSuffix(name, ")") {
			out[strings.Trim(name, "()")] = words[open+1 : min(end, len(words))]
		}
		i = end + 1
	}
	return out
}

// imported says of a line of import that its files were not read. A snippet that is
// brought in at the top is read where it stands: it may hold blocks of servers.
func (r *reader) imported(line []word, snippets map[string][]word) {
	if len(line) < 2 {
		return
	}
	if body, known := snippets[line[1].text]; known {
		for i := 0; i < len(body); {
			open := blockOpens(body, i)
			if open < 0 {
				i = nextLine(body, i)
				continue
			}
			end := blockCloses(body, open)
			r.serverBlock(body[i:open], body[open+1:min(end, len(body))], end < len(body), nil)
			i = end + 1
		}
		return
	}
	r.noteIncluded("import " + line[1].text)
}

// expanded replaces the lines import NAME of a block by the words of the snippet, with
// the arguments behind the name in the place of {args[0]}; the words keep their places in
// the text. What is brought in may bring in more.
func (r *reader) expanded(body []word, snippets map[string][]word, depth int) []word {
	var out []word
	for i := 0; i < len(body) && len(out) < maxImported; {
		end := nextLine(body, i)
		line := body[i:end]
		i = end
		name := importOf(line)
		snippet, known := snippets[name]
		switch {
		case name == "":
			out = append(out, line...)
		case known && depth < maxImports && r.broughtWords+len(snippet) > maxBrought:
			r.problemf("its snippets bring in more than %d words; write the blocks without them", maxBrought)
			return out
		case known && depth < maxImports:
			r.broughtWords += len(snippet)
			out = append(out, r.expanded(r.brings(snippet, line[2:min(len(line), 2+maxArguments)]), snippets, depth+1)...)
		default:
			r.noteIncluded("import " + name)
		}
	}
	return out[:min(len(out), maxImported)]
}

// brings returns the words of a snippet with arguments in their places, on lines of their
// own each time: lines part the plugins.
func (r *reader) brings(snippet, arguments []word) []word {
	r.brought++
	out := make([]word, len(snippet))
	for i, w := range snippet {
		w.line += r.brought * MaxBytes
		for n, a := range arguments {
			for _, form := range []string{"{args[%d]}", "{args.%d}"} {
				w.text = strings.ReplaceAll(w.text, fmt.Sprintf(form, n), a.text)
			}
		}
		out[i] = w
	}
	return out
}

// How deep snippets may bring each other in, and how many words may come of it.
const (
	maxImports   = 8
	maxImported  = 20_000  // in a block
	maxBrought   = 500_000 // in all
	maxArguments = 10
)

// importOf is what a line brings in; empty where it is no import.
func importOf(line []word) string {
	if len(line) > 1 && line[0].is("import") {
		return line[1].text
	}
	return ""
}

// blockOpens finds the brace behind the zones that begin at i: on their line, or on a
// later one when a comma stands before the line break.
func blockOpens(words []word, i int) int {
	for ; i < len(words); i++ {
		switch {
		case words[i].is("{"):
			return i
		case i+1 < len(words) && words[i+1].line != words[i].line && !strings.HasSuffix(words[i].text, ","):
			return -1
		}
	}
	return -1
}

// blockCloses finds the brace that closes the one at a place, or the end.
func blockCloses(words []word, open int) int {
	depth := 0
	for i := open; i < len(words); i++ {
		switch {
		case words[i].is("{"):
			depth++
		case words[i].is("}"):
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(words)
}

func nextLine(words []word, i int) int {
	for n := i; n < len(words); n++ {
		if words[n].line != words[i].line {
			return n
		}
	}
	return len(words)
}

func lineEnd(words []word, i int) word { return words[nextLine(words, i)-1] }

// serverBlock reads one block. Each forward in it is a mapping.
func (r *reader) serverBlock(keys, body []word, closed bool, snippets map[string][]word) {
	var whole entry
	if len(keys) == 0 {
		if len(body) > 0 {
			whole.from, whole.to = body[0].from, body[len(body)-1].to
		}
		whole.failf("there is no zone before the {; write the domains there")
		r.put(whole)
		return
	}
	whole.from, whole.to = keys[0].from, keys[len(keys)-1].to
	if strings.HasPrefix(keys[0].text, "(") {
		return // a snippet, which is read where it is brought in
	}
	if len(body) > 0 {
		whole.to = body[len(body)-1].to
	}
	if !closed {
		whole.failf("the { of line %d is not closed; write a } behind the block", keys[len(keys)-1].line)
		r.put(whole)
		return
	}
	body = r.expanded(body, snippets, 0)
	zones := whole.zones(keys)
	forwards := 0
	for i := 0; i < len(body); {
		end := nextLine(body, i)
		open := slices.IndexFunc(body[i:end], func(w word) bool { return w.is("{") })
		plugin, options := body[i:end], []word(nil)
		if open >= 0 {
			plugin, end = body[i:i+open], blockCloses(body, i+open)
			options = body[i+open+1 : end]
			end = min(len(body), end+1)
		}
		i = end
		if len(plugin) == 0 || !plugin[0].is("forward") && !plugin[0].is("proxy") && !plugin[0].is("fanout") {
			if len(plugin) > 0 {
				r.pass(plugin[0].text)
			}
			continue
		}
		forwards++
		e := whole
		e.notes = slices.Clone(whole.notes)
		e.forward(zones, plugin[1:], options)
		r.put(e)
	}
	if forwards == 0 {
		whole.failf("the block of %s has no forward, so CoreDNS answers there itself; a mapping has servers: forward . 10.1.0.4", quoted(keys[0].text))
		r.put(whole)
	}
}

// zones reads the zones of a block.
func (e *entry) zones(keys []word) []string {
	var zones []string
	for _, k := range keys {
		for zone := range strings.SplitSeq(k.text, ",") {
			if zone == "" {
				continue
			}
			for _, z := range e.zone(e.listener(zone)) {
				if !slices.Contains(zones, z) { // it may be asked for in several ways
					zones = append(zones, z)
				}
			}
		}
	}
	return zones
}

// zone makes domains of a zone, which CoreDNS also takes as a range of addresses.
func (e *entry) zone(zone string) []string {
	if strings.HasPrefix(zone, "{$") || strings.HasPrefix(zone, "{%") {
		e.failf("%s is a variable, whose value is not here; write the value itself", quoted(zone))
		return nil
	}
	if _, err := netip.ParsePrefix(zone); err != nil {
		return []string{zone}
	}
	inner := *e
	inner.domains = nil
	inner.reverse(zone)
	e.notes, e.problem = inner.notes, inner.problem
	return inner.domains
}

// listener takes the scheme and the port from a zone: they say how CoreDNS is asked.
func (e *entry) listener(zone string) string {
	if scheme, rest, ok := strings.Cut(zone, "://"); ok {
		zone = rest
		if scheme != "dns" {
			e.notef("CoreDNS listened with %s for %s, which was left out", short(scheme), short(rest))
		}
	}
	before, port, ok := strings.Cut(zone, ":")
	if !ok || strings.Contains(port, ":") {
		return zone
	}
	if port != "53" {
		e.notef("CoreDNS listened on port %s, which was left out", short(port))
	}
	return before
}

// forward reads: forward FROM TO..., and the options in its braces.
func (e *entry) forward(zones []string, words, options []word) {
	if len(words) == 0 {
		e.failf("forward stands alone; write: forward . 10.1.0.4")
		return
	}
	e.domains = zones
	if words[0].text != "." {
		e.domains = e.zone(words[0].text)
	}
	for _, w := range words[1:] {
		e.upstream(w.text)
	}
	var left []string
	for i := 0; i < len(options); i = nextLine(options, i) {
		name := options[i].text
		sequential := name == "policy" && i+1 < len(options) && options[i+1].text == "sequential"
		if !sequential && !slices.Contains(left, short(name)) && len(left) < 8 {
			left = append(left, short(name))
		}
	}
	if len(left) > 0 {
		e.notef("options of forward were left out: %s", strings.Join(left, ", "))
	}
}

// upstream reads one server of forward.
func (e *entry) upstream(text string) {
	scheme, address, found := strings.Cut(text, "://")
	switch {
	case !found:
		address = text
	case scheme != "dns":
		e.failf("%s is asked with %s; Konnect asks with plain DNS: give a server that answers that", quoted(address), short(scheme))
	}
	if strings.HasPrefix(address, "{$") || strings.HasPrefix(address, "{%") {
		e.failf("%s is a variable, whose value is not here; write the value itself", quoted(address))
	}
	if strings.HasPrefix(address, "/") {
		e.failf("%s is a file with the servers of a machine; write their addresses", quoted(address))
	}
	bare := strings.TrimSuffix(strings.TrimPrefix(address, "["), "]")
	if _, err := netip.ParseAddr(bare); err == nil {
		e.server(bare, "")
		return
	}
	if ap, err := netip.ParseAddrPort(address); err == nil {
		e.server(ap.Addr().String(), strings.TrimPrefix(address[strings.LastIndex(address, ":"):], ":"))
		return
	}
	if host, port, ok := strings.Cut(address, ":"); ok && port != "" && !strings.Contains(port, ":") {
		e.server(host, port)
		return
	}
	e.server(address, "")
}

func writeCoreDNS(w *writer) {
	w.head("#")
	for _, m := range w.mappings {
		w.line("")
		w.line(strings.Join(raws(m.Domains), ":53 ") + ":53 {")
		w.line("    forward . " + strings.Join(raws(m.Servers), " ") + " {")
		w.line("        policy sequential")
		w.line("    }")
		w.line("}")
	}
}
