package assume

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Effect is a verdict that is another one after the changes.
type Effect struct {
	Subject Subject
	Key     string // tells it apart from the others
	Name    string
	Turn    Turn
	Before  Verdict // zero for what is new
	After   Verdict // zero for what is gone
}

// Result is what some changes come to.
type Result struct {
	Proposal Proposal
	Facts    paths.Facts // as they would be
	Before   paths.Report
	After    paths.Report
	Refused  []Refusal
	Effects  []Effect // the worst first
	Stay     []Effect // the verdicts that stay as they are
}

// Judge judges a network's paths as they are and as they would be.
func Judge(f paths.Facts, p Proposal) Result {
	r := Result{Proposal: p, Before: paths.Judge(f)}
	r.Facts, r.Refused = Apply(f, p.Changes)
	r.After = paths.Judge(r.Facts)
	r.Effects, r.Stay = Compare(f, r.Before, r.Facts, r.After)
	return r
}

// Count counts the effects of a turn.
func (r Result) Count(t Turn) int {
	n := 0
	for _, e := range r.Effects {
		if e.Turn == t {
			n++
		}
	}
	return n
}

// Remains are the verdicts that need somebody after the changes.
func (r Result) Remains() int {
	n := 0
	for _, f := range r.After.Findings {
		if f.NeedsPerson() {
			n++
		}
	}
	return n
}

// NeedsPerson reports whether something gets worse, or needs somebody after the changes.
func (r Result) NeedsPerson() bool {
	return r.Count(Worse) > 0 || r.Remains() > 0
}

// Says is what the changes come to, in one sentence.
func (r Result) Says() string {
	if len(r.Effects) == 0 {
		if len(r.Proposal.Changes) == 0 {
			return "Nothing is assumed, and nothing changes."
		}
		return "No verdict changes: all " + fmt.Sprintf("%d stay as they are.", len(r.Stay))
	}
	var parts []string
	for _, t := range []Turn{Better, Worse, Other, New, Gone} {
		if n := r.Count(t); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, t))
		}
	}
	return phrase.Capital(phrase.And(parts)) + fmt.Sprintf(", %d as before.", len(r.Stay))
}

// subject is one thing with its verdict.
type subject struct {
	of      Subject
	key     string
	name    string
	verdict Verdict
}

// Compare finds the verdicts of two reports that are not the same, and those that are.
func Compare(f paths.Facts, before paths.Report, g paths.Facts, after paths.Report) (effects, stay []Effect) {
	old := map[string]subject{}
	for _, s := range subjects(f, before) {
		old[s.key] = s
	}
	for _, s := range subjects(g, after) {
		was, there := old[s.key]
		delete(old, s.key)
		switch {
		case !there:
			effects = append(effects, Effect{Subject: s.of, Key: s.key, Name: s.name, Turn: New, After: s.verdict})
		case was.verdict.Same(s.verdict):
			stay = append(stay, Effect{Subject: s.of, Key: s.key, Name: s.name, Turn: Same, Before: was.verdict, After: s.verdict})
		default:
			effects = append(effects, Effect{Subject: s.of, Key: s.key, Name: s.name, Turn: turn(was.verdict, s.verdict), Before: was.verdict, After: s.verdict})
		}
	}
	for _, s := range subjects(f, before) {
		if _, left := old[s.key]; left {
			effects = append(effects, Effect{Subject: s.of, Key: s.key, Name: s.name, Turn: Gone, Before: s.verdict})
		}
	}
	slices.SortStableFunc(effects, func(a, b Effect) int {
		return cmp.Or(cmp.Compare(a.Turn.rank(), b.Turn.rank()), cmp.Compare(a.Subject.rank(), b.Subject.rank()), cmp.Compare(b.After.Severity, a.After.Severity), cmp.Compare(a.Name, b.Name))
	})
	return effects, stay
}

func (t Turn) rank() int { return slices.Index([]Turn{Worse, Better, Other, New, Gone}, t) }

func (s Subject) rank() int {
	return slices.Index([]Subject{OfHost, OfEntry, OfSubnet, OfPeering, OfTable}, s)
}

// subjects are all things of a report that have a verdict, each with a key of its own.
func subjects(f paths.Facts, r paths.Report) []subject {
	var out []subject
	seen := map[string]int{}
	add := func(of Subject, key, name string, v Verdict) {
		key = string(of) + "\x00" + key
		if seen[key]++; seen[key] > 1 { // two of one name are two
			key += fmt.Sprintf("\x00%d", seen[key])
		}
		out = append(out, subject{of, key, name, v})
	}
	for _, h := range r.Hosts {
		v := verdictOf(h.Findings, h.Why)
		v.Word = h.Word
		add(OfHost, h.Key, h.Service.Label(), v)
	}
	for _, e := range r.In.Entries {
		v := verdictOf(e.Findings, e.Why)
		v.Word = e.Word
		add(OfEntry, e.Key, e.Title(), v)
	}
	for _, w := range r.Ways {
		add(OfSubnet, w.Peering.Raw()+"\x00"+w.Subnet.Raw(), w.VNet.Name.String()+" › "+w.Subnet.String(), verdictOf(w.Findings, "Requests to it and their replies find their way."))
	}
	if f.Network == nil {
		return out
	}
	for i := range f.Network.Peerings {
		p := &f.Network.Peerings[i]
		add(OfPeering, p.ID.Raw(), p.Name.Or(p.ID.Raw()).String(), verdictOf([]finding.Finding{p.Finding}, p.Finding.Cause))
	}
	tables(f.Network, add)
	return out
}

// tables adds the mapping tables of a network.
func tables(n *model.NetworkStatus, add func(Subject, string, string, Verdict)) {
	of := func(id, name safe.Text) {
		var list []finding.Finding
		for _, m := range n.Mappings {
			if m.TableID == id {
				list = append(list, m.Finding)
			}
		}
		add(OfTable, id.Raw(), name.Or(id.Raw()).String(), verdictOf(list, "Its rows are as they should be."))
	}
	for _, d := range n.PrivateDNS {
		if d.Kind == model.KindAzureResolver {
			of(d.ID, d.Name)
		}
	}
	for i := range n.Peerings {
		if p := &n.Peerings[i]; len(p.DNS) > 0 {
			of(p.ID, p.Name)
		}
	}
}

// verdictOf makes a verdict of findings, the first of which speaks.
func verdictOf(list []finding.Finding, well string) Verdict {
	v := Verdict{Severity: finding.OK, Word: "well", Why: well}
	for _, f := range list {
		v.codes = append(v.codes, f.Code)
	}
	slices.Sort(v.codes)
	worst := slices.MaxFunc(append([]finding.Finding{{}}, list...), func(a, b finding.Finding) int { return cmp.Compare(a.Severity, b.Severity) })
	if worst.Severity > finding.OK {
		v.Severity, v.Code, v.Word, v.Why, v.Next = worst.Severity, worst.Code, worst.Word, worst.Cause, worst.Next
	} else if len(list) > 0 && list[0].Word != "" {
		v.Word = list[0].Word
	}
	return v
}
