package verdict

// blame is where a server's own explanation puts the fault (RFC 8914).
type blame int

const (
	blameNobody blame = iota // nothing that decides was said
	blameBehind              // what it asks itself does not answer, or the way there fails
	blameStale               // it cannot reach what it asks, and answers with what it kept
	blamePolicy              // somebody decided that this is not to be answered
	blameDNSSEC              // signatures do not hold
	blameItself              // it is not ready, or does not hold the zone
)

// blames reads the explanations of a reply; the first that decides counts. Codes that do
// not, such as "other error" and "cached error", leave it to what else is known.
func (r Reply) blames() (blame, ExtendedError) {
	for _, e := range r.Errors {
		switch e.Code {
		case 22, 23: // no reachable authority, network error
			return blameBehind, e
		case 3, 19: // stale answer, stale NXDOMAIN
			return blameStale, e
		case 4, 15, 16, 17, 18: // forged answer, blocked, censored, filtered, prohibited
			return blamePolicy, e
		case 1, 2, 5, 6, 7, 8, 9, 10, 11, 12, 25, 26, 27: // unsupported algorithms, indeterminate, bogus, expired and the like
			return blameDNSSEC, e
		case 14, 20, 21, 24: // not ready, not authoritative, not supported, invalid data
			return blameItself, e
		}
	}
	return blameNobody, ExtendedError{}
}

// The codes of RFC 8914 that need a step of their own.
const (
	edeNotReady         = 14
	edeProhibited       = 18
	edeNotAuthoritative = 20
	edeNotSupported     = 21
)

// explainedBy finds the first answer of a server whose explanation blames as told.
func (r Report) explainedBy(b blame) (Exchange, ExtendedError, bool) {
	for _, e := range r.Exchanges {
		if !e.Answered() || e.Step == StepRandom || e.Step == StepLatency {
			continue
		}
		if got, why := e.Reply.blames(); got == b {
			return e, why, true
		}
	}
	return Exchange{}, ExtendedError{}, false
}
