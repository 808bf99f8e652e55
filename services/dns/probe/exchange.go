package probe

import (
	"context"
	"net"
	"strings"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// inquiry is a question before it becomes a message.
type inquiry struct {
	step      dnsverdict.Step
	over      dnsverdict.Transport
	name      string // with the dot at its end
	kind      uint16
	authority bool // do not wish for recursion
	nsid      bool // ask for the name of the instance that answers
}

// message writes the question under a new id.
func (q inquiry) message(edns bool) *dns.Msg {
	m := new(dns.Msg).SetQuestion(q.name, q.kind)
	m.RecursionDesired = !q.authority
	if edns {
		m.SetEdns0(payload, false)
		if opt := m.IsEdns0(); q.nsid && opt != nil {
			opt.Option = append(opt.Option, &dns.EDNS0_NSID{Code: dns.EDNS0NSID})
		}
	}
	return m
}

// ask asks one question over one transport, and once more when nothing came: the
// second time with more patience and without EDNS, which old servers and middleboxes
// drop or do not understand.
func (p *Prober) ask(ctx context.Context, s *server, q inquiry) dnsverdict.Exchange {
	e := dnsverdict.Exchange{
		Step: q.step, Server: s.name, Name: safe.New(strings.TrimSuffix(q.name, ".")), Type: kind(q.kind),
		Recursion: !q.authority, Transport: q.over,
	}
	if q.over == dnsverdict.UDP && p.noUDP != "" {
		e.Outcome, e.Reason = dnsverdict.OutcomeUntestable, safe.New(p.noUDP)
		return e
	}
	g, leave, err := p.limits.enter(ctx, s.address)
	if err != nil {
		e.Outcome, e.Reason = dnsverdict.OutcomeSkipped, safe.New(stopped)
		return e
	}
	defer leave()
	if s.mute(q.over) {
		e.Outcome, e.Reason = dnsverdict.OutcomeSkipped, safe.New(silentBefore)
		return e
	}
	x := exchange{p: p, s: s, g: g, q: q, e: &e}
	x.run(ctx)
	s.note(q.over, e.Outcome)
	return e
}

// exchange is a question that is being asked.
type exchange struct {
	p *Prober
	s *server
	g *gate
	q inquiry
	e *dnsverdict.Exchange
}

func (x exchange) run(ctx context.Context) {
	edns := !x.s.plain.Load()
	x.e.EDNS = dnsverdict.EDNSOff
	if edns {
		x.e.EDNS = dnsverdict.EDNSUsed
	}
	first := x.once(ctx, edns, x.p.firstTry)
	switch {
	case first.outcome == dnsverdict.OutcomeSilent || first.outcome == dnsverdict.OutcomeForeign:
		second := x.once(ctx, false, x.p.secondTry)
		if edns && second.outcome == dnsverdict.OutcomeAnswered && x.q.over == dnsverdict.UDP {
			x.confirm(ctx, second)
		}
	case edns && first.outcome == dnsverdict.OutcomeAnswered && refusesEDNS(first.reply.Rcode):
		before := *x.e
		second := x.once(ctx, false, x.p.secondTry)
		switch {
		case second.outcome != dnsverdict.OutcomeAnswered:
			sent, lost, waited := x.e.Sent, x.e.Lost, x.e.Waited
			*x.e = before // the first was an answer, at least
			x.e.Sent, x.e.Lost, x.e.Waited = sent, lost, waited
		case !refusesEDNS(second.reply.Rcode):
			x.e.EDNS = dnsverdict.EDNSRefused
			x.s.plain.Store(true)
		}
	}
}

// confirm asks once more with EDNS when a server was silent with it and answered
// without: one lost packet, or a slow first answer, looks the same.
func (x exchange) confirm(ctx context.Context, plain trial) {
	decided := *x.e
	again := x.once(ctx, true, x.p.secondTry) // as patiently as the one without: slow is not dropped
	sent, lost, waited := x.e.Sent, x.e.Lost, x.e.Waited
	switch again.outcome {
	case dnsverdict.OutcomeAnswered:
		x.e.EDNS = dnsverdict.EDNSLate
		if !refusesEDNS(again.reply.Rcode) {
			return
		}
		fallthrough
	case dnsverdict.OutcomeSilent:
		*x.e = decided
		x.e.EDNS = dnsverdict.EDNSDropped
		x.s.plain.Store(true)
	default:
		*x.e = decided
		x.e.EDNS = dnsverdict.EDNSLate
	}
	x.e.Sent, x.e.Lost, x.e.Waited, x.e.Took = sent, lost, waited, plain.took
}

// refusesEDNS reports whether a code may mean that the server cannot stand EDNS.
func refusesEDNS(code int) bool {
	return code == dns.RcodeFormatError || code == dns.RcodeNotImplemented || code == dns.RcodeBadVers
}

// once sends the question and writes into the exchange what came of it.
func (x exchange) once(ctx context.Context, edns bool, patience time.Duration) trial {
	if err := x.p.limits.wait(ctx, x.g); err != nil {
		t := trial{outcome: dnsverdict.OutcomeSkipped, reason: stopped}
		x.take(t)
		return t
	}
	t := x.p.once(ctx, x.q.over, net.JoinHostPort(x.s.address.String(), port), x.q.message(edns), patience)
	x.e.Sent++
	x.take(t)
	return t
}

func (x exchange) take(t trial) {
	e := x.e
	e.Outcome, e.Reason, e.Took = t.outcome, safe.New(t.reason), t.took
	e.Waited += t.took
	if t.outcome == dnsverdict.OutcomeSilent || t.outcome == dnsverdict.OutcomeForeign {
		e.Lost++
	}
	if t.foreign > 0 {
		e.Foreign += t.foreign
		e.ForeignWhy = t.foreignWhy
	}
	e.Reply = dnsverdict.Reply{}
	if t.reply != nil {
		e.Reply = digest(t.reply, t.size)
	}
}
