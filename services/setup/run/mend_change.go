package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// changeHalf writes the half in the VNET again, with what it lacks.
type changeHalf struct {
	*engine
	half model.VNetPeering
	w    model.Write
}

// halfLooks is how often a half is looked at that was written: some minutes.
const halfLooks = 100

func (*changeHalf) id() setup.StepID { return setup.StepHalf }

func (c *changeHalf) check(ctx context.Context) (verdict, error) {
	for n := 1; ; n++ {
		s, err := c.sight(ctx, c.id())
		if err != nil {
			return verdict{}, err
		}
		c.half = s.Azure.Peering
		switch {
		case c.mends(s):
			if c.w, err = c.halfWrite(ctx, c.id(), c.half.Name); err != nil {
				return verdict{}, err
			}
			if !c.plan.options.DryRun && !c.agreed(setup.AgreedHalf(c.half)) {
				return verdict{}, setup.OtherNow(*c.plan.request.Mend, s.Finding, s.peering.Name)
			}
			return verdict{summary: "to be written", writes: []model.Write{c.w}}, nil
		case s.Finding.Severity == model.SeverityWorking && n < halfLooks:
			if err := c.hold(c.id(), s.Finding.Cause, watchEvery, 0, 0); err != nil {
				return verdict{}, err
			}
		case s.Finding.Severity == model.SeverityOK, c.begun():
			return met("written before"), nil
		default:
			return verdict{}, setup.OtherNow(*c.plan.request.Mend, s.Finding, s.peering.Name)
		}
	}
}

func (c *changeHalf) apply(ctx context.Context) error {
	o := object{kind: model.ObjectHalf, id: c.half.ID, name: c.half.Name, changed: true}
	return sendAgain(ctx, c.engine, c.id(), c.w, o, func(ctx context.Context) (safe.Text, error) {
		return c.half.ID, c.o.Clouds.Azure.PutHalf(ctx, c.plan.request.VNet, c.half.Name, c.w)
	})
}

func (c *changeHalf) verify(ctx context.Context) (string, error) {
	for range halfLooks {
		s, err := c.sight(ctx, c.id())
		if err != nil {
			return "", err
		}
		if s.Finding.Severity != model.SeverityWorking && s.Finding.Next.Mend != c.plan.request.Mend.By {
			return "written", nil
		}
		if err := c.hold(c.id(), s.Finding.Cause, watchEvery, 0, 0); err != nil {
			return "", err
		}
	}
	return "", setup.HalfUnchanged(c.half, halfLooks*watchEvery)
}
