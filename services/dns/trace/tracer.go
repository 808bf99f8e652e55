package trace

import (
	"context"
	"net/netip"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Prober asks DNS servers.
type Prober interface {
	Run(ctx context.Context, asks []dnsprobe.Ask, plan dnsprobe.Plan) ([][]dnsverdict.Report, error)
}

// Azure reads what surrounds the DNS servers of a VNET. It has no errors: what cannot be
// read is among the gaps. What may pass is asked for again; the waiter hears of it, from
// several goroutines.
type Azure interface {
	Read(ctx context.Context, ref model.VNetRef, servers, domains []safe.Text, w attempt.Waiter) azuredns.Facts
	// Owners tells of addresses in a VNET that was read whether anything has them.
	Owners(ctx context.Context, ref model.VNetRef, v model.VNet, addresses []safe.Text, w attempt.Waiter) azuredns.Facts
}

// Way is a place from which is asked.
type Way struct {
	Name   string // without a password; empty for this machine
	Prober Prober
	// Look tells what the place can say about servers; nil: nobody knows.
	Look func(ctx context.Context, servers []netip.Addr) vantage.Facts
}

// Options of a tracer.
type Options struct {
	// Snapshot is what the watcher knows.
	Snapshot func() model.Snapshot
	// Way returns the way that a request names, empty for this machine. An error is one
	// of the person's input.
	Way func(via string) (Way, error)
	// Azure may be nil; what only it tells is not known then.
	Azure Azure
	Cloud azurecloud.Cloud // the cloud of Azure that is looked into
	// Dir is where results are kept; empty keeps them in memory.
	Dir string
	// Results are where results are kept; nil for those of Dir.
	Results *Results
	Time    attempt.Time // by which is waited, and of what is found
	Note    func(string) // hears what goes wrong beside, such as a full disk; may be nil
	Report  func(work.Panic)
}

// Tracer takes orders to trace and to probe. Its methods return at once and may be called
// from any goroutine. A new trace takes the place of the one in hand, and a new probe of
// all domains that of the one in hand.
type Tracer struct {
	o        Options
	group    *work.Group
	traces   *feed.Feed[dnstrace.Trace]
	matrices *feed.Feed[dnstrace.Matrix]
	store    *store

	mu      sync.Mutex
	number  int
	closed  bool
	tracing context.CancelFunc
	probing context.CancelFunc
}

// New returns a tracer whose work ends with ctx.
func New(ctx context.Context, o Options) *Tracer {
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.Results == nil {
		o.Results = NewResults(o.Dir, o.Note)
	}
	return &Tracer{
		o: o, group: work.NewGroup(ctx, o.Report), store: o.Results.store,
		traces: feed.New(func(a, b dnstrace.Trace) bool { return a.Number == b.Number }, func(t dnstrace.Trace) bool { return t.State.Over() }),
		matrices: feed.New(func(a, b dnstrace.Matrix) bool { return a.Number == b.Number },
			func(m dnstrace.Matrix) bool { return m.State.Over() }),
	}
}

// Traces delivers how traces stand. Close closes it.
func (d *Tracer) Traces() <-chan dnstrace.Trace { return d.traces.Out() }

// Matrices delivers how probes of all domains stand. Close closes it.
func (d *Tracer) Matrices() <-chan dnstrace.Matrix { return d.matrices.Out() }

// begin starts work in the place of what the slot holds, and gives it a number.
func (d *Tracer) begin(slot *context.CancelFunc, name string, do func(ctx context.Context, number int)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.group.Context().Err() != nil {
		return model.Failure{Kind: model.FailureCancelled, Operation: name, Cause: safe.New("the program is ending"), Cure: model.CureStartAgain}
	}
	if *slot != nil {
		(*slot)()
	}
	ctx, cancel := context.WithCancel(d.group.Context())
	*slot = cancel
	d.number++
	number := d.number
	d.group.Go(name, func(context.Context) {
		defer cancel()
		do(ctx, number)
	})
	return nil
}

// Cancel ends the trace and the probe in hand. What they know by then comes as their
// last value.
func (d *Tracer) Cancel() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, cancel := range []context.CancelFunc{d.tracing, d.probing} {
		if cancel != nil {
			cancel()
		}
	}
}

// Close ends everything and waits for it.
func (d *Tracer) Close() {
	d.mu.Lock()
	over := d.closed
	d.closed = true
	d.mu.Unlock()
	if over {
		return
	}
	d.group.Stop()
	d.traces.Close()
	d.matrices.Close()
}

// network finds a network by its id, or by its name where only one has it.
func (d *Tracer) network(id safe.Text) (*model.NetworkStatus, error) { return d.o.Snapshot().Find(id) }
