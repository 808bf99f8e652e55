package watch

import (
	"math/rand/v2"
	"time"
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
func jitter(d time.Duration, r *rand.Rand) time.Duration {
	return time.Duration(float64(d) * (2.0/3 + r.Float64()*2/3))
}

const (
	backoffFirst = 2 * time.Second
	backoffMost  = time.Minute
)

// backoff returns how long to leave a service alone that failed n times in a
// row: it doubles from two seconds to a minute, of which half is chance.
func backoff(n int, r *rand.Rand) time.Duration {
	d := backoffMost
	if n < 6 {
		d = backoffFirst << (n - 1)
	}
	d = min(d, backoffMost)
	return d/2 + time.Duration(r.Int64N(int64(d/2)))
}
