package watch

import (
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Pace says how often things are asked.
type Pace struct {
	Changing time.Duration // while something is changing
	Resting  time.Duration // else; jitter makes it two thirds to four thirds
	Slow     time.Duration // what seldom changes: DNS at rest
	Rare     time.Duration // who is who: organization, accounts, control planes
	Away     float64       // factor while nobody looks at the terminal
	Calls    int           // requests in flight to Konnect
	Reads    int           // requests in flight to Azure
	Crowd    time.Duration // the least time between two requests in the background
}

// DefaultPace stays far below what either cloud allows: Azure refills 25 reads
// a second for a subscription; Konnect publishes no figure.
func DefaultPace() Pace {
	return Pace{
		Changing: 5 * time.Second, Resting: 45 * time.Second, Slow: 2 * time.Minute, Rare: 10 * time.Minute,
		Away: 3, Calls: 8, Reads: 4, Crowd: 25 * time.Millisecond,
	}
}

// jitter spreads a time by a third to both sides, so that many programs, and
// many objects of one, do not ask in step.
func jitter(d time.Duration, c *attempt.Chance) time.Duration { return c.Around(d, 1.0/3) }

// signInEvery is the least time between two questions to a service that refuses the
// sign-in: a person has to do something first.
const signInEvery = 30 * time.Second
