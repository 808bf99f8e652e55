package finding

import (
	"slices"
	"strconv"
	"strings"
)

// Subject is what a finding is about.
type Subject string

// The subjects, in the order in which the catalogue lists them.
const (
	OfNetwork    Subject = "network"
	OfPeering    Subject = "peering"
	OfPrivateDNS Subject = "private DNS"
	OfMapping    Subject = "mapping"
	OfName       Subject = "name"
	OfServer     Subject = "server"
	OfSetup      Subject = "set-up"
	OfWayIn      Subject = "way in"
	OfRefusal    Subject = "refusal"
	OfSignIn     Subject = "sign-in"
	OfWay        Subject = "way there"
	OfRecording  Subject = "recording"
	OfPath       Subject = "path"
	OfBack       Subject = "way back"
	OfEntry      Subject = "private entry"
	OfFailure    Subject = "failure"
)

// Entry is what the catalogue says of a code in general, without the names of a case.
type Entry struct {
	Code       Code
	Subject    Subject
	Title      string     // when it speaks, in general
	Severities []Severity // the usual one first
	Means      string     // what it means and why it matters
	Next       string     // what to do, in general; empty when there is nothing to do
	Reads      string     // where it is read from
	Source     string     // the document that says so, or that nothing does

	// Now are the codes that speak in its place. An entry that has some is never given any
	// more; its code is kept, so that what was written down with it can still be explained.
	Now []Code
}

// Retired reports whether other codes speak in the entry's place.
func (e Entry) Retired() bool { return len(e.Now) > 0 }

// Entries is the whole catalogue, by subject and in the order in which a person would
// look.
func Entries() []Entry {
	return slices.Concat(networkEntries(), peeringEntries(), placeEntries(), whoseEntries(), halfEntries(), hubEntries(), privateDNSEntries(), resolverEntries(), MappingEntries(), nameEntries(), traceEntries(), serverEntries(), setupEntries(), newNetworkEntries(), wayEntries(), pathEntries(), backEntries(), entryEntries(), doctorEntries(), refusalEntries(), signInEntries(), recordingEntries(), failureEntries())
}

// Lookup finds the entry of a code, however it is typed: case does not matter, and the
// number of a symptom may stand alone.
func Lookup(typed string) (Entry, bool) {
	want := strings.ToLower(strings.TrimSpace(typed))
	for _, e := range Entries() {
		if code := strings.ToLower(string(e.Code)); code == want || number(code) > 0 && number(code) == number(want) {
			return e, true
		}
	}
	return Entry{}, false
}

// number is that of a symptom: 5 for "n05", "N5" and "5"; 0 for anything else.
func number(code string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(code, "n"))
	if err != nil {
		return 0
	}
	return n
}

// Near lists the codes that have a part of what was typed, for a person who does not
// remember the whole.
func Near(typed string) []Code {
	want := strings.ToLower(strings.TrimSpace(typed))
	if want == "" {
		return nil
	}
	var out []Code
	for _, e := range Entries() {
		if strings.Contains(strings.ToLower(string(e.Code)), want) || strings.Contains(strings.ToLower(e.Title), want) {
			out = append(out, e.Code)
		}
	}
	return out
}
