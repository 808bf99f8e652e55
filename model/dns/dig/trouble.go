package dig

import (
	"strings"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// trouble reads a line that says why no answer came, or what came instead of one.
func (p *parser) trouble(line string) bool {
	text := strings.TrimLeft(line, "; ")
	low := strings.ToLower(text)
	switch {
	case strings.HasPrefix(low, "communications error to "), strings.HasPrefix(low, "connection to "):
		p.unconnected(text, low)
	case strings.HasPrefix(low, "udp setup with "):
		p.fresh(strings.Fields(text)[3])
		p.failed(low)
	case strings.HasPrefix(low, "connection timed out"):
		p.timedOut()
	case strings.HasPrefix(low, "warning: response timeout for "): // kdig
		p.kdig(text, "timed out")
	case strings.HasPrefix(low, "warning: can't connect to "), strings.HasPrefix(low, "warning: connection "):
		p.kdig(text, low)
	case strings.HasPrefix(low, "error: failed to query server "), strings.HasPrefix(low, "warning: failed to query server "):
		p.kdig(text, "failed")
	case strings.HasPrefix(low, "warning: id mismatch"):
		p.foreign("the reply has another id")
	case strings.HasPrefix(low, "question section mismatch"):
		p.foreign("the reply is to another question")
	case strings.HasPrefix(low, "reply from unexpected source"):
		p.foreign("the reply came from another address")
	case strings.HasPrefix(low, "got bad packet"):
		p.foreign("the message cannot be read")
	case strings.HasPrefix(low, "truncated, retrying in tcp"), strings.HasPrefix(low, "warning: truncated reply from"):
		p.fresh("")
		p.b.cut, p.b.over = true, dnsverdict.TCP
	default:
		return false
	}
	return true
}

// unconnected reads that a server could not be spoken with.
func (p *parser) unconnected(text, low string) {
	_, rest, _ := strings.Cut(text, " to ")
	server, rest, _ := strings.Cut(rest, " ")
	p.fresh(server)
	if strings.HasPrefix(low, "connection to ") { // only TCP connects
		p.b.over = dnsverdict.TCP
		if _, name, ok := strings.Cut(rest, "for "); ok {
			name, _, _ = strings.Cut(name, " failed")
			p.b.name = clip(strings.TrimSpace(name))
		}
	}
	p.failed(low)
}

// timedOut reads the line with which older versions end: they tell the tries in one.
func (p *parser) timedOut() {
	p.fresh("")
	if p.b.outcome != "" {
		return
	}
	p.failed("timed out")
	p.b.tries, p.b.lost = 3, 3
	if p.cmd.tcp {
		p.b.tries, p.b.lost = 1, 1
	}
}

// fresh opens an exchange unless one without an answer is open.
func (p *parser) fresh(server string) {
	name := address(server)
	if p.open && (p.b.reply || name != "" && p.b.server != "" && p.b.server != name) {
		p.end()
	}
	p.open = true
	if name != "" {
		p.b.server = name
	}
}

func (p *parser) foreign(why string) {
	p.fresh("")
	p.b.foreign++
	p.b.foreignWhy = why
}

// kdig reads a line that names the server as 10.1.0.4@53(UDP).
func (p *parser) kdig(text, what string) {
	server, over := "", dnsverdict.Transport("")
	for w := range strings.FieldsSeq(text) {
		if strings.Contains(w, "@") {
			server = strings.Trim(w, ",")
		}
	}
	switch {
	case strings.Contains(server, "(TCP)"):
		over = dnsverdict.TCP
	case strings.Contains(server, "(UDP)"):
		over = dnsverdict.UDP
	}
	if what == "failed" && p.open && p.b.outcome != "" {
		return // it sums up what the lines before it said
	}
	p.fresh(server)
	p.b.over = first(over, p.b.over)
	p.failed(what)
}

// failed notes a try that brought no answer.
func (p *parser) failed(low string) {
	b := &p.b
	b.tries++
	switch {
	case strings.Contains(low, "timed out"), strings.Contains(low, "timeout"):
		b.lost++
		b.outcome, b.reason = dnsverdict.OutcomeSilent, "nothing came in time"
	case strings.Contains(low, "refused"):
		b.outcome, b.reason = dnsverdict.OutcomeClosed, "connection refused"
	case strings.Contains(low, "unreachable"), strings.Contains(low, "no route"):
		b.outcome, b.reason = dnsverdict.OutcomeNoRoute, "no route to host"
	case strings.Contains(low, "end of file"), strings.Contains(low, "reset"), strings.Contains(low, "unexpected end"):
		b.outcome, b.reason = dnsverdict.OutcomeHungUp, "the connection was ended"
	default:
		b.outcome, b.reason = dnsverdict.OutcomeFailed, "that machine could not ask"
	}
}
