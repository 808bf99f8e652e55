package verdict

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// answerRules are about answers that are there and not what is wanted.
func answerRules() []rule {
	return []rule{
		{"N13", noAddress},
		{"N21", authorityOnly},
		{"N34", answersAnything},
		{"N35", badChain},
	}
}

func noAddress(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		e := r.Best(StepA)
		if !e.Answered() || !e.Reply.Empty() || e.Reply.Referral() || r.apexOnly() {
			continue
		}
		if six := Follow(r.Name, "AAAA", r.Best(StepAAAA).Reply.Answers).Addresses; len(six) > 0 {
			return found(finding.Likely, model.SeverityAttention, "%s knows %s with IPv6 addresses only: %s", r.Server, c.Name, phrase.List(six)).
				next("Add an A record for %s: the gateway's network and its peerings are IPv4.", c.Name).at(r), true
		}
		f := found(finding.Likely, model.SeverityAttention, "%s knows the name %s and has no address for it: it has records of other types, or only names below it have some", r.Server, c.Name)
		if soa := e.Reply.SOA; !soa.IsZero() {
			f.Cause += fmt.Sprintf("; the zone is %s, serial %d", soa.Zone, soa.Serial)
		}
		return f.next("Add an A or CNAME record for %s, or correct the name.", c.Name).at(r), true
	}
	return none()
}

func authorityOnly(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool {
		reply := r.Deciding().Reply
		return r.Deciding().Answered() && reply.AA && !reply.RA && reply.Code != Refused && !reply.Lame()
	})
	if len(list) == 0 {
		return none()
	}
	for _, r := range list {
		if chain := r.Chain(); chain.Dangling() && !inside(chain.End(), c.Domain) {
			return found(finding.Sure, model.SeverityBroken, "%s is an authority and asks nobody; %s is an alias of %s, outside of %s, and its address stays unknown", r.Server, c.Name, chain.End(), c.Domain).
				next("Put a server that offers recursion in the row %s, or add a row for the domain of %s.", c.Domain, chain.End()).at(r), true
		}
	}
	return found(finding.Sure, model.SeverityOK, "%s answers for its own zones only (AA=1, RA=0), which is enough for %s", named(list), c.Domain).
		next("Nothing, as long as no name in %s is an alias of a name outside of it.", c.Domain).at(list...), true
}

func answersAnything(c Case) (symptom, bool) {
	list := c.with(func(r Report) bool {
		e := r.Best(StepRandom)
		return e.Answered() && e.Reply.Code == NoError && len(e.Reply.Answers) > 0
	})
	if len(list) == 0 {
		return none()
	}
	got := list[0].Best(StepRandom)
	return found(finding.Likely, model.SeverityOK, "%s answers for a name that nobody made (%s): %s has a wildcard, or the server makes answers up", named(list), answersOf(got.Reply), c.Domain).
		next("If %s has no wildcard on purpose, an answer for %s proves nothing: compare it with what its owner expects.", c.Domain, c.Name).at(list...), true
}

// answersOf writes the first answers of a reply.
func answersOf(r Reply) string {
	var words []string
	for _, a := range r.Answers {
		if len(words) == 3 {
			words = append(words, "…")
			break
		}
		words = append(words, a.Type+" "+a.Value.String())
	}
	return strings.Join(words, ", ")
}

func badChain(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		chain := r.Chain()
		switch {
		case chain.Note != "":
			return found(finding.Sure, model.SeverityBroken, "at %s, %s never ends in an address: %s", r.Server, c.Name, chain.Note).
				next("Correct the aliases: %s → %s.", c.Name, strings.ReplaceAll(phrase.List(chain.Aliases), ", ", " → ")).at(r), true
		case chain.Dangling() && r.Deciding().Reply.RA:
			return found(finding.Likely, model.SeverityBroken, "at %s, %s is an alias of %s, which has no address", r.Server, c.Name, chain.End()).
				next("Add an address for %s, or correct the alias.", chain.End()).at(r), true
		}
	}
	return none()
}
