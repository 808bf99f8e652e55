package wayin

import (
	"cmp"
	"slices"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Judge tells how the gateways on a network can be reached, and judges what points at them
// in the VNETs that the network is peered with.
func Judge(f Facts) Report {
	if f.Network == nil {
		return Report{}
	}
	j := judging{Facts: f, owner: newOwner(f)}
	r := Report{Groups: j.groups, Whole: j.whole}
	r.Private = slices.ContainsFunc(j.groups, Group.points)
	r.Says = j.says(r)
	for _, v := range f.VNets {
		for _, e := range slices.Concat(pools(v), records(v), rules(v)) {
			if e, is := j.entry(e, v); is && !slices.ContainsFunc(r.Entries, func(o Entry) bool { return o.Key == e.Key }) {
				r.Entries = append(r.Entries, e)
			}
		}
	}
	slices.SortStableFunc(r.Entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(b.Finding().Severity, a.Finding().Severity), cmp.Compare(a.Kind.rank(), b.Kind.rank()), a.Name.Compare(b.Name), a.Part.Compare(b.Part))
	})
	for _, e := range r.Entries {
		r.Findings = appendNew(r.Findings, e.Findings...)
	}
	r.Findings = appendNew(r.Findings, j.notRead(r)...)
	slices.SortStableFunc(r.Findings, func(a, b finding.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	return r
}

// judging is what is made ready once for all entries.
type judging struct {
	Facts
	owner
}

func (k Kind) rank() int {
	return slices.Index([]Kind{KindBalancer, KindAppGateway, KindRecord, KindRule}, k)
}

// appendNew adds the findings that do not stand there yet.
func appendNew(list []finding.Finding, more ...finding.Finding) []finding.Finding {
	for _, f := range more {
		if !slices.ContainsFunc(list, func(o finding.Finding) bool { return o.Same(f) && o.Cause == f.Cause }) {
			list = append(list, f)
		}
	}
	return list
}

// says is how the gateways on the network can be reached, in one sentence.
func (j judging) says(r Report) string {
	name := j.Network.Name.Or(j.Network.ID.Raw()).String()
	switch {
	case !j.read && j.Network.ReferencesRead.Failure != nil:
		return "Which data planes are on " + name + " is not known: " + j.Network.ReferencesRead.Failure.Cause.String() + "."
	case !j.read:
		return "Which data planes are on " + name + " was not read yet."
	case len(j.groups) == 0:
		return "No data planes are on " + name + ": there is nothing to point at."
	case !r.Private:
		return "The gateways on " + name + " have no private access: there is nothing to point at."
	}
	waiting := 0
	for _, g := range j.groups {
		if g.Waiting() {
			waiting++
		}
	}
	all := r.distinct()
	switch {
	case waiting > 0 && all == 0:
		return "The data planes on " + name + " have no private addresses yet: they are being made."
	case waiting > 0:
		return phrase.Count(all, "private address") + " on " + name + " " + phrase.Either(all, "is", "are") + " known; " + phrase.Count(waiting, "group") + " of data planes " + phrase.Either(waiting, "has", "have") + " none yet."
	default:
		return phrase.Count(all, "private address") + " of data planes on " + name + " can be pointed at."
	}
}

// distinct counts the private addresses, each once whoever is reached there.
func (r Report) distinct() int {
	var seen []safe.Text
	for _, a := range r.Addresses() {
		if !slices.ContainsFunc(seen, func(s safe.Text) bool { return same(s, a.Address) }) {
			seen = append(seen, a.Address)
		}
	}
	return len(seen)
}
