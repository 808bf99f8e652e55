package verdict

import (
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
)

// replicaRules are about servers of one row that do not say the same.
func replicaRules() []rule {
	return []rule{
		{"N12", notReplicas},
		{"N17", serials},
		{"N16", rotation},
	}
}

func notReplicas(c Case) (symptom, bool) {
	denying, answering := c.coded(NXDomain), c.with(func(r Report) bool {
		code, answered := r.Code()
		return answered && code == NoError && len(r.Deciding().Reply.Answers) > 0
	})
	if len(denying) == 0 || len(answering) == 0 {
		return none()
	}
	f := found(finding.Sure, model.SeverityBroken, "%s %s no such name, and %s %s it: the servers of the row hold different zones, and \"no such name\" is never asked again elsewhere",
		named(denying), some(denying, "knows", "know"), named(answering), some(answering, "has", "have"))
	if c.Reports[0].Server != denying[0].Server {
		f.Cause += "; the first server has it, so the gateway fails only when that one is away"
	}
	return f.next("Correct the zone on %s, or make two rows of %s, each with the servers that hold it.", named(denying), c.Domain).at(denying...), true
}

func serials(c Case) (symptom, bool) {
	var oldest, newest Report
	for i, r := range c.with(func(r Report) bool { _, there := r.SOA(); return there }) {
		if i == 0 {
			oldest, newest = r, r
			continue
		}
		a, _ := r.SOA()
		if b, _ := newest.SOA(); key(a.Zone) != key(b.Zone) {
			continue
		} else if lag, ordered := SerialDiff(a.Serial, b.Serial); lag > 0 || !ordered {
			newest = r
		}
		if b, _ := oldest.SOA(); !newer(a.Serial, b.Serial) {
			oldest = r
		}
	}
	a, _ := oldest.SOA()
	b, _ := newest.SOA()
	if a.Serial == b.Serial {
		return none()
	}
	lag, ordered := SerialDiff(b.Serial, a.Serial)
	if !ordered {
		return found(finding.Likely, model.SeverityAttention, "%s has serial %d and %s serial %d, and no rule says which is newer", oldest.Server, a.Serial, newest.Server, b.Serial).
			next("Set the serial of %s anew on %s, as RFC 1982 section 3 tells.", b.Zone, b.Primary).at(oldest, newest), true
	}
	f := found(finding.Likely, model.SeverityAttention, "%s is behind: it has serial %d of %s, and %s has %d, which is %d later", oldest.Server, a.Serial, a.Zone, newest.Server, b.Serial, lag)
	f.Cause += c.flickers(oldest, newest)
	return f.next("Look at the zone transfer from %s to %s: NOTIFY, AXFR, and TCP 53 between them.", b.Primary, oldest.Server).at(oldest), true
}

// flickers tells what two versions of a zone do to the name: where the answers differ, the
// gateway sees the one or the other, for as long as it keeps an answer.
func (c Case) flickers(a, b Report) string {
	if !differ(a, b, AspectAnswer) && !differ(a, b, AspectCode) {
		return ""
	}
	out := fmt.Sprintf("; for %s they give %s and %s", c.Name, a.answerWords(), b.answerWords())
	const brief = time.Minute
	if ttl := longestTTL([]Report{a, b}); ttl > 0 && ttl <= brief {
		out += fmt.Sprintf(", kept for %s only, so the gateway sees now the one and now the other", phrase.Exact(ttl))
	}
	return out
}

// newer reports whether serial a is newer than b, or not to be ordered with it.
func newer(a, b uint32) bool {
	lag, ordered := SerialDiff(a, b)
	return !ordered || lag >= 0
}

func rotation(c Case) (symptom, bool) {
	for i, a := range c.Reports {
		for _, b := range c.Reports[i+1:] {
			s, known := a.SOA()
			t, too := b.SOA()
			if known && too && key(s.Zone) == key(t.Zone) && s.Serial != t.Serial || differ(a, b, AspectCode) || !differ(a, b, AspectAnswer) && !differ(a, b, AspectChain) {
				continue
			}
			f := found(finding.Possible, model.SeverityAttention, "%s gives %s and %s gives %s, from the same version of the zone: one keeps an old answer, or answers by place", a.Server, a.route(), b.Server, b.route()).
				next("Ask three times and compare the sets; look at the TTL that is left at each server.").at(a, b)
			if !known || !too || key(s.Zone) != key(t.Zone) {
				f.Cause = fmt.Sprintf("%s gives %s and %s gives %s: they hold different zones, or one keeps an old answer", a.Server, a.route(), b.Server, b.route())
				f = f.without("which version of the zone each has", "they do not tell the same zone")
			}
			switch sets := max(a.Latency.Sets, b.Latency.Sets); {
			case sets > 1:
				f = found(finding.Likely, model.SeverityOK, "the answers rotate: one server alone gave %d different sets in a row", sets).
					next("Nothing is wrong if each of the addresses works.").at(a, b)
			case a.Latency.Asked == 0:
				f = f.without("whether the answers rotate", "each server was asked once")
			}
			return f, true
		}
	}
	return none()
}

// route writes how the name ends at a server.
func (r Report) route() string {
	c := r.Chain()
	out := orNone(c.Addresses)
	if len(c.Addresses) > 0 {
		out = few(c.Addresses)
	}
	if len(c.Aliases) > 0 {
		out += " over " + few(c.Aliases)
	}
	return out
}

func differ(a, b Report, x Aspect) bool {
	for _, d := range differences(a, b) {
		if d.Aspect == x {
			return true
		}
	}
	return false
}
