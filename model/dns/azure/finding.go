package azure

import (
	"peerdeck/model"
	"peerdeck/model/safe"
)

// Outcome is what a check came to.
type Outcome string

// The outcomes.
const (
	Done    Outcome = "done"      // looked at, and well
	Failed  Outcome = "failed"    // looked at, and wrong
	Partly  Outcome = "partly"    // looked at, and well only for some, or only if something else plays along
	Unknown Outcome = "not known" // not read, or nothing that Azure tells
)

// Finding is the result of a check.
type Finding struct {
	Check   string // what was looked at: "TCP 53 is open"
	Outcome Outcome
	Why     string // one sentence without the dot
	Cure    string // what to do now, whole sentences; empty when all is well
}

func done(check, why string) Finding { return Finding{Check: check, Outcome: Done, Why: why} }

func failed(check, why, cure string) Finding {
	return Finding{Check: check, Outcome: Failed, Why: why, Cure: cure}
}

func partly(check, why, cure string) Finding {
	return Finding{Check: check, Outcome: Partly, Why: why, Cure: cure}
}

func unknown(check, why, cure string) Finding {
	return Finding{Check: check, Outcome: Unknown, Why: why, Cure: cure}
}

// unread is the finding for what could not be read.
func unread(check string, g *Gap) Finding {
	return unknown(check, "not known: "+g.Failure.Cause.Or("it was not read").String(), g.Failure.Cure)
}

// tail is the last name in an ARM id, for a sentence.
func tail(id safe.Text) string { return model.LastSegment(id).String() }
