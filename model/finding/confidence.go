package finding

// Confidence is how sure a cause is.
type Confidence int

// The confidences.
const (
	// Stated: a cloud or a file says it; there is nothing to guess.
	Stated Confidence = iota
	// Possible: the symptom fits, and a fact that would decide is not known.
	Possible
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
	case Stated, Sure:
		return "sure"
	default:
		return "none"
	}
}
