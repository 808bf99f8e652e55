package table

import (
	"maps"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
)

// Progress is how an order goes, step by step, as far as it was followed: an order tells
// only of now. It is a value.
type Progress struct {
	Apply *Apply     // as it stands; nil: it was given and has not begun
	last  ApplyState // the last one on the way
	since map[ApplyState]time.Time
}

// ApplySteps are the steps of an order, in their order.
func ApplySteps() []ApplyState {
	return []ApplyState{ApplyReading, ApplyKeeping, ApplyWriting, ApplyWaiting}
}

// Title is what a step of an order does.
func (s ApplyState) Title() string {
	switch s {
	case ApplyReading:
		return "Read the table again"
	case ApplyKeeping:
		return "Keep a restore point"
	case ApplyWriting:
		return "Write the table"
	case ApplyWaiting:
		return "Read it back, wait until it is ready"
	case ApplyDone, ApplyMeanwhile, ApplyDiffers, ApplyFailed, ApplyCancelled:
	}
	return string(s)
}

// Follow keeps how the order stands now, and when each step began.
func (p Progress) Follow(a Apply, now time.Time) Progress {
	p.Apply = &a
	if a.State.Over() {
		return p
	}
	p.last = a.State
	if p.since[a.State].IsZero() {
		p.since = maps.Clone(p.since)
		if p.since == nil {
			p.since = map[ApplyState]time.Time{}
		}
		p.since[a.State] = now
	}
	return p
}

// Over reports whether the order has come to an end.
func (p Progress) Over() bool { return p.Apply != nil && p.Apply.State.Over() }

// Word is how the order stands.
func (p Progress) Word() string {
	if p.Apply == nil {
		return "asked for"
	}
	switch p.Apply.State {
	case ApplyReading:
		return "reading"
	case ApplyKeeping:
		return "keeping a restore point"
	case ApplyWriting:
		return "writing"
	case ApplyWaiting:
		return "waiting"
	case ApplyDone:
		return "done"
	case ApplyMeanwhile:
		return "changed meanwhile"
	case ApplyDiffers:
		return "differs"
	case ApplyFailed:
		return "failed"
	case ApplyCancelled:
		return "cancelled"
	default:
		return string(p.Apply.State)
	}
}

// Elapsed is how long the order has taken so far; false while it has not begun.
func (p Progress) Elapsed(now time.Time) (time.Duration, bool) {
	a := p.Apply
	if a == nil || a.StartedAt.IsZero() {
		return 0, false
	}
	if !a.EndedAt.IsZero() {
		now = a.EndedAt
	}
	return now.Sub(a.StartedAt), true
}

// stands is where the order is, or where it ended: the last step that was told of, or
// what follows from whether the request has left.
func (p Progress) stands() int {
	states := ApplySteps()
	if p.Apply == nil {
		return -1
	}
	at := max(0, slices.Index(states, p.last))
	switch p.Apply.State {
	case ApplyDone, ApplyDiffers:
		return len(states) - 1
	case ApplyMeanwhile:
		return 0
	case ApplyFailed:
		if p.Apply.Sent {
			return max(at, slices.Index(states, ApplyWriting))
		}
	case ApplyReading, ApplyKeeping, ApplyWriting, ApplyWaiting, ApplyCancelled:
	}
	return at
}

// Step is how the step of a number stands, and the word for it; the steps are those of
// [ApplySteps].
func (p Progress) Step(i int) (model.Severity, string) {
	at := p.stands()
	switch {
	case p.Apply == nil || i > at && !p.Over():
		return model.SeverityUnknown, "to come"
	case i > at:
		return model.SeverityUnknown, "not done"
	case i < at || p.Apply.State == ApplyDone:
		return model.SeverityOK, "done"
	}
	switch p.Apply.State {
	case ApplyFailed:
		return model.SeverityBroken, "failed"
	case ApplyMeanwhile:
		return model.SeverityAttention, "not as expected"
	case ApplyDiffers:
		return model.SeverityAttention, "differs"
	case ApplyCancelled:
		return model.SeverityUnknown, "cancelled"
	default:
		return model.SeverityWorking, "now"
	}
}

// StepTime is how long the step of a number has taken; false where that was not told.
func (p Progress) StepTime(i int, now time.Time) (time.Duration, bool) {
	states := ApplySteps()
	begin := p.since[states[i]]
	if begin.IsZero() {
		return 0, false
	}
	for _, later := range states[i+1:] {
		if at := p.since[later]; !at.IsZero() {
			return at.Sub(begin), true
		}
	}
	if p.Over() && !p.Apply.EndedAt.IsZero() {
		now = p.Apply.EndedAt
	}
	return now.Sub(begin), true
}
