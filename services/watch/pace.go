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
	// Records is how long after the start, and after a change of which it is not known who made
	// it, the clouds' records are read; else they have the pace of what seldom changes.
	Records time.Duration
	Away    float64       // factor while nobody looks at the terminal
	Calls   int           // requests in flight to Konnect, where its width is not found out
	Reads   int           // the same to Azure
	Crowd   time.Duration // the least time between two requests in the background
}

// Widths are how many requests may be in flight now to each cloud, as it is found out by
// whoever sends them; nil where nobody does.
type Widths struct{ Konnect, Azure func() int }

// DefaultPace stays far below what either cloud allows: Azure refills 25 reads
// a second for a subscription; Konnect publishes no figure.
func DefaultPace() Pace {
	return Pace{
		Changing: 5 * time.Second, Resting: 45 * time.Second, Slow: 2 * time.Minute, Rare: 10 * time.Minute, Records: 3 * time.Second,
		Away: 3, Calls: 8, Reads: 4, Crowd: 25 * time.Millisecond,
	}
}

// jitter spreads a time by a third to both sides, so that many programs, and
// many objects of one, do not ask in step.
func jitter(d time.Duration, c *attempt.Chance) time.Duration { return c.Around(d, 1.0/3) }

// signInEvery is the least time between two questions to a service that refuses the
// sign-in: a person has to do something first.
const signInEvery = 30 * time.Second
