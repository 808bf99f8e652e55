package record

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/services/bundle"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// mostDNS bounds the questions that are kept: a probe of a thousand domains at six servers
// has some twenty thousand.
const mostDNS = 100_000

// Wire returns what keeps the questions that a prober asks through a hop, empty for the
// machine itself.
func (r *Recorder) Wire(via string) func(dnsprobe.Wire) dnsprobe.Wire {
	return func(next dnsprobe.Wire) dnsprobe.Wire {
		return func(ctx context.Context, p dnsprobe.Question) dnsprobe.Trial {
			at := r.now()
			t := next(ctx, p)
			if fault, ok := faults()[t.Outcome]; ok && ctx.Err() == nil {
				r.answer(bundle.DNSAnswer{
					At: at, Took: bundle.Duration(t.Took), Via: via, Server: p.Server, Over: strings.ToLower(string(p.Over)), Fault: fault, Text: t.Reason,
					Wire: t.Message, Foreign: t.Foreign, ForeignWhy: t.ForeignWhy,
				}, p.Message)
			}
			return t
		}
	}
}

// Label returns what makes the label of a name that cannot exist, the same one for
// everything that is recorded: a replay asks for it again.
func (r *Recorder) Label() string { return r.label }

// faults are the outcomes of a question that a bundle holds, as it calls them. What was
// not asked is not among them.
func faults() map[dnsverdict.Outcome]bundle.DNSFault {
	return map[dnsverdict.Outcome]bundle.DNSFault{
		dnsverdict.OutcomeAnswered: "",
		dnsverdict.OutcomeSilent:   bundle.DNSTimeout,
		dnsverdict.OutcomeClosed:   bundle.DNSRefused,
		dnsverdict.OutcomeNoRoute:  bundle.DNSUnreachable,
		dnsverdict.OutcomeHungUp:   bundle.DNSClosed,
		dnsverdict.OutcomeForeign:  bundle.DNSGarbled,
		dnsverdict.OutcomeFailed:   bundle.DNSOther,
	}
}

func (r *Recorder) answer(a bundle.DNSAnswer, question *dns.Msg) {
	packed, err := question.Pack()
	if err != nil || len(question.Question) != 1 {
		return
	}
	a.Random = strings.HasPrefix(question.Question[0].Name, dnsprobe.LabelPrefix)
	a.Name, a.Type, a.Query = question.Question[0].Name, question.Question[0].Qtype, packed
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.dns) >= mostDNS {
		r.session.LeftOut++
		return
	}
	r.dns = append(r.dns, a)
}

// Looked notes what a place knew of itself, empty for this machine's own.
func (r *Recorder) Looked(via string, f vantage.Facts) vantage.Facts {
	p := bundle.PlaceOf(via, f)
	r.mu.Lock()
	defer r.mu.Unlock()
	at := slices.IndexFunc(r.session.Places, func(o bundle.Place) bool { return o.Via == via })
	if at < 0 {
		r.session.Places = append(r.session.Places, p)
		return f
	}
	known := &r.session.Places[at]
	for _, w := range p.Ways {
		if !slices.ContainsFunc(known.Ways, func(o bundle.Way) bool { return o.To == w.To }) {
			known.Ways = append(known.Ways, w)
		}
	}
	return f
}

// Looks wraps what looks at a place.
func (r *Recorder) Looks(via string, look func(context.Context, []netip.Addr) vantage.Facts) func(context.Context, []netip.Addr) vantage.Facts {
	return func(ctx context.Context, servers []netip.Addr) vantage.Facts {
		return r.Looked(via, look(ctx, servers))
	}
}
