package review

import (
	"slices"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/phrase"
	"peerdeck/ui/kit/cell"
	"peerdeck/ui/kit/theme"
)

// progress is how the writing of a table stands, as far as it was told.
type progress struct {
	apply *dnstable.Apply
	last  dnstable.ApplyState // the last one on the way
	since map[dnstable.ApplyState]time.Time
}

// wayStates are the steps of an order, in their order.
func wayStates() []dnstable.ApplyState {
	return []dnstable.ApplyState{dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting}
}

func wayTitle(s dnstable.ApplyState) string {
	switch s {
	case dnstable.ApplyReading:
		return "Read the table again"
	case dnstable.ApplyKeeping:
		return "Keep a restore point"
	case dnstable.ApplyWriting:
		return "Write the table"
	case dnstable.ApplyWaiting:
		return "Read it back, wait until it is ready"
	case dnstable.ApplyDone, dnstable.ApplyMeanwhile, dnstable.ApplyDiffers, dnstable.ApplyFailed, dnstable.ApplyCancelled:
	}
	return string(s)
}

// take keeps how it stands, and when each step began: an order tells only of now.
func (p *progress) take(a dnstable.Apply, now time.Time) {
	if p.since == nil {
		p.since = map[dnstable.ApplyState]time.Time{}
	}
	p.apply = &a
	if a.State.Over() {
		return
	}
	p.last = a.State
	if p.since[a.State].IsZero() {
		p.since[a.State] = now
	}
}

func (p *progress) over() bool { return p.apply != nil && p.apply.State.Over() }

// word is how it stands.
func (p *progress) word() string {
	if p.apply == nil {
		return "asked for"
	}
	switch p.apply.State {
	case dnstable.ApplyReading:
		return "reading"
	case dnstable.ApplyKeeping:
		return "keeping a restore point"
	case dnstable.ApplyWriting:
		return "writing"
	case dnstable.ApplyWaiting:
		return "waiting"
	case dnstable.ApplyDone:
		return "done"
	case dnstable.ApplyMeanwhile:
		return "changed meanwhile"
	case dnstable.ApplyDiffers:
		return "differs"
	case dnstable.ApplyFailed:
		return "failed"
	case dnstable.ApplyCancelled:
		return "cancelled"
	default:
		return string(p.apply.State)
	}
}

// elapsed is how long it has taken so far.
func (p *progress) elapsed(now time.Time) string {
	a := p.apply
	if a == nil || a.StartedAt.IsZero() {
		return ""
	}
	end := a.EndedAt
	if end.IsZero() {
		end = now
	}
	return phrase.Elapsed(end.Sub(a.StartedAt))
}

// stands is where it is, or where it ended: the last step that was told of, or what
// follows from whether the request has left.
func (p *progress) stands() int {
	states := wayStates()
	if p.apply == nil {
		return -1
	}
	at := max(0, slices.Index(states, p.last))
	switch p.apply.State {
	case dnstable.ApplyDone, dnstable.ApplyDiffers:
		return len(states) - 1
	case dnstable.ApplyMeanwhile:
		return 0
	case dnstable.ApplyFailed:
		if p.apply.Sent {
			return max(at, slices.Index(states, dnstable.ApplyWriting))
		}
	case dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting, dnstable.ApplyCancelled:
	}
	return at
}

// step is how one step stands.
func (p *progress) step(i int) (model.Severity, string) {
	at := p.stands()
	switch {
	case p.apply == nil || i > at && !p.over():
		return model.SeverityUnknown, "to come"
	case i > at:
		return model.SeverityUnknown, "not done"
	case i < at || p.apply.State == dnstable.ApplyDone:
		return model.SeverityOK, "done"
	}
	switch p.apply.State {
	case dnstable.ApplyFailed:
		return model.SeverityBroken, "failed"
	case dnstable.ApplyMeanwhile:
		return model.SeverityAttention, "not as expected"
	case dnstable.ApplyDiffers:
		return model.SeverityAttention, "differs"
	case dnstable.ApplyCancelled:
		return model.SeverityUnknown, "cancelled"
	default:
		return model.SeverityWorking, "now"
	}
}

// took is how long a step has taken, empty where that was not told.
func (p *progress) took(i int, now time.Time) string {
	states := wayStates()
	begin := p.since[states[i]]
	if begin.IsZero() {
		return ""
	}
	end := now
	for _, later := range states[i+1:] {
		if at := p.since[later]; !at.IsZero() {
			return phrase.Elapsed(at.Sub(begin))
		}
	}
	if p.over() && !p.apply.EndedAt.IsZero() {
		end = p.apply.EndedAt
	}
	return phrase.Elapsed(end.Sub(begin))
}

// lines draws the steps: symbol, what, how it stands, and how long it took.
func (p *progress) lines(th *theme.Theme, now time.Time, width int) []string {
	const title, word = 40, 18
	lines := make([]string, 0, len(wayStates()))
	for i, s := range wayStates() {
		severity, how := p.step(i)
		tone := theme.Plain
		if how == "to come" || how == "not done" {
			tone = theme.Muted
		}
		l := cell.NewLine(th, width).Space(1).Put(theme.Of(severity), theme.Symbol(severity)).To(3).Put(tone, wayTitle(s))
		l.To(3+title).Put(theme.Of(severity), cell.Fit(how, word)).Put(theme.Muted, p.took(i, now))
		lines = append(lines, l.String())
	}
	return lines
}
