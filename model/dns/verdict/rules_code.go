package verdict

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

const (
	// quickFailure is the time within which a server fails by itself: it asked nobody.
	quickFailure = 50 * time.Millisecond
	// slowFailure is a time after which it must have waited for somebody else.
	slowFailure = 2 * time.Second
)

// codeRules are about what a server says instead of an answer.
func codeRules() []rule {
	return []rule{
		{"N10", loop},
		{"N11", zoneNotLinked},
		{"N06", refusedByOne},
		{"N07", refusedByAll},
		{"N14", lame},
		{"N08", failsAtOnce},
		{"N09", failsSlowly},
		{"N33", noSuchName},
	}
}

// failing reports whether a server says SERVFAIL, or nothing.
func failing(r Report) bool {
	code, answered := r.Code()
	return answered && code == ServFail || r.Unheard()
}

// loop is for what Azure's facts leave open: a circle that they show is a finding of
// theirs.
func loop(c Case) (symptom, bool) {
	for _, r := range c.with(failing) {
		if s := c.server(r); !s.Loop.IsKnown() && is(s.Endpoint, true) && is(s.OtherDomains, true) {
			return found(finding.Possible, model.SeverityAttention, "the endpoint %s answers for other domains and fails for %s: a rule may send the question back to it", r.Server, c.Domain).
				next("Look whether a ruleset with a rule for %s to %s is linked to %s, and remove that link.", c.Domain, r.Server, c.vnetOf(r)).at(r).
				without("whether a ruleset leads back", s.Loop.Why()), true
		}
	}
	return none()
}

// vnetOf names the VNET of a server.
func (c Case) vnetOf(r Report) string {
	if s := c.server(r); !s.VNet.IsEmpty() {
		return s.VNet.String()
	}
	return c.vnet()
}

func zoneNotLinked(c Case) (symptom, bool) {
	for _, r := range c.coded(NXDomain) {
		if r.denied() {
			continue // a private zone has answered, so one is linked
		}
		s := c.server(r)
		endpoint, known := s.Endpoint.Get()
		zone, zoned := c.Facts.Zone.Get()
		switch {
		case known && !endpoint:
			continue
		case known && zoned && zone.Exists && !zone.Linked:
			return symptom{zone.Finding}.at(r), true
		case known && !zoned:
			return found(finding.Likely, model.SeverityAttention, "the endpoint %s knows no %s: its private DNS zone may not be linked to %s", r.Server, c.Name, c.vnetOf(r)).
				next("Link the private DNS zone of %s to %s, if there is one.", c.Domain, c.vnetOf(r)).at(r).
				without("whether the zone is linked", c.Facts.Zone.Why()), true
		case !known && (!zoned || zone.Exists && !zone.Linked):
			return found(finding.Possible, model.SeverityAttention, "if %s is the inbound endpoint of a private resolver, the private DNS zone of %s is not linked to its VNET", r.Server, c.Domain).
				next("Look whether %s is an inbound endpoint, and link the private DNS zone of %s to %s.", r.Server, c.Domain, c.vnetOf(r)).at(r).
				without("whether "+r.Server.String()+" is an inbound endpoint", s.Endpoint.Why()), true
		}
	}
	return none()
}

// refusing are the servers that turn the question away and do not say that a block list
// is why.
func (c Case) refusing() []Report {
	return slices.DeleteFunc(c.coded(Refused), func(r Report) bool {
		b, why := r.Deciding().Reply.blames()
		return b == blamePolicy && why.Code != edeProhibited
	})
}

func refusedByOne(c Case) (symptom, bool) {
	refusing := c.refusing()
	if len(refusing) == 0 || len(refusing) == len(c.Reports) || len(c.with(Report.Answered)) == len(refusing) {
		return none()
	}
	r := refusing[0]
	f := found(finding.Likely, model.SeverityBroken, "%s %s and others answer: %s list of clients leaves out %s, or %s no authority for %s and %s not ask others",
		named(refusing), some(refusing, "refuses", "refuse"), some(refusing, "its", "their"), c.where(), some(refusing, "it is", "they are"), c.Domain, some(refusing, "does", "do"))
	if reply := r.Deciding().Reply; !reply.RA {
		f.Cause += "; RA=0 says that it asks nobody"
	}
	return f.next("Check allow-query, allow-recursion or access-control on %s for this vantage and for %s.", named(refusing), c.cidr()).at(refusing...), true
}

func refusedByAll(c Case) (symptom, bool) {
	refusing := c.refusing()
	if len(refusing) == 0 || len(refusing) != len(c.with(Report.Answered)) {
		return none()
	}
	f := found(finding.Likely, model.SeverityBroken, "%s, or %s list of clients leaves out %s",
		some(refusing, refusing[0].Server.String()+" refuses: it holds other zones than ", "every server refuses: they hold other zones than ")+c.Domain.String(), some(refusing, "its", "their"), c.where())
	f = f.next("Check allow-query or access-control for %s. If that is right, %s for %s: ask %s owner.", c.cidr(),
		some(refusing, "this is the wrong server", "these are the wrong servers"), c.Domain, some(refusing, "its", "their")).run(dig(refusing[0].Server, c.Domain) + " SOA +norecurse").at(refusing...)
	for _, r := range refusing {
		if own := r.Best(StepAuthority); own.Answered() && own.Reply.Code == NoError && own.Reply.AA {
			f.Cause = r.Server.String() + " is an authority for " + c.Domain.String() + " and refuses to ask others: it is not for forwarding, or leaves out this vantage"
		}
	}
	return f, true
}

func lame(c Case) (symptom, bool) {
	var bad []Report
	for _, r := range c.Reports {
		if r.Any(func(e Exchange) bool {
			return e.Step == StepSOA && e.Reply.Lame() || e.Step == StepA && e.Reply.Referral()
		}) {
			bad = append(bad, r)
		}
	}
	if len(bad) == 0 {
		return none()
	}
	elsewhere := bad[0].Best(StepSOA).Reply.Elsewhere
	if len(elsewhere) == 0 {
		elsewhere = bad[0].Best(StepA).Reply.Elsewhere
	}
	what := some(bad, "asks nobody and is", "ask nobody and are")
	if bad[0].Best(StepA).Reply.RA {
		what = some(bad, "offers recursion, does none, and is", "offer recursion, do none, and are")
	}
	return found(finding.Likely, model.SeverityBroken, "%s %s no authority for %s: %s %s, and a forwarder does not go there",
		named(bad), what, c.Name.Or(c.Domain.Raw()), some(bad, "it only names", "they only name"), phrase.List(elsewhere)).
		next("Put a server that offers recursion in the row %s, or one that holds the zone.", c.Domain).at(bad...), true
}

// failure is the SERVFAIL of a server that took longest.
func failure(r Report) (Exchange, bool) {
	var slowest Exchange
	found := false
	for _, e := range r.Exchanges {
		if e.Answered() && e.Reply.Code == ServFail && e.Step != StepLatency && (!found || e.Waited > slowest.Waited) {
			slowest, found = e, true
		}
	}
	return slowest, found
}

func failsAtOnce(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		e, failed := failure(r)
		if !failed {
			continue
		}
		b, why := e.Reply.blames()
		switch {
		case b == blameItself, b == blameDNSSEC:
			return c.ownFault(r, e, b, why), true
		case b != blameNobody, e.Waited >= slowFailure:
			continue // its own word decides, or the time that it took
		}
		sure := finding.Likely
		if e.Waited >= quickFailure {
			sure = finding.Possible
		}
		f := found(sure, model.SeverityBroken, "%s fails by itself, in %s: the zone has expired or was not loaded, DNSSEC does not hold, or it found a circle", r.Server, Millis(e.Waited))
		if words := e.Reply.Explained(); words != "" {
			f.Cause = r.Server.String() + " says SERVFAIL, and why: " + words
			f.Confidence = finding.Likely
		}
		return f.next("Look at the state of the zone for %s on %s, and at its log.", c.Domain, r.Server).at(r), true
	}
	return none()
}

func failsSlowly(c Case) (symptom, bool) {
	for _, r := range c.Reports {
		e, failed := failure(r)
		if !failed {
			continue
		}
		switch b, why := e.Reply.blames(); {
		case b == blameBehind, b == blameStale:
			return c.behind(found(finding.Likely, model.SeverityBroken, "the fault lies behind %s: it says SERVFAIL for %s, because what it asks itself cannot be reached (%s)", r.Server, c.Name, why.Words()), r), true
		case b != blameNobody, e.Waited < quickFailure:
			continue
		}
		sure := finding.Likely
		if e.Waited < slowFailure {
			sure = finding.Possible
		}
		f := found(sure, model.SeverityBroken, "%s answers SERVFAIL after %s: the server that it asks itself does not answer", r.Server, seconds(e.Waited))
		if words := e.Reply.Explained(); words != "" {
			f.Cause += "; it says: " + words
		}
		return c.behind(f, r), true
	}
	return none()
}

func noSuchName(c Case) (symptom, bool) {
	denying := c.coded(NXDomain)
	if len(denying) == 0 || len(denying) != len(c.with(Report.Answered)) || len(c.with(Report.denied)) > 0 {
		return none()
	}
	if b, _ := denying[0].Deciding().Reply.blames(); b == blameStale || b == blamePolicy {
		return none() // its own word tells more
	}
	zone := denying[0].Deciding().Reply.SOA
	if zone.IsZero() || !inside(zone.Zone, c.Domain) {
		f := found(finding.Possible, model.SeverityAttention, "%s, and %s in the name of %s: %s may not hold the zone",
			some(denying, denying[0].Server.String()+" does not know ", "no server knows ")+c.Name.String(), some(denying, "does not answer", "none answers"), c.Domain, some(denying, "it", "they"))
		if !zone.IsZero() {
			f.Cause += "; the answer is that of " + orRoot(zone.Zone.String())
		}
		return f.next("Check that %s %s %s.", named(denying), some(denying, "holds or forwards", "hold or forward"), c.Domain).at(denying...), true
	}
	return found(finding.Likely, model.SeverityAttention, "the zone %s has no name %s: it is misspelt, or its record is missing", zone.Zone, c.Name).
		next("Correct the name, or add the record on %s (zone serial %d). Servers keep \"no such name\" for up to %s.", zone.Primary, zone.Serial, phrase.Exact(zone.Minimum)).at(denying...), true
}

func orRoot(zone string) string {
	if zone == "." {
		return "the root of the public DNS"
	}
	return zone
}
