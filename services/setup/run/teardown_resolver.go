package run

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// removeResolver takes the rules of the run out of the resolver, and deletes the
// resolver when the run has made it and nothing else is in it.
type removeResolver struct {
	*engine
	to  mappings.Plan  // what the resolver is to become, from the last look on
	out []dnstable.Row // the rules that go
}

func (r *removeResolver) find(ctx context.Context, m setup.Made) (setup.Made, bool, error) {
	if r.facts.network.ID.IsEmpty() {
		return m, false, nil
	}
	list, err := r.resolvers(ctx, setup.StepRemoveDNS)
	if is(err, model.FailureNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, err
	}
	i := slices.IndexFunc(list, func(d model.PrivateDNS) bool { return d.ID == m.ID || (m.ID.IsEmpty() && d.Name == m.Name) })
	if i < 0 {
		if list, err = r.byID(ctx, m); err != nil || len(list) == 0 {
			return m, false, err
		}
		i = 0
	}
	there := list[i]
	if there.State == model.PrivateDNSTerminating {
		r.to.Now = there
		return m, true, nil
	}
	// Konnect changes and deletes only what is at rest.
	if there.State.Changing() {
		if err := r.hold(setup.StepRemoveDNS, "the resolver is "+string(there.State), resolverEvery, 0, 0); err != nil {
			return m, false, err
		}
		return r.find(ctx, m)
	}
	r.to = mappings.Plan{Target: r.target(there), Now: there}
	r.to.Rows, r.out = dnstable.Subtract(dnstable.FromMappings(there.DNS), r.own())
	r.to.Delete = !m.Changed && len(r.to.Rows) == 0
	m.ID, m.Name = there.ID, there.Name
	return m, len(r.out) > 0 || r.to.Delete, nil
}

// byID reads a resolver that the list does not show, or not yet; none when it is gone.
func (r *removeResolver) byID(ctx context.Context, m setup.Made) ([]model.PrivateDNS, error) {
	if m.ID.IsEmpty() {
		return nil, nil
	}
	p, err := try(ctx, r.engine, setup.StepRemoveDNS, func(ctx context.Context) (model.PrivateDNS, error) {
		return r.o.Clouds.Konnect.PrivateDNSByID(ctx, r.facts.network.ID, m.ID)
	})
	if is(err, model.FailureNotFound) || (err == nil && p.State == model.PrivateDNSTerminated) {
		return nil, nil
	}
	return []model.PrivateDNS{p}, err
}

// own are the rules as the run has written them. One that somebody has changed since is
// theirs.
func (r *removeResolver) own() []dnstable.Row {
	domains := r.plan.record.Domains()
	return slices.DeleteFunc(dnstable.FromMappings(byDomain(r.plan.request.Mappings)), func(row dnstable.Row) bool {
		return !slices.ContainsFunc(domains, row.Key.EqualFold)
	})
}

func (*removeResolver) keep(context.Context, setup.Made) (string, error) { return "", nil }

func (r *removeResolver) goes() string {
	out := []string{"the rules"}
	if r.to.Delete {
		out[0] = "the resolver and the rules"
	}
	for _, row := range r.out {
		out = append(out, row.Label())
	}
	return strings.Join(out, " ")
}

func (r *removeResolver) going() bool { return r.to.Now.State == model.PrivateDNSTerminating }

func (r *removeResolver) write(setup.Made) model.Write { return r.o.Tables.Write(r.to) }

func (r *removeResolver) after(setup.Made) string {
	gone := phrase.Count(len(r.out), "rule")
	if !r.to.Delete {
		return gone + " of this set-up will be taken out; " + phrase.Count(len(r.to.Rows), "rule") + " of others stay."
	}
	return gone + " and the resolver itself will go; the domains no longer resolve from the gateway."
}

// send takes the rules out, each try from what is there then. While the same rules go
// the person need not be asked again: what others have added meanwhile stays.
func (r *removeResolver) send(ctx context.Context, m setup.Made, _ model.Write) error {
	agreed := r.goes()
	for tries := attempt.Begin(attempt.Comparing(), r.waiter(setup.StepRemoveDNS)); ; {
		err := r.takeOut(ctx, m)
		if err == nil || r.ctx.Err() != nil {
			return err
		}
		if r.atWork(ctx, m.ID, err) {
			err = setup.ResolverAtWork(m.Name)
		}
		if err := r.again(ctx, setup.StepRemoveDNS, tries, err); err != nil {
			return err
		}
		_, there, err := r.find(ctx, m)
		switch {
		case err != nil:
			return err
		case !there || r.going():
			return nil // the request whose answer was lost had taken effect
		case r.goes() != agreed:
			return errChanged
		}
	}
}

// atWork reports whether a deletion was refused because the resolver is at work.
func (r *removeResolver) atWork(ctx context.Context, id safe.Text, err error) bool {
	if f := failure(err); !r.to.Delete || f.Kind != model.FailureInvalid {
		return false
	}
	now, err := r.o.Clouds.Konnect.PrivateDNSByID(ctx, r.facts.network.ID, id)
	return err == nil && now.State.Changing()
}

// takeOut sends the plan once and looks what came of it.
func (r *removeResolver) takeOut(ctx context.Context, m setup.Made) error {
	table, err := r.openTable(ctx, setup.StepRemoveDNS)
	if err != nil {
		return err
	}
	defer table.Close()
	o := object{kind: m.Kind, id: m.ID, name: m.Name, deletes: true}
	if _, err := r.sendTable(ctx, setup.StepRemoveDNS, table, r.to, o); err != nil {
		return err
	}
	if r.to.Delete {
		return r.deleted(ctx, m)
	}
	return r.readBack(ctx, setup.StepRemoveDNS, r.to, m.ID, r.out)
}

// deleted looks at what goes with a resolver that is being deleted. A rule that somebody
// has put into it between the look and the request is kept as a restore point, and said.
func (r *removeResolver) deleted(ctx context.Context, m setup.Made) error {
	now, err := r.o.Clouds.Konnect.PrivateDNSByID(ctx, r.facts.network.ID, m.ID)
	if err != nil {
		return nil //nolint:nilerr // it is gone, or cannot be seen any more
	}
	var names []string
	for _, c := range dnstable.Diff(dnstable.FromMappings(r.to.Now.DNS), dnstable.FromMappings(now.DNS)) {
		if c.Kind != dnstable.Removed {
			names = append(names, safe.Clean(c.Domain))
		}
	}
	if len(names) == 0 {
		return nil
	}
	id, err := r.o.Tables.Keep(r.to.Target, now, len(now.DNS))
	if err != nil {
		return err
	}
	r.aside(setup.StepRemoveDNS, "Somebody else has put "+strings.Join(names, ", ")+" into the resolver at the moment when it was deleted; that goes with it, and is kept as the restore point "+string(id)+".")
	return nil
}

// errChanged ends a removal that is not what was agreed to any more.
var errChanged = errors.New("it has changed since the question was put")
