package model

// Severity says how much a state needs a person. Its order is that of urgency.
type Severity int

// The severities, from the calmest to the most urgent.
const (
	// SeverityOK is a state that needs nobody.
	SeverityOK Severity = iota
	// SeverityWorking is a change under way that needs nobody yet.
	SeverityWorking
	// SeverityUnknown is a state that peerdeck could not find out, or does not know.
	SeverityUnknown
	// SeverityAttention needs a person, and traffic may still flow.
	SeverityAttention
	// SeverityBroken means that traffic cannot flow.
	SeverityBroken
)

// String returns the word that status -o json prints and that filters accept.
func (s Severity) String() string {
	switch s {
	case SeverityOK:
		return "ok"
	case SeverityWorking:
		return "working"
	case SeverityUnknown:
		return "unknown"
	case SeverityAttention:
		return "attention"
	case SeverityBroken:
		return "broken"
	default:
		return "unknown"
	}
}

// NeedsPerson reports whether somebody should look: everything but fine and
// working. A half that cannot be read counts.
func (s Severity) NeedsPerson() bool { return s >= SeverityUnknown }

// Severities lists all severities, the most urgent first.
func Severities() []Severity {
	return []Severity{SeverityBroken, SeverityAttention, SeverityUnknown, SeverityWorking, SeverityOK}
}
