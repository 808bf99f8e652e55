package paths

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// InEffect finds out what is really in effect at a network card, which takes Azure seconds. It
// has no errors: what Azure does not tell is among the gaps.
type InEffect interface {
	Effective(ctx context.Context, ref model.VNetRef, card safe.Text, w attempt.Waiter) azurenet.Facts
}

// Effective takes a reading that has ended, and asks Azure what is really in effect at the
// network cards that requests to some places lead to. The views that follow are those of the
// reading, judged by what Azure said; what it did not tell is their failure.
func (r *Reader) Effective(of paths.View, to ...paths.Destination) error {
	asks := of.CardAsks(to)
	switch {
	case r.o.InEffect == nil || len(asks) == 0:
		return model.Failure{
			Kind: model.FailureInvalid, Operation: "ask what is in effect", Cause: safe.New("no network card of a machine was found on the way; Azure knows it of those alone"), Cure: model.CureMachine,
		}
	case !of.State.Over():
		return model.Failure{Kind: model.FailureConflict, Operation: "ask what is in effect", Cause: safe.New("the paths are being read still"), Cure: model.CureLookAgain}
	}
	now := of
	now.State, now.Failure, now.Ended = paths.Reading, nil, of.Ended
	return r.begin(&reading{Reader: r, wanted: of.Wanted, now: now}, func(ctx context.Context, one *reading) { one.effective(ctx, asks) })
}

// effectiveAtOnce bounds the network cards that are asked about at the same time: Azure works
// at each for a while after the request is answered, which no gate for requests can see.
const effectiveAtOnce = 4

func (r *reading) effective(ctx context.Context, asks []paths.CardAsk) {
	left := len(asks)
	doing := func() string { return "asking Azure what is in effect at " + phrase.Count(left, "network card") }
	r.change(func(v *paths.View) { v.Doing = doing() })
	var failed *model.Failure
	_ = work.Each(ctx, effectiveAtOnce, len(asks), func(ctx context.Context, i int) error {
		said := r.o.InEffect.Effective(ctx, asks[i].Ref, asks[i].Card, r.waiter())
		r.change(func(v *paths.View) {
			left--
			*v = v.WithEffective(asks[i], said)
			v.Wait, v.Doing = nil, doing()
			if at := slices.IndexFunc(said.Gaps, func(g azurenet.Gap) bool { return g.Failure.Kind != model.FailureCancelled }); at >= 0 && failed == nil {
				failed = &said.Gaps[at].Failure
			}
		})
		return nil
	})
	r.over(ctx, failed)
}
