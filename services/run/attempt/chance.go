package attempt

import (
	"math/rand/v2"
	"sync"
	"time"
)

// Chance spreads times, so that many programs, and many parts of one, do not ask in
// step. It is safe for use by many goroutines; a nil one is seeded anew.
type Chance struct {
	mu   sync.Mutex
	from *rand.Rand
}

// NewChance returns the chance of a seed: the same each time. 0 is for a random one.
func NewChance(seed uint64) *Chance {
	if seed == 0 {
		seed = rand.Uint64() //nolint:gosec // spreading needs no secrecy
	}
	return &Chance{from: rand.New(rand.NewPCG(seed, 1))} //nolint:gosec // spreading needs no secrecy
}

// Around spreads a time by a part of it to both sides: a third makes two thirds to
// four thirds.
func (c *Chance) Around(d time.Duration, part float64) time.Duration {
	return time.Duration(float64(d) * (1 - part + 2*part*c.draw()))
}

// upTo is at most d, and at least half of it.
func (c *Chance) upTo(d time.Duration) time.Duration {
	return d/2 + time.Duration(float64(d-d/2)*c.draw())
}

// draw is at least 0 and less than 1.
func (c *Chance) draw() float64 {
	if c == nil {
		return rand.Float64() //nolint:gosec // spreading needs no secrecy
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.from.Float64()
}
