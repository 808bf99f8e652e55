package run

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// dnsMapping puts the mappings into the network's outbound resolver: a new one, or
// the one that is there, whose other mappings stay.
type dnsMapping struct {
	*engine
	to     mappings.Plan  // what the resolver is to become, from the last look on
	added  []safe.Text    // domains that were not there
	agreed []dnstable.Row // what the person has seen there and lets go
	// doubted: a person said that the resolver may be asked for once more.
	doubted bool
	seen    seen // the resolver that a look has shown
}

const (
	resolverEvery = 5 * time.Second
	resolverTries = 120
)

func (*dnsMapping) id() setup.StepID { return setup.StepDNS }

func (d *dnsMapping) check(ctx context.Context) (verdict, error) {
	if d.pending() {
		to := mappings.Plan{Target: dnstable.Target{Network: safe.New(pendingNetwork), NetworkName: d.plan.request.Network, ResolverName: d.name()}, Rows: d.wanted()}
		return verdict{summary: phrase.Count(len(to.Rows), "rule"), writes: []model.Write{d.o.Tables.Write(to)}}, nil
	}
	there, err := d.atRest(ctx)
	if err == nil && there == nil {
		there, err = d.unanswered(ctx)
	}
	if err != nil {
		return verdict{}, err
	}
	return d.planned(ctx, there)
}

// planned is what is to be done with the resolver that is there, or with none.
func (d *dnsMapping) planned(ctx context.Context, there *model.PrivateDNS) (verdict, error) {
	if there == nil {
		d.to = mappings.Plan{Target: d.target(model.PrivateDNS{Name: d.name()}), Rows: d.wanted()}
		d.added = keys(d.to.Rows)
		return verdict{summary: phrase.Count(len(d.added), "rule"), writes: []model.Write{d.o.Tables.Write(d.to)}}, nil
	}
	if err := d.join(*there); err != nil {
		return verdict{}, err
	}
	if dnstable.Same(dnstable.FromMappings(there.DNS), d.to.Rows) {
		if err := d.found(d.id(), model.ObjectResolver, there.ID, there.Name); err != nil {
			return verdict{}, err
		}
		if there.State != model.PrivateDNSReady && !d.plan.options.DryRun {
			summary, err := d.verify(ctx)
			v := met("%s", summary)
			v.state = setup.StepDone
			return v, err
		}
		return met("%s", phrase.Count(len(d.wanted()), "rule")), nil
	}
	return verdict{summary: phrase.Count(len(d.added), "rule") + " added", writes: []model.Write{d.o.Tables.Write(d.to)}}, nil
}

// unanswered looks for the resolver that an earlier request may have made, of which
// nobody has heard. Nil: there is no such request, or a person said that it came to nothing.
func (d *dnsMapping) unanswered(ctx context.Context) (*model.PrivateDNS, error) {
	open, sent := d.reread().Open(d.id(), model.ObjectResolver)
	if !sent || open.Deletes || !open.ID.IsEmpty() || d.doubted || d.plan.options.DryRun {
		return nil, nil //nolint:nilnil // as good as none
	}
	again, err := d.lost(ctx, d.id(), setup.AnswerLost(model.ObjectResolver, d.name(), d.looks()), d.shown)
	if err != nil || again {
		d.doubted = again
		return nil, err
	}
	return d.atRest(ctx)
}

// shown reports whether a look shows an outbound resolver.
func (d *dnsMapping) shown(ctx context.Context) (bool, error) {
	there, err := d.resolver(ctx)
	return there != nil, err
}

// looks is where a resolver was looked for.
func (*dnsMapping) looks() setup.Looks {
	return setup.Looks{Ways: []string{"Konnect's list of the network's private DNS"}, For: lagTakes}
}

// wanted are the rows that are asked for.
func (d *dnsMapping) wanted() []dnstable.Row {
	return dnstable.FromMappings(byDomain(d.plan.request.Mappings))
}

// name is that of a new resolver.
func (d *dnsMapping) name() safe.Text { return safe.New(d.plan.request.Peering.Raw() + "-dns") }

// resolvers lists the outbound resolvers of the network, by name.
func (e *engine) resolvers(ctx context.Context, step setup.StepID) ([]model.PrivateDNS, error) {
	list, err := try(ctx, e, step, func(ctx context.Context) ([]model.PrivateDNS, error) {
		l, err := e.o.Clouds.Konnect.PrivateDNS(ctx, e.facts.network.ID)
		if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
			err = setup.ListNotWhole("private DNS of network", e.facts.network.Name, "a resolver might be made twice")
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
	if err == nil && len(list) == 0 {
		list, err = d.unlisted(ctx)
	}
	if err != nil || len(list) == 0 {
		return nil, err
	}
	d.seen = seen{list[0].ID, d.o.Clock.Now()}
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
		d.sayf(d.id(), model.LinePlain, "the network has %d outbound resolvers; %s is taken", len(list), chosen.Name)
	}
	return chosen, nil
}

// unlisted reads the resolvers that are known by their ids when the list shows none: those
// that were made from this machine, and the one that was seen before. One that was made or
// seen a moment ago is not gone because a look does not show it.
func (d *dnsMapping) unlisted(ctx context.Context) ([]model.PrivateDNS, error) {
	known := d.madeHere(model.ObjectResolver, "")
	if !d.seen.id.IsEmpty() {
		known = append(known, d.seen)
	}
	var there *model.PrivateDNS
	err := d.among(ctx, d.id(), known, "Konnect does not show the resolver at this look", func(ctx context.Context, id safe.Text) (bool, error) {
		got, err := try(ctx, d.engine, d.id(), func(ctx context.Context) (model.PrivateDNS, error) {
			return d.o.Clouds.Konnect.PrivateDNSByID(ctx, d.facts.network.ID, id)
		})
		if err == nil && got.State != model.PrivateDNSTerminated {
			there = &got
		}
		return there != nil, err
	})
	if err != nil || there == nil {
		return nil, err
	}
	d.sayf(d.id(), model.LinePlain, "Konnect's list does not show the resolver %s; a read of its id does", there.Name)
	return []model.PrivateDNS{*there}, nil
}

// join plans to add the wanted rules to those that are there. For a domain that goes
// elsewhere now, the person is asked; their answer counts for what they were shown.
func (d *dnsMapping) join(there model.PrivateDNS) error {
	rows := dnstable.FromMappings(there.DNS)
	merged := dnstable.Join(rows, d.wanted(), d.agreed)
	if len(merged.Conflicts) > 0 {
		if err := d.replace(there, merged.Conflicts); err != nil {
			return err
		}
		merged = dnstable.Join(rows, d.wanted(), d.agreed)
	}
	d.to = mappings.Plan{Target: d.target(there), Now: there}
	d.to.Rows, _ = merged.Result()
	d.added = nil
	for _, c := range dnstable.Diff(rows, d.to.Rows) {
		if c.Kind == dnstable.Added {
			d.added = append(d.added, c.To.Key)
		}
	}
	return nil
}

// replace asks whether rules that go elsewhere may be replaced. A dry run shows what a
// run would do that may.
func (d *dnsMapping) replace(there model.PrivateDNS, conflicts []dnstable.Conflict) error {
	var other []string
	var seen []dnstable.Row
	for _, c := range conflicts {
		other = append(other, fmt.Sprintf("%s goes to %s now", safe.Clean(c.Domain), phrase.List(c.Theirs.Servers)))
		seen = append(seen, *c.Theirs)
	}
	if d.plan.options.DryRun {
		d.sayf(d.id(), model.LineTrouble, "a run asks before it replaces what is there: %s", strings.Join(other, "; "))
		d.agreed = append(slices.Clip(d.agreed), seen...)
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
	switch c.Kind {
	case setup.CommandSkip:
		return errSkipped
	case setup.CommandReplace:
		d.agreed = append(slices.Clip(d.agreed), seen...)
		return nil
	default:
		return errAgain // they want it looked at again
	}
}

func (d *dnsMapping) apply(ctx context.Context) error {
	for tries := attempt.Begin(attempt.Comparing(), d.waiter(d.id())); ; {
		err := d.write(ctx)
		if err == nil || d.ctx.Err() != nil {
			return err
		}
		// Whatever became of it, the next try begins with what is there.
		if v, err := d.recheck(ctx, tries, err); err != nil || v.met {
			return err
		}
	}
}

// recheck looks what is there after a write that came to nothing, or of which nothing is
// known.
func (d *dnsMapping) recheck(ctx context.Context, tries *attempt.Tries, cause error) (verdict, error) {
	if f := failure(cause); d.to.Now.ID.IsEmpty() && f.Status == http.StatusConflict {
		if err := d.exists(ctx, f); err != nil {
			return verdict{}, err
		}
		return d.check(ctx)
	}
	if err := d.again(ctx, d.id(), tries, cause); err != nil {
		return verdict{}, err
	}
	if moved, ok := errors.AsType[*mappings.Moved](cause); ok && moved.There && d.to.Now.ID.IsEmpty() {
		return d.planned(ctx, &moved.Now) // a look shows what the one before did not
	}
	return d.check(ctx)
}

// exists looks for the resolver that Konnect says is there. None is made beside it.
func (d *dnsMapping) exists(ctx context.Context, refused model.Failure) error {
	found, err := d.seek(ctx, d.id(), "Konnect says that the resolver is there; its list does not show it yet", d.shown)
	if err != nil || found {
		return err
	}
	u := setup.Unseen{Kind: model.ObjectResolver, Name: d.name(), Said: refused, Looks: d.looks(), Request: d.plan.request}
	return d.unseen(ctx, d.id(), u.Judge())
}

// write sends the table: as a new resolver, or whole to the one that is there.
func (d *dnsMapping) write(ctx context.Context) error {
	table, err := d.openTable(ctx, d.id())
	if err != nil {
		return err
	}
	defer table.Close()
	now := d.to.Now
	o := object{kind: model.ObjectResolver, id: now.ID, name: now.Name.Or(d.name().Raw()), changed: !now.ID.IsEmpty(), domains: d.added}
	d.facts.resolver, err = d.sendTable(ctx, d.id(), table, d.to, o)
	return err
}

// verify waits until the resolver is ready and its map is the one that was sent.
func (d *dnsMapping) verify(ctx context.Context) (string, error) {
	id := d.to.Now.ID.Or(d.facts.resolver.ID.Raw())
	if err := d.readBack(ctx, d.id(), d.to, id, d.wanted()); err != nil {
		return "", err
	}
	if d.to.Now.ID.IsEmpty() {
		list, err := d.resolvers(ctx, d.id())
		if err != nil {
			return "", err
		}
		d.aside(d.id(), d.to.Beside(list, id))
	}
	return phrase.Count(len(d.wanted()), "rule"), nil
}

func keys(rows []dnstable.Row) []safe.Text {
	var out []safe.Text
	for _, r := range rows {
		out = append(out, r.Key)
	}
	return out
}
