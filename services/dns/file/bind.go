package file

import (
	"strings"
)

// bind reads the zones of type forward of a BIND configuration:
//
//	zone "corp.example.com" { type forward; forward only; forwarders { 10.1.0.4; 10.1.0.5 port 53; }; };
func (r *reader) bind() {
	if zoneFile(r.text) {
		r.problemf("it is a zone file, which holds the records of a zone; mappings say which servers are asked: read named.conf with its forward zones, or write lines such as: corp.example.com -> 10.1.0.4")
		return
	}
	p := bindParser{reader: r, words: r.words(syntax{marks: "{};", slashes: true})}
	for p.at < len(p.words) {
		p.statements(p.list(0, false))
		p.at++ // a } too many
	}
	r.notePassed("statement")
}

// zoneFile reports whether a text is a zone file. It has a directive or a record SOA.
func zoneFile(text string) bool {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		switch {
		case len(fields) > 1 && (fields[0] == "$ORIGIN" || fields[0] == "$TTL"):
			return true
		case len(fields) > 4:
			for i, f := range fields[:4] {
				if i > 0 && strings.EqualFold(f, "SOA") {
					return true
				}
			}
		}
	}
	return false
}

// maxBlocks is how deep braces may stand within each other; zones need three.
const maxBlocks = 20

// statement is words up to a semicolon, with a block of statements or without one.
type statement struct {
	head    []word
	block   bool
	body    []statement
	to      int
	problem string
}

func (s statement) is(name string) bool { return len(s.head) > 0 && s.head[0].is(name) }

type bindParser struct {
	*reader

	words []word
	at    int
}

// list reads statements up to a closing brace, which it leaves, or up to the end.
// Within a zone another zone begins only where the first was not closed.
func (p *bindParser) list(depth int, inZone bool) []statement {
	var out []statement
	for p.at < len(p.words) && !p.words[p.at].is("}") {
		if inZone && p.words[p.at].is("zone") {
			return out
		}
		if depth > maxBlocks {
			p.problemf("line %d: braces stand %d deep in each other; take the zones out of what is around them", p.words[p.at].line, depth)
			p.at = len(p.words)
			return nil
		}
		if s := p.statement(depth, inZone); len(s.head) > 0 || s.block {
			out = append(out, s)
		}
	}
	return out
}

func (p *bindParser) statement(depth int, inZone bool) (s statement) {
	for ; p.at < len(p.words); p.at++ {
		w := p.words[p.at]
		switch {
		case w.is(";"):
			p.at++
			return s
		case w.is("}"):
			s.problem = "there is no ; before the } of its block; write one"
			return s
		case w.is("{"):
			s.block, s.to = true, w.to
			p.at++
			s.body = p.list(depth+1, inZone || s.is("zone"))
			switch {
			case p.at >= len(p.words) || !p.words[p.at].is("}"):
				s.problem = "its { is not closed; write }; behind it"
			case p.at+1 >= len(p.words) || !p.words[p.at+1].is(";"):
				s.to = p.words[p.at].to
				s.problem = "there is no ; behind its }; write one"
				p.at++
			default:
				s.to = p.words[p.at].to
				p.at += 2
			}
			return s
		default:
			s.head, s.to = append(s.head, w), w.to
		}
	}
	if s.problem == "" {
		s.problem = "there is no ; at its end; write one"
	}
	return s
}

// statements reads what stands at the top of a configuration, or in a view.
func (p *bindParser) statements(list []statement) {
	for _, s := range list {
		switch {
		case s.is("zone"):
			p.zone(s)
		case s.is("view") && s.block:
			p.noteOnce("a view says which clients its zones are for; Konnect has no such thing, so the zones of all views were read")
			p.statements(s.body)
		case len(s.head) == 0:
			p.pass("a block without a name")
		case !s.block && s.problem != "":
			e := entry{from: s.head[0].from, to: s.to}
			e.failf("%s is no statement of BIND: %s", quoted(s.head[0].text), s.problem)
			p.put(e)
		case s.is("include"):
			p.noteIncluded("include")
		default:
			p.pass(s.head[0].text)
		}
	}
}

func (p *bindParser) zone(s statement) {
	e := entry{from: s.head[0].from, to: s.to}
	e.problem = s.problem
	if len(s.head) < 2 {
		e.failf(`the zone has no name; write zone "corp.example.com" {`)
		p.put(e)
		return
	}
	e.domains = []string{s.head[1].text}
	if s.head[1].open {
		e.failf("the quotation mark of line %d is not closed; close it", s.head[1].line)
	}
	if len(s.head) > 2 && !s.head[2].is("in") {
		e.failf("the zone is of the class %s; mappings are for the class IN", quoted(s.head[2].text))
	}
	kind := zoneType(s)
	stub := strings.EqualFold(kind, "stub") || strings.EqualFold(kind, "static-stub")
	for _, b := range s.body {
		e.problemOf(b)
		switch {
		case b.is("type") && len(b.head) > 1:
		case b.is("forwarders") || stub && (b.is("server-addresses") || b.is("primaries") || b.is("masters")):
			e.forwarders(b)
		case b.is("forward") && len(b.head) > 1:
			if b.head[1].is("first") {
				e.notef("forward first was left out: without an answer Konnect does not ask elsewhere")
			}
		case len(b.head) > 0:
			e.notef("%s was left out", short(b.head[0].text))
		}
	}
	switch {
	case kind == "":
		e.failf("the zone has no type; write type forward; in it, and its servers in forwarders")
	case stub:
		e.notef(stubNote)
		if len(e.servers) == 0 {
			e.failf("the stub zone has no addresses of servers; name them: forwarders { 10.1.0.4; }; in a zone of type forward")
		}
	case !strings.EqualFold(kind, "forward"):
		e.failf("the zone is of type %s: the server holds or finds its names itself; only zones of type forward are mappings", quoted(kind))
	case len(e.servers) == 0:
		e.failf("the zone has no forwarders, so nothing is forwarded; name the servers: forwarders { 10.1.0.4; };")
	}
	p.put(e)
}

// zoneType is the type of a zone; empty where none stands in it.
func zoneType(zone statement) string {
	kind := ""
	for _, b := range zone.body {
		if b.is("type") && len(b.head) > 1 {
			kind = b.head[1].text
		}
	}
	return kind
}

// forwarders reads the addresses between braces, each of which may have a port, as all
// of them together may.
func (e *entry) forwarders(s statement) {
	all := e.options("forwarders", s.head[1:])
	for _, b := range s.body {
		if len(b.head) == 0 || b.block {
			e.failf("there is a block within forwarders; addresses stand there, each with a ; behind it")
			continue
		}
		port := e.options(b.head[0].text, b.head[1:])
		if port == "" {
			port = all
		}
		e.problemOf(b)
		e.server(b.head[0].text, port)
	}
	if !s.block {
		e.failf("forwarders has no block; write forwarders { 10.1.0.4; };")
	}
}

func (e *entry) problemOf(b statement) {
	if b.problem != "" && len(b.head) > 0 {
		e.failf("line %d, %s: %s", b.head[0].line, short(b.head[0].text), b.problem)
	}
}

// options reads what stands behind an address, in pairs, and returns the port.
func (e *entry) options(of string, words []word) (port string) {
	for i := 0; i < len(words); i += 2 {
		switch {
		case i+1 == len(words) || !words[i].is("port") && !words[i].is("dscp") && !words[i].is("tls"):
			e.failf("%s stands behind %s; write a ; between two addresses", quoted(words[i].text), quoted(of))
		case words[i].is("port"):
			port = words[i+1].text
		case words[i].is("tls"):
			e.failf("%s is asked with TLS; Konnect asks with plain DNS: give a server that answers that", quoted(of))
		default:
			e.notef("%s was left out", short(words[i].text))
		}
	}
	return port
}

func writeBIND(w *writer) {
	w.head("//")
	for _, m := range w.mappings {
		for _, d := range m.Domains {
			w.line("")
			w.line(`zone "` + d.Raw() + `" {`)
			w.line("    type forward;")
			w.line("    forward only;")
			w.line("    forwarders { " + strings.Join(raws(m.Servers), "; ") + "; };")
			w.line("};")
		}
	}
}
