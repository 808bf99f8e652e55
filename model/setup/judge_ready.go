package setup

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// NotReady is the failure of a run whose peering will not come up by itself. Cause and
// next step are those of the finding, as they are told everywhere. Assigned is when the
// run gave Kong its role, zero when it was there before: rights can take as long as Take
// to act, and Konnect may have given up before that.
func NotReady(h Halves, peering safe.Text, assigned time.Time, take time.Duration) model.Failure {
	f := model.Failure{
		Kind: model.FailureConflict, Operation: "watch peering", Subject: peering,
		Cause: safe.New(h.Finding.Cause), Cure: h.Finding.Next.Line(),
	}
	since := h.LookedAt.Sub(assigned)
	if h.Finding.Code != "peering-error-rights" || assigned.IsZero() || since >= take {
		return f
	}
	f.Kind = model.FailurePermission
	f.Cause = safe.New(f.Cause.Raw() + " Konnect gave up before Kong's new rights acted: the role was assigned " + phrase.Span(since) + " ago.")
	f.Cure += " Rights can take up to " + phrase.Span(take) + " to act, so wait until " + assigned.Add(take).Local().Format("15:04") +
		": end this run (X), remove the peering by its teardown (T) and keep the rest, then run again."
	return f
}
