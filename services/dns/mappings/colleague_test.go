package mappings_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// colleague is a way to the world on which somebody else acts right before the
// request of a number.
type colleague struct {
	to *transport.Client

	mu  sync.Mutex
	at  int // from 0; -1 for never
	act func()
	met []string // the methods of the requests so far
}

func (c *colleague) Do(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	now := len(c.met) == c.at
	c.met = append(c.met, r.Method)
	c.mu.Unlock()
	if now {
		c.act()
	}
	return c.to.Do(r)
}

// inGap reports whether it acted right before a write, when no look could see it any
// more.
func (c *colleague) inGap() bool {
	return c.acted() && c.met[c.at] != http.MethodGet
}

// acted reports whether it has come to that: how often is looked is up to chance.
func (c *colleague) acted() bool { return c.at < len(c.met) }

// deed is what somebody else does to the table.
type deed struct {
	name string
	give map[string][]string
	drop []string
}

func deeds() []deed {
	return []deed{
		{name: "adds a rule", give: map[string][]string{"theirs.example.org": {"10.24.0.77"}}},
		{name: "changes a rule of ours", give: map[string][]string{"db.stage.example.org": {"10.24.0.77"}}},
		{name: "adds the rule that we add", give: map[string][]string{"new.example.org": {"10.24.0.77"}}},
		{name: "removes another rule", drop: []string{"stage.example.org"}},
		{name: "removes a rule of ours", drop: []string{"db.stage.example.org"}},
	}
}

// stands reports whether what was done is still so.
func (d deed) stands(table []string) bool {
	for domain, servers := range d.give {
		if !slices.Contains(table, domain+" "+strings.Join(servers, " ")) {
			return false
		}
	}
	return !slices.ContainsFunc(table, func(line string) bool {
		return slices.ContainsFunc(d.drop, func(domain string) bool { return strings.HasPrefix(line, domain+" ") })
	})
}

// A colleague writes between each two requests of an order. Who merges and takes theirs
// where both have changed the same finds everything of theirs in the end, whether the
// order is an edit or brings a restore point back, and also when what they did shows at
// once and Konnect refuses nothing. In the one gap that nobody can close, between the
// last look and the write, it stands when their request has put the resolver to work, as
// a PATCH does; else it is told.
func TestAColleagueBetweenEachTwoRequests(t *testing.T) {
	t.Parallel()
	back := func(d dnstable.Draft) dnstable.Draft {
		old := []dnstable.Row{row("db.stage.example.org", "10.24.0.4"), row("new.example.org", "10.24.0.9")}
		return d.Replace("restore", old)
	}
	for order, edit := range map[string]func(dnstable.Draft) dnstable.Draft{"an edit": usual, "a restore": back} {
		p := newPlace(t, sandbox.Options{})
		never := &colleague{to: p.sender, at: -1}
		p.must(p.quiet(p.by(never), p.order(edit)), dnstable.ApplyDone)
		if len(never.met) < 4 {
			t.Fatalf("%s takes %d requests", order, len(never.met))
		}
		for k := range never.met {
			for _, d := range deeds() {
				for _, state := range []string{"initializing", ""} {
					t.Run(fmt.Sprintf("%s, before request %d %s %s", order, k+1, d.name, state), func(t *testing.T) {
						t.Parallel()
						longtest.OneIn(t, 6)
						p := newPlace(t, sandbox.Options{})
						c := &colleague{to: p.sender, at: k, act: func() {
							p.world.Apply(sandbox.Event{Network: network, DNS: resolver, Map: d.give, Drop: d.drop, State: state})
						}}
						p.merging(c, p.order(edit), d, state == "")
					})
				}
			}
		}
	}
}

// by returns a writer whose requests go a certain way.
func (p *place) by(c *colleague) *mappings.Writer {
	o := p.options(p.store)
	o.Konnect = p.konnect(c)
	return p.with(o)
}

// merging applies an order as a person does who takes theirs at each conflict, until it
// ends. Whenever it stops, and in the end, what somebody else has done must stand, or
// have happened in the gap and be told.
func (p *place) merging(c *colleague, o dnstable.Order, d deed, atOnce bool) {
	p.t.Helper()
	w := p.by(c)
	for range 5 {
		a := p.quiet(w, o)
		if a.State == dnstable.ApplyFailed {
			p.t.Fatalf("%+v\n%s", a.Failure, story(a))
		}
		if warned := atOnce && c.inGap() && strings.Contains(a.Note, "may be overwritten"); c.acted() && !d.stands(p.table()) && !warned {
			p.t.Fatalf("it %s, and the table is %q: what was done is lost\n%s", a.State, p.table(), story(a))
		}
		if a.State == dnstable.ApplyDone {
			if seen := dnstable.FromMappings(a.Resolver.DNS); !dnstable.Equivalent(seen, o.Rows) {
				p.t.Errorf("done, and it has seen %q instead of %q", lines(seen), lines(o.Rows))
			}
			return
		}
		// The end itself brings the newer table: nothing is read again for the merge.
		if !slices.Equal(lines(a.Theirs), p.table()) {
			p.t.Fatalf("%s told of %q, and there is %q", a.State, lines(a.Theirs), p.table())
		}
		base := o.Base
		if a.State == dnstable.ApplyDiffers {
			base = o.Rows // it was written, and theirs came after it
		}
		m := dnstable.Merge(base, o.Rows, a.Theirs)
		for i := range m.Conflicts {
			m = m.Choose(i, dnstable.ChooseTheirs)
		}
		o.Base, o.Version = a.Theirs, a.Resolver.EntityVersion
		if o.Rows, _ = m.Result(); len(o.Changes()) == 0 {
			return
		}
		o.Confirmed = o.Guard().Number()
	}
	p.t.Fatal("it does not end")
}

// Somebody else makes a resolver right before the order makes one: nobody can close that gap,
// so it is told, also by the program that comes after one which was ended in it.
func TestAColleagueMakesAResolverToo(t *testing.T) {
	t.Parallel()
	p := newPlace(t, sandbox.Options{})
	p.remove()
	o := p.order(adding("corp.example.org", "10.24.0.4"))
	k := p.konnect(p.sender)
	c := &colleague{to: p.sender, at: 1, act: func() {
		table := dnstable.ToMappings([]dnstable.Row{row("theirs.example.org", "10.24.0.77")})
		if _, err := k.CreateResolver(t.Context(), o.Target.Network, k.CreateResolverWrite(o.Target.Network, safe.New("their-dns"), table)); err != nil {
			t.Error(err)
		}
	}}
	a := p.must(p.apply(p.by(c), o), dnstable.ApplyDone)
	if !c.inGap() || !strings.Contains(a.Note, "another outbound resolver now (their-dns)") {
		t.Errorf("told %q after %v", a.Note, c.met)
	}
}
