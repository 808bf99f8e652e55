package known

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// State is how an entry of a list stands.
type State string

// The states.
const (
	Holds   State = "known"         // a finding is as it was, and is counted no more
	Changed State = "changed since" // it counts again
	Over    State = "time is over"  // it counts again
	Absent  State = "not found now"
	Unread  State = "not known now" // what it is about could not be read
)

// Entry is a problem of a list with how it stands.
type Entry struct {
	Problem

	State       State
	NetworkName safe.Text
	SubjectName safe.Text
	Finding     finding.Finding // as it is now, where there is one
}

// Standing says how each problem of a list stands, by what is known of the networks.
func Standing(l List, networks []*model.NetworkStatus, whole bool, now time.Time) []Entry {
	out := make([]Entry, 0, len(l.Problems))
	for _, p := range l.Problems {
		out = append(out, standing(l, p, networks, whole, now))
	}
	return out
}

func standing(l List, p Problem, networks []*model.NetworkStatus, whole bool, now time.Time) Entry {
	e := Entry{Problem: p, NetworkName: p.Network, SubjectName: p.Subject, State: Unread}
	if whole {
		e.State = Absent
	}
	for _, n := range networks {
		if !p.Names(n) {
			continue
		}
		e.NetworkName = n.Name.Or(n.ID.Raw())
		if e.State = Absent; !p.readOf(n) {
			e.State = Unread
		}
		for _, f := range n.Found() {
			switch {
			case p.Covers(n, f):
				e.State, e.Finding, e.SubjectName = Holds, f.Finding, f.Name
			case p.About(n, f) && e.State != Holds:
				e.State, e.Finding, e.SubjectName = Changed, f.Finding, f.Name
			case p.of(f) && !p.Subject.IsEmpty() && e.Finding.Code == "":
				e.SubjectName = f.Name.Or(f.ID.Raw())
			}
		}
	}
	switch {
	case p.Over(now):
		e.State = Over
	case l.Ended[p.Key()]:
		e.State = Changed
	}
	return e
}
