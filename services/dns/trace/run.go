package trace

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// azurePatience bounds how long a trace waits for Azure.
const azurePatience = 20 * time.Second

// Trace begins to look into a name.
func (d *Tracer) Trace(r dnstrace.Request) error {
	way, err := d.o.Way(r.Via)
	if err != nil {
		return err
	}
	seen, err := d.seen(r)
	if err != nil {
		return err
	}
	return d.begin(&d.tracing, "trace a name", func(ctx context.Context, number int) {
		t := d.tracingOf(number, r, way.Name)
		t.seen = seen
		t.run(ctx, way)
	})
}

// tracing is a trace under way. Several parts fill it at the same time.
type tracing struct {
	*Tracer

	mu    sync.Mutex
	now   dnstrace.Trace
	facts vantage.Facts

	// What follows is set once, before the parts begin.
	net   *model.NetworkStatus
	name  safe.Text
	rules []dnstrace.Rule
	reads []aroundVNet // by the part that reads Azure alone
	seen  *dnsverdict.GatewayView
}

func (d *Tracer) tracingOf(number int, r dnstrace.Request, via string) *tracing {
	return &tracing{Tracer: d, now: dnstrace.Trace{
		Number: number, Query: dnstrace.Read(r.Text), Network: r.Network, Via: via, State: dnstrace.Running, Cloud: d.o.Cloud,
		Vantage: "from this machine", Begun: d.o.Time.Now(),
	}}
}

// change changes the trace and sends it.
func (t *tracing) change(how func(*dnstrace.Trace)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Servers = slices.Clone(t.now.Servers) // the value that was handed out keeps its own
	how(&t.now)
	t.now = t.now.Judged()
	t.traces.Put(t.now)
}

// begin finds the network and the rules. It returns false when there is nothing to ask.
func (t *tracing) begin() bool {
	n, err := t.network(t.now.Network)
	if err != nil {
		f, _ := model.AsFailure(err)
		t.now.Failure = &f
		if t.now.Query.OK() {
			t.end(dnstrace.Failed)
			return false
		}
	} else {
		t.net, t.now.Network, t.now.NetworkName = n, n.ID, n.Name
	}
	if !t.now.Query.OK() {
		t.now.Failure = nil
		t.end(dnstrace.Done)
		return false
	}
	t.name, t.rules = t.now.Query.Asked(), dnstrace.RulesFor(t.now.Query.Name, n)
	t.now.Rules = t.rules
	t.now.Facts = dnstrace.FactsOf(n, t.now.Rules)
	if n != nil {
		t.now.Facts = dnstrace.ForName(t.now.Facts, t.now.Query.Name, n)
	}
	if t.seen != nil {
		t.now.Facts = t.now.Facts.Seeing(*t.seen)
	}
	t.store.remember(&t.now, t.o.Time.Now())
	if w, found := t.now.Winner(); found {
		for _, s := range w.Servers {
			t.now.Servers = append(t.now.Servers, dnstrace.Server{Report: dnsverdict.Report{Server: s, Domain: w.Domain, Name: t.now.Query.Asked()}})
		}
	}
	return true
}

func (t *tracing) run(ctx context.Context, way Way) {
	if !t.begin() {
		return
	}
	winner, found := t.now.Winner()
	// What is known without asking is told before anything is waited for.
	t.change(func(now *dnstrace.Trace) { now.Doing = "looking for a way to the servers" })
	t.look(ctx, way, winner.Servers)
	t.change(func(now *dnstrace.Trace) {
		now.Doing = "reading Azure"
		if found {
			now.Doing = "asking " + phrase.Count(len(winner.Servers), "server")
		}
	})
	parts := []func(context.Context) error{t.azure}
	if found {
		parts = append(parts, func(ctx context.Context) error { return t.probe(ctx, way, winner) })
	}
	err := work.Each(ctx, len(parts), len(parts), func(ctx context.Context, i int) error { return parts[i](ctx) })
	if err == nil {
		t.answers(ctx)
	}
	switch {
	case ctx.Err() != nil:
		t.end(stopped(ctx))
	case err != nil:
		f, _ := model.AsFailure(err)
		t.change(func(now *dnstrace.Trace) { now.Failure = &f })
		t.end(dnstrace.Failed)
	default:
		t.end(dnstrace.Done)
	}
}

// stopped is the end of what a context has ended: by its time, or by a person.
func stopped(ctx context.Context) dnstrace.State {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return dnstrace.Cut
	}
	return dnstrace.Cancelled
}

func (t *tracing) end(how dnstrace.State) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.State, t.now.Doing, t.now.Wait, t.now.Ended = how, "", nil, t.o.Time.Now()
	t.now = t.now.Judged()
	if how == dnstrace.Done && t.now.Query.OK() {
		t.store.keepTrace(t.now) // whoever hears of the end finds it there
	}
	t.traces.Put(t.now)
}

// look finds out what the place can say about the servers.
func (t *tracing) look(ctx context.Context, way Way, servers []safe.Text) {
	if way.Look != nil {
		t.facts = way.Look(ctx, addresses(servers))
	}
	t.facts.Networks = networksOf(t.net)
	t.now.Vantage, t.now.Facts.Vantage = t.facts.Label(), t.facts.Place()
	t.standings(way.Look != nil)
}

// standings judges each server by what was heard so far. Known is false where nobody
// looked at the ways.
func (t *tracing) standings(known bool) {
	facts := t.facts.Heard(t.now.Reports()...)
	servers := make([]safe.Text, len(t.now.Servers))
	for i := range t.now.Servers {
		s := &t.now.Servers[i]
		servers[i] = s.Report.Server
		if !known && !s.Report.Heard() {
			s.Route = dnsverdict.NotKnown[bool]("the ways of this machine are not known")
			continue
		}
		decision := facts.Decide(address(s.Report.Server))
		s.Route, s.Standing = decision.Route(), decision.Words()
	}
	if len(servers) > 0 && known {
		t.now.Facts.Route = facts.DecideAll(servers).Route()
	}
}

// probe asks the servers of the winning rule.
func (t *tracing) probe(ctx context.Context, way Way, w dnstrace.Rule) error {
	known := way.Look != nil
	reports, err := way.Prober.Run(ctx, []dnsprobe.Ask{{Domain: w.Domain, Name: t.name, Servers: w.Servers}}, dnsprobe.Plan{
		Depth: dnsprobe.Full,
		Exchange: func(_, place int, e dnsverdict.Exchange) {
			t.change(func(now *dnstrace.Trace) {
				r := &now.Servers[place].Report
				r.Exchanges = append(slices.Clip(r.Exchanges), e)
				t.standings(known)
			})
		},
		Report: func(_, place int, r dnsverdict.Report) {
			t.change(func(now *dnstrace.Trace) {
				now.Servers[place].Report, now.Servers[place].Complete = r, true
				t.standings(known)
			})
		},
	})
	if len(reports) == 1 {
		t.change(func(now *dnstrace.Trace) {
			for i, r := range reports[0] {
				now.Servers[i].Report, now.Servers[i].Complete = r, ctx.Err() == nil
			}
			t.standings(known)
		})
	}
	return err
}

// networksOf are the VNETs that peerings lead to: what one address in them proves holds
// for the others.
func networksOf(n *model.NetworkStatus) []vantage.Network {
	var out []vantage.Network
	for i := range n.Peerings {
		v := n.Peerings[i].Azure.VNet
		one := vantage.Network{Name: v.Name}
		for _, p := range v.AddressPrefixes {
			if p.Valid() {
				one.Ranges = append(one.Ranges, p.Range())
			}
		}
		if len(one.Ranges) > 0 {
			out = append(out, one)
		}
	}
	return out
}

func address(server safe.Text) netip.Addr {
	a, err := netip.ParseAddr(server.Raw())
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap()
}

// addresses are those of the servers; what is none is left out.
func addresses(servers []safe.Text) []netip.Addr {
	var out []netip.Addr
	for _, s := range servers {
		if a := address(s); a.IsValid() {
			out = append(out, a)
		}
	}
	return out
}
