package verdict

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// faultRules are about answers in which a server says itself why it has none, or none that
// is fresh.
func faultRules() []rule {
	return []rule{
		{"N45", forbidden},
		{"N46", stale},
		{"N47", cannotDeal},
	}
}

// forwarders says what a server asks in its turn, as far as Azure tells, and how to ask
// there. The way from the server counts, so the question is for a machine beside it.
func (c Case) forwarders(r Report) (words, command string) {
	if to, known := c.server(r).Forwards.Get(); known && len(to.Targets) > 0 {
		return fmt.Sprintf("the servers that it forwards to (%s, by the rule %s of the ruleset %s)", phrase.List(to.Targets), to.Rule, to.Ruleset), digs(to.Targets, c.Name, false)
	}
	return "its forwarders", ""
}

// behind is the next step where the fault lies behind the server.
func (c Case) behind(f symptom, r Report) symptom {
	words, command := c.forwarders(r)
	f = f.next("Ask %s for %s from a machine beside %s, and look at the way from it to them: routes, security rules, a firewall.", words, c.Name, r.Server).at(r)
	if command != "" {
		f = f.run(command)
	}
	return f
}

func forbidden(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		e, why, said := r.explainedBy(blamePolicy)
		if !said || why.Code == edeProhibited && e.Reply.Code == Refused { // a list of clients, see N06 and N07
			continue
		}
		return found(finding.Likely, model.SeverityBroken, "%s is set to give no true answer for %s: it says %s, %s", r.Server, c.Name, e.Reply.Code, why.Words()).
			next("Ask the owner of %s to take %s out of its block list, or put a server without one in the row %s.", r.Server, c.Name, c.Domain).at(r), true
	}
	return none()
}

func stale(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		e, why, said := r.explainedBy(blameStale)
		if !said || e.Reply.Code == ServFail { // see N09
			continue
		}
		f := found(finding.Likely, model.SeverityAttention, "%s gives an old answer that it kept, because it cannot reach what it asks: %s, %s", r.Server, e.Reply.Code, why.Words())
		return c.behind(f, r), true
	}
	return none()
}

// cannotDeal is for codes that no healthy server gives to an ordinary question.
func cannotDeal(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool {
		code, answered := r.Code()
		return answered && code != NoError && code != ServFail && code != NXDomain && code != Refused
	})
	if len(list) == 0 {
		return none()
	}
	code, _ := list[0].Code()
	f := found(finding.Likely, model.SeverityBroken, "%s %s %s to an ordinary question for %s: what listens there is no DNS server for this, or something on the way changes the question", named(list), some(list, "says", "say"), code, c.Name)
	if words := list[0].Deciding().Reply.Explained(); words != "" {
		f.Cause += "; it says: " + words
	}
	return f.next("Look at what listens at port 53 of %s, and at its log. Take %s out of the row %s until then.", named(list), some(list, "it", "them"), c.Domain).at(list...), true
}

// ownFault words what a server blames on itself, and what to do.
func (c Case) ownFault(r Report, e Exchange, b blame, why ExtendedError) symptom {
	f := found(finding.Likely, model.SeverityBroken, "%s says %s, and why: %s", r.Server, e.Reply.Code, why.Words())
	switch {
	case b == blameDNSSEC:
		return f.next("Look at the signatures: ask %s with +cd (checking off); if that answers, renew the signatures of %s, or take its trust anchor out of %s.", r.Server, c.Domain, r.Server).
			run(dig(r.Server, c.Name) + " A +cd +dnssec").at(r)
	case why.Code == edeNotReady:
		return f.next("Wait until %s is up, and ask again; if it stays so, look at its log.", r.Server).at(r)
	case why.Code == edeNotAuthoritative, why.Code == edeNotSupported:
		return f.next("Put a server that holds or forwards %s in the row, in the place of %s.", c.Domain, r.Server).at(r)
	default:
		return f.next("Look at the state of the zone for %s on %s, and at its log.", c.Domain, r.Server).at(r)
	}
}

// longestTTL is the time for which answers of some servers may be kept.
func longestTTL(by []Report) (longest time.Duration) {
	for _, r := range by {
		for _, a := range r.Best(StepA).Reply.Answers {
			longest = max(longest, a.TTL)
		}
	}
	return longest
}
