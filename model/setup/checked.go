package setup

import (
	"fmt"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Checked is the result of one look at something that a step needs.
type Checked struct {
	Title string // what was looked at: "Address ranges"
	finding.Finding
	// About tells one thing from another where one code speaks of several, such as the
	// domain of a mapping; empty for none.
	About string
	// Stops: the run cannot go on. Asks: it goes on when somebody has accepted it.
	Stops, Asks bool
}

// Key tells results apart: who has accepted one has not accepted another.
func (c Checked) Key() string {
	if c.About == "" {
		return string(c.Code)
	}
	return string(c.Code) + ": " + c.About
}

// Mark is the severity by which a screen marks it: what stops a run is broken for the
// run, whatever it is for the world.
func (c Checked) Mark() finding.Severity {
	if c.Stops {
		return finding.Broken
	}
	return c.Severity
}

// good is a check that found all well.
func good(code finding.Code, title, format string, args ...any) Checked {
	return Checked{Title: title, Finding: finding.Finding{Code: code, Severity: model.SeverityOK, Word: "fine", Cause: fmt.Sprintf(format, args...)}}
}

// warning is a check whose finding somebody may accept.
func warning(code finding.Code, title, cause string, next finding.Next) Checked {
	return Checked{Title: title, Asks: true, Finding: finding.Finding{Code: code, Severity: model.SeverityAttention, Word: "warning", Cause: cause, Next: next}}
}

// stop is a check with which nothing can be run.
func stop(code finding.Code, title, cause string, next finding.Next) Checked {
	return Checked{
		Title: title, Stops: true,
		Finding: finding.Finding{Code: code, Severity: model.SeverityBroken, Word: "stops", Cause: cause, Next: next},
	}
}

// refused is a check that a service answered with a failure which the person can mend.
func refused(code finding.Code, title string, f model.Failure) Checked {
	c := stop(code, title, sentence(f.Cause.String()), finding.Next{Kind: finding.NextAdmin, Text: f.Cure})
	c.Because = f.FindingCode()
	return c
}

// admin is a next step of the person who administers the Azure side.
func admin(text string) finding.Next { return finding.Next{Kind: finding.NextAdmin, Text: text} }

// form is a next step in the form.
func form(text string) finding.Next { return finding.Next{Kind: finding.NextSetUp, Text: text} }

// konnect is a next step in Konnect.
func konnect(text string) finding.Next { return finding.Next{Kind: finding.NextKonnect, Text: text} }

// sentence makes a clause a sentence.
func sentence(clause string) string {
	return strings.TrimRight(clause, ". ") + "."
}
