package trace

import (
	"context"
	"maps"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// aroundVNet is what was read around a VNET.
type aroundVNet struct {
	ref   model.VNetRef
	facts azuredns.Facts
}

// mostAnswered is how many addresses of answers are asked about.
const mostAnswered = 8

// answers asks Azure who has the addresses that the servers gave, as far as they lie in a
// VNET that was read: a record may be older than what it leads to.
func (t *tracing) answers(ctx context.Context) {
	if t.o.Azure == nil {
		return
	}
	patient, cancel := context.WithTimeout(ctx, azurePatience)
	defer cancel()
	given := answered(t.now.Reports())
	for _, r := range t.reads {
		var in []safe.Text
		for _, a := range given {
			if slices.ContainsFunc(r.facts.VNet.AddressPrefixes, func(p model.Prefix) bool { return p.Contains(a) }) {
				in = append(in, a)
			}
		}
		if len(in) == 0 {
			continue
		}
		facts := r.facts
		owners := t.o.Azure.Owners(patient, r.ref, facts.VNet, in, t.waiter())
		facts.Addresses = slices.Concat(facts.Addresses, owners.Addresses)
		facts.Gaps = slices.Concat(facts.Gaps, owners.Gaps)
		t.change(func(now *dnstrace.Trace) {
			now.Wait = nil
			known := maps.Clone(now.Facts.Addresses) // the value that was handed out keeps its own
			if known == nil {
				known = map[safe.Text]dnsverdict.AddressFacts{}
			}
			for _, a := range in {
				known[a] = facts.AddressFacts(a)
			}
			now.Facts.Addresses = known
		})
	}
}

// answered are the first addresses of some answers, each once.
func answered(reports []dnsverdict.Report) []safe.Text {
	var out []safe.Text
	for _, r := range reports {
		for _, a := range r.Chain().Addresses {
			if len(out) < mostAnswered && !slices.Contains(out, a) {
				out = append(out, a)
			}
		}
	}
	return out
}
