package run

import (
	"context"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/setup"
)

// stuck looks whether waiting makes sense. What is broken fails with its cure; what
// is up on Konnect's side and cannot be seen in Azure is the person's to accept.
func (r *ready) stuck(ctx context.Context, h setup.Halves) (done bool, summary string, _ error) {
	switch {
	case r.fresh(h):
		return false, "", nil
	case h.Finding.Severity == model.SeverityBroken || h.Konnect == model.PeeringError:
		return false, "", r.broken(h)
	case h.Konnect == model.PeeringTerminating || h.Konnect == model.PeeringTerminated:
		return false, "", setup.BeingDeleted(r.facts.peering.Name)
	case h.Konnect == model.PeeringReady && h.Azure.Status == model.HalfUnreadable:
		return r.unseen(ctx, h)
	case h.Konnect == model.PeeringReady && h.Finding.NeedsPerson() && r.o.Clock.Now().Sub(r.upSince) >= grace:
		return r.unwell(ctx, h)
	case r.o.Clock.Now().Sub(r.began) > longAgo && !r.overdue:
		return false, "", r.long(ctx, h)
	default:
		return false, "", nil
	}
}

// fresh: Konnect says ready, and Azure does not show it yet, or at this look. Some minutes
// of that are no fault.
func (r *ready) fresh(h setup.Halves) bool {
	if h.Konnect != model.PeeringReady {
		r.upSince = time.Time{}
		return false
	}
	if r.upSince.IsZero() {
		r.upSince = h.LookedAt
	}
	if h.Azure.Status == model.HalfPresent {
		r.halfSeen = h.LookedAt
	}
	waits := h.Azure.Status == model.HalfAbsent || (h.Azure.Status == model.HalfPresent && h.Azure.Peering.State == model.VNetInitiated) || hubConnecting(h)
	since := r.upSince
	if h.Azure.Status == model.HalfAbsent && r.halfSeen.After(since) {
		since = r.halfSeen
	}
	return waits && h.LookedAt.Sub(since) < grace
}

// assigned is when the run has assigned the role, in this session or in an earlier
// one; zero when it was there before.
func (e *engine) assignedTime() time.Time {
	for _, m := range e.made() {
		if m.Kind == model.ObjectAssignment && !m.Gone {
			return m.At
		}
	}
	return time.Time{}
}

func (r *ready) broken(h setup.Halves) error {
	return setup.NotReady(h, r.facts.peering.Name, r.assignedTime(), rightsTake)
}

// unwell asks whether a peering that is up and not quite well is enough: what is wrong
// with it is for a person to mend, and goes on beside the run.
func (r *ready) unwell(ctx context.Context, h setup.Halves) (bool, string, error) {
	return r.enough(ctx, fmt.Sprintf("Konnect says ready. %s %s Go on with it as it is, or look again.", h.Finding.Cause, h.Finding.Next.Line()), "go on as it is")
}

// unseen asks whether Konnect's word is enough.
func (r *ready) unseen(ctx context.Context, h setup.Halves) (bool, string, error) {
	cause := "it was not read"
	if h.Azure.Failure != nil {
		cause = h.Azure.Failure.Cause.String()
	}
	return r.enough(ctx, fmt.Sprintf("Konnect says ready; Azure's half cannot be seen: %s. Go on without seeing it, or look again.", cause), "go on without seeing it")
}

// enough asks whether what is there is enough to go on with.
func (r *ready) enough(ctx context.Context, text, label string) (bool, string, error) {
	c, err := r.askOn(ctx, setup.Ask{
		Text:    text,
		Options: []setup.RunCommandKind{setup.CommandSkip, setup.CommandRetry},
		Labels:  []string{label, "look again now"},
	})
	if err != nil {
		return false, "", err
	}
	r.answered(r.id())
	if c.Kind == setup.CommandSkip {
		return false, "", errSkipped
	}
	return false, "", nil
}

// long asks whether to go on watching a peering that takes longer than is likely.
func (r *ready) long(ctx context.Context, h setup.Halves) error {
	text := h.Finding.Cause
	if h.Finding.Next.Text != "" {
		text += " " + h.Finding.Next.Text
	}
	c, err := r.askOn(ctx, setup.Ask{
		Text:    fmt.Sprintf("Not ready after %s. %s Go on watching?", phrase.Span(longAgo), text),
		Options: []setup.RunCommandKind{setup.CommandContinue, setup.CommandSkip},
		Labels:  []string{"go on watching", "stop watching, and go on"},
	})
	if err != nil {
		return err
	}
	r.answered(r.id())
	if c.Kind == setup.CommandSkip {
		return errSkipped
	}
	r.overdue = true
	return nil
}

// askOn puts a question and goes on looking while it stands: what comes up meanwhile
// needs no answer.
func (r *ready) askOn(ctx context.Context, a setup.Ask) (setup.RunCommand, error) {
	for {
		c, err := r.askFor(r.id(), a, watchSlow)
		if err != nil || c.Kind != "" {
			return c, err
		}
		h, err := r.look(ctx)
		if err != nil {
			return c, err
		}
		if up(h) {
			return setup.RunCommand{Kind: setup.CommandRetry}, nil // the next look ends the step
		}
	}
}

// why says what is waited for. Rights that were given a moment ago may need their
// time, and nobody can see when they act.
func (r *ready) why(h setup.Halves) string {
	if at := r.assignedTime(); !at.IsZero() && h.Azure.Status == model.HalfAbsent {
		if since := r.o.Clock.Now().Sub(at); since < rightsTake {
			return fmt.Sprintf("the role was assigned %s ago, and can take up to %s to act", phrase.Span(since), phrase.Span(rightsTake))
		}
	}
	return h.Finding.Cause
}
