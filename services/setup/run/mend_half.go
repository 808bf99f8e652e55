package run

import (
	"context"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/setup"
)

// removeHalf deletes a dead half in the VNET. It is looked at right before: one that lives,
// or that may be another network's, is never deleted.
type removeHalf struct {
	*engine
	half  model.VNetPeering
	began time.Time
}

// kongTakes is how long Kong has for removing a half with its peering before somebody else
// deletes what is dead of it.
const kongTakes = time.Minute

func (*removeHalf) id() setup.StepID { return setup.StepRemoveHalf }

// anew reports whether the peering was deleted before, and Kong may remove its half.
func (r *removeHalf) anew() bool { return r.plan.request.Mend.By == finding.MendRemake }

func (r *removeHalf) check(ctx context.Context) (verdict, error) {
	r.began = r.o.Clock.Now()
	for absent := 0; ; {
		s, err := r.sight(ctx, r.id())
		if err != nil {
			return verdict{}, err
		}
		dead, isDead := s.Azure.Dead()
		if r.plan.options.DryRun {
			return r.dry(dead, isDead), nil
		}
		if s.Azure.Status == model.HalfAbsent && !isDead {
			absent++
		} else {
			absent = 0
		}
		switch why, err := r.waits(s, isDead, absent); {
		case err != nil:
			return verdict{}, err
		case why != "":
			if err := r.hold(r.id(), why, lookEvery, 0, 0); err != nil {
				return verdict{}, err
			}
		case !isDead:
			return met("none is left"), nil
		case !r.agreed(setup.AgreedHalf(dead)):
			if err := r.agree(dead); err != nil {
				return verdict{}, err
			}
		default:
			r.half = dead
			return verdict{summary: "to be deleted", writes: []model.Write{r.o.Clouds.Azure.DeleteHalfWrite(r.plan.request.VNet, dead.Name)}}, nil
		}
	}
}

func (r *removeHalf) dry(dead model.VNetPeering, isDead bool) verdict {
	if !isDead {
		return met("Kong removes its half with the peering")
	}
	return verdict{summary: "to be deleted, unless Kong does", writes: []model.Write{r.o.Clouds.Azure.DeleteHalfWrite(r.plan.request.VNet, dead.Name)}}
}

// waits says what is waited for, empty for nothing. The error says why nothing can be done.
func (r *removeHalf) waits(s sight, isDead bool, absent int) (why string, _ error) {
	a, since := s.Azure, r.o.Clock.Now().Sub(r.began)
	if dead, _ := a.Dead(); isDead && dead.Provisioning == model.ProvisioningDeleting {
		// A request of an earlier session, or of somebody else, is at work on it.
		if since > removeTries*removeEvery {
			return "", setup.StillThere(model.ObjectHalf, dead.Name, removeTries*removeEvery)
		}
		return "Azure is deleting the dead half " + dead.Name.String(), nil
	}
	lives := a.Status == model.HalfPresent && a.Peering.State != model.VNetDisconnected
	switch {
	case a.Status == model.HalfUnreadable && a.Failure != nil:
		return "", *a.Failure
	case lives && (!r.anew() || s.there && !s.own):
		return "", nil // it is what the peering was waiting for, or that of the new one
	case lives && since < lagTakes:
		return "Kong removes its half after the peering", nil
	case lives:
		return "", setup.HalfLives(a.Peering, r.plan.request.VNet.Name)
	case (isDead || a.Status != model.HalfAbsent) && r.anew() && since < kongTakes:
		return "Kong may remove the dead half with its peering", nil
	case isDead && !r.anew() && !r.mends(s):
		return "", setup.OtherNow(*r.plan.request.Mend, s.Finding, s.peering.Name)
	case isDead:
		return "", nil
	case a.Status == model.HalfAbsent && absent < goneLooks:
		return "it is not shown at this look; answers may lag", nil
	case a.Status == model.HalfAbsent, a.Status == model.HalfNoVNet:
		return "", nil
	default:
		f := model.PeeringFacts{Network: r.facts.network, Peering: model.Peering{Kind: model.KindAzureVNet, VNet: r.plan.request.VNet}, Azure: a, Cloud: r.o.Clouds.Cloud}
		found, is := model.NewJudge().BeforePeering(f)
		if !is {
			found = s.Finding
		}
		return "", setup.HalfUnproved(found.In(r.o.Clouds.Cloud), r.plan.request.VNet.Name)
	}
}

// agree asks about a dead half that was not there when the run was agreed to.
func (r *removeHalf) agree(dead model.VNetPeering) error {
	r.step(r.id(), func(s *setup.Step) {
		s.Plan = []model.Write{r.o.Clouds.Azure.DeleteHalfWrite(r.plan.request.VNet, dead.Name)}
	})
	c, err := r.ask(r.id(), setup.AskHalf(dead, r.plan.request.VNet.Name))
	if err != nil {
		return err
	}
	r.answered(r.id())
	if c.Kind == setup.CommandRetry {
		return nil // it is looked at again
	}
	return r.agreeTo(r.id(), []string{setup.AgreedHalf(dead)})
}

func (r *removeHalf) apply(ctx context.Context) error {
	ref := r.plan.request.VNet
	w := r.o.Clouds.Azure.DeleteHalfWrite(ref, r.half.Name)
	m := setup.Made{Kind: model.ObjectHalf, ID: r.half.ID, Name: r.half.Name}
	return dismiss(ctx, r.engine, r.id(), m, w, func(ctx context.Context) error {
		return r.o.Clouds.Azure.DeleteHalf(ctx, ref, r.half.Name, w)
	})
}

// verify looks until the dead half is not there any more. One that Kong has written
// meanwhile in its place is another one.
func (r *removeHalf) verify(ctx context.Context) (string, error) {
	absent := 0
	for range removeTries {
		s, err := r.sight(ctx, r.id())
		if err != nil {
			return "", err
		}
		dead, isDead := s.Azure.Dead()
		if isDead && dead.ID.EqualFold(r.half.ID) && dead.GUID == r.half.GUID {
			absent = 0
		} else if absent++; absent >= goneLooks || s.Azure.Status == model.HalfPresent {
			r.sayf(r.id(), model.LineGood, "the dead half %s is gone", r.half.Name)
			return "deleted", nil
		}
		if err := r.hold(r.id(), "it is being deleted", removeEvery, 0, 0); err != nil {
			return "", err
		}
	}
	return "", setup.StillThere(model.ObjectHalf, r.half.Name, removeTries*removeEvery)
}
