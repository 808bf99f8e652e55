// Package changes is the time line: what changed over all networks, as a person reads it.
// It is made of what a history has kept ([model.Change]) and has the one wording of a change.
package changes

import (
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kind is the sort of a change.
type Kind string

// The kinds of change.
const (
	KindState   Kind = "state"   // a half, a network or a private DNS is in another state
	KindFinding Kind = "finding" // something went wrong, or is well again
	KindDNS     Kind = "dns"     // rows of a mapping table
	KindRun     Kind = "run"     // a set-up run or a teardown
	KindReading Kind = "reading" // something cannot be read, or can be again
	KindGap     Kind = "gap"     // nobody watched; between First and At
	KindRecord  Kind = "record"  // what a cloud's own records tell
)

// Sense says whether a change is good or bad.
type Sense int

// The senses.
const (
	Neutral Sense = iota // neither
	Working              // a change under way
	Mended               // what was wrong is well
	Broke                // something needs a person that did not before
)

// String returns the sense as a word.
func (s Sense) String() string {
	switch s {
	case Working:
		return "working"
	case Mended:
		return "mended"
	case Broke:
		return "broke"
	case Neutral:
		return "neutral"
	default:
		return "neutral"
	}
}

// Actor is who made a change, as a source tells it. The zero value: it is not known.
type Actor struct {
	Who    safe.Text // a person or an application
	From   safe.Text // from where: an address, a program
	Trace  safe.Text // the id by which the source finds it
	Source safe.Text // which source says so
	At     time.Time // when that source says it was done
	// Here: it was done with peerdeck on this machine.
	Here bool
}

// IsZero reports whether nobody is known.
func (a Actor) IsZero() bool { return a == Actor{} }

// Entry is one change of one thing. What became other of it at the same moment is one
// entry, and one that went to and fro is one too.
type Entry struct {
	Number      uint64    // rises in the order in which changes were seen, whatever the clock said
	At          time.Time // when it was seen, which is not when it happened
	First       time.Time // when the first of those was seen that are folded in it; the beginning of a gap
	Kind        Kind
	Network     safe.Text // id; empty where it is of no network
	NetworkName safe.Text
	Peering     safe.Text // id of the peering, or of the private DNS
	Subject     safe.Text // the name of what it is of, in the network or beside all networks
	Sense       Sense
	Severity    model.Severity // what it is now: the mark
	Plain       bool           // it has no mark of its own: neither good nor bad
	Code        finding.Code   // of the finding; empty for none
	From, To    safe.Text      // the state before and after, where there was one
	Text        string         // what became other, in one line without the name
	Cause       string         // the finding's sentence, or a reason; empty for none
	Domain      safe.Text      // of a change of one row of a mapping table
	By          Actor
	Unknown     string        // why it is not known who made it, where the clouds were asked
	Times       int           // how often it came and went; 0 where it is not folded
	Unseen      bool          // it happened while nobody watched
	Lasted      time.Duration // how long what went had lasted; 0 where that is not known
	New         bool          // the person has not looked since
}

// Where names what it is of: "us-prod › billing".
func (e Entry) Where() string {
	network := e.NetworkName.Or(e.Network.Raw()).String()
	return strings.Trim(network+" › "+e.Subject.String(), " ›")
}
