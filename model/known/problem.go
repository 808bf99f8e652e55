package known

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Problem is a finding that somebody knows of.
type Problem struct {
	Code    finding.Code
	Network safe.Text // its id, or its name
	// Subject is what in the network the finding is about, by id or name; empty stands for
	// whatever has the finding.
	Subject safe.Text
	Reason  safe.Text
	By      safe.Text // who said so; may be empty
	At      time.Time // when; zero where nobody wrote that down
	// Until is when it ends; zero: when the finding changes.
	Until time.Time
	// Was tells how the finding was, by [Print]; empty for one of which nobody noted it, which
	// then is known however it is.
	Was string
	// Line is where it stands in its file, from 1 on; 0 for none.
	Line int
}

// Over reports whether its time is over.
func (p Problem) Over(now time.Time) bool { return !p.Until.IsZero() && !now.Before(p.Until) }

// About reports whether it is about what a finding of a network is about, however that is now.
func (p Problem) About(n *model.NetworkStatus, f model.Found) bool {
	return p.Code == f.Finding.Code && p.Names(n) && p.of(f)
}

// Names reports whether it is of a network.
func (p Problem) Names(n *model.NetworkStatus) bool { return names(p.Network, n.ID, n.Name) }

// of reports whether a finding is of its subject.
func (p Problem) of(f model.Found) bool { return p.Subject.IsEmpty() || names(p.Subject, f.ID, f.Name) }

// Covers reports whether a finding is the one that is known, as it was.
func (p Problem) Covers(n *model.NetworkStatus, f model.Found) bool {
	return p.About(n, f) && (p.Was == "" || p.Was == Print(f.Finding))
}

// Same reports whether two say something of the same: the later one takes the place of the
// other.
func (p Problem) Same(o Problem) bool {
	return p.Code == o.Code && p.Network == o.Network && p.Subject == o.Subject && p.Was == o.Was
}

// Known is what a finding says of it.
func (p Problem) Known() *finding.Known {
	return &finding.Known{Reason: p.Reason, By: p.By, At: p.At, Until: p.Until}
}

// names reports whether a text is the id or the name, capitals aside.
func names(t, id, name safe.Text) bool {
	return strings.EqualFold(t.Raw(), id.Raw()) || !name.IsEmpty() && strings.EqualFold(t.Raw(), name.Raw())
}

// Of is a problem for a finding of a network as it is now.
func Of(n *model.NetworkStatus, f model.Found) Problem {
	return Problem{Code: f.Finding.Code, Network: n.ID, Subject: f.ID, Was: Print(f.Finding)}
}

// Find returns what is known of a finding: of several, that which lasts the longest. False:
// nobody knows of it, or its time is over.
func Find(list []Problem, n *model.NetworkStatus, f model.Found, now time.Time) (Problem, bool) {
	var best Problem
	found := false
	for _, p := range list {
		if p.Over(now) || !p.Covers(n, f) {
			continue
		}
		if !found || !best.Until.IsZero() && (p.Until.IsZero() || p.Until.After(best.Until)) {
			best, found = p, true
		}
	}
	return best, found
}

// Next is when the time of the first of them is over; zero for none that has an end.
func Next(list []Problem, now time.Time) time.Time {
	var next time.Time
	for _, p := range list {
		if !p.Until.IsZero() && p.Until.After(now) && (next.IsZero() || p.Until.Before(next)) {
			next = p.Until
		}
	}
	return next
}
