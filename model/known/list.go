package known

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Fault is an entry of a file that cannot be used: what it was meant for is not known then.
type Fault struct {
	Line int
	Text string // what is wrong, and what may stand there
}

// String names the place.
func (f Fault) String() string { return fmt.Sprintf("line %d: %s", f.Line, f.Text) }

// List is a file of known problems as it was read.
type List struct {
	Path     safe.Text // empty: it is kept in memory alone
	Problems []Problem
	Faults   []Fault
	// Whole is why nothing of it could be read; empty where it could.
	Whole string
	// Ended are those that were to last until their findings change, and whose findings have.
	Ended map[string]bool // by Key
}

// Key names a problem as it was written down.
func (p Problem) Key() string {
	return strings.Join([]string{string(p.Code), p.Network.Raw(), p.Subject.Raw(), p.Was, p.At.UTC().Format("20060102150405")}, "\x00")
}

// InForce lists those that are not ended.
func (l List) InForce() []Problem {
	out := make([]Problem, 0, len(l.Problems))
	for _, p := range l.Problems {
		if !l.Ended[p.Key()] {
			out = append(out, p)
		}
	}
	return out
}

// Changed reports whether a problem that was to last until its finding changes has ended: by
// what is known of its network, the finding is another one or has gone. What is not read, or
// on its way, ends nothing.
func (p Problem) Changed(n *model.NetworkStatus) bool {
	if !p.Until.IsZero() || !p.Names(n) || !p.readOf(n) {
		return false
	}
	found := n.Found()
	for _, f := range found {
		if p.Covers(n, f) {
			return false
		}
	}
	for _, f := range found {
		open := f.Finding.Severity == finding.Unknown || f.Finding.Severity == finding.Working
		if open && p.of(f) && f.Finding.Code != p.Code {
			return false // it may be there behind what is not known
		}
	}
	return true
}

// readOf reports whether what the finding was read from is known now.
func (p Problem) readOf(n *model.NetworkStatus) bool {
	whole := func(part model.Part) bool { return part.Read() && part.Failure == nil }
	e, _ := finding.Lookup(string(p.Code))
	switch e.Subject {
	case finding.OfPeering:
		return whole(n.PeeringsRead)
	case finding.OfPrivateDNS:
		return whole(n.PrivateDNSRead)
	case finding.OfNetwork:
		return whole(n.PeeringsRead) && whole(n.PrivateDNSRead)
	case finding.OfMapping:
		return whole(n.PeeringsRead) && whole(n.PrivateDNSRead) && (n.Probed != nil || !ofProbe(p.Code))
	default: // of what is behind the peerings, which a look seldom knows whole
		return false
	}
}

// ofProbe reports whether a code is of what a probe found.
func ofProbe(code finding.Code) bool { return strings.HasPrefix(string(code), "mapping-probe") }
