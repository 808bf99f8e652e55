package width

import "time"

// Kind is what an answer says about the service.
type Kind int

// The kinds of answers.
const (
	// Void says nothing: the request was given up.
	Void Kind = iota
	// Good is any answer of a service that is well, a refusal of the one request too.
	Good
	// Failing is a service that fails, or does not answer.
	Failing
	// Refused is a service that asks for fewer requests.
	Refused
)

// Unknown is a number of requests that the service does not tell.
const Unknown = -1

// Answer is what came of a request.
type Answer struct {
	Kind  Kind
	Took  time.Duration // until the answer began
	After time.Duration // for how long the service wants to be left alone; 0: it does not say
	// Left is how many requests the service takes until Reset is over; [Unknown] where it
	// does not say. A Reset of 0 is one that it does not say.
	Left  int
	Reset time.Duration
}
