package attempt

import (
	"context"
	"time"
)

// Clock is the time by which is waited. A test, or a simulated world, has its own.
type Clock interface {
	Now() time.Time
	// After sends once when d is over.
	After(d time.Duration) <-chan time.Time
}

// Machine is the clock of this machine.
type Machine struct{}

// Now is the time now.
func (Machine) Now() time.Time { return time.Now() }

// After sends once when d is over.
func (Machine) After(d time.Duration) <-chan time.Time { return time.After(d) }

// Pause waits for a time. When ctx ends first, it returns its cause at once.
func Pause(ctx context.Context, c Clock, d time.Duration) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case <-c.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
