package probe

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// tracing is the asking of one server about one name.
type tracing struct {
	p         *Prober
	s         *server
	plan      Plan
	domain    string // with the dot at its end
	name      string
	report    *dnsverdict.Report
	reporting *telling
}

// run asks for the SOA record of the domain over UDP and TCP first: it is small, and tells
// the code, the authority, the serial and how long "no such name" is kept. The rest is
// asked as soon as one of the two has answered, and does not wait for the other one: a
// server that is silent over TCP costs its time-out once.
func (t tracing) run(ctx context.Context) {
	soa := inquiry{step: dnsverdict.StepSOA, name: t.domain, kind: dns.TypeSOA, nsid: t.plan.Depth >= Full}
	udp, tcp := make(chan dnsverdict.Exchange, 1), make(chan dnsverdict.Exchange, 1)
	parts := []func(context.Context){
		func(ctx context.Context) {
			defer close(udp) // also when it comes to no end
			udp <- t.one(ctx, over(soa, dnsverdict.UDP))
		},
		func(ctx context.Context) {
			defer close(tcp)
			tcp <- t.one(ctx, over(soa, dnsverdict.TCP))
		},
		func(ctx context.Context) {
			if e := t.first(ctx, udp, tcp); e.Answered() {
				t.rest(ctx, over(soa, e.Transport), e.Reply)
			}
		},
	}
	t.fault(ctx, work.Each(ctx, len(parts), len(parts), func(ctx context.Context, i int) error {
		parts[i](ctx)
		return nil
	}))
	if t.report.Asked() {
		t.late(ctx)
		t.latency(ctx)
		t.apart(ctx)
		return
	}
	e := t.report.Find(dnsverdict.StepSOA, dnsverdict.TCP)
	t.report.Skipped = e.Reason.String()
}

// Grace is how long an answer over UDP is waited for after that over TCP: the gateway asks
// over UDP, so its answers tell more.
const Grace = 300 * time.Millisecond

// first returns the exchange that is answered first, or one that is not when none is. Many
// domains at a time need no haste: there, UDP is waited for.
func (t tracing) first(ctx context.Context, udp, tcp <-chan dnsverdict.Exchange) dnsverdict.Exchange {
	var other dnsverdict.Exchange
	select {
	case e := <-udp:
		if e.Answered() {
			return e
		}
		return <-tcp
	case other = <-tcp:
	}
	var late <-chan struct{} // never, unless there is an answer that one need not wait with
	if other.Answered() && t.plan.Depth >= Full {
		limited, cancel := context.WithTimeout(ctx, Grace)
		defer cancel()
		late = limited.Done()
	}
	select {
	case e := <-udp:
		if e.Answered() {
			return e
		}
	case <-late:
	}
	return other
}

// late asks for the addresses over UDP too where UDP has answered after the rest was asked
// over TCP.
func (t tracing) late(ctx context.Context) {
	if t.plan.Depth >= Full && t.report.Find(dnsverdict.StepSOA, dnsverdict.UDP).Answered() && !t.report.Find(dnsverdict.StepA, dnsverdict.UDP).Asked() {
		t.together(ctx, over(inquiry{step: dnsverdict.StepA, name: t.name, kind: dns.TypeA}, dnsverdict.UDP))
	}
}

// rest asks what is asked of a server that answers.
func (t tracing) rest(ctx context.Context, soa inquiry, said dnsverdict.Reply) {
	address := over(inquiry{step: dnsverdict.StepA, name: t.name, kind: dns.TypeA}, soa.over)
	if t.plan.Depth == Brief {
		t.together(ctx, address)
		return
	}
	rest := []inquiry{address, over(inquiry{step: dnsverdict.StepAAAA, name: t.name, kind: dns.TypeAAAA}, soa.over)}
	if random, problem := fqdn(safe.New(t.p.label() + "." + t.domain)); problem == "" {
		rest = append(rest, over(inquiry{step: dnsverdict.StepRandom, name: random, kind: dns.TypeA}, soa.over))
	}
	if t.plan.NoRecursion || odd(said) {
		q := soa
		q.step, q.authority, q.nsid = dnsverdict.StepAuthority, true, false
		rest = append(rest, q)
	}
	t.together(ctx, rest...)
}

func over(q inquiry, way dnsverdict.Transport) inquiry {
	q.over = way
	return q
}

// odd: only the server's own data can tell what its code means.
func odd(r dnsverdict.Reply) bool {
	return r.Code != dnsverdict.NoError && r.Code != dnsverdict.NXDomain || r.Lame()
}

// together asks several questions at a time. An answer that was cut is asked for again
// over TCP, but for the SOA record, which is asked over both anyway.
func (t tracing) together(ctx context.Context, list ...inquiry) {
	t.fault(ctx, work.Each(ctx, len(list), len(list), func(ctx context.Context, i int) error {
		q := list[i]
		if e := t.one(ctx, q); e.Reply.TC && q.over == dnsverdict.UDP && q.step != dnsverdict.StepSOA {
			t.one(ctx, over(q, dnsverdict.TCP))
		}
		return nil
	}))
}

// one asks a question, and adds what came of it to the report.
func (t tracing) one(ctx context.Context, q inquiry) dnsverdict.Exchange {
	e := t.p.ask(ctx, t.s, q)
	t.reporting.exchange(t.report, e)
	return e
}

func (t tracing) fault(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil {
		t.reporting.fault(err)
	}
}

// samples is how often a name is asked for again for its latency.
const samples = 3

// latency asks again for the addresses: the first question found cold caches.
func (t tracing) latency(ctx context.Context) {
	first := t.report.Best(dnsverdict.StepA)
	if t.plan.Depth < Detail || !first.Answered() || ctx.Err() != nil {
		return
	}
	q := over(inquiry{step: dnsverdict.StepLatency, name: t.name, kind: dns.TypeA}, first.Transport)
	l := dnsverdict.Latency{First: first.Took}
	sets := map[string]bool{set(t.report.Name, first): true}
	var took []time.Duration
	for range samples {
		e := t.p.ask(ctx, t.s, q)
		if !e.Asked() {
			break
		}
		t.reporting.exchange(t.report, e)
		l.Asked++
		if !e.Answered() || e.Lost > 0 {
			l.Lost++
			continue
		}
		took = append(took, e.Took)
		sets[set(t.report.Name, e)] = true
	}
	if slices.Sort(took); len(took) > 0 {
		l.Min, l.Median = took[0], took[len(took)/2]
	}
	l.Sets = len(sets)
	t.report.Latency = l
}

// set writes the addresses of an answer in one word.
func set(name safe.Text, e dnsverdict.Exchange) string {
	var b strings.Builder
	for _, a := range dnsverdict.Follow(name, "A", e.Reply.Answers).Addresses {
		b.WriteString(a.Raw() + " ")
	}
	return b.String()
}
