// Package doctor judges the ways in: the machine that peerdeck runs on, the network
// between, the tokens and sign-ins, and what they may do. It changes nothing and waits for
// nothing; services/doctor gathers the facts.
package doctor

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Area is a part of the way in. Its text is for programs and never changes.
type Area string

// The areas, in the order of the way.
const (
	Machine Area = "machine"
	Way     Area = "way"
	Konnect Area = "konnect"
	Azure   Area = "azure"
	DNS     Area = "dns"
)

// Title is what stands above the checks of an area.
func (a Area) Title() string {
	switch a {
	case Machine:
		return "This machine"
	case Way:
		return "The way to the clouds"
	case Konnect:
		return "Konnect"
	case Azure:
		return "Azure"
	case DNS:
		return "DNS servers"
	default:
		return string(a)
	}
}

// Areas lists the areas in the order of the way.
func Areas() []Area { return []Area{Machine, Way, Konnect, Azure, DNS} }

// Check is one thing that was looked at: a finding of the catalogue, and what it is about.
type Check struct {
	Area    Area
	Topic   string    // "token", "certificate": what was looked at, in a word or two
	Subject safe.Text // of what: a host, a tenant, a VNET; may be empty
	finding.Finding
	// Details are facts beside the cause, such as where a setting comes from.
	Details []safe.Text
	Took    time.Duration // until it was known; zero for what needs no waiting
}

// Report is what was looked at so far.
type Report struct {
	At      time.Time // when it was begun
	Version string    // of peerdeck
	Checks  []Check   // in the order of the areas, and within them in that of the way
	Open    []string  // what is still being asked, in words
	Over    bool      // nothing more comes
	// Cut: the time was over before everything had answered.
	Cut bool
}

// Worst is the most urgent severity of all checks.
func (r Report) Worst() finding.Severity {
	worst := finding.OK
	for _, c := range r.Checks {
		worst = max(worst, c.Severity)
	}
	return worst
}

// NeedsPerson reports whether somebody has to do something, or something is not known.
func (r Report) NeedsPerson() bool { return r.Cut || r.Worst().NeedsPerson() }

// Count is how many checks there are of each severity.
func (r Report) Count() map[finding.Severity]int {
	out := map[finding.Severity]int{}
	for _, c := range r.Checks {
		out[c.Severity]++
	}
	return out
}

// Doors are the checks that want somebody, the most urgent first.
func (r Report) Doors() []Check {
	var out []Check
	for _, c := range r.Checks {
		if c.NeedsPerson() {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Check) int { return int(b.Severity) - int(a.Severity) })
	return out
}

// Of returns the checks of an area.
func (r Report) Of(a Area) []Check {
	var out []Check
	for _, c := range r.Checks {
		if c.Area == a {
			out = append(out, c)
		}
	}
	return out
}

func ok(code finding.Code, word, cause string) finding.Finding {
	return finding.Finding{Code: code, Severity: finding.OK, Word: word, Cause: cause}
}

// CutShort is said of what did not answer in the time that there was.
func CutShort(area Area, topic string, within time.Duration) Check {
	return Check{Area: area, Topic: topic, Finding: finding.Finding{
		Code: "doctor-cut", Severity: finding.Unknown, Word: "no answer", Cause: "It did not answer within " + phrase.Exact(within) + ".",
		Next: finding.Next{Kind: finding.NextCommand, Text: "Give it more time.", Command: "peerdeck doctor --timeout 2m"},
	}}
}
