package theme

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
)

// Of returns the tone of a severity.
func Of(s model.Severity) Tone {
	switch s {
	case model.SeverityOK:
		return Fine
	case model.SeverityWorking:
		return Busy
	case model.SeverityUnknown:
		return Unsure
	case model.SeverityAttention:
		return Warn
	case model.SeverityBroken:
		return Bad
	default:
		return Unsure
	}
}

// Symbol returns the mark of a severity. It never stands without a word.
func Symbol(s model.Severity) string {
	switch s {
	case model.SeverityOK:
		return "●"
	case model.SeverityWorking:
		return "◐"
	case model.SeverityAttention:
		return "▲"
	case model.SeverityBroken:
		return "✖"
	case model.SeverityUnknown:
		return "○"
	default:
		return "○"
	}
}

// Word is how a severity is called where many are counted: "3 to look at".
func Word(s model.Severity) string {
	switch s {
	case model.SeverityOK:
		return "fine"
	case model.SeverityWorking:
		return "working"
	case model.SeverityUnknown:
		return "not known"
	case model.SeverityAttention:
		return "to look at"
	case model.SeverityBroken:
		return "broken"
	default:
		return "not known"
	}
}

// OfFinding returns the tone of a finding: that of its severity, and muted where somebody
// knows of it already.
func OfFinding(f finding.Finding) Tone {
	if f.Acknowledged() {
		return Muted
	}
	return Of(f.Severity)
}

// SymbolOf returns the mark of a finding: that of its severity, and one of its own where
// somebody knows of it already.
func SymbolOf(f finding.Finding) string {
	if f.Acknowledged() {
		return "◇"
	}
	return Symbol(f.Severity)
}
