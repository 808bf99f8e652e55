package run_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// colleague is a way to the world on which somebody else acts right before the
// request about private DNS of a number, or about what else they have an eye on.
type colleague struct {
	to *transport.Client
	on []string // parts of paths; none: private DNS

	mu  sync.Mutex
	at  int // from 0; -1 for never
	act func()
	met []string // the methods of the requests since it was armed
}

func (c *colleague) Do(r *http.Request) (*http.Response, error) {
	if on := c.on; len(on) == 0 && !strings.Contains(r.URL.Path, "/private-dns") ||
		len(on) > 0 && !slices.ContainsFunc(on, func(part string) bool { return strings.Contains(r.URL.Path, part) }) {
		return c.to.Do(r)
	}
	c.mu.Lock()
	now := len(c.met) == c.at
	c.met = append(c.met, r.Method)
	act := c.act
	c.mu.Unlock()
	if now {
		act()
	}
	return c.to.Do(r)
}

// arm lets the colleague act at a request from now on.
func (c *colleague) arm(at int, act func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.act, c.met = at, act, nil
}

// requests are the methods of the requests since it was armed. A program may have one under
// way, whose answer it does not wait for, when its run is over.
func (c *colleague) requests() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.met)
}

// inGap reports whether it acted right before a write, when no look could see it any
// more.
func (c *colleague) inGap() bool {
	met := c.requests()
	return c.at < len(met) && met[c.at] != http.MethodGet
}

// deed is what somebody else does to a table.
type deed struct {
	name string
	give map[string][]string
	drop []string
}

const theirServer = "10.20.0.77"

func deeds(network string) []deed {
	give := func(domain string) map[string][]string { return map[string][]string{domain: {theirServer}} }
	list := []deed{
		{name: "adds a rule", give: give("theirs.example.org")},
		{name: "gives a rule that is added", give: give("new.example.org")},
		{name: "removes a rule that is added", drop: []string{"new.example.org"}},
	}
	if network == "uk-lab" {
		return list // it has no resolver of its own
	}
	return append(list, deed{name: "gives a rule that is replaced", give: give("hr.example.org")}, deed{name: "removes another rule", drop: []string{"orders.internal.example.org"}})
}

// rules are all rules of a network's resolvers.
func (p *place) rules(network string) map[string][]string {
	out := map[string][]string{}
	for _, r := range p.world.Resolvers(network) {
		maps.Copy(out, r.Servers)
	}
	return out
}

// do changes the table as a PATCH of theirs does, after which the resolver is at work.
// Where there is no resolver they make one; one that is being deleted takes nothing. It
// reports whether anything became of it.
func (p *place) do(network string, d deed, state string) bool {
	p.t.Helper()
	resolvers := p.world.Resolvers(network)
	if len(resolvers) == 0 {
		if len(d.give) == 0 {
			return false
		}
		k := p.plain()
		var table []model.DNSMapping
		for domain, servers := range d.give {
			table = append(table, model.DNSMapping{Domains: texts(domain), Servers: texts(servers...)})
		}
		id := p.networkID(network)
		if _, err := k.CreateResolver(p.t.Context(), id, k.CreateResolverWrite(id, safe.New("labs-dns"), table)); err != nil {
			p.t.Error(err)
		}
		return true
	}
	if resolvers[0].State == "terminating" {
		return false
	}
	before := p.rules(network)
	p.event(sandbox.Event{Network: network, DNS: resolvers[0].Name, Map: d.give, Drop: d.drop, State: state})
	return !maps.EqualFunc(before, p.rules(network), slices.Equal)
}

// stands reports whether what was done is still so.
func (d deed) stands(rules map[string][]string) bool {
	for domain, servers := range d.give {
		if !slices.Equal(rules[domain], servers) {
			return false
		}
	}
	return !slices.ContainsFunc(d.drop, func(domain string) bool { _, there := rules[domain]; return there })
}

// yielding is a person who replaces what stands in the way as long as it is not the
// colleague's, removes what is asked for, and goes on without where it stops.
func (p *place) yielding(run setup.Run, s *setup.Step) *setup.RunCommand {
	p.t.Helper()
	theirs := s.Asks != nil && strings.Contains(s.Asks.Text, theirServer)
	switch {
	case theirs && slices.Contains(s.Asks.Options, setup.CommandSkip):
		return &setup.RunCommand{Kind: setup.CommandSkip}
	case run.State == setup.RunFailed:
		if s.Failure == nil || s.Failure.Kind != model.FailureConflict || s.Failure.Cure == "" {
			p.t.Errorf("it stops with %+v", s.Failure)
		}
		return &setup.RunCommand{Kind: setup.CommandSkip}
	default:
		return p.willing(run, s)
	}
}

// writer is one of those that change a resolver's map: what is done before, and what is
// done while a colleague is at it too.
type writer struct {
	network string
	request func(*place) setup.Request
	before  bool // the set-up is done before, and it is the teardown that meets the colleague
}

func writers() map[string]writer {
	into := func(p *place) setup.Request {
		r := p.hub()
		r.Mappings = []model.DNSMapping{{Domains: texts("new.example.org", "hr.example.org"), Servers: texts("10.20.0.4", "10.20.0.5")}}
		return r
	}
	anew := func(p *place) setup.Request {
		r := p.request(setup.DNSResolver)
		r.Mappings = []model.DNSMapping{{Domains: texts("new.example.org", "other.example.org"), Servers: texts("10.64.0.4")}}
		return r
	}
	return map[string]writer{
		"a set-up into a resolver":      {"eu-prod", into, false},
		"a set-up that makes one":       {"uk-lab", anew, false},
		"a teardown out of a resolver":  {"eu-prod", into, true},
		"a teardown that deletes one":   {"uk-lab", anew, true},
		"a teardown of what it changed": {"eu-prod", func(p *place) setup.Request { return p.hub() }, true},
	}
}

// meet runs the writer with a colleague who acts at a request, and returns the colleague
// and how the run ended.
func (w writer) meet(p *place, at int, act func()) (*colleague, setup.Run) {
	p.t.Helper()
	c := &colleague{to: p.sender, at: -1}
	p.via = c
	p.runner = p.another(p.store)
	p.event(sandbox.Event{Tenant: sandbox.LabsDomain, Principal: "consented"})
	if !w.before {
		c.arm(at, act)
		return c, p.start(p.runner, w.request(p), p.yielding)
	}
	p.must(p.start(p.runner, w.request(p), p.yielding), setup.RunDone)
	c.arm(at, act)
	return c, p.down(p.yielding)
}

// A colleague writes between each two requests of a set-up and of a teardown. What they
// did stands in the end, also when it shows at once and Konnect refuses nothing. In the
// one gap that nobody can close, between the last look and the write, it stands when
// their request has put the resolver to work, as a PATCH does; else it is told.
func TestAColleagueBetweenEachTwoRequests(t *testing.T) {
	t.Parallel()
	for name, w := range writers() {
		p := newPlace(t, sandbox.Options{})
		never, run := w.meet(p, -1, nil)
		p.must(run, setup.RunDone)
		met := never.requests()
		if len(met) < 3 {
			t.Fatalf("%s takes %d requests", name, len(met))
		}
		for k := range met {
			for _, d := range deeds(w.network) {
				for _, state := range []string{"initializing", ""} {
					t.Run(fmt.Sprintf("%s, before request %d %s %s", name, k+1, d.name, state), func(t *testing.T) {
						t.Parallel()
						longtest.OneIn(t, 40)
						w.meets(t, k, d, state)
					})
				}
			}
		}
	}
}

func (w writer) meets(t *testing.T, k int, d deed, state string) {
	t.Helper()
	p := newPlace(t, sandbox.Options{})
	done := false
	c, run := w.meet(p, k, func() { done = p.do(w.network, d, state) })
	p.must(run, setup.RunDone)
	p.clock.Advance(10 * time.Minute)
	if rules := p.rules(w.network); !done || d.stands(rules) {
		return
	} else if story := p.story(p.runner); state != "" || !c.inGap() || !strings.Contains(story, "may be overwritten") && !strings.Contains(story, "is kept as the restore point") {
		t.Errorf("what was done is lost: %v; requests %v\n%s", rules, c.requests(), story)
	}
}

// What was there before a set-up changes a resolver, and before its teardown does, is a
// restore point, as it is before an apply. A step that is tried again keeps it once.
func TestTheSetUpKeepsRestorePoints(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	before := p.rules("eu-prod")
	p.event(sandbox.Event{Fault: &sandbox.Fault{Service: "konnect", Path: "private-dns/", Method: http.MethodPatch, Status: 429, RetryAfter: "3", Times: 1}})
	p.must(p.start(p.runner, p.hub(), p.willing), setup.RunDone)
	between := p.rules("eu-prod")
	p.must(p.down(p.willing), setup.RunDone)
	list, err := p.tables.RestorePoints(t.Context(), p.networkID("eu-prod"))
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	for i, want := range []map[string][]string{between, before} {
		got := map[string][]string{}
		for _, r := range list[i].Rows {
			for _, s := range r.Servers {
				got[r.Key.Raw()] = append(got[r.Key.Raw()], s.Raw())
			}
		}
		if !maps.EqualFunc(got, want, slices.Equal) || list[i].Changes != 1 || list[i].Target.Resolver.IsEmpty() {
			t.Errorf("restore point %d holds %v, want %v: %+v", i, got, want, list[i])
		}
	}
}
