package trace

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// breath is how often a matrix under way is sent. A thousand domains answer in a few
// seconds; nobody reads each state of that.
const breath = 100 * time.Millisecond

// ProbeAll begins to ask all servers for all their domains.
func (d *Tracer) ProbeAll(r dnstrace.ProbeRequest) error {
	way, err := d.o.Way(r.Via)
	if err != nil {
		return err
	}
	return d.begin(&d.probing, "probe all domains", func(ctx context.Context, number int) {
		p := &probing{Tracer: d, now: dnstrace.Matrix{
			Number: number, Network: r.Network, Via: way.Name, Vantage: "from this machine", State: dnstrace.Running, Begun: d.o.Time.Now(),
		}}
		p.run(ctx, way, r)
	})
}

// probing is a matrix under way.
type probing struct {
	*Tracer

	mu      sync.Mutex
	now     dnstrace.Matrix
	facts   vantage.Facts
	changed bool
	kept    bool // the end is kept as the table's last result
}

func (p *probing) run(ctx context.Context, way Way, r dnstrace.ProbeRequest) {
	n, err := p.network(r.Network)
	if err != nil {
		f, _ := model.AsFailure(err)
		p.now.Failure = &f
		p.end(dnstrace.Failed)
		return
	}
	p.now.Network, p.now.NetworkName = n.ID, n.Name
	rules := dnstrace.AllRules(n)
	if r.Mappings != nil {
		rules = rulesOf(r.Mappings)
	}
	p.now = p.now.Start(rules)
	p.now.CIDR, p.now.Around = n.CIDR, dnstrace.CloudFindings(n, rules)
	p.store.before(&p.now)
	p.look(ctx, way, n)
	p.send()

	asks := make([]dnsprobe.Ask, len(rules))
	for i, rule := range rules {
		asks[i] = dnsprobe.Ask{Domain: rule.Domain, Servers: rule.Servers}
	}
	over := make(chan struct{})
	const parts, breathing, reading = 3, 1, 2
	err = work.Each(ctx, parts, parts, func(ctx context.Context, part int) error {
		switch part {
		case breathing:
			p.breathe(ctx, over)
			return nil
		case reading:
			return p.azure(ctx, n, rules)
		default:
		}
		defer close(over)
		_, err := way.Prober.Run(ctx, asks, dnsprobe.Plan{Report: func(ask, place int, report dnsverdict.Report) {
			p.take(ask, rules[ask].Servers[place], report)
		}})
		p.rejudge(way.Look != nil)
		return err
	})
	p.kept = r.Mappings == nil
	switch {
	case ctx.Err() != nil:
		p.end(stopped(ctx))
	case err != nil:
		f, _ := model.AsFailure(err)
		p.now.Failure = &f
		p.end(dnstrace.Failed)
	default:
		p.end(dnstrace.Done)
	}
}

// look finds out what the place can say about the servers.
func (p *probing) look(ctx context.Context, way Way, n *model.NetworkStatus) {
	if way.Look != nil {
		servers := make([]safe.Text, len(p.now.Columns))
		for i, c := range p.now.Columns {
			servers[i] = c.Server
		}
		p.facts = way.Look(ctx, addresses(servers))
	}
	p.facts.Networks = networksOf(n)
	p.now.Vantage = p.facts.Label()
	p.standings(way.Look != nil, nil)
}

// standings judges each server by what was heard so far.
func (p *probing) standings(known bool, heard []dnsverdict.Report) []dnsverdict.Known[bool] {
	facts := p.facts.Heard(heard...)
	p.now.Columns = slices.Clone(p.now.Columns)
	routes := make([]dnsverdict.Known[bool], len(p.now.Columns))
	for i := range p.now.Columns {
		c := &p.now.Columns[i]
		if !known && len(heard) == 0 {
			c.Route = dnsverdict.NotKnown[bool]("the ways of this machine are not known")
		} else {
			decision := facts.Decide(address(c.Server))
			c.Route, c.Standing = decision.Route(), decision.Words()
		}
		routes[i] = c.Route
	}
	return routes
}

// take puts a report in its place.
func (p *probing) take(line int, server safe.Text, r dnsverdict.Report) {
	p.mu.Lock()
	defer p.mu.Unlock()
	routes := make([]dnsverdict.Known[bool], len(p.now.Columns))
	for i, c := range p.now.Columns {
		routes[i] = c.Route
	}
	p.now.Lines[line] = p.now.Lines[line].Put(p.now.At(server), r, routes)
	p.changed = true
}

// rejudge judges all cells again: an answer of one server may have proven the way to
// another.
func (p *probing) rejudge(known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var heard []dnsverdict.Report
	seen := map[safe.Text]bool{}
	for _, l := range p.now.Lines {
		for _, r := range l.Reports() {
			if !seen[r.Server] && r.Answered() {
				seen[r.Server] = true
				heard = append(heard, r)
			}
		}
	}
	routes := p.standings(known, heard)
	for i, l := range p.now.Lines {
		l.Cells = slices.Clone(l.Cells)
		p.now.Lines[i] = l.Judged(routes)
	}
}

// breathe sends the matrix from time to time while it fills.
func (p *probing) breathe(ctx context.Context, over <-chan struct{}) {
	ticker := time.NewTicker(breath)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-over:
			return
		case <-ticker.C:
			p.send()
		}
	}
}

// send hands out the matrix as it is. Lines are replaced and never changed, so that a
// copy of their list is a whole value.
func (p *probing) send() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.now.State == dnstrace.Running && !p.changed && p.now.Done > 0 {
		return
	}
	p.changed = false
	p.now = p.now.Counted()
	out := p.now
	out.Lines = slices.Clone(p.now.Lines)
	p.matrices.Put(out)
}

func (p *probing) end(how dnstrace.State) {
	p.mu.Lock()
	p.now.State, p.now.Wait, p.now.Ended = how, nil, p.o.Time.Now()
	p.now = p.now.Counted()
	p.mu.Unlock()
	if p.kept && p.now.Done > 0 {
		p.store.keepMatrix(p.now) // whoever hears of the end finds it there
	}
	p.send()
}

// rulesOf makes rules of the mappings of a file.
func rulesOf(mappings []model.DNSMapping) []dnstrace.Rule {
	var out []dnstrace.Rule
	for _, m := range mappings {
		for _, domain := range m.Domains {
			out = append(out, dnstrace.Rule{Domain: domain, Servers: m.Servers})
		}
	}
	return out
}
