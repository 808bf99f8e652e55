package verdict

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The rungs that the probe itself climbs.

func transportRung(c Case, over Transport) Rung {
	title := map[Transport]Check{UDP: CheckUDP, TCP: CheckTCP}[over]
	if why, so := carriesTCPOnly(c); so && over == UDP {
		return NotAsked(title, why)
	}
	var good, bad, open []string
	for _, r := range c.Reports {
		switch e := r.Find(StepSOA, over); {
		case e.Answered():
			good = append(good, fmt.Sprintf("%s in %s", r.Server, Millis(e.Took)))
		case !e.Asked():
			open = append(open, fmt.Sprintf("%s was not asked: %s", r.Server, r.whyNot(e)))
		case e.Unheard() && !is(c.way(r), true):
			open = append(open, fmt.Sprintf("%s is not testable from %s", r.Server, c.where()))
		default:
			bad = append(bad, fmt.Sprintf("%s: %s", r.Server, e.words()))
		}
	}
	switch {
	case len(bad) > 0:
		return Failed(title, "%s", strings.Join(bad, "; "))
	case len(open) > 0:
		return NotLooked(title, strings.Join(open, "; "))
	case len(good) == 0:
		return NotLooked(title, "no server was asked")
	default:
		return Done(title, "%s", strings.Join(good, ", "))
	}
}

// carriesTCPOnly reports whether the way that was chosen carries no UDP, and each server
// answers over the TCP that it does carry; then the lack of UDP is one of the way and no
// question is open that could be asked from here.
func carriesTCPOnly(c Case) (string, bool) {
	why := ""
	for _, r := range c.Reports {
		u := r.Find(StepSOA, UDP)
		if u.Outcome != OutcomeUntestable || !r.Find(StepSOA, TCP).Answered() {
			return "", false
		}
		why = r.whyNot(u)
	}
	return why, len(c.Reports) > 0
}

func (r Report) whyNot(e Exchange) string {
	if !e.Reason.IsEmpty() {
		return e.Reason.String()
	}
	return r.unasked()
}

// words says what became of a question that was not answered.
func (e Exchange) words() string {
	switch e.Outcome {
	case OutcomeSilent:
		return "nothing came in " + seconds(e.Waited)
	case OutcomeClosed:
		return "nothing listens at port 53"
	case OutcomeNoRoute:
		return "no route"
	case OutcomeForeign:
		return e.ForeignWhy
	default:
		return e.Reason.String()
	}
}

// overServers makes a rung of a verdict on each server.
func overServers(c Case, title Check, judge func(Report) Verdict) Rung {
	var good, bad, open []string
	for _, r := range c.Reports {
		v := judge(r)
		line := r.Server.String() + ": " + v.Why
		switch v.Is {
		case model.Yes:
			good = append(good, line)
		case model.No:
			bad = append(bad, line)
		default:
			open = append(open, line)
		}
	}
	switch {
	case len(bad) > 0:
		return Failed(title, "%s", strings.Join(bad, "; "))
	case len(open) > 0:
		return NotLooked(title, strings.Join(open, "; "))
	case len(good) == 0:
		return NotLooked(title, "no server was asked")
	default:
		return Done(title, "%s", strings.Join(good, "; "))
	}
}

func willingRung(c Case) Rung { return overServers(c, CheckWilling, Willing) }

func nameRung(c Case) Rung {
	return overServers(c, CheckName, func(r Report) Verdict {
		private := c.Facts.Private
		if wanted, _ := c.private(r); wanted {
			private = Know(true)
		}
		return Right(r, nil, private)
	})
}

func ednsRung(c Case) Rung {
	if why, so := carriesTCPOnly(c); so {
		return NotAsked(CheckEDNS, why)
	}
	return overServers(c, CheckEDNS, func(r Report) Verdict {
		e := r.Find(StepSOA, UDP)
		switch {
		case !e.Answered():
			return unknown("no answer over UDP")
		case e.EDNS.Fails():
			return no("answers without it only")
		case e.EDNS == EDNSLate:
			return yes("answers with it, and lost or delayed one packet")
		default:
			return yes("takes it")
		}
	})
}

func randomRung(c Case) Rung {
	return overServers(c, CheckRandom, func(r Report) Verdict {
		switch e := r.Best(StepRandom); {
		case !e.Answered():
			return unknown("it was not asked")
		case e.Reply.Code == NXDomain, e.Reply.Empty():
			return yes("is not found, as it should be")
		case e.Reply.Code == NoError:
			return yes("has an answer (%s): a wildcard, or answers that are made up", answersOf(e.Reply))
		default:
			return unknown("says %s", e.Reply.Code)
		}
	})
}

func agreeRung(c Case) Rung {
	const title = CheckAgreement
	switch a := Compare(c.Reports); {
	case len(c.Reports) == 0:
		return NotLooked(title, "no server was asked")
	case a.Severity == model.SeverityOK:
		return Done(title, "%s", a.Word)
	case a.Severity == model.SeverityUnknown:
		return NotLooked(title, a.Word)
	default:
		return Failed(title, "%s: %s", a.Word, a.Differences[0].Text)
	}
}

// dataRung: the address itself must lie where the gateway has a way to.
func dataRung(c Case) Rung {
	const title = CheckWay
	if r, bad := byRule(c, title, slices.Concat(privateRules(), placeRules())); bad {
		return r
	}
	all := c.given()
	if len(all) == 0 {
		return NotLooked(title, "there is no address yet")
	}
	list, outside := make([]safe.Text, 0, len(all)), 0
	for _, g := range all {
		list = append(list, g.address)
		if public(g.address) {
			outside++
		}
	}
	if outside == len(all) {
		return Done(title, "%s is public: the gateway's own way out leads there", few(list))
	}
	reach, known := c.Facts.Reach.Get()
	if !known {
		return NotLooked(title, "whether a peered range holds "+few(list)+": "+c.Facts.Reach.Why())
	}
	var in []string
	for _, g := range all {
		spans := reach.at(g.address)
		if len(spans) > 0 && !slices.Contains(in, spans[0].VNet.String()) {
			in = append(in, spans[0].VNet.String())
		}
		switch {
		case public(g.address) || slices.ContainsFunc(spans, func(s Span) bool { return is(s.Carried, true) }):
		case len(spans) == 0:
			return NotLooked(title, fmt.Sprintf("%s lies in no peered range (%s)", g.address, reach.named()))
		default:
			return NotLooked(title, fmt.Sprintf("whether %s is carried to %s: %s", g.address, spans[0].VNet, spans[0].Carried.Why()))
		}
	}
	if more := c.unseen(); more > 0 {
		return c.restRung(reach, more, list[0].String())
	}
	return Done(title, "%s %s in %s", few(list), phrase.Either(len(list), "lies", "lie"), phrase.And(in))
}

// restRung is for large answers, of which the first records are kept: the ranges that all of
// their addresses lie in tell of the others.
func (c Case) restRung(reach Reach, more int, first string) Rung {
	var carried []netip.Prefix
	for _, s := range reach.Spans {
		if is(s.Carried, true) && s.Prefix.Valid() {
			carried = append(carried, s.Prefix.Range())
		}
	}
	for _, r := range c.Reports {
		reply := r.Best(StepA).Reply
		if reply.More == 0 {
			continue
		}
		_, out, whole := reply.Cover.Split(carried)
		switch {
		case len(reply.Cover) == 0 || !whole:
			return NotLooked(CheckWay, fmt.Sprintf("%s and %d more records, which were not looked at one by one", first, more+maxRecords-1))
		case len(out) > 0:
			return NotLooked(CheckWay, fmt.Sprintf("%s and %d more records, some of which lie in no range that a peering carries: %s", first, more+maxRecords-1, out[0]))
		}
	}
	return Done(CheckWay, "%s and %d more records lie in ranges that the peerings carry", first, more+maxRecords-1)
}

// unseen counts the records of the answers that are not kept.
func (c Case) unseen() int {
	more := 0
	for _, r := range c.Reports {
		more = max(more, r.Best(StepA).Reply.More)
	}
	return more
}
