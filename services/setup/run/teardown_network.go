package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/setup"
)

// removeNetwork deletes the network that the run has made, unless something uses it.
type removeNetwork struct {
	*engine
	seen model.NetworkState
}

func (r *removeNetwork) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	look := &newNetwork{engine: r.engine}
	got, err := r.read(ctx, look, m)
	if is(err, model.FailureNotFound) || (err == nil && got == nil) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	m.ID, m.Name, r.seen = got.ID, got.Name, got.State
	r.facts.network = *got
	return m, got.State != model.NetworkTerminated, nil
}

// read reads the network by its id, or by its name where the answer with the id was lost.
func (r *removeNetwork) read(ctx context.Context, look *newNetwork, m setup.Made) (*model.Network, error) {
	if m.ID.IsEmpty() {
		there, err := look.named(ctx)
		if err != nil || there == nil || len(stops(setup.JudgeSameNetwork(*there, r.plan.request))) > 0 {
			return nil, err // another one of that name is not the run's
		}
		return there, nil
	}
	got, err := try(ctx, r.engine, setup.StepRemoveNetwork, func(ctx context.Context) (model.Network, error) { return r.o.Clouds.Konnect.Network(ctx, m.ID) })
	return &got, err
}

func stops(list []setup.Checked) []setup.Checked {
	var out []setup.Checked
	for _, c := range list {
		if c.Stops {
			out = append(out, c)
		}
	}
	return out
}

// keep says what uses the network. What cannot be read is no permission to delete it.
func (r *removeNetwork) keep(ctx context.Context, _ setup.Made) (string, error) {
	if r.going() {
		return "", nil
	}
	peerings, err := r.peeringsOf(ctx, setup.StepRemoveNetwork, r.facts.network)
	if err != nil {
		return "", err
	}
	dns, err := try(ctx, r.engine, setup.StepRemoveNetwork, func(ctx context.Context) ([]model.PrivateDNS, error) {
		l, err := r.o.Clouds.Konnect.PrivateDNS(ctx, r.facts.network.ID)
		if err == nil && holed(l) {
			err = setup.ListNotWhole("private DNS of network", r.facts.network.Name, "what uses the network might be overlooked")
		}
		return l.Items, err
	})
	if err != nil {
		return "", err
	}
	return setup.NetworkUsed(r.facts.network, peerings, dns), nil
}

func (*removeNetwork) goes() string { return "" }

func (r *removeNetwork) going() bool { return r.seen == model.NetworkTerminating }

func (r *removeNetwork) write(m setup.Made) model.Write {
	return r.o.Clouds.Konnect.DeleteNetworkWrite(m.ID)
}

func (r *removeNetwork) send(ctx context.Context, m setup.Made, w model.Write) error {
	return dismiss(ctx, r.engine, setup.StepRemoveNetwork, m, w, func(ctx context.Context) error {
		return r.o.Clouds.Konnect.DeleteNetwork(ctx, m.ID, w)
	})
}

func (*removeNetwork) after(setup.Made) string {
	return "It goes with all that is on it, and the addresses of its data planes with it. It cannot be undone, only made anew, in 30 to 40 minutes."
}
