package paths

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// answered follows a mapped name by what its servers last said of it.
func (q *placing) answered(name dnstable.Name, r dnstrace.Rule) {
	said := q.said(name, r)
	trace := "peerdeck dns trace " + model.ShellQuote(name.ASCII) + " " + q.flag()
	var addresses []safe.Text
	var bad, silent []Answer
	for _, a := range said {
		for _, at := range a.Addresses {
			if !slices.Contains(addresses, at) {
				addresses = append(addresses, at)
			}
		}
		switch {
		case a.Severity >= finding.Attention:
			bad = append(bad, a)
		case a.Severity == finding.Unknown:
			silent = append(silent, a)
		}
	}
	word := r.Domain.String() + " → "
	switch {
	case len(addresses) > 0:
		q.ledTo(name, said, addresses, word)
		for _, a := range bad {
			q.hop(Hop{
				Kind: HopAnswer, Title: HopAnswer.Title(), Decides: a.Server.String(), Outcome: Partly, Why: a.Server.String() + " says " + a.Says,
				Finding: run(found(CodeNameFails, finding.Attention, "DNS", "The server "+a.Server.String()+" of "+r.Domain.String()+" says "+a.Says+" when it is asked for "+q.spoken),
					finding.NextCommand, "Trace the name.", trace),
			})
		}
	case len(bad) > 0 && len(silent) == 0 && len(bad) == len(said) && len(said) == len(r.Servers):
		q.wrong(HopAnswer, ByNothing, Closed, word+bad[0].Says, run(found(CodeNameFails, finding.Broken, "DNS",
			"No request to "+q.spoken+" can be sent: "+saying(bad)), finding.NextCommand, "Trace the name.", trace))
	case len(bad) > 0:
		q.wrong(HopAnswer, ByUnknown, Partly, word+bad[0].Says, run(found(CodeNameFails, finding.Attention, "DNS",
			"Where requests to "+q.spoken+" go cannot be told: "+saying(bad)), finding.NextCommand, "Trace the name.", trace))
	case len(silent) > 0:
		q.wrong(HopAnswer, ByUnknown, NotKnown, word+"cannot tell", run(found(CodeNameUnasked, finding.Unknown, "cannot tell",
			"Where requests to "+q.spoken+" go cannot be told: "+saying(silent)), finding.NextCommand,
			"Trace the name from a machine that has a way to the servers: --script prints the commands for one in the VNET.", trace+" --script"))
	default:
		q.wrong(HopAnswer, ByUnknown, NotKnown, word+"not asked", run(found(CodeNameUnasked, finding.Unknown, "cannot tell",
			"Where requests to "+q.spoken+" go cannot be told: nobody has asked "+phrase.List(r.Servers)+" for it of late"), finding.NextCommand, "Trace the name.", trace))
	}
}

// said are the answers about a name by a rule that count still, of each server the newest.
func (q *placing) said(name dnstable.Name, r dnstrace.Rule) []Answer {
	var out []Answer
	for _, s := range r.Servers {
		var best Answer
		for _, a := range q.answers[name.ASCII] {
			if a.Server == s && a.At.After(best.At) && (q.At.IsZero() || q.At.Sub(a.At) < model.ProbeCounts) {
				best = a
			}
		}
		if !best.At.IsZero() {
			out = append(out, best)
		}
	}
	return out
}

// saying is what servers said, as a clause.
func saying(list []Answer) string {
	words := make([]string, len(list))
	for i, a := range list {
		words[i] = a.Server.String() + " says " + a.Says
		if a.Severity == finding.Unknown {
			words[i] = a.Server.String() + " is " + a.Says
		}
	}
	const most = 3
	return phrase.Few(words, most)
}

// ledTo follows the addresses that a name led to. Requests go to each of them in turn, so
// the worst of them speaks.
func (q *placing) ledTo(name dnstable.Name, said []Answer, addresses []safe.Text, word string) {
	q.hop(open(HopAnswer, servers(said), name.ASCII+" is "+phrase.Few(phrase.Strings(addresses), 3)))
	const most = 8
	var worst *placing
	for _, text := range addresses[:min(len(addresses), most)] {
		a, err := netip.ParseAddr(text.Raw())
		if err != nil || a.Is6() && !a.Is4In6() && len(addresses) > 1 {
			continue
		}
		one := &placing{judging: q.judging, from: q.from, spoken: q.spoken + " (" + a.Unmap().String() + ")", p: q.p}
		one.p.Hops, one.p.Findings = slices.Clone(q.p.Hops), slices.Clone(q.p.Findings)
		one.at(a.Unmap().WithZone(""))
		if worst == nil || one.p.worse(worst.p) {
			worst = one
		}
	}
	if worst == nil {
		q.cannotTell(HopAnswer, "the addresses of "+q.spoken+" are none that can be read")
		return
	}
	q.p = worst.p
	q.p.Word = word + q.p.Word
}

func servers(said []Answer) string {
	var out []string
	for _, a := range said {
		if len(a.Addresses) > 0 {
			out = append(out, a.Server.String())
		}
	}
	const most = 3
	return phrase.Few(out, most)
}

// worse orders places by how much they need somebody, and of equal ones by how they are
// reached.
func (p Place) worse(o Place) bool {
	if a, b := severity(p.Findings), severity(o.Findings); a != b {
		return a > b
	}
	return p.By.rank() > o.By.rank()
}

// rank orders ways: what is past a peering comes first.
func (b By) rank() int {
	switch {
	case b.Past():
		return 2
	case b == ByPeering:
		return 0
	default:
		return 1
	}
}

func severity(list []finding.Finding) finding.Severity {
	worst := finding.OK
	for _, f := range list {
		worst = max(worst, f.Severity)
	}
	return worst
}
