package finding

// Severity says how much a state needs a person. Its order is that of urgency.
type Severity int

// The severities, from the calmest to the most urgent.
const (
	// OK is a state that needs nobody.
	OK Severity = iota
	// Working is a change under way that needs nobody yet.
	Working
	// Unknown is a state that peerdeck could not find out, or does not know.
	Unknown
	// Attention needs a person, and traffic may still flow.
	Attention
	// Broken means that traffic cannot flow.
	Broken
)

// String returns the word that status -o json prints and that filters accept.
func (s Severity) String() string {
	switch s {
	case OK:
		return "ok"
	case Working:
		return "working"
	case Unknown:
		return "unknown"
	case Attention:
		return "attention"
	case Broken:
		return "broken"
	default:
		return "unknown"
	}
}

// NeedsPerson reports whether somebody should look: everything but fine and
// working. A half that cannot be read counts.
func (s Severity) NeedsPerson() bool { return s >= Unknown }

// Severities lists all severities, the most urgent first.
func Severities() []Severity {
	return []Severity{Broken, Attention, Unknown, Working, OK}
}

// SeverityNamed is the severity with a word of [Severity.String]; one that nobody knows is
// [Unknown].
func SeverityNamed(word string) Severity {
	for _, s := range Severities() {
		if s.String() == word {
			return s
		}
	}
	return Unknown
}
