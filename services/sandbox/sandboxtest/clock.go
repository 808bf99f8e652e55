package sandboxtest

import (
	"time"

	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// Clock is the time of a simulated world for whoever waits by it: it says the world's time,
// and waits by the machine's.
func Clock(c sandbox.Clock) attempt.Clock { return clock{world: c} }

type clock struct {
	attempt.Machine

	world sandbox.Clock
}

// Now is the world's time.
func (c clock) Now() time.Time { return c.world.Now() }
