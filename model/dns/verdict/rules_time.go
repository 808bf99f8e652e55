package verdict

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// shunned is how long Azure's resolver leaves a server alone that did not answer.
const shunned = 30 * time.Minute

// timeRules are about what was true a while ago.
func timeRules() []rule {
	return []rule{
		{"N22", oldAnswer},
		{"N25", shunnedServer},
	}
}

func oldAnswer(c Case) (symptom, bool) {
	seen, known := c.Facts.GatewaySees.Get()
	ok := c.with(func(r Report) bool { return len(r.Chain().Addresses) > 0 })
	if !known || len(ok) == 0 {
		return none()
	}
	seen = slices.Clone(seen)
	sortAddresses(seen)
	var left time.Duration
	for _, r := range ok {
		now := r.Chain().Addresses
		for _, a := range seen {
			if slices.Contains(now, a) {
				return none()
			}
		}
		for _, a := range r.Best(StepA).Reply.Answers {
			left = max(left, a.TTL)
		}
		if soa, there := r.SOA(); there && len(seen) == 0 {
			left = soa.Minimum // a kept "no such name" lasts that long
		}
	}
	r := ok[0]
	if len(seen) == 0 {
		return found(finding.Likely, model.SeverityAttention, "the gateway still thinks that %s does not exist; %s gives %s", c.Name, r.Server, phrase.List(r.Chain().Addresses)).
			next("Wait: what was kept ends within %s.", phrase.Exact(left)).sort(finding.NextWait).at(r), true
	}
	return found(finding.Likely, model.SeverityAttention, "the gateway still uses %s for %s; %s gives %s", phrase.List(seen), c.Name, r.Server, phrase.List(r.Chain().Addresses)).
		next("Wait: what was kept ends within %s, if its TTL was the present one.", phrase.Exact(left)).sort(finding.NextWait).at(r), true
}

func shunnedServer(c Case) (symptom, bool) {
	ago, known := c.Facts.FirstSilent.Get()
	if !known || ago > shunned || len(c.Reports) < 2 || !c.Reports[0].Answered() {
		return none()
	}
	first := c.Reports[0]
	return found(finding.Likely, model.SeverityAttention, "%s was silent %s ago and answers again; Azure's resolver leaves a silent server alone for %s, so questions go to %s", first.Server, phrase.Span(ago), phrase.Exact(shunned), c.Reports[1].Server).
		next("Wait for up to %s more, or put a server that answers first in the row %s.", phrase.Exact((shunned - ago).Round(time.Second)), c.Domain).sort(finding.NextWait).at(first), true
}
