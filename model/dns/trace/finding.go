package trace

import (
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// FindingEntry is a finding for programs.
type FindingEntry struct {
	Code       finding.Code `json:"code"`
	ID         int          `json:"id"`      // of the row of the table of symptoms; 0 for a finding of a cloud
	Symptom    string       `json:"symptom"` // what the code means in general
	Cause      string       `json:"cause"`
	Next       string       `json:"next"`
	Command    string       `json:"command"`
	Confidence string       `json:"confidence"`
	Severity   string       `json:"severity"`
	Servers    []safe.Text  `json:"servers"`
	Missing    []string     `json:"missing"`
	Because    finding.Code `json:"because"` // of the failure for which it is not known; empty for none
}

func entryOf(f finding.Finding) FindingEntry {
	e, _ := finding.Lookup(string(f.Code))
	return FindingEntry{
		f.Code, symptomNumber(f.Code), e.Title, f.Cause, f.Next.Text, f.Next.Command, f.Confidence.String(), f.Severity.String(), list(f.Servers), list(f.Missing), f.Because,
	}
}

// symptomNumber is the number of a symptom, such as 7 for N07.
func symptomNumber(code finding.Code) int {
	digits, symptom := strings.CutPrefix(string(code), "N")
	n, err := strconv.Atoi(digits)
	if !symptom || err != nil {
		return 0
	}
	return n
}

// writeFindings writes findings for people: what is so, what to do, which command does it.
func writeFindings(b *page, list []finding.Finding) {
	for _, f := range list {
		b.linef("  %s (%s, %s) [%s]", strings.TrimSuffix(f.Cause, "."), f.Severity, f.Confidence, f.Codes())
		if f.Next.Text != "" {
			b.linef("    next: %s", f.Next.Text)
		}
		if f.Next.Command != "" {
			b.linef("    $ %s", f.Next.Command)
		}
	}
}
