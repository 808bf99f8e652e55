package mappings_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/local/secret"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// place is a simulated world with a writer before it. Waiting costs no time: whoever
// waits moves the world's clock.
type place struct {
	t      testing.TB
	clock  *sandbox.ManualClock
	world  *sandbox.World
	server *sandbox.Server
	dir    string
	sender *transport.Client
	store  *mappings.Store
	writer *mappings.Writer
}

// express is the clock of a writer that does not wait.
type express struct{ clock *sandbox.ManualClock }

func (e express) Now() time.Time { return e.clock.Now() }

func (e express) After(d time.Duration) <-chan time.Time {
	e.clock.Advance(d)
	done := make(chan time.Time, 1)
	done <- e.clock.Now()
	return done
}

const (
	network  = "eu-stage"
	resolver = "stage-dns"
)

func newPlace(tb testing.TB, o sandbox.Options) *place {
	tb.Helper()
	p := &place{t: tb, dir: tb.TempDir()}
	p.clock = sandbox.NewManualClock(sandboxtest.Epoch())
	p.sender = transport.Open(transport.Options{Clock: sandboxtest.Clock(p.clock)})
	tb.Cleanup(p.sender.Close)
	o.Clock = p.clock
	p.server = sandboxtest.Start(tb, o)
	p.world = p.server.World
	p.store = mappings.NewStore(p.dir)
	p.writer = p.another(p.store)
	return p
}

// another returns a second writer on the same world, as a second program has.
func (p *place) another(store *mappings.Store) *mappings.Writer { return p.with(p.options(store)) }

func (p *place) with(o mappings.Options) *mappings.Writer {
	d := mappings.NewWriter(p.t.Context(), o)
	p.t.Cleanup(d.Close)
	return d
}

func (p *place) options(store *mappings.Store) mappings.Options {
	return mappings.Options{
		Konnect: p.konnect(p.sender), Store: store, Clock: express{p.clock},
		Report: func(f work.Panic) { p.t.Errorf("%v: %v\n%s", f, f.Value, f.Stack) },
	}
}

func (p *place) konnect(via policy.Transporter) *konnect.Client {
	return konnect.New(konnect.Options{
		Endpoint: sandboxtest.Endpoint(p.t, p.server.Konnect), Token: secret.Static{Value: secret.New(sandbox.Token)}, Sender: via, Retry: transport.Once(),
	})
}

// now reads the network's resolver.
func (p *place) now() model.PrivateDNS {
	p.t.Helper()
	l, err := p.konnect(p.sender).PrivateDNS(p.t.Context(), safe.New(p.world.NetworkID(network)))
	if err != nil {
		p.t.Fatal(err)
	}
	if len(l.Items) == 0 {
		return model.PrivateDNS{}
	}
	return l.Items[0]
}

// order makes an order of what is there and of an edit.
func (p *place) order(edit func(d dnstable.Draft) dnstable.Draft) dnstable.Order {
	p.t.Helper()
	now := p.now()
	d := edit(dnstable.NewDraft(dnstable.FromMappings(now.DNS)))
	o := dnstable.Order{
		Target: dnstable.Target{Network: safe.New(p.world.NetworkID(network)), NetworkName: safe.New(network), Resolver: now.ID, ResolverName: now.Name.Or("new-dns")},
		Base:   d.Base(), Rows: d.Rows(), Version: now.EntityVersion,
	}
	o.Confirmed = o.Guard().Number()
	o.Accepted = rules()
	return o
}

// rules are all rules, as somebody accepts them who has seen every warning.
func rules() []string {
	var out []string
	for _, r := range dnstable.Rules() {
		out = append(out, r.ID)
	}
	return out
}

// usual adds one domain, changes one and removes one.
func usual(d dnstable.Draft) dnstable.Draft {
	d, _ = d.Add(0, "New.Example.org.", []string{"10.24.0.9", "10.24.0.4"})
	d = d.Set(find(d, "db.stage.example.org"), "db.stage.example.org", []string{"10.24.0.5"})
	return d.Remove([]dnstable.RowID{find(d, "pay.stage.example.org")})
}

func adding(domain string, servers ...string) func(dnstable.Draft) dnstable.Draft {
	return func(d dnstable.Draft) dnstable.Draft {
		d, _ = d.Add(0, domain, servers)
		return d
	}
}

func removing(domain string) func(dnstable.Draft) dnstable.Draft {
	return func(d dnstable.Draft) dnstable.Draft { return d.Remove([]dnstable.RowID{find(d, domain)}) }
}

func find(d dnstable.Draft, domain string) dnstable.RowID {
	for _, r := range d.Rows() {
		if r.Domain() == domain {
			return r.ID
		}
	}
	return 0
}

// apply carries an order out and returns its end.
func (p *place) apply(d *mappings.Writer, o dnstable.Order) dnstable.Apply {
	p.t.Helper()
	if err := d.Apply(o); err != nil {
		p.t.Fatal(err)
	}
	return p.follow(d)
}

// quiet is apply without the story.
func (p *place) quiet(d *mappings.Writer, o dnstable.Order) dnstable.Apply {
	p.t.Helper()
	if err := d.Apply(o); err != nil {
		p.t.Fatal(err)
	}
	for a := range d.Applies() {
		if a.State.Over() {
			return a
		}
	}
	return dnstable.Apply{}
}

func (p *place) follow(d *mappings.Writer) dnstable.Apply {
	p.t.Helper()
	for a := range d.Applies() {
		if a.State.Over() {
			p.t.Logf("%s sent %v, note %q\n%s", a.State, a.Sent, a.Note, story(a))
			if a.Failure != nil {
				p.t.Logf("%+v", *a.Failure)
			}
			return a
		}
	}
	p.t.Fatal("the order ended without a last word")
	return dnstable.Apply{}
}

func story(a dnstable.Apply) string {
	var b strings.Builder
	for _, l := range a.Log {
		b.WriteString(l.At.Format("15:04:05 ") + l.Text.String() + "\n")
	}
	return b.String()
}

// table is the resolver's table as the world has it: domain and servers, sorted.
func (p *place) table() []string {
	var out []string
	for _, v := range p.world.Resolvers(network) {
		for domain, servers := range v.Servers {
			out = append(out, domain+" "+strings.Join(servers, " "))
		}
	}
	slices.Sort(out)
	return out
}

// wants checks the table.
func (p *place) wants(lines ...string) {
	p.t.Helper()
	if got := p.table(); !slices.Equal(got, lines) {
		p.t.Errorf("the table is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(lines, "\n"))
	}
}

// writes counts what has changed Konnect.
func (p *place) writes() int { return p.world.Writes("konnect") }

// must checks the end of an order.
func (p *place) must(a dnstable.Apply, want dnstable.ApplyState) dnstable.Apply {
	p.t.Helper()
	if a.State != want {
		p.t.Errorf("it ended as %s, want %s", a.State, want)
	}
	if (a.Failure != nil) != (want == dnstable.ApplyFailed) {
		p.t.Errorf("the failure is %+v", a.Failure)
	}
	if a.Failure != nil && a.Failure.Cure == "" {
		p.t.Errorf("no way out: %+v", a.Failure)
	}
	if a.EndedAt.IsZero() || a.Wait != nil {
		p.t.Errorf("it is over at %s and waits for %+v", a.EndedAt, a.Wait)
	}
	return a
}

// closed checks that the journal knows the end of every order.
func (p *place) closed() {
	p.t.Helper()
	if list, err := p.store.Unfinished(p.t.Context()); err != nil || len(list) > 0 {
		p.t.Errorf("unfinished: %+v, %v", list, err)
	}
}

// Options are those of a world in which nothing happens by itself.
func Options() sandbox.Options { return sandbox.Options{} }
