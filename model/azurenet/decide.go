package azurenet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// The words for what a rule does with what it fits.
const (
	allow       = "allow"
	alwaysAllow = "alwaysallow" // of security admin rules: no security group is asked any more
	deny        = "deny"
)

// share is a part of the far side, and the rule that decides for it.
type share struct {
	rule Rule
	of   spans
	why  string // why it may be so, for a doubt
	at   int    // how many parts were decided before, for a doubt
}

// does is what becomes of the part, in small letters.
func (s share) does() string { return strings.ToLower(s.rule.Access.Raw()) }

func (s share) named() string { return s.rule.named() }

func (r Rule) named() string {
	return fmt.Sprintf("the rule %s (priority %d)", r.Name.Or("without a name"), r.Priority)
}

// decision is what became of each part of the far side.
type decision struct {
	parts  []share
	doubts []share
	left   spans // what no rule is for
}

// decide asks the rules in the order of their priority; the first that fits decides.
func decide(rules []Rule, p packet, words ...string) decision {
	d := decision{left: p.far}
	for _, r := range byPriority(rules) {
		if len(d.left) == 0 && !d.equal(r) {
			break
		}
		fits, why := r.applies(p)
		if fits == no {
			continue
		}
		if !knows(r.Access, words) {
			fits, why = maybe, "it says "+r.Access.Quoted()+", which peerdeck does not know"
		}
		if r.Priority <= 0 {
			fits, why = maybe, "it has no priority, so its place among the rules is not known"
		}
		sure, doubt := r.farSide(p)
		d.doubts = append(d.doubts, d.contest(r, sure)...)
		in, out := d.left.split(sure)
		if doubt != "" && len(out) > 0 {
			d.doubts = append(d.doubts, share{rule: r, of: out, why: doubt, at: len(d.parts)})
		}
		switch {
		case len(in) == 0:
		case fits == maybe:
			d.doubts = append(d.doubts, share{rule: r, of: in, why: why, at: len(d.parts)})
		default:
			d.parts, d.left = append(d.parts, share{rule: r, of: in}), out
		}
	}
	return d
}

func byPriority(rules []Rule) []Rule {
	out := slices.Clone(rules)
	slices.SortStableFunc(out, func(a, b Rule) int { return a.Priority - b.Priority })
	return out
}

func knows(access safe.Text, words []string) bool {
	return slices.Contains(words, strings.ToLower(access.Raw()))
}

// equal reports whether the last part was decided by a rule of the same priority, which
// might as well have come after this one.
func (d decision) equal(r Rule) bool {
	n := len(d.parts)
	return n > 0 && d.parts[n-1].rule.Priority == r.Priority
}

// contest notes where two rules of one priority would do different things: Azure refuses
// such a pair in a group, and which of them is asked first is not known.
func (d decision) contest(r Rule, sure spans) []share {
	var out []share
	for i, s := range d.parts {
		if s.rule.Priority != r.Priority || s.does() == strings.ToLower(r.Access.Raw()) {
			continue
		}
		if in, _ := s.of.split(sure); len(in) > 0 {
			out = append(out, share{rule: r, of: in, at: i, why: s.named() + " has the same priority, and which of them is asked first is not known"})
		}
	}
	return out
}

// doubtful returns the first rule of which it matters that it may fit: what it would
// do is not what is done without it. Without is what becomes of what no rule is for.
func (d decision) doubtful(without string, words ...string) (share, bool) {
	for _, q := range d.doubts {
		strangeWord := !knows(q.rule.Access, words)
		for _, s := range d.parts[min(q.at, len(d.parts)):] {
			if s.of.overlaps(q.of) && (s.does() != q.does() || strangeWord) {
				return q, true
			}
		}
		if d.left.overlaps(q.of) && (strangeWord || q.does() != without) {
			return q, true
		}
	}
	return share{}, false
}

// that returns the parts of which one thing becomes.
func (d decision) that(does string) []share {
	var out []share
	for _, s := range d.parts {
		if s.does() == does {
			out = append(out, s)
		}
	}
	return out
}
