package attempt

import (
	"context"
	"time"
)

// Clock is the time by which is waited. A test, a simulated world, or a recording that is
// opened has its own.
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

// Time is the time of a program, in its two uses, which differ where a recording is
// opened: there the program waits as ever, and what it says of ages is what the sender
// saw. The zero value is the machine's time.
type Time struct {
	// Waits is the clock by which is waited; nil: the machine's.
	Waits Clock
	// Says gives the time of what is looked at, by which ages are judged and shown; nil:
	// the clock by which is waited.
	Says func() time.Time
}

// Clock is the clock by which is waited.
func (t Time) Clock() Clock {
	if t.Waits == nil {
		return Machine{}
	}
	return t.Waits
}

// Now is the time of what is looked at.
func (t Time) Now() time.Time {
	if t.Says != nil {
		return t.Says()
	}
	return t.Clock().Now()
}

// At is the time of what is looked at, where it is now by the clock by which is waited.
func (t Time) At(now time.Time) time.Time {
	if t.Says != nil {
		return t.Says()
	}
	return now
}

// Until waits until something is over, at most for a time. When ctx ends first, it returns
// its cause at once.
func Until(ctx context.Context, c Clock, over <-chan struct{}, most time.Duration) error {
	select {
	case <-over:
		return nil
	case <-c.After(most):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

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
