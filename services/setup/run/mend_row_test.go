package run_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

const (
	rowNetwork = "eu-prod"
	rowDomain  = "orders.internal.example.org"
)

// row is the request that takes the first of two servers out of a row of the world.
func (p *place) row() setup.Request {
	p.t.Helper()
	k := p.plain()
	id := p.networkID(rowNetwork)
	n, err := k.Network(p.t.Context(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	peerings, err := k.Peerings(p.t.Context(), id)
	if err != nil || len(peerings.Items) == 0 {
		p.t.Fatal(peerings, err)
	}
	hub := model.PeeringStatus{Peering: peerings.Items[0], Azure: model.AzureHalf{VNet: model.VNet{AddressPrefixes: model.NewPrefixes(safe.Texts("10.20.0.0/16"))}}}
	r, ok := setup.MendFor(&model.NetworkStatus{Network: n, Peerings: []model.PeeringStatus{hub}}, finding.Next{Mend: finding.MendRow, Change: finding.Change{
		On: safe.New(p.world.Resolvers(rowNetwork)[0].ID), Domain: safe.New(rowDomain), Was: safe.Texts("10.20.0.4", "10.20.0.5"), Servers: safe.Texts("10.20.0.5"),
	}})
	if !ok {
		p.t.Fatal("it cannot be mended")
	}
	return r
}

// One row is changed after one question that shows the difference and the request; all other
// rows stay, what was there is a restore point, and run once more it changes nothing.
func TestARowIsChanged(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	before := p.rules(rowNetwork)
	var asked []setup.Ask
	run := p.start(p.runner, p.row(), func(_ setup.Run, s *setup.Step) *setup.RunCommand {
		if s.Asks == nil {
			return nil
		}
		asked = append(asked, *s.Asks)
		if len(s.Plan) != 1 || s.Plan[0].Method != http.MethodPatch || !strings.Contains(s.Plan[0].Body.Raw(), rowDomain) || p.writes() != 0 {
			t.Errorf("before the question, %d were sent, and the plan is %+v", p.writes(), s.Plan)
		}
		return &setup.RunCommand{Kind: setup.CommandContinue}
	})
	if run.State != setup.RunDone || len(asked) != 1 || p.writes() != 1 || len(run.Made) != 0 {
		t.Fatalf("%s, asked %+v, made %+v\n%s", run.State, asked, run.Made, p.story(p.runner))
	}
	for _, word := range []string{"corp-dns", rowDomain + " has 10.20.0.4, 10.20.0.5 and gets 10.20.0.5", "rows are sent as they are", "cannot be tested from this machine", "restore point"} {
		if !strings.Contains(asked[0].Text, word) {
			t.Errorf("the question does not say %q: %s", word, asked[0].Text)
		}
	}
	before[rowDomain] = []string{"10.20.0.5"}
	if after := p.rules(rowNetwork); !maps.EqualFunc(before, after, slices.Equal) {
		t.Errorf("want %v\nhave %v", before, after)
	}
	if points, err := p.tables.RestorePoints(t.Context(), p.networkID(rowNetwork)); err != nil || len(points) != 1 || points[0].Changes != 1 {
		t.Errorf("%+v, %v", points, err)
	}
	if again := p.start(p.runner, p.row(), nobody); again.State != setup.RunDone || p.writes() != 1 {
		t.Errorf("%s after %d writes\n%s", again.State, p.writes(), p.story(p.runner))
	}
}

// A row that others have changed since, or whose new server is heard to refuse the domain, is
// left as it is, and a dry run sends nothing.
func TestARowIsLeftAsItIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		event   sandbox.Event
		refuses bool
		wrong   string // in the place of the server that the row is to have
		finding finding.Code
	}{
		"another by now":   {event: sandbox.Event{Map: map[string][]string{rowDomain: {theirServer}}}, finding: "mend-other-now"},
		"gone by now":      {event: sandbox.Event{Drop: []string{rowDomain}}, finding: "mend-other-now"},
		"the resolver too": {event: sandbox.Event{Delete: true}, finding: "mend-other-now"},
		"refused":          {refuses: true, finding: "mend-not-possible"},
		"no address":       {wrong: "127.0.0.1", finding: "mend-not-possible"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, sandbox.Options{})
			request := p.row()
			if c.event.Map != nil || c.event.Drop != nil || c.event.Delete {
				c.event.Network, c.event.DNS = rowNetwork, p.world.Resolvers(rowNetwork)[0].Name
				p.event(c.event)
			}
			if c.wrong != "" {
				request.Mend.Change.Servers = safe.Texts(c.wrong)
			}
			if c.refuses {
				p.answers = refusing
				p.runner = p.another(p.store)
			}
			run := p.start(p.runner, request, nobody)
			f := run.Step(run.Current).Failure
			if run.State != setup.RunFailed || f == nil || f.Finding != c.finding || f.Cure == "" || p.writes() != 0 {
				t.Errorf("%s: %+v\n%s", run.State, f, p.story(p.runner))
			}
		})
	}
	p := newPlace(t, sandbox.Options{})
	if err := p.runner.Start(p.row(), setup.Options{DryRun: true}); err != nil {
		t.Fatal(err)
	}
	if run := p.follow(p.runner, nobody); run.State != setup.RunDone || p.writes() != 0 || len(run.Step(setup.StepMend).Plan) != 1 {
		t.Errorf("%s: %+v", run.State, run.Step(setup.StepMend))
	}
}

// refusing is what a server says that does not serve the domain.
func refusing(server, domain safe.Text) dnsverdict.Report {
	var said []dnsverdict.Exchange
	for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
		said = append(said, dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: over, Outcome: dnsverdict.OutcomeAnswered, Took: time.Millisecond, Reply: dnsverdict.Reply{Code: dnsverdict.Refused}})
	}
	return dnsverdict.Report{Server: server, Domain: domain, Name: domain, Exchanges: said}
}

// Somebody else changes the same table at any moment of the run. What they did to other rows
// stands, a row of theirs is not overwritten, and where the run ends well the row is as it was
// agreed to.
func TestSomebodyElseChangesTheTable(t *testing.T) {
	t.Parallel()
	for _, d := range []deed{
		{name: "adds a row", give: map[string][]string{"theirs.example.org": {theirServer}}},
		{name: "removes another row", drop: []string{"hr.example.org"}},
		{name: "gives the row", give: map[string][]string{rowDomain: {theirServer}}},
		{name: "removes the row", drop: []string{rowDomain}},
		{name: "does the same", give: map[string][]string{rowDomain: {"10.20.0.5"}}},
	} {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			meanwhile(t, 1, 3, func(t *testing.T, at int) bool {
				t.Helper()
				return colleagueOfRows(t, d, at)
			})
		})
	}
}

func colleagueOfRows(t *testing.T, d deed, at int) bool {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	request := p.row()
	c := &colleague{to: p.sender}
	p.via = c
	runner := p.another(p.store)
	done := false
	c.arm(at, func() { done = p.do(rowNetwork, d, "initializing") })
	run := p.start(runner, request, p.willing)
	acted := at < len(c.requests())
	p.clock.Advance(10 * time.Minute)
	rules := p.rules(rowNetwork)
	f := run.Step(run.Current).Failure
	switch {
	case run.State != setup.RunDone && (run.State != setup.RunFailed || f == nil || f.Cure == ""):
		t.Errorf("%s at %s: %+v\n%s", run.State, run.Current, f, p.story(runner))
	case done && !d.stands(rules):
		t.Errorf("what they did is lost: %v\n%s", rules, p.story(runner))
	case run.State == setup.RunDone && !done && !slices.Equal(rules[rowDomain], []string{"10.20.0.5"}):
		t.Errorf("done, and the row is %v", rules[rowDomain])
	}
	return acted
}

// A program is killed before and after the request that changes a row. The next one goes on
// in the same journal, and the row is changed, with the others as they were.
func TestKilledWhileARowIsChanged(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"before", "after"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			longtest.OneIn(t, 2)
			p := newPlace(t, sandbox.Options{})
			dir, request, want := t.TempDir(), p.row(), p.rules(rowNetwork)
			if code, out := p.childOf(request, dir, 1, when); code != killed {
				t.Fatalf("the first program ended with %d\n%s", code, out)
			}
			if code, out := p.childOf(request, dir, 0, ""); code != 0 {
				t.Fatalf("the second program ended with %d\n%s", code, out)
			}
			want[rowDomain] = []string{"10.20.0.5"}
			list, err := journal.NewStore(dir).List()
			if err != nil || len(list) != 1 || list[0].State != setup.RunDone || list[0].Problem != "" {
				t.Errorf("the journal tells %+v, %v", list, err)
			}
			if got := p.rules(rowNetwork); !maps.EqualFunc(want, got, slices.Equal) || p.writes() != 1 {
				t.Errorf("after %d writes want %v\nhave %v", p.writes(), want, got)
			}
		})
	}
}
