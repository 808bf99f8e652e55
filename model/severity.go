package model

import "github.com/peerdeck/peerdeck/model/finding"

// Severity is how much a state needs a person; the catalogue of findings says what each
// of them means.
type Severity = finding.Severity

// The severities, from the calmest to the most urgent.
const (
	SeverityOK        = finding.OK
	SeverityWorking   = finding.Working
	SeverityUnknown   = finding.Unknown
	SeverityAttention = finding.Attention
	SeverityBroken    = finding.Broken
)

// Severities lists all severities, the most urgent first.
func Severities() []Severity { return finding.Severities() }
