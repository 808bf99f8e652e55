package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// transportRules are about how questions and answers travel.
func transportRules() []rule {
	return []rule{
		{"N27", foreign},
		{"N19", cutAndClosed},
		{"N18", cutAndWhole},
		{"N20", noEDNS},
		{"N48", transportsDiffer},
		{"N36", tcpClosed},
	}
}

func foreign(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		for _, e := range r.Exchanges {
			if e.Foreign == 0 {
				continue
			}
			f := found(finding.Likely, model.SeverityBroken, "%s came from %s that %s another question than ours (%s): somebody forges answers, or an address translation is broken",
				phrase.Count(e.Foreign, "message"), r.Server, phrase.Either(e.Foreign, "answers", "answer"), e.ForeignWhy)
			if e.Answered() {
				f.Cause += "; the true answer came too"
			}
			return f.next("Trust no answer over this way until that is explained. Capture packets at %s and at %s, port 53, and compare.", c.where(), r.Server).at(r), true
		}
	}
	return none()
}

// wasCut reports whether a server cut an answer over UDP.
func wasCut(r Report) bool {
	return r.Any(func(e Exchange) bool { return e.Transport == UDP && e.Reply.TC })
}

// tcpAnswers reports whether any question was answered over TCP.
func tcpAnswers(r Report) bool {
	return r.Any(func(e Exchange) bool { return e.Transport == TCP })
}

// tcpAsked reports whether TCP was tried.
func tcpAsked(r Report) bool {
	return slices.ContainsFunc(r.Exchanges, func(e Exchange) bool { return e.Transport == TCP && e.Asked() })
}

func cutAndClosed(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool { return wasCut(r) && tcpAsked(r) && !tcpAnswers(r) && c.unexplained(r) })
	if len(list) == 0 {
		return none()
	}
	return found(finding.Sure, model.SeverityBroken, "%s cuts a large answer over UDP, and TCP brings none: %s", named(list), list[0].tcpWords()).
		next("Open 53/TCP to %s from %s: names with large answers fail without it.", named(list), c.cidr()).at(list...), true
}

func cutAndWhole(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool { return wasCut(r) && tcpAnswers(r) })
	if len(list) == 0 {
		return none()
	}
	return found(finding.Sure, model.SeverityOK, "the answer of %s is too large for UDP; TCP brings it whole", named(list)).
		next("Nothing, if %s can use 53/TCP too.", c.cidr()).at(list...), true
}

func noEDNS(c Case) (symptom, bool) {
	var list []Report
	dropped := false
	for _, r := range c.Reports {
		if r.Any(func(e Exchange) bool { return e.Transport == UDP && e.EDNS.Fails() }) {
			list = append(list, r)
			dropped = dropped || r.Any(func(e Exchange) bool { return e.EDNS == EDNSDropped })
		}
	}
	if len(list) == 0 {
		return none()
	}
	if dropped {
		return found(finding.Likely, model.SeverityAttention, "something on the way to %s drops questions with EDNS; the same question without it is answered", named(list)).
			next("Let DNS packets with EDNS pass the firewall, and answers of more than 512 bytes; beyond 1232 bytes fragments are dropped too.").at(list...), true
	}
	return found(finding.Sure, model.SeverityAttention, "%s does not understand EDNS, and answers without it", named(list)).
		next("Bring the DNS server at %s up to date.", named(list)).at(list...), true
}

// said is an answer for the name: what it holds altogether, and in words.
type said struct {
	code  RCode
	sum   uint64
	words string
}

// heardOver collects what a server gave for the name over a transport, each answer once.
func (r Report) heardOver(over Transport) []said {
	var out []said
	for _, e := range r.Exchanges {
		if e.Transport != over || !e.Answered() || e.Reply.TC || e.Step != StepA && e.Step != StepLatency {
			continue
		}
		s := said{e.Reply.Code, e.Reply.Sum, string(e.Reply.Code)}
		if chain := Follow(r.Name, "A", e.Reply.Answers); len(chain.Addresses) > 0 {
			s.words = few(chain.Addresses)
		}
		if !slices.ContainsFunc(out, s.same) {
			out = append(out, s)
		}
	}
	return out
}

func (s said) same(o said) bool { return s.code == o.code && s.sum == o.sum }

// Differ reports whether what a server gave over UDP and over TCP has nothing in common.
func (r Report) Differ() bool {
	udp, tcp := r.heardOver(UDP), r.heardOver(TCP)
	return len(udp) > 0 && len(tcp) > 0 && !slices.ContainsFunc(udp, func(a said) bool { return slices.ContainsFunc(tcp, a.same) })
}

// transportsDiffer: asked over UDP and over TCP for one name, several times where they
// differed, and each transport has one answer of its own.
func transportsDiffer(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		udp, tcp := r.heardOver(UDP), r.heardOver(TCP)
		if !r.Differ() || len(udp) > 1 || len(tcp) > 1 { // answers that rotate are others each time
			continue
		}
		return found(finding.Likely, model.SeverityBroken, "%s gives %s for %s over UDP and %s over TCP: something on the way answers one of them in its stead, or two servers stand at this address", r.Server, udp[0].words, c.Name, tcp[0].words).
			next("Compare both with what the owner of %s expects. The one that is not the server's is made on the way: look for a firewall or a load balancer between %s and %s that handles port 53.", c.Name, c.where(), r.Server).
			run(digs([]safe.Text{r.Server}, c.Name, true)).at(r), true
	}
	return none()
}

func tcpClosed(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool { return r.tcpFails() && !wasCut(r) && c.unexplained(r) })
	if len(list) == 0 {
		return none()
	}
	return found(finding.Likely, model.SeverityAttention, "%s answers over UDP and not over TCP: %s", named(list), list[0].tcpWords()).
		next("Open 53/TCP to %s from %s: answers that are cut over UDP fail without it.", named(list), c.cidr()).at(list...), true
}
