package probe

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/miekg/dns"

	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
	"peerdeck/services/run/work"
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

// run asks in the order in which the answers are looked at, the SOA record of the
// domain first: it is small, and tells the code, the authority, the serial and how long
// "no such name" is kept.
func (t tracing) run(ctx context.Context) {
	soa := inquiry{step: dnsverdict.StepSOA, name: t.domain, kind: dns.TypeSOA, nsid: t.plan.Depth >= Full}
	t.together(ctx, over(soa, dnsverdict.UDP), over(soa, dnsverdict.TCP))
	udp, tcp := t.report.Find(dnsverdict.StepSOA, dnsverdict.UDP), t.report.Find(dnsverdict.StepSOA, dnsverdict.TCP)
	way := dnsverdict.UDP
	switch {
	case udp.Answered():
	case tcp.Answered():
		way = dnsverdict.TCP
	default:
		if !t.report.Asked() {
			t.report.Skipped = tcp.Reason.String()
		}
		return // what does not answer this answers nothing
	}
	address := over(inquiry{step: dnsverdict.StepA, name: t.name, kind: dns.TypeA}, way)
	if t.plan.Depth == Brief {
		t.together(ctx, address)
		return
	}
	rest := []inquiry{address, over(inquiry{step: dnsverdict.StepAAAA, name: t.name, kind: dns.TypeAAAA}, way)}
	if random, problem := fqdn(safe.New(t.p.label() + "." + t.domain)); problem == "" {
		rest = append(rest, over(inquiry{step: dnsverdict.StepRandom, name: random, kind: dns.TypeA}, way))
	}
	if t.plan.NoRecursion || odd(t.report.Best(dnsverdict.StepSOA).Reply) {
		q := over(soa, way)
		q.step, q.authority, q.nsid = dnsverdict.StepAuthority, true, false
		rest = append(rest, q)
	}
	t.together(ctx, rest...)
	if t.plan.Depth >= Detail {
		t.latency(ctx, address)
	}
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
	err := work.Each(ctx, len(list), len(list), func(ctx context.Context, i int) error {
		q := list[i]
		e := t.p.ask(ctx, t.s, q)
		t.reporting.exchange(t.report, e)
		if e.Reply.TC && q.over == dnsverdict.UDP && q.step != dnsverdict.StepSOA {
			t.reporting.exchange(t.report, t.p.ask(ctx, t.s, over(q, dnsverdict.TCP)))
		}
		return nil
	})
	if err != nil && ctx.Err() == nil {
		t.reporting.fault(err)
	}
}

// samples is how often a name is asked for again for its latency.
const samples = 3

// latency asks again for the addresses: the first question found cold caches.
func (t tracing) latency(ctx context.Context, q inquiry) {
	first := t.report.Best(dnsverdict.StepA)
	if !first.Answered() || ctx.Err() != nil {
		return
	}
	q.step, q.over = dnsverdict.StepLatency, first.Transport
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
