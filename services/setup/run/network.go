package run

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

const (
	// networkEvery is between two looks at a network that takes half an hour.
	networkEvery = 15 * time.Second
	// networkTakes is how long a network takes by Kong's documentation, at most.
	networkTakes = 40 * time.Minute
	// pendingNetwork stands for the id of a network that a dry run does not make.
	pendingNetwork = ":id-of-the-new-network"
)

// newNetwork asks Konnect for the network, and waits until it is ready. As a peering, it
// must not be asked for twice: Konnect chooses the id, and a network costs.
type newNetwork struct {
	*engine
	wanted  model.NewNetwork
	doubted bool // a person said that it may be asked for once more
	overdue bool // a person said to go on waiting
	said    string
	all     []model.Network // as they were listed last
	agreed  []string        // warnings that a person has taken
}

func (*newNetwork) id() setup.StepID { return setup.StepNetwork }

func (n *newNetwork) check(ctx context.Context) (verdict, error) {
	for look := 1; ; look++ {
		there, err := n.look(ctx)
		switch {
		case err != nil:
			return verdict{}, err
		case there == nil && n.unsure():
			// An earlier session has sent it and heard nothing.
			if n.doubted, err = n.lost(ctx, n.id(), setup.AnswerLost(model.ObjectNetwork, n.plan.request.Network, n.looks()), n.show); err != nil {
				return verdict{}, err
			}
		case there == nil:
			return n.planned(ctx)
		case there.State == model.NetworkTerminating && n.plan.options.DryRun:
			return met("one of this name is being deleted"), nil
		case there.State == model.NetworkTerminating:
			if err := n.hold(n.id(), "the network of this name before this one is being deleted", networkEvery, look+1, 0); err != nil {
				return verdict{}, err
			}
		default:
			return n.there(*there)
		}
	}
}

// there is for a network of the name that is there already.
func (n *newNetwork) there(found model.Network) (verdict, error) {
	for _, c := range setup.JudgeSameNetwork(found, n.plan.request) {
		if c.Stops {
			return verdict{}, stopped("create network", found.Name, c)
		}
		n.remark(n.id(), c)
	}
	if err := n.take(found); err != nil {
		return verdict{}, err
	}
	n.sayf(n.id(), model.LineGood, "%s is there already, %s", found.Name, found.State)
	if found.State == model.NetworkReady {
		return met("already"), nil
	}
	return verdict{summary: "it is being made"}, nil
}

// take keeps the network that the run is on.
func (n *newNetwork) take(found model.Network) error {
	n.facts.network = found
	if err := n.found(n.id(), model.ObjectNetwork, found.ID, found.Name); err != nil {
		return err
	}
	return n.note(journal.Entry{Kind: journal.Place, Step: n.id(), ID: found.ID, Name: found.Name})
}

// planned looks at what the network would meet, and makes the request.
func (n *newNetwork) planned(ctx context.Context) (verdict, error) {
	facts := setup.NetworkPlan{Request: n.plan.request, Networks: n.all}
	accounts, err := try(ctx, n.engine, n.id(), func(ctx context.Context) ([]model.ProviderAccount, error) {
		l, err := n.o.Clouds.Konnect.ProviderAccounts(ctx)
		return l.Items, err
	})
	if err != nil {
		return verdict{}, err
	}
	facts.Accounts = accounts
	if facts.Availability, err = try(ctx, n.engine, n.id(), n.o.Clouds.Konnect.Availability); err != nil {
		f := failure(err)
		facts.Unavailable = &f
	}
	// What cannot be read of the VNET now is read by preflight, when the network is ready.
	facts.VNet, err = n.end(ctx, n.id())
	if ctx.Err() != nil {
		return verdict{}, context.Cause(ctx)
	}
	if err != nil {
		n.sayf(n.id(), model.LineTrouble, "%s", failure(err).Error())
	}
	n.step(n.id(), func(s *setup.Step) { s.Findings = nil })
	wanted, checks := facts.Network()
	var open []string
	for _, c := range checks {
		if c.Stops {
			return verdict{}, stopped("create network", n.plan.request.Network, c)
		}
		if n.remark(n.id(), c); c.Asks && !slices.Contains(n.plan.record.Accepted(), c.Key()) && !slices.Contains(n.agreed, c.Key()) {
			open = append(open, c.Key())
		}
	}
	if len(open) > 0 && !n.plan.options.DryRun { // nothing of a network can be changed afterwards
		again, err := n.taken(n.id(), open)
		if err != nil || again {
			return verdict{}, cmp.Or(err, error(errAgain))
		}
		n.agreed = append(n.agreed, open...)
	}
	n.wanted = wanted
	return verdict{summary: "to be made, in 30 to 40 minutes", writes: []model.Write{n.o.Clouds.Konnect.CreateNetworkWrite(wanted)}}, nil
}

// stopped is the failure for a check with which nothing can be made.
func stopped(operation string, subject safe.Text, c setup.Checked) error {
	return model.Failure{
		Kind: model.FailureInvalid, Operation: operation, Subject: subject, Finding: c.Code,
		Cause: cleaned(c.Cause), Cure: c.Next.Line(), Command: c.Next.Command,
	}
}

// look looks for the network by its name, and by the id of what this machine has made.
func (n *newNetwork) look(ctx context.Context) (*model.Network, error) {
	there, err := n.named(ctx)
	if err != nil || there != nil {
		return there, err
	}
	err = n.among(ctx, n.id(), n.madeHere(model.ObjectNetwork, ""), "this machine made the network; Konnect does not show it at this look", func(ctx context.Context, id safe.Text) (bool, error) {
		got, err := n.read(ctx, id)
		if err == nil && got.State != model.NetworkTerminated {
			there = &got
		}
		return there != nil, err
	})
	return there, err
}

// named looks for the network in the list, which must be whole: one with holes could lead
// to a second network.
func (n *newNetwork) named(ctx context.Context) (*model.Network, error) {
	want := n.plan.request.Network
	list, err := try(ctx, n.engine, n.id(), func(ctx context.Context) ([]model.Network, error) {
		l, err := n.o.Clouds.Konnect.Networks(ctx, nil)
		if err == nil && holed(l) {
			err = setup.ListNotWhole("networks", safe.Text{}, "a network might be made twice")
		}
		return l.Items, err
	})
	if err != nil {
		return nil, err
	}
	n.all = list
	var found []model.Network
	for i := range list {
		if list[i].Name == want && list[i].State != model.NetworkTerminated {
			found = append(found, list[i])
		}
	}
	if len(found) > 1 {
		return nil, setup.SeveralNetworks(want, len(found))
	}
	for i := range found {
		return &found[i], nil
	}
	return nil, nil //nolint:nilnil // there is none
}

func holed[T any](l konnect.List[T]) bool { return !l.Complete || len(l.Unread)+l.Nameless > 0 }

func (n *newNetwork) read(ctx context.Context, id safe.Text) (model.Network, error) {
	return try(ctx, n.engine, n.id(), func(ctx context.Context) (model.Network, error) { return n.o.Clouds.Konnect.Network(ctx, id) })
}

// unsure reports whether the network was asked for and nobody knows what became of that.
func (n *newNetwork) unsure() bool {
	_, open := n.reread().Open(n.id(), model.ObjectNetwork)
	return open && !n.doubted
}

// show looks once for the network, and takes it when it is there.
func (n *newNetwork) show(ctx context.Context) (bool, error) {
	there, err := n.named(ctx)
	if err != nil || there == nil {
		return false, err
	}
	return true, n.take(*there)
}

func (*newNetwork) looks() setup.Looks {
	return setup.Looks{Ways: []string{"Konnect's list of networks, by its name"}, For: lagTakes}
}

func (n *newNetwork) apply(ctx context.Context) error {
	if !n.facts.network.ID.IsEmpty() {
		return nil // it is there, and not ready
	}
	w := n.o.Clouds.Konnect.CreateNetworkWrite(n.wanted)
	for tries := attempt.Begin(attempt.Writing(), n.waiter(n.id())); ; {
		err := n.send(ctx, n.id(), w, object{kind: model.ObjectNetwork, name: n.wanted.Name}, func(ctx context.Context) (safe.Text, error) {
			made, err := n.o.Clouds.Konnect.CreateNetwork(ctx, n.wanted.Name, w)
			n.facts.network = made
			return made.ID, err
		})
		if err == nil {
			return n.note(journal.Entry{Kind: journal.Place, Step: n.id(), ID: n.facts.network.ID, Name: n.facts.network.Name})
		}
		if n.ctx.Err() != nil {
			return err
		}
		f := failure(err)
		switch {
		case f.Unsure():
			again, err := n.lost(ctx, n.id(), setup.AnswerLost(model.ObjectNetwork, n.wanted.Name, n.looks()), n.show)
			if err != nil || !again {
				return err
			}
		case f.Kind == model.FailureConflict:
			return n.exists(ctx, f)
		default:
			if err := tries.Again(ctx, err); err != nil { // refused for now, and so not made
				return err
			}
		}
	}
}

// exists looks for the network that Konnect says is there. It is never asked for again
// after that, whatever the list shows.
func (n *newNetwork) exists(ctx context.Context, refused model.Failure) error {
	found, err := n.seek(ctx, n.id(), "Konnect says that the network is there; its list does not show it yet", n.show)
	if err != nil {
		return err
	}
	if found {
		return errAgain // it is compared with what is asked for
	}
	u := setup.Unseen{Kind: model.ObjectNetwork, Name: n.wanted.Name, Said: refused, Looks: n.looks(), Request: n.plan.request}
	return n.unseen(ctx, n.id(), u.Judge())
}

// verify waits until the network is ready.
func (n *newNetwork) verify(ctx context.Context) (string, error) {
	for {
		now, err := n.now(ctx)
		if err != nil {
			return "", err
		}
		if now.State == model.NetworkReady {
			return "ready", nil
		}
		if err := n.stuck(now); err != nil {
			return "", err
		}
		if err := n.hold(n.id(), n.why(now), networkEvery, 0, 0); err != nil {
			return "", err
		}
	}
}

// now reads the network. One look that does not show it does not say that it is gone.
func (n *newNetwork) now(ctx context.Context) (model.Network, error) {
	id := n.facts.network.ID
	got, err := n.read(ctx, id)
	if is(err, model.FailureNotFound) {
		var found bool
		found, err = n.seek(ctx, n.id(), "Konnect does not show the network at this look", func(ctx context.Context) (bool, error) {
			got, err = n.read(ctx, id)
			if is(err, model.FailureNotFound) {
				return false, nil
			}
			return err == nil, err
		})
		if err == nil && !found {
			return got, setup.NetworkLost(n.facts.network, setup.Looks{Ways: []string{"a read of its id"}, For: lagTakes})
		}
	}
	if err != nil {
		return got, err
	}
	n.facts.network = got
	if said := string(got.State) + got.Reason.String(); said != n.said {
		n.said = said
		n.sayf(n.id(), model.LinePlain, "Konnect says %s %s", got.State, got.Reason)
	}
	return got, nil
}

// pending reports whether the run is a dry one and would make the network first, so that
// nothing can be asked of it.
func (e *engine) pending() bool {
	return e.plan.request.Create != nil && e.plan.options.DryRun && e.facts.network.ID.IsEmpty()
}

// since is when Konnect began to make the network: a resumed run has not begun it.
func (n *newNetwork) since(now model.Network) time.Duration {
	began := now.CreatedAt
	if began.IsZero() {
		began = n.state(n.id()).StartedAt
	}
	return max(0, n.o.Clock.Now().Sub(began))
}

// why says what is waited for, and how much of it is over.
func (n *newNetwork) why(now model.Network) string {
	over := n.since(now)
	if over > networkTakes {
		return fmt.Sprintf("Konnect says %s since %s; networks take 30 to 40 minutes", now.State, phrase.Span(over))
	}
	return fmt.Sprintf("Konnect makes the network, which takes 30 to 40 minutes; %s are over", phrase.Span(over))
}

// stuck looks whether waiting makes sense.
func (n *newNetwork) stuck(now model.Network) error {
	found := setup.JudgeNetwork(model.NetworkFacts{
		Network: now, Now: n.o.Clock.Now(), Provider: model.ProviderAzure, Cloud: n.o.Clouds.Cloud,
		Since: model.SinceOf(now.CreatedAt, now.UpdatedAt, model.Sight{}, n.o.Clock.Now()),
	})
	switch now.State {
	case model.NetworkTerminating, model.NetworkTerminated:
		return setup.NetworkLost(now, setup.Looks{})
	case model.NetworkOffline: // nobody makes it, and waiting does not help
		return stopped("wait for network", now.Name, found)
	default:
	}
	if !found.NeedsPerson() || n.overdue {
		return nil
	}
	c, err := n.askFor(n.id(), setup.Ask{
		Text:    found.Cause + " " + found.Next.Line() + " Go on waiting?",
		Options: []setup.RunCommandKind{setup.CommandContinue}, Labels: []string{"go on waiting"},
	}, networkEvery)
	if err != nil {
		return err
	}
	n.overdue = c.Kind == setup.CommandContinue
	if c.Kind != "" {
		n.answered(n.id())
	}
	return nil
}
