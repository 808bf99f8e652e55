package program_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
	"github.com/peerdeck/peerdeck/services/wiring"
	"github.com/peerdeck/peerdeck/ui/kit/screen"
	"github.com/peerdeck/peerdeck/ui/screens/dns/workspace"
)

// session is peerdeck from its start to its end, whichever that is: the services as they are
// put together for the screens, and the screens' model of the mapping tables.
type session struct {
	m      *machine
	dir    string
	air    *air
	end    context.CancelFunc
	ends   []func()
	writer *mappings.Writer
	runner *setuprun.Service
	work   *workspace.Workspace
	// snapshot is what all screens show.
	snapshot model.Snapshot
	server   *sandbox.Server
}

// mortal is the clock of a program that does not wait, until it is killed.
type mortal struct {
	clock *sandbox.ManualClock
	air   *air
}

func (c mortal) Now() time.Time { return c.clock.Now() }

func (c mortal) After(d time.Duration) <-chan time.Time {
	if c.air.dead() {
		return nil
	}
	c.clock.Advance(d)
	done := make(chan time.Time, 1)
	done <- c.clock.Now()
	return done
}

// starts has a person begin peerdeck with a folder of state.
func (m *machine) starts(dir string) {
	s := &session{m: m, dir: dir, air: newAir(m)}
	m.me = s
	var ctx context.Context
	ctx, s.end = context.WithCancel(context.Background())
	report := func(p work.Panic) { m.Errorf("%v: %v\n%s", p, p.Value, p.Stack) }
	var err error
	if s.server, err = sandbox.ListenBehind(ctx, m.world, "127.0.0.1:0", s.air.between, report); err != nil {
		m.Fatal(err)
	}
	bundle := s.services(attempt.Time{Waits: mortal{m.clock, s.air}}, report)
	s.writer, s.runner = bundle.Mappings(ctx, report), bundle.Setup(ctx, report)
	s.ends = append(s.ends, s.server.Close, bundle.Close, s.runner.Close, s.writer.Close)
	s.work = workspace.New(ctx, screen.Env{Now: m.clock.Now}, s.writer)
	s.refresh()
	for _, name := range tableNetworks() {
		s.do(s.work.Open(m.id(name)).Keep())
	}
	s.do(s.work.Start())
	s.follow()
}

func (s *session) services(t attempt.Time, report func(work.Panic)) *wiring.Bundle {
	set, err := toSandbox(s.m.world, s.server)
	if err != nil {
		s.m.Fatal(err)
	}
	set.StateDir, set.Time = s.dir, t
	return wiring.Open(set, "test", false, report)
}

// quits ends the program; a killed one is buried.
func (s *session) quits() {
	s.end()
	for _, f := range slices.Backward(s.ends) {
		f()
	}
}

// refresh reads everything, as the watcher does, and shows it to the screens.
func (s *session) refresh() {
	// The watcher waits by the time of this machine; it is asked once, and nothing goes wrong.
	defer s.air.calm()()
	b := s.services(attempt.Time{Says: s.m.clock.Now}, func(p work.Panic) { s.m.Errorf("%v: %v\n%s", p, p.Value, p.Stack) })
	defer b.Close()
	s.snapshot = b.Watcher.Collect(context.Background())
	s.work.Receive(&s.snapshot)
}

// do carries commands of the screens out, and hands them what they bring.
func (s *session) do(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.do(c)
		}
	case screen.Toast:
		s.m.note("toast: %s", msg.Text)
	default:
		next, _ := s.work.Update(msg)
		s.do(next)
	}
}

// follow shows the screens how the orders go that were given, until they are over. It reports
// the last one, nil when the program was killed before.
func (s *session) follow() *dnstable.Apply {
	var last *dnstable.Apply
	for s.m.orders > 0 {
		select {
		case a, open := <-s.writer.Applies():
			if !open {
				return nil
			}
			last = &a
			s.do(func() tea.Msg { return screen.Applied{Apply: a} })
			if a.State.Over() {
				s.m.orders--
				s.heard(a.Note)
			}
		case <-s.air.gone:
			return nil
		}
	}
	return last
}

// heard takes in what a person is told at the end.
func (s *session) heard(story string) {
	if strings.Contains(story, "another outbound resolver") {
		s.m.several = true
	}
}

// network is one that the tables of are edited.
func (s *session) network(name string) *workspace.Network { return s.work.Network(s.m.id(name)) }

// table is the one of a network that is edited.
func (s *session) table(name string) *workspace.Table {
	n := s.network(name)
	if list := n.Tables(); len(list) > 0 {
		return list[0]
	}
	return n.NewTable()
}

// apply gives the order that the screen would give, and follows it.
func (s *session) apply(t *workspace.Table) {
	o := t.Order()
	for _, r := range dnstable.Rules() {
		o.Accepted = append(o.Accepted, r.ID)
	}
	o.Confirmed = o.Guard().Number()
	base, meant := values(o.Base), map[string]bool{}
	for _, c := range o.Changes() {
		meant[c.Name()] = true
	}
	s.air.means(func(domain, before string) bool { return meant[domain] && before == base[domain] })
	s.m.note("apply %v to %v", flat(values(o.Base)), flat(values(o.Rows)))
	s.m.orders++
	s.do(t.Apply(o))
	if f := t.Refusal(); f != nil {
		s.m.orders--
		s.m.note("refused: %s", f.Error())
		if f.Cure == "" {
			s.m.Errorf("no way out of %+v", f)
		}
		return
	}
	a := s.follow()
	if a == nil {
		return
	}
	s.m.note("ended as %s, sent %v, note %q", a.State, a.Sent, a.Note)
	story := a.Note
	for _, l := range a.Log {
		story += "\n" + l.Text.String()
	}
	s.forgiven(story)
	s.m.ended(*a)
}

// forgiven fails where something of somebody else was taken in the gap between look and write
// and nobody was told.
func (s *session) forgiven(story string) {
	if lost := s.air.lost(); len(lost) > 0 && !strings.Contains(story, "may be overwritten") && !strings.Contains(story, "is kept as the restore point") {
		s.m.Errorf("%v, and nobody is told:\n%s", lost, story)
	}
	s.air.means(nil)
}

// run follows a run until it is over, fails for good, or the program is killed. It reports
// how it stands.
func (s *session) run(began error) (setup.Run, bool) {
	if began != nil {
		s.m.note("not begun: %v", began)
		return setup.Run{}, false
	}
	p := &patience{s: s}
	var run setup.Run
	for {
		select {
		case next, open := <-s.runner.Runs():
			if !open {
				return run, false
			}
			run = next
		case <-s.air.gone:
			return run, false
		}
		if run.State.Over() {
			s.m.note("the run is %s after %d writes", run.State, run.Writes)
			s.heard(s.story())
			s.forgiven(s.story())
			return run, true
		}
		p.answer(run)
	}
}

// story is the log of the run in hand.
func (s *session) story() string {
	var b strings.Builder
	for _, l := range s.runner.Log(0) {
		b.WriteString(l.At.Format("15:04:05 ") + l.Step + ": " + l.Text.String() + "\n")
	}
	return b.String()
}

// patience is a person who leads a run to its end: who retries what failed, never overwrites
// what somebody else has put there, types names, and gives up in the end.
type patience struct {
	s       *session
	asked   map[string]bool
	retries int
}

func (p *patience) answer(run setup.Run) {
	s := run.Step(run.Current)
	if s == nil || run.State != setup.RunNeedsPerson && run.State != setup.RunPaused && run.State != setup.RunFailed {
		return
	}
	// The log has each question before anybody sees it, so the same one that is asked again is
	// another one.
	key := fmt.Sprint(run.State, s.ID, run.Log)
	if p.asked == nil {
		p.asked = map[string]bool{}
	}
	if p.asked[key] && run.State != setup.RunFailed {
		return
	}
	p.asked[key] = true
	c := p.choose(run, s)
	if err := p.s.runner.Do(c); err != nil {
		delete(p.asked, key) // it came at the wrong moment
		return
	}
	p.s.m.note("%s at %s: %s", run.State, s.ID, c.Kind)
}

func (p *patience) choose(run setup.Run, s *setup.Step) setup.RunCommand {
	options := []setup.RunCommandKind{}
	if s.Asks != nil {
		options = s.Asks.Options
	}
	can := func(k setup.RunCommandKind) bool { return slices.Contains(options, k) }
	const enough = 40
	switch {
	case run.State == setup.RunFailed && s.Failure != nil && s.Failure.Kind == model.FailureConflict && p.retries > 2 && p.s.runner.Do(setup.RunCommand{Kind: setup.CommandSkip}) == nil:
		return setup.RunCommand{Kind: setup.CommandContinue}
	case run.State == setup.RunFailed && p.retries > enough:
		p.s.m.note("given up: %+v", s.Failure)
		return setup.RunCommand{Kind: setup.CommandCancel}
	case run.State == setup.RunFailed:
		if p.retries++; p.retries > 3 {
			p.s.m.clock.Advance(time.Minute)
		}
		return setup.RunCommand{Kind: setup.CommandRetry}
	case s.Asks != nil && !s.Asks.Confirm.IsEmpty():
		return setup.RunCommand{Kind: setup.CommandConfirm, Text: s.Asks.Confirm}
	case can(setup.CommandReplace) && can(setup.CommandSkip):
		return setup.RunCommand{Kind: setup.CommandSkip}
	case can(setup.CommandSendAgain) && p.retries <= enough:
		// The person waits until everything shows, and looks in the portal.
		if p.retries++; s.ID != setup.StepDNS && p.s.m.standing(run.Request) {
			return setup.RunCommand{Kind: setup.CommandRetry}
		}
		return setup.RunCommand{Kind: setup.CommandSendAgain}
	case can(setup.CommandRetry) && p.retries <= enough:
		p.retries++
		p.s.m.clock.Advance(time.Minute)
		return setup.RunCommand{Kind: setup.CommandRetry}
	case can(setup.CommandSkip) && p.retries > enough:
		return setup.RunCommand{Kind: setup.CommandSkip}
	case p.retries > 2*enough:
		return setup.RunCommand{Kind: setup.CommandCancel}
	default:
		p.retries++
		return setup.RunCommand{Kind: setup.CommandContinue}
	}
}

// standing reports whether the peering of a request is there, whoever is told so.
func (m *machine) standing(r setup.Request) bool {
	return slices.ContainsFunc(m.world.Peerings(r.Network.Raw()), func(v sandbox.PeeringView) bool {
		return v.Name == r.Peering.Raw() && !strings.HasPrefix(v.State, "terminat")
	})
}

// values are the rows of a table by domain.
func values(rows []dnstable.Row) map[string]string {
	out := map[string]string{}
	for _, r := range rows {
		var servers []string
		for _, s := range r.Servers {
			servers = append(servers, s.Raw())
		}
		out[r.Domain()] = strings.Join(servers, " ")
	}
	return out
}

// flat writes a table in one line.
func flat(table map[string]string) string {
	var out []string
	for _, domain := range slices.Sorted(maps.Keys(table)) {
		out = append(out, domain+"→"+table[domain])
	}
	return strings.Join(out, "; ")
}

func (m *machine) id(network string) safe.Text { return safe.New(m.world.NetworkID(network)) }
