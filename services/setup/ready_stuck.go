package setup

import (
	"fmt"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// stuck looks whether waiting makes sense. What is broken fails with its cure; what
// is up on Konnect's side and cannot be seen in Azure is the person's to accept.
func (r *ready) stuck(h model.Halves) (done bool, summary string, _ error) {
	switch {
	case h.Verdict.Severity == model.SeverityBroken || h.Konnect == model.PeeringError:
		return false, "", r.broken(h)
	case h.Konnect == model.PeeringTerminating || h.Konnect == model.PeeringTerminated:
		return false, "", model.Failure{
			Kind: model.FailureConflict, Operation: "watch peering", Subject: r.facts.peering.Name,
			Cause: safe.New("somebody is deleting it in Konnect"), Cure: "Retry the run from its beginning to make it again.",
		}
	case h.Konnect == model.PeeringReady && h.Azure.Status == model.HalfUnreadable:
		return r.unseen(h)
	case h.Konnect == model.PeeringReady && h.Azure.Status == model.HalfPresent && h.Azure.Peering.State == model.VNetDisconnected:
		return false, "", r.broken(h)
	case r.o.Clock.Now().Sub(r.began) > longAgo && !r.overdue:
		return false, "", r.long(h)
	default:
		return false, "", nil
	}
}

func (r *ready) broken(h model.Halves) error {
	return model.Failure{
		Kind: model.FailureConflict, Operation: "watch peering", Subject: r.facts.peering.Name,
		Cause: safe.New(h.Verdict.Sentence), Cure: h.Verdict.Next.Text,
	}
}

// unseen asks whether Konnect's word is enough.
func (r *ready) unseen(h model.Halves) (bool, string, error) {
	cause := "it was not read"
	if h.Azure.Failure != nil {
		cause = h.Azure.Failure.Cause.String()
	}
	c, err := r.ask(r.id(), model.Ask{
		Text:    fmt.Sprintf("Konnect says ready; Azure's half cannot be seen: %s. Go on without seeing it, or look again.", cause),
		Options: []model.RunCommandKind{model.CommandContinue, model.CommandRetry},
		Labels:  []string{"go on without seeing it", "look again now"},
	})
	if err != nil {
		return false, "", err
	}
	r.answered(r.id())
	if c.Kind == model.CommandContinue {
		return true, "Azure not seen", nil
	}
	return false, "", nil
}

// long asks whether to go on watching a peering that takes longer than is likely.
func (r *ready) long(h model.Halves) error {
	text := h.Verdict.Sentence
	if h.Verdict.Next.Text != "" {
		text += " " + h.Verdict.Next.Text
	}
	c, err := r.ask(r.id(), model.Ask{
		Text:    fmt.Sprintf("Not ready after %s. %s Go on watching?", model.Span(longAgo), text),
		Options: []model.RunCommandKind{model.CommandContinue, model.CommandSkip},
		Labels:  []string{"go on watching", "stop watching, and go on"},
	})
	if err != nil {
		return err
	}
	if c.Kind == model.CommandSkip {
		return errSkipped
	}
	r.overdue = true
	r.answered(r.id())
	return nil
}

// why says what is waited for. Rights that were given a moment ago may need their
// time, and nobody can see when they act.
func (r *ready) why(h model.Halves) string {
	if !r.facts.assignedAt.IsZero() && h.Azure.Status == model.HalfAbsent {
		if since := r.o.Clock.Now().Sub(r.facts.assignedAt); since < rightsTake {
			return fmt.Sprintf("the role was assigned %s ago, and can take up to %s to act", model.Span(since), model.Span(rightsTake))
		}
	}
	return h.Verdict.Sentence
}
