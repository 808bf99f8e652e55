package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// unpeer deletes a peering in Konnect that is to be made anew.
type unpeer struct {
	*engine
	seen model.Peering
}

func (*unpeer) id() setup.StepID { return setup.StepRemovePeering }

func (u *unpeer) check(ctx context.Context) (verdict, error) {
	for n := 1; ; n++ {
		s, err := u.sight(ctx, u.id())
		if err != nil {
			return verdict{}, err
		}
		u.seen = s.peering
		switch {
		case !s.own:
			return met("gone"), u.gone()
		case s.peering.State == model.PeeringTerminating && u.plan.options.DryRun:
			return met("being deleted already"), nil
		case s.peering.State == model.PeeringTerminating:
			if n > removeTries {
				return verdict{}, setup.StillThere(model.ObjectPeering, s.peering.Name, removeTries*removeEvery)
			}
			if err := u.hold(u.id(), "Konnect is deleting it", removeEvery, 0, 0); err != nil {
				return verdict{}, err
			}
		case !u.mends(s), !u.plan.options.DryRun && !u.agreed(setup.AgreedPeering(s.peering.ID)):
			return verdict{}, setup.OtherNow(*u.plan.request.Mend, s.Finding, s.peering.Name)
		default:
			w := u.o.Clouds.Konnect.DeletePeeringWrite(u.facts.network.ID, s.peering.ID)
			return verdict{summary: "to be deleted", writes: []model.Write{w}}, nil
		}
	}
}

func (u *unpeer) apply(ctx context.Context) error {
	w := u.o.Clouds.Konnect.DeletePeeringWrite(u.facts.network.ID, u.seen.ID)
	return dismiss(ctx, u.engine, u.id(), u.made(), w, func(ctx context.Context) error {
		return u.o.Clouds.Konnect.DeletePeering(ctx, u.facts.network.ID, w)
	})
}

// made is the peering as the journal names it.
func (u *unpeer) made() setup.Made {
	return setup.Made{Kind: model.ObjectPeering, ID: u.plan.request.Mend.Peering, Name: u.plan.request.Peering}
}

func (u *unpeer) verify(ctx context.Context) (string, error) {
	for range removeTries {
		s, err := u.sight(ctx, u.id())
		if err != nil {
			return "", err
		}
		if !s.own {
			return "deleted", u.gone()
		}
		if err := u.hold(u.id(), "it is being deleted", removeEvery, 0, 0); err != nil {
			return "", err
		}
	}
	return "", setup.StillThere(model.ObjectPeering, u.seen.Name, removeTries*removeEvery)
}

// gone writes down that the old peering is there no more.
func (u *unpeer) gone() error {
	u.facts.peering = model.Peering{}
	m := u.made()
	u.sayf(u.id(), model.LineGood, "the old peering %s is gone", m.Name)
	return u.note(journal.Entry{Kind: journal.Gone, Step: u.id(), Object: m.Kind, ID: m.ID, Name: m.Name})
}
