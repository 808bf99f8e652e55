package verdict

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// The ranks of findings, the first to look at first.
const (
	rankStops = iota // nothing works before it is well
	rankNeeds        // a person should look
	rankDoubt        // a cloud could not be read
	rankNote
)

// ranked is a finding with its rank among those of a case.
type ranked struct {
	finding.Finding

	rank int
}

type rankedList []ranked

// with adds a finding. Where the same is said of another server already, the server is
// named there.
func (l rankedList) with(r ranked) rankedList {
	for i := range l {
		if l[i].Same(r.Finding) && l[i].Cause == r.Cause {
			l[i].Servers = union(l[i].Servers, r.Servers)
			return l
		}
	}
	return append(l, r)
}

func union(a, b []safe.Text) []safe.Text {
	out := slices.Clone(a)
	for _, t := range b {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

func (l rankedList) sorted() []finding.Finding {
	slices.SortStableFunc(l, func(a, b ranked) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return sureness(b.Confidence) - sureness(a.Confidence)
	})
	var out []finding.Finding
	for _, r := range l {
		out = append(out, r.Finding)
	}
	return out
}

// sureness orders confidences: what a cloud says is sure.
func sureness(c finding.Confidence) int {
	if c == finding.Stated {
		return int(finding.Sure)
	}
	return int(c)
}

// clouds are the findings of the network, its peering and its resolver, as every other
// place shows them, where they are not well. One that is not ready in Konnect stops
// everything, whatever the servers say.
func (c Case) clouds() rankedList {
	var list rankedList
	add := func(f finding.Finding, ready bool) {
		rank := rankNote
		switch {
		case f.Code == "", ready && f.Severity == finding.OK:
			return
		case !ready, f.Severity == finding.Broken:
			rank = rankStops
		case f.Severity == finding.Unknown:
			rank = rankDoubt
		case f.NeedsPerson():
			rank = rankNeeds
		}
		list = append(list, ranked{f, rank})
	}
	if n, known := c.Facts.Network.Get(); known {
		add(n.Own, n.State == model.NetworkReady)
	}
	if p, known := c.Facts.Peering.Get(); known {
		add(p.Finding, p.State == model.PeeringReady)
	}
	for _, f := range c.Facts.Unread {
		add(f, true)
	}
	if d, known := c.Facts.Resolver.Get(); known {
		add(d.Finding, true) // the row may stand in the peering's own table
	}
	return list
}

// ofAzure are the findings that Azure's own facts give of the servers of the row.
func (c Case) ofAzure() []finding.Finding {
	var out []finding.Finding
	for _, r := range c.Reports {
		for _, f := range c.server(r).Findings {
			f.Servers = []safe.Text{r.Server}
			out = append(out, f)
		}
	}
	return out
}
