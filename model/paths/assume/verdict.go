package assume

import (
	"github.com/peerdeck/peerdeck/model/finding"
)

// Subject is what has a verdict.
type Subject string

// The subjects, in the order in which effects are told.
const (
	OfHost    Subject = "service"
	OfEntry   Subject = "way in"
	OfSubnet  Subject = "subnet"
	OfPeering Subject = "peering"
	OfTable   Subject = "mapping table"
)

// Verdict is what is thought of a subject, before or after.
type Verdict struct {
	Severity finding.Severity
	Code     finding.Code // of the finding that speaks; empty where all is known and well
	Word     string       // for a table
	Why      string       // one sentence
	Next     finding.Next
	codes    []finding.Code // of all findings
}

// Same reports whether two verdicts say the same.
func (v Verdict) Same(o Verdict) bool {
	return v.Severity == o.Severity && v.Code == o.Code && v.Why == o.Why && v.Word == o.Word && equal(v.codes, o.codes)
}

func equal(a, b []finding.Code) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Turn is what becomes of a verdict.
type Turn string

// The turns.
const (
	Better Turn = "better"
	Worse  Turn = "worse"
	Other  Turn = "other" // another one that is neither better nor worse, or not known any more
	New    Turn = "new"   // there was no such thing before
	Gone   Turn = "gone"
	Same   Turn = "same"
)

// turn says what a change of verdict is. What was broken and is not known then is not
// better, and what was not known and is broken then is known to be bad.
func turn(before, after Verdict) Turn {
	const ok, unknown, broken = finding.OK, finding.Unknown, finding.Broken
	settled := func(s finding.Severity) bool { return s != unknown && s != finding.Working }
	b, a := before.Severity, after.Severity
	switch {
	case a == b:
		return Other
	case a == ok:
		return Better
	case b == ok:
		return Worse
	case settled(b) && settled(a) && a < b:
		return Better
	case settled(b) && settled(a), a == broken:
		return Worse
	default:
		return Other
	}
}

// Line is the verdict in one line: how bad, why, and the code that explain tells of.
func (v Verdict) Line() string {
	line := v.Severity.String() + ": " + v.Why
	if v.Why == "" {
		line = v.Severity.String()
	}
	if v.Code != "" {
		line += " (" + string(v.Code) + ")"
	}
	return line
}
