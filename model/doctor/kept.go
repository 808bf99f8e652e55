package doctor

import (
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Kept is a check as the document of a report has it.
type Kept struct {
	Area, Topic   string
	Subject       safe.Text
	Code          finding.Code
	Severity      string
	Cause         string
	Next, Command string
	Details       []safe.Text
	Took          time.Duration
}

// Check is the check that was kept. A severity that is not known is that of what is not
// known.
func (k Kept) Check() Check {
	severity := finding.Unknown
	for _, s := range finding.Severities() {
		if s.String() == k.Severity {
			severity = s
		}
	}
	return Check{
		Area: Area(k.Area), Topic: k.Topic, Subject: k.Subject, Details: k.Details, Took: k.Took,
		Finding: finding.Finding{Code: k.Code, Severity: severity, Cause: k.Cause, Next: finding.Next{Text: k.Next, Command: k.Command}},
	}
}

// NotRecorded says that a recording holds no report.
func NotRecorded() Check {
	return Check{Area: Machine, Topic: "recording", Finding: finding.Finding{
		Code: "not-in-recording", Severity: finding.Unknown, Word: "not recorded",
		Cause: "Nobody ran the doctor while it was recorded, and the ways in of this machine are no matter of the recording.",
		Next:  finding.Next{Text: "Ask the sender for a recording of the doctor.", Command: "peerdeck doctor --record FILE"},
	}}
}
