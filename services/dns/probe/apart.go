package probe

import (
	"context"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
)

// repeatsApart is how often both transports are asked again where their answers differ: addresses
// that rotate are others each time.
const repeatsApart = 2

// apart asks for the addresses over TCP too, where that answers, and holds the answer beside
// the one over UDP: something on the way may handle one of them.
func (t tracing) apart(ctx context.Context) {
	udp := t.report.Find(dnsverdict.StepA, dnsverdict.UDP)
	if t.plan.Depth < Full || !udp.Answered() || udp.Reply.TC || !t.report.Find(dnsverdict.StepSOA, dnsverdict.TCP).Answered() || t.report.Find(dnsverdict.StepA, dnsverdict.TCP).Asked() {
		return
	}
	q := inquiry{step: dnsverdict.StepA, name: t.name, kind: dns.TypeA}
	t.together(ctx, over(q, dnsverdict.TCP))
	q.step = dnsverdict.StepLatency
	for range repeatsApart {
		if !t.report.Differ() || ctx.Err() != nil {
			return
		}
		t.together(ctx, over(q, dnsverdict.UDP), over(q, dnsverdict.TCP))
	}
}
