package program_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// ended fails where an order says another end than it has come to.
func (m *machine) ended(a dnstable.Apply) {
	there := m.rules(a.Order.Target.Network.Raw())
	switch a.State {
	case dnstable.ApplyDone:
		if seen := values(dnstable.FromMappings(a.Resolver.DNS)); flat(seen) != flat(values(a.Order.Rows)) {
			m.Errorf("done, and seen is %s instead of %s", flat(seen), flat(values(a.Order.Rows)))
		}
	case dnstable.ApplyMeanwhile, dnstable.ApplyDiffers:
		if a.State == dnstable.ApplyDiffers && a.Note == "" && len(a.Left) == 0 {
			m.Errorf("it differs, and nobody is told how: %+v; there is %s", a, flat(there))
		}
	case dnstable.ApplyFailed:
		if a.Failure == nil || a.Failure.Cure == "" {
			m.Errorf("no way out of %+v", a.Failure)
		}
	case dnstable.ApplyCancelled, dnstable.ApplyReading, dnstable.ApplyKeeping, dnstable.ApplyWriting, dnstable.ApplyWaiting:
		m.Errorf("it ended as %s", a.State)
	}
}

// rest lets everything come to an end, and compares what all say.
func (m *machine) rest() {
	m.note("— rest")
	m.me.air.calm()
	m.world.ClearFaults()
	m.world.Apply(sandbox.Event{Lag: &sandbox.Lag{}})
	m.lags.Store(false)
	m.clock.Advance(20 * time.Minute)
	m.restarts() // looks what became of orders whose end nobody has seen
	m.clock.Advance(20 * time.Minute)
	m.finish()
	m.clock.Advance(20 * time.Minute)
	m.me.refresh()
	m.tables()
	m.journals()
	m.peerings()
	for where, servers := range m.ofTheirs() {
		network, domain, _ := strings.Cut(where, " ")
		if !slices.ContainsFunc(m.resolvers(network), func(r sandbox.ResolverView) bool { return tableOf(r)[domain] == servers }) {
			m.Errorf("%s was given to %q by somebody else, and is not in %s", domain, servers, flat(m.rules(network)))
		}
	}
}

// finish goes on with the runs that are not finished.
func (m *machine) finish() {
	for range 4 {
		list, err := m.me.runner.Earlier(context.Background())
		if err != nil {
			m.Errorf("the journals: %v", err)
		}
		i := slices.IndexFunc(list, func(l setup.RunSummary) bool { return l.Unfinished() && l.State != setup.RunCancelled })
		if i < 0 {
			return
		}
		l := list[i]
		m.note("go on with the %s %s of %s, which is %s", l.Kind, l.ID, l.Request.Peering, l.State)
		if l.Problem != "" {
			m.Errorf("a journal cannot be read: %s", l.Problem)
		}
		m.meansOf(l.Request, l.Kind != setup.RunTeardown)
		run, over := m.me.run(m.resume(l))
		if !over {
			m.Errorf("it was not gone on with: %+v", l)
			return
		}
		if run.State != setup.RunDone && !m.excused(run) {
			m.Errorf("the %s ends as %s at %s: %+v\n%s", run.Kind, run.State, run.Current, run.Step(run.Current), m.me.story())
		}
	}
}

// resume goes on as the screen does.
func (m *machine) resume(l setup.RunSummary) error {
	if l.Kind == setup.RunTeardown {
		return m.me.runner.Teardown(l.ID)
	}
	return m.me.runner.Resume(l.ID, setup.Options{})
}

// excused reports whether a run that did not come to its end was stopped by something that is
// so in the world.
func (*machine) excused(run setup.Run) bool {
	for _, s := range run.Steps {
		if f := s.Failure; f != nil && f.Cure != "" && (f.Kind == model.FailureConflict || strings.HasPrefix(string(f.FindingCode()), "mend-")) {
			return true
		}
	}
	return false
}

// tables compares the mapping tables of the screens, the drafts and the clouds.
func (m *machine) tables() {
	for _, name := range tableNetworks() {
		n, there := m.me.network(name), m.rules(name)
		id := m.id(name)
		shown := map[string]string{}
		for _, d := range n.Status().PrivateDNS {
			if d.Kind == model.KindAzureResolver {
				for domain, servers := range values(dnstable.FromMappings(d.DNS)) {
					shown[d.ID.Raw()+" "+domain] = servers
				}
			}
		}
		if flat(shown) != flat(there) {
			m.Errorf("Networks shows %s of %s, and there is %s", flat(shown), name, flat(there))
		}
		list := m.resolvers(name)
		for _, r := range list {
			t := n.Table(safe.New(r.ID))
			if t == nil {
				m.Errorf("the resolver %s of %s is not shown", r.Name, name)
			} else if base := values(t.Draft().Base()); !t.Meanwhile() && flat(base) != flat(tableOf(r)) {
				m.Errorf("the table %s of %s rests on %s, and there is %s", r.Name, name, flat(base), flat(tableOf(r)))
			}
		}
		m.drafts(name, id)
		if len(list) > 1 && !m.several {
			m.Errorf("there are %d resolvers in %s, and nobody is told", len(list), name)
		}
	}
	if list, err := m.me.writer.Unfinished(context.Background()); err != nil || len(list) > 0 {
		m.Errorf("nobody knows the end of %+v, %v", list, err)
	}
}

// drafts compares what is staged with what is on the disk.
func (m *machine) drafts(name string, id safe.Text) {
	saved, notes, err := m.me.writer.Draft(context.Background(), id)
	if err != nil || len(notes) > 0 {
		m.Errorf("drafts: %v, %v", notes, err)
	}
	var kept, staged []string
	for _, d := range saved {
		kept = append(kept, flat(values(d.Rows)))
	}
	for _, t := range m.me.network(name).Changed() {
		staged = append(staged, flat(values(t.Draft().Rows())))
	}
	if fmt.Sprint(kept) != fmt.Sprint(staged) {
		m.Errorf("%s has %q staged, and on the disk is %q", name, staged, kept)
	}
}

// journals compares what runs say that they have made with what is there.
func (m *machine) journals() {
	list, err := m.me.runner.Earlier(context.Background())
	if err != nil {
		m.Errorf("the journals: %v", err)
	}
	made := map[string]bool{}
	for _, l := range list {
		if l.Problem != "" {
			m.Errorf("a journal cannot be read: %s", l.Problem)
		}
		for _, o := range l.Standing() {
			made[o.ID.Raw()] = true
			if o.Kind == model.ObjectPeering && l.Kind == setup.RunSetup && !slices.ContainsFunc(m.world.Peerings(labNetwork), func(v sandbox.PeeringView) bool { return v.ID == o.ID.Raw() }) {
				m.Errorf("the journal of %s has the peering %s, which is not there", l.ID, o.ID)
			}
		}
	}
	for _, v := range m.world.Peerings(labNetwork) {
		if !made[v.ID] {
			m.Errorf("the peering %s is there, and no journal knows it", v.ID)
		}
	}
	vnet := m.world.VNetID("labs-sandbox", "vnet-labs")
	given := slices.DeleteFunc(m.world.Assignments(vnet), func(a sandbox.AssignmentView) bool { return !strings.HasPrefix(a.RoleName, model.DefaultRoleName) })
	if len(given) > 1 {
		m.Errorf("%d assignments: %+v", len(given), given)
	}
}

// peerings compares those of the screens with those of the clouds.
func (m *machine) peerings() {
	for _, name := range []string{labNetwork, oldNetwork} {
		var shown, there []string
		for _, n := range m.me.snapshot.Networks {
			if n.Name.Raw() != name {
				continue
			}
			for _, p := range n.Peerings {
				shown = append(shown, p.ID.Raw()+" "+string(p.State))
			}
		}
		names := map[string]int{}
		for _, v := range m.world.Peerings(name) {
			there = append(there, v.ID+" "+v.State)
			names[v.Name]++
		}
		slices.Sort(shown)
		slices.Sort(there)
		if !slices.Equal(shown, there) {
			m.Errorf("Networks shows the peerings %v of %s, and there are %v", shown, name, there)
		}
		for peering, n := range names {
			if n > 1 {
				m.Errorf("%d peerings are called %s", n, peering)
			}
		}
	}
}
