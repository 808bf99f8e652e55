package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Snapshot is everything that is known at one moment. Screens draw from it and
// from nothing else. A later snapshot replaces an earlier one, so losing one in
// between loses nothing.
type Snapshot struct {
	At time.Time
	// Context is the name of the context that was used; empty for none.
	Context      safe.Text
	Organization Organization
	User         User
	Networks     []*NetworkStatus // never changed once it is here, only replaced
	// Remembered is the list as an earlier program read it, until there is an answer; nil
	// from then on.
	Remembered *Remembered
	Konnect    SourceStatus
	Azure      SourceStatus
	SignedIn   Identity // to Konnect
	Tenants    []Tenant
	Failures   []Failure // those that concern more than one network, newest first
	Progress   Progress
}

// Progress says how much of the first reading is done.
type Progress struct {
	Listed      int  // networks received
	Total       int  // networks that Konnect says there are
	ListedAll   bool // the list was read to its end at least once
	Details     int  // networks whose peerings were asked for
	DetailTotal int  // networks that have peerings
	Halves      int  // VNETs that were asked for
	HalfTotal   int  // VNETs that are peered
}

// Complete reports whether everything was asked for at least once.
func (p Progress) Complete() bool {
	return p.ListedAll && p.Details >= p.DetailTotal && p.Halves >= p.HalfTotal
}

// SourceState is the state of the connection to a service.
type SourceState int

// The states of a connection.
const (
	SourceIdle       SourceState = iota // nothing was asked yet, or there is nothing to ask
	SourceConnecting                    // asked, no answer yet
	SourceLive                          // answers
	SourceThrottled                     // asked us to wait
	SourceDown                          // does not answer, or fails
	SourceSignedOut                     // refuses the sign-in
)

// String returns the state as a word.
func (s SourceState) String() string {
	switch s {
	case SourceIdle:
		return "idle"
	case SourceConnecting:
		return "connecting"
	case SourceLive:
		return "live"
	case SourceThrottled:
		return "throttled"
	case SourceDown:
		return "no answer"
	case SourceSignedOut:
		return "not signed in"
	default:
		return "unknown"
	}
}

// SourceStatus is the health of the connection to a service.
type SourceStatus struct {
	State   SourceState
	LastOK  time.Time // the last good answer
	NextTry time.Time // when it is asked again; zero when that is a matter of course
	Failure *Failure
}

// Tenant is an Entra tenant that holds peered VNETs, and who is signed in to it.
type Tenant struct {
	ID safe.Text
	Identity
}

// Count returns the number of networks of each severity. Those whose finding somebody knows
// of already are in [Snapshot.Acknowledged] instead.
func (s Snapshot) Count() map[Severity]int {
	counts := make(map[Severity]int, 5)
	for i := range s.Networks {
		if f := s.Networks[i].Finding; !f.Acknowledged() {
			counts[f.Severity]++
		}
	}
	return counts
}

// Acknowledged returns the number of networks of which nothing presses, and somebody knows
// of what needs a person.
func (s Snapshot) Acknowledged() int {
	count := 0
	for i := range s.Networks {
		if s.Networks[i].Finding.Acknowledged() {
			count++
		}
	}
	return count
}

// Worst returns the most urgent severity of all networks.
func (s Snapshot) Worst() Severity {
	worst := SeverityOK
	for i := range s.Networks {
		worst = max(worst, s.Networks[i].Finding.Severity)
	}
	return worst
}
