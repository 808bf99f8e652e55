package file

import (
	"net/netip"
	"slices"
	"strings"
)

// coredns reads the server blocks of a Corefile that forward their zones:
//
//	corp.example.com example.net:53 {
//	    forward . 10.1.0.4 10.1.0.5
//	}
func (r *reader) coredns() {
	words := r.words(syntax{})
	for i := 0; i < len(words); {
		open := blockOpens(words, i)
		if open < 0 {
			e := entry{from: words[i].from, to: lineEnd(words, i).to}
			e.failf("there is no { behind %s on its line; write: %s { forward . 10.1.0.4 }, each plugin on a line of its own", quoted(words[i].text), short(words[i].text))
			r.put(e)
			i = nextLine(words, i)
			continue
		}
		end := blockCloses(words, open)
		r.serverBlock(words[i:open], words[open+1:min(end, len(words))], end < len(words))
		i = end + 1
	}
	r.notePassed("plugins and blocks without a counterpart")
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
func (r *reader) serverBlock(keys, body []word, closed bool) {
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
		r.pass("the snippet " + keys[0].text)
		return
	}
	if len(body) > 0 {
		whole.to = body[len(body)-1].to
	}
	if !closed {
		whole.failf("the { of line %d is not closed; write a } behind the block", keys[len(keys)-1].line)
		r.put(whole)
		return
	}
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
		if len(plugin) == 0 || !plugin[0].is("forward") {
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
			if zone != "" {
				zones = append(zones, e.listener(zone))
			}
		}
	}
	return zones
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
		e.domains = []string{words[0].text}
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
