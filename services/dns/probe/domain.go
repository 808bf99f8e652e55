package probe

import (
	"context"
	"net/netip"

	"github.com/miekg/dns"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
)

// maxAddresses bounds what one answer can put on a screen.
const maxAddresses = 8

// Query is a domain to ask a server for.
type Query struct {
	Name   safe.Text
	Server netip.Addr
}

// Probe asks the server for the SOA record of the domain and then for its addresses:
// the first is there for every zone and is small, the second is what people look for.
// What is not answered is asked once more. It returns when ctx ends, at the latest.
func (p *Prober) Probe(ctx context.Context, q Query) model.ProbeAnswer {
	return p.probe(ctx, newServer(safe.New(q.Server.String()), q.Server), q.Name)
}

func (p *Prober) probe(ctx context.Context, s *server, domain safe.Text) model.ProbeAnswer {
	out := model.ProbeAnswer{Domain: domain, Server: s.name}
	name, problem := fqdn(domain)
	if !s.address.IsValid() {
		problem = "there is no server address"
	}
	if problem != "" {
		out.Outcome, out.Reason = model.ProbeInvalid, safe.New(problem)
		return out
	}
	first := p.whole(ctx, s, inquiry{step: dnsverdict.StepSOA, name: name, kind: dns.TypeSOA})
	out = into(first, out)
	if code := first.Reply.Code; !first.Answered() || code == dnsverdict.NXDomain || code == dnsverdict.Refused {
		return out
	}
	second := p.whole(ctx, s, inquiry{step: dnsverdict.StepA, name: name, kind: dns.TypeA})
	if !second.Answered() {
		out.Reason = safe.New("the second question, for its addresses, was not answered")
		return out
	}
	// Some servers answer for names and not for SOA: the better answer counts.
	if better := into(second, out); !out.Serves() && better.Serves() {
		return better
	}
	out.Addresses = addresses(second.Reply)
	return out
}

// whole asks over UDP, and over TCP when the answer was cut or UDP is not to be had.
func (p *Prober) whole(ctx context.Context, s *server, q inquiry) dnsverdict.Exchange {
	q.over = dnsverdict.UDP
	e := p.ask(ctx, s, q)
	if e.Outcome != dnsverdict.OutcomeUntestable && !e.Reply.TC {
		return e
	}
	q.over = dnsverdict.TCP
	whole := p.ask(ctx, s, q)
	if e.Answered() && !whole.Answered() {
		e.Reason = safe.New("the answer was cut, and TCP brings no whole one: " + whole.Reason.Raw())
		return e
	}
	return whole
}

// into writes what an exchange showed into an answer.
func into(e dnsverdict.Exchange, a model.ProbeAnswer) model.ProbeAnswer {
	a.Outcome, a.Reason, a.Transport, a.Took = outcome(e), e.Reason, string(e.Transport), e.Took
	if !e.Answered() {
		return a
	}
	r := e.Reply
	a.RCode, a.Records = safe.New(string(r.Code)), len(r.Answers)+r.More
	a.Zone, a.Referral, a.Addresses = r.SOA.Zone, r.Referral(), addresses(r)
	return a
}

// outcome writes an outcome as the set-up knows it.
func outcome(e dnsverdict.Exchange) model.ProbeOutcome {
	switch e.Outcome {
	case dnsverdict.OutcomeAnswered:
		if e.Reply.Code == dnsverdict.Refused {
			return model.ProbeRefused
		}
		return model.ProbeAnswered
	case dnsverdict.OutcomeSilent:
		return model.ProbeSilent
	case dnsverdict.OutcomeForeign:
		return model.ProbeGarbled
	case dnsverdict.OutcomeInvalid:
		return model.ProbeInvalid
	case dnsverdict.OutcomeSkipped, dnsverdict.OutcomeUntestable:
		return model.ProbeSkipped
	default:
		return model.ProbeUnreachable
	}
}

// addresses takes the first addresses out of an answer, those behind aliases too.
func addresses(r dnsverdict.Reply) []safe.Text {
	var out []safe.Text
	for _, a := range r.Answers {
		if a.Type == "A" && len(out) < maxAddresses {
			out = append(out, a.Value)
		}
	}
	return out
}
