package verdict

import (
	"fmt"
	"slices"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Confidence is how sure a cause is.
type Confidence int

// The confidences.
const (
	// Possible: the symptom fits, and a fact that would decide is not known.
	Possible Confidence = iota + 1
	// Likely: the symptom is typical of the cause.
	Likely
	// Sure: the facts leave nothing else.
	Sure
)

// String returns the confidence as a word.
func (c Confidence) String() string {
	switch c {
	case Possible:
		return "possible"
	case Likely:
		return "likely"
	case Sure:
		return "sure"
	default:
		return "none"
	}
}

// Finding is a row of the table of symptoms that fits a case.
type Finding struct {
	ID         int
	Symptom    string // in general
	Servers    []safe.Text
	Cause      string
	Next       string // what to do, with the values filled in
	Confidence Confidence
	Severity   model.Severity
	Missing    []string // facts that would decide, each with the reason for which it is not known
}

// Rule is a row of the table of symptoms.
type Rule struct {
	ID      int
	Symptom string
	// When looks for the symptom in a case. It returns the finding without its number,
	// or false.
	When func(c Case) (Finding, bool)
}

// Diagnose returns what the table of symptoms says of a case: what is broken before what
// is worth a note, the surer before the less sure, and otherwise in the order in which a
// person would look.
func Diagnose(c Case) []Finding {
	var out []Finding
	for _, r := range Rules() {
		f, fits := r.When(c)
		if !fits {
			continue
		}
		f.ID, f.Symptom = r.ID, r.Symptom
		out = append(out, f)
	}
	slices.SortStableFunc(out, func(a, b Finding) int {
		if x, y := a.Severity.NeedsPerson(), b.Severity.NeedsPerson(); x != y {
			if x {
				return -1
			}
			return 1
		}
		return int(b.Confidence - a.Confidence)
	})
	return out
}

// Rules returns the table of symptoms, in the order in which a person would look: the
// table, the clouds, the way, the answers. Numbers up to 28 are those of the notes.
func Rules() []Rule {
	return slices.Concat(tableRules(), cloudRules(), wayRules(), codeRules(), answerRules(), replicaRules(), transportRules(), timeRules())
}

// finding begins a finding.
func finding(c Confidence, s model.Severity, cause string, args ...any) Finding {
	return Finding{Confidence: c, Severity: s, Cause: fmt.Sprintf(cause, args...)}
}

// next adds the next step.
func (f Finding) next(format string, args ...any) Finding {
	f.Next = fmt.Sprintf(format, args...)
	return f
}

// at names the servers.
func (f Finding) at(reports ...Report) Finding {
	for _, r := range reports {
		f.Servers = append(f.Servers, r.Server)
	}
	return f
}

// without notes a fact that is missing. A finding that rests on it is only possible.
func (f Finding) without(what, why string) Finding {
	f.Missing = append(f.Missing, what+" is not known: "+why)
	return f
}

// none is what a rule returns that does not fit.
func none() (Finding, bool) { return Finding{}, false }
