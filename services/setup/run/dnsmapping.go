package run

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"peerdeck/model"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

// dnsMapping puts the mappings into the network's outbound resolver: a new one, or
// the one that is there, whose other mappings stay.
type dnsMapping struct {
	*engine
	table   []model.DNSMapping // the whole of it, as it will be
	added   []safe.Text        // domains that were not there
	replace bool               // what the person said about domains that go elsewhere
}

const (
	resolverEvery = 5 * time.Second
	resolverTries = 120
	readyLag      = 6 // looks at a ready resolver that still shows its old map
)

func (*dnsMapping) id() setup.StepID { return setup.StepDNS }

func (d *dnsMapping) check(ctx context.Context) (verdict, error) {
	there, err := d.atRest(ctx)
	if err != nil {
		return verdict{}, err
	}
	wanted := byDomain(d.plan.request.Mappings)
	if there == nil {
		d.facts.resolver, d.table, d.added = model.PrivateDNS{}, wanted, domains(wanted)
		w := d.o.Clouds.Konnect.CreateResolverWrite(d.facts.network.ID, d.name(), d.table)
		return verdict{summary: plural(len(d.added), "rule"), writes: []model.Write{w}}, nil
	}
	d.facts.resolver = *there
	if err := d.merge(*there, wanted); err != nil {
		return verdict{}, err
	}
	if sameMappings(there.DNS, d.table) {
		if err := d.found(d.id(), model.ObjectResolver, there.ID, there.Name); err != nil {
			return verdict{}, err
		}
		if there.State != model.PrivateDNSReady && !d.plan.options.DryRun {
			summary, err := d.verify(ctx)
			v := met("%s", summary)
			v.state = setup.StepDone
			return v, err
		}
		return met("%s", plural(len(wanted), "rule")), nil
	}
	w := d.o.Clouds.Konnect.PatchResolverWrite(d.facts.network.ID, there.ID, d.table, there.Unknown)
	return verdict{summary: plural(len(d.added), "rule") + " added", writes: []model.Write{w}}, nil
}

// name is that of a new resolver.
func (d *dnsMapping) name() safe.Text { return safe.New(d.plan.request.Peering.Raw() + "-dns") }

// resolvers lists the outbound resolvers of the network, by name.
func (e *engine) resolvers(ctx context.Context, step setup.StepID) ([]model.PrivateDNS, error) {
	list, err := try(ctx, e, step, func(ctx context.Context) ([]model.PrivateDNS, error) {
		l, err := e.o.Clouds.Konnect.PrivateDNS(ctx, e.facts.network.ID)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = model.Failure{
				Kind: model.FailureContract, Operation: "list private DNS of network", Subject: e.facts.network.Name, Retryable: true,
				Cause: safe.New("the list is not whole, so a resolver might be made twice"), Cure: "Try again in a moment.",
			}
		}
		return l.Items, err
	})
	list = slices.DeleteFunc(list, func(p model.PrivateDNS) bool {
		return p.Kind != model.KindAzureResolver || p.State == model.PrivateDNSTerminated
	})
	slices.SortFunc(list, func(a, b model.PrivateDNS) int { return a.Name.Compare(b.Name) })
	return list, err
}

// atRest returns the outbound resolver to put the mappings into, nil when there is
// none. One that is at work is waited for, and so is the end of one that is being
// deleted: Konnect changes what is at rest. After ten minutes its word is asked for all
// the same, because it does not document in which states it refuses.
func (d *dnsMapping) atRest(ctx context.Context) (*model.PrivateDNS, error) {
	for n := 1; ; n++ {
		there, err := d.resolver(ctx)
		if err != nil || there == nil {
			return nil, err
		}
		if !there.State.Changing() || d.plan.options.DryRun || n == resolverTries {
			if there.State == model.PrivateDNSTerminating {
				return nil, nil //nolint:nilnil // as good as none
			}
			return there, nil
		}
		why := fmt.Sprintf("the resolver %s is %s", there.Name, there.State)
		if there.State == model.PrivateDNSTerminating {
			why = "the resolver before this one is being deleted"
		}
		if err := d.hold(d.id(), why, resolverEvery, n+1, resolverTries); err != nil {
			return nil, err
		}
	}
}

// resolver chooses the outbound resolver: the one that this run has written to
// before, else the first by name; one that is being deleted only when there is no
// other. Whether a network may have several is not documented.
func (d *dnsMapping) resolver(ctx context.Context) (*model.PrivateDNS, error) {
	list, err := d.resolvers(ctx, d.id())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	stays := slices.DeleteFunc(slices.Clone(list), func(p model.PrivateDNS) bool { return p.State == model.PrivateDNSTerminating })
	if len(stays) == 0 {
		return &list[0], nil
	}
	list = stays
	chosen := &list[0]
	for i := range list {
		if slices.ContainsFunc(d.made(), func(m setup.Made) bool { return m.Kind == model.ObjectResolver && m.ID == list[i].ID }) {
			chosen = &list[i]
		}
	}
	if len(list) > 1 {
		d.sayf(d.id(), setup.LinePlain, "the network has %d outbound resolvers; %s is taken", len(list), chosen.Name)
	}
	return chosen, nil
}

// merge adds the wanted rules to those that are there. For a domain that goes
// elsewhere now, the person is asked.
func (d *dnsMapping) merge(there model.PrivateDNS, wanted []model.DNSMapping) error {
	d.table, d.added = slices.Clone(there.DNS), nil
	var other []string
	for _, w := range wanted {
		i := slices.IndexFunc(d.table, func(m model.DNSMapping) bool { return m.Domains[0].EqualFold(w.Domains[0]) })
		switch {
		case i < 0:
			d.table, d.added = append(d.table, w), append(d.added, w.Domains[0])
		case slices.Equal(d.table[i].Servers, w.Servers):
		case d.replace || d.plan.options.DryRun:
			other = append(other, fmt.Sprintf("%s goes to %s now", w.Domains[0], join(d.table[i].Servers)))
			d.table[i].Servers = w.Servers
		default:
			other = append(other, fmt.Sprintf("%s goes to %s now", w.Domains[0], join(d.table[i].Servers)))
		}
	}
	if d.plan.options.DryRun && len(other) > 0 {
		d.sayf(d.id(), setup.LineTrouble, "a run asks before it replaces what is there: %s", strings.Join(other, "; "))
	}
	if len(other) == 0 || d.replace || d.plan.options.DryRun {
		return nil
	}
	c, err := d.ask(d.id(), setup.Ask{
		Text:    fmt.Sprintf("In %s, %s. Replace that, or go on without these rules?", there.Name, strings.Join(other, "; ")),
		Options: []setup.RunCommandKind{setup.CommandReplace, setup.CommandSkip},
		Labels:  []string{"replace them", "leave the resolver as it is"},
	})
	if err != nil {
		return err
	}
	d.answered(d.id())
	if c.Kind == setup.CommandSkip {
		return errSkipped
	}
	d.replace = true
	return d.merge(there, wanted)
}

func (d *dnsMapping) apply(ctx context.Context) error {
	for n := 1; ; n++ {
		err := d.write(ctx)
		if err == nil || d.ctx.Err() != nil {
			return err
		}
		f := failure(err)
		if n == postTries || (!f.Retryable && !unsure(f)) {
			return err
		}
		if err := d.hold(d.id(), f.Cause.String(), patience(n, f), n+1, postTries); err != nil {
			return err
		}
		// Whatever became of it, the next try begins with what is there.
		v, err := d.check(ctx)
		if err != nil || v.met {
			return err
		}
	}
}

// lock keeps others on this machine from writing a table of the network; one that is
// being written is waited for.
func (d *dnsMapping) lock(ctx context.Context) (release func(), err error) {
	for n := 1; ; n++ {
		release, err := d.o.LockTable(ctx, d.facts.network.ID)
		if err == nil {
			return release, nil
		}
		if n == tries {
			return nil, model.Failure{
				Kind: model.FailureConflict, Operation: "change the mapping table of", Subject: d.facts.network.Name, Retryable: true,
				Cause: safe.New(err.Error()), Cure: "Wait for it and retry.",
			}
		}
		if err := d.hold(d.id(), err.Error(), patience(n, model.Failure{}), n+1, tries); err != nil {
			return nil, err
		}
	}
}

// write sends the table: as a new resolver, or whole to the one that is there.
func (d *dnsMapping) write(ctx context.Context) error {
	release, err := d.lock(ctx)
	if err != nil {
		return err
	}
	defer release()
	k, network := d.o.Clouds.Konnect, d.facts.network.ID
	if d.facts.resolver.ID.IsEmpty() {
		w := k.CreateResolverWrite(network, d.name(), d.table)
		o := object{kind: model.ObjectResolver, name: d.name(), domains: d.added}
		return d.send(ctx, d.id(), w, o, func(ctx context.Context) (safe.Text, error) {
			made, err := k.CreateResolver(ctx, network, w)
			d.facts.resolver = made
			return made.ID, err
		})
	}
	// The whole map is sent, so it is read again right before: what somebody else has
	// added meanwhile must not be lost.
	now, err := try(ctx, d.engine, d.id(), func(ctx context.Context) (model.PrivateDNS, error) {
		return k.PrivateDNSByID(ctx, network, d.facts.resolver.ID)
	})
	if err != nil {
		return err
	}
	d.facts.resolver = now
	if err := d.merge(now, byDomain(d.plan.request.Mappings)); err != nil {
		return err
	}
	w := k.PatchResolverWrite(network, now.ID, d.table, now.Unknown)
	o := object{kind: model.ObjectResolver, id: now.ID, name: now.Name, changed: true, domains: d.added}
	return d.send(ctx, d.id(), w, o, func(ctx context.Context) (safe.Text, error) {
		got, err := k.PatchResolver(ctx, network, w)
		return got.ID, err
	})
}

// verify waits until the resolver is ready and its map is the one that was sent:
// whether Konnect replaces or merges a map is not documented.
func (d *dnsMapping) verify(ctx context.Context) (string, error) {
	for n := 1; n <= resolverTries; n++ {
		now, err := try(ctx, d.engine, d.id(), func(ctx context.Context) (model.PrivateDNS, error) {
			return d.o.Clouds.Konnect.PrivateDNSByID(ctx, d.facts.network.ID, d.facts.resolver.ID)
		})
		if err != nil {
			return "", err
		}
		switch {
		case now.State == model.PrivateDNSError:
			return "", model.Failure{
				Kind: model.FailureInvalid, Operation: "wait for resolver", Subject: now.Name,
				Cause: now.Reason.Or("Konnect reported an error without a reason"), Cure: "Check the mappings; a server must be reachable over the peering.",
			}
		case now.State == model.PrivateDNSReady && !sameMappings(now.DNS, d.table) && n > readyLag:
			return "", model.Failure{
				Kind: model.FailureConflict, Operation: "read back resolver", Subject: now.Name,
				Cause: safe.New("its map is not the one that was sent; somebody may have changed it at the same time"), Cure: "Retry: the maps are compared again.",
			}
		case now.State == model.PrivateDNSReady && sameMappings(now.DNS, d.table):
			return plural(len(byDomain(d.plan.request.Mappings)), "rule"), nil
		}
		if err := d.hold(d.id(), fmt.Sprintf("the resolver is %s", now.State), resolverEvery, 0, 0); err != nil {
			return "", err
		}
	}
	return "", model.Failure{
		Kind: model.FailureTimeout, Operation: "wait for resolver", Retryable: true,
		Cause: safe.New("it is not ready after ten minutes"), Cure: "Retry, or look at it in Konnect.",
	}
}
