package probe

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Ask is a row of the mapping table, and a name in it.
type Ask struct {
	Domain  safe.Text
	Name    safe.Text // to be resolved; empty asks for the domain itself
	Servers []safe.Text
}

// Asks makes asks of mappings, one for each domain.
func Asks(mappings []model.DNSMapping) []Ask {
	var out []Ask
	for _, m := range mappings {
		for _, d := range m.Domains {
			out = append(out, Ask{Domain: d, Servers: m.Servers})
		}
	}
	return out
}

// Depth is how much each server is asked.
type Depth int

// The depths.
const (
	// Brief asks for the SOA record of the domain over UDP and over TCP, and for the
	// addresses of the name.
	Brief Depth = iota
	// Full asks for IPv6 addresses and for a name that cannot exist too, and for the
	// server's own data when its answer is odd.
	Full
	// Detail asks for the addresses three times more, for the latency.
	Detail
)

// Plan says how a run asks, and who hears of it.
type Plan struct {
	Depth Depth
	// NoRecursion asks for the SOA record without a wish for recursion too, in every
	// case. It needs Full.
	NoRecursion bool
	// Exchange and Report hear what came, as it comes, one call at a time. The place is
	// that of the server in the row of the ask. Either may be nil. A slow hearer slows
	// the run.
	Exchange func(ask, place int, e dnsverdict.Exchange)
	Report   func(ask, place int, r dnsverdict.Report)
}

// serversInRun is how many servers a run asks at the same time; the prober's own bounds
// hold beside it.
const serversInRun = 64

// Run asks each server of each row, and returns the reports by row and server. A server
// that is silent three times in a row is left alone for the rest of the run. What was
// not asked says why. The error is the end of ctx or a fault.
func (p *Prober) Run(ctx context.Context, asks []Ask, plan Plan) ([][]dnsverdict.Report, error) {
	var (
		reports   = make([][]dnsverdict.Report, len(asks))
		todo      lanes
		cells     [][2]int
		reporting = telling{plan: plan, mu: new(sync.Mutex)}
	)
	for i, a := range asks {
		reports[i] = make([]dnsverdict.Report, len(a.Servers))
		for j, s := range a.Servers {
			name := a.Name
			if name.IsEmpty() {
				name = a.Domain
			}
			reports[i][j] = dnsverdict.Report{Server: s, Domain: a.Domain, Name: name, Skipped: stopped}
			todo.add(s, len(cells))
			cells = append(cells, [2]int{i, j})
		}
	}
	// Each place is written by one goroutine only.
	err := todo.each(ctx, serversInRun, p.cellsAtOnce(len(todo.list)), func(ctx context.Context, s *server, place int) error {
		i, j := cells[place][0], cells[place][1]
		reporting := reporting.at(i, j)
		p.trace(ctx, s, plan, &reports[i][j], reporting)
		if err := ctx.Err(); err != nil {
			return err
		}
		return reporting.report(reports[i][j])
	})
	return reports, err
}

// cellsAtOnce is how many domains one of several servers is asked for at the same time.
// A cell has up to two questions in flight. Where all servers find a place from the
// start, those that are silent are found out together, and not one after the other.
func (p *Prober) cellsAtOnce(servers int) int {
	return max(1, min(p.limits.each, cap(p.limits.all)/max(1, servers))/2)
}

// trace asks one server of one row.
func (p *Prober) trace(ctx context.Context, s *server, plan Plan, r *dnsverdict.Report, reporting *telling) {
	r.Skipped = ""
	domain, problem := fqdn(r.Domain)
	name, wrong := fqdn(r.Name)
	switch {
	case !s.address.IsValid():
		problem = "the server is no IP address"
	case problem != "":
		problem = "the domain: " + problem
	case wrong != "":
		problem = "the name: " + wrong
	}
	if problem != "" {
		reporting.exchange(r, dnsverdict.Exchange{
			Step: dnsverdict.StepSOA, Server: s.name, Name: r.Domain, Type: "SOA", Recursion: true,
			Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeInvalid, Reason: safe.New(problem),
		})
		return
	}
	tracing{p: p, s: s, plan: plan, domain: domain, name: name, report: r, reporting: reporting}.run(ctx)
}

// telling hands on what comes, one call at a time.
type telling struct {
	plan       Plan
	ask, place int
	mu         *sync.Mutex // of the whole run
	failed     error       // a fault while the server was asked
}

func (t *telling) at(ask, place int) *telling {
	return &telling{plan: t.plan, ask: ask, place: place, mu: t.mu}
}

// exchange adds an exchange to a report. Questions to one server may end together.
func (t *telling) exchange(r *dnsverdict.Report, e dnsverdict.Exchange) {
	t.mu.Lock()
	defer t.mu.Unlock()
	r.Exchanges = append(r.Exchanges, e)
	if t.plan.Exchange != nil {
		t.plan.Exchange(t.ask, t.place, e)
	}
}

func (t *telling) report(r dnsverdict.Report) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil && t.plan.Report != nil {
		t.plan.Report(t.ask, t.place, r)
	}
	return t.failed
}

func (t *telling) fault(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = err
}
