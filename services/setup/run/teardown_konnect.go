package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
)

// removePeering deletes the peering in Konnect. Kong removes both halves.
type removePeering struct {
	*engine
	seen model.PeeringState
}

func (r *removePeering) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	if r.facts.network.ID.IsEmpty() {
		return m, false, nil
	}
	list, err := r.peerings(ctx, setup.StepRemovePeering)
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	for _, p := range list {
		if p.State == model.PeeringTerminated {
			continue
		}
		// A request whose answer was lost has no id; the VNET and the name tell it.
		if p.ID == m.ID || (m.ID.IsEmpty() && p.Name == m.Name && p.VNet.Key() == r.plan.request.VNet.Key()) {
			m.ID, r.seen = p.ID, p.State
			return m, true, nil
		}
	}
	if there, err := r.byID(ctx, m); there || err != nil {
		return m, there, err
	}
	return m, r.halfStands(ctx), nil
}

// byID reads a peering that the list does not show, or not yet.
func (r *removePeering) byID(ctx context.Context, m setup.Made) (bool, error) {
	if m.ID.IsEmpty() {
		return false, nil
	}
	p, err := r.readPeering(ctx, setup.StepRemovePeering, m.ID)
	if is(err, model.FailureNotFound) {
		return false, nil
	}
	r.seen = p.State
	return err == nil && p.State != model.PeeringTerminated, err
}

// halfStands reports whether Azure's half is still there after Konnect's is gone:
// Kong removes it with the rights that a later step takes away. One that is left
// dead, or of which it cannot be told whose it is, is pointed at.
func (r *removePeering) halfStands(ctx context.Context) bool {
	if r.state(setup.StepRemovePeering).State != setup.StepVerifying {
		return false // it was gone before, and its half is nobody's business here
	}
	v, err := r.end(ctx, setup.StepRemovePeering)
	if err != nil {
		return false // it cannot be seen; Konnect's word has to do
	}
	// The peering is gone, and its half may live on for some seconds: so it is looked for as
	// that of a peering which is there.
	around := r.neighbourhood(ctx, setup.StepRemovePeering, v, model.Peering{})
	around.Unpeered = false
	read := model.VNetRead{VNet: v, Part: model.Part{At: r.o.Clock.Now()}}
	half, _ := r.halfBy(ctx, setup.StepRemovePeering, around, read)
	if r.plan.request.Hub {
		return half.Status == model.HalfPresent
	}
	if c, found := setup.HalfLeft(half, r.facts.network, r.plan.request.VNet); found {
		r.remark(setup.StepRemovePeering, c)
		return false
	}
	return half.Status == model.HalfPresent
}

func (*removePeering) keep(context.Context, setup.Made) (string, error) { return "", nil }

func (*removePeering) goes() string { return "" }

func (r *removePeering) going() bool { return r.seen == model.PeeringTerminating }

func (r *removePeering) write(m setup.Made) model.Write {
	return r.o.Clouds.Konnect.DeletePeeringWrite(r.facts.network.ID, m.ID)
}

func (r *removePeering) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemovePeering, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Konnect.DeletePeering(ctx, r.facts.network.ID, w)
	})
}

func (r *removePeering) after(setup.Made) string {
	return "All traffic between " + r.plan.request.Network.String() + " and " + r.plan.request.VNet.Name.String() + " ends. It cannot be undone, only made anew."
}
