package replay

import (
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/services/bundle"
)

// Speed is how many times faster than it was recorded the waits of a replay are. Delays
// are not worth seeing again, and their order is: a server that was slower than another
// one still is.
const Speed = 10

// Clock is the clock by which a replay waits. It begins where the recording ends and goes
// on at a speed. It is safe for use by many goroutines.
type Clock struct {
	at, began time.Time
	speed     int
}

// NewClock returns a clock that shows a time and goes so many times faster than the
// machine's.
func NewClock(at time.Time, speed int) *Clock { return &Clock{at: at, began: time.Now(), speed: speed} }

// Now is the time that the clock shows.
func (c *Clock) Now() time.Time { return c.at.Add(time.Since(c.began) * time.Duration(c.speed)) }

// After sends once when d is over by the clock.
func (c *Clock) After(d time.Duration) <-chan time.Time {
	return time.After(d / time.Duration(c.speed))
}

// looks gives the times at which the recorded program judged what it had read, one after
// the other, and the last one for ever.
type looks struct {
	end time.Time

	mu   sync.Mutex
	left []time.Time
}

func newLooks(b bundle.Bundle) *looks {
	l := &looks{end: b.Manifest.Clock}
	if b.Session != nil {
		l.left = b.Session.Looks
	}
	return l
}

func (l *looks) next() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.left) == 0 {
		return l.end
	}
	now := l.left[0]
	if len(l.left) > 1 {
		l.left = l.left[1:]
	}
	return now
}
