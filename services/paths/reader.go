package paths

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/paths"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Konnect reads what a control plane tells its data planes, by its members where it is a
// group. What fails is in the parts of the plane, each by itself.
type Konnect interface {
	Planes(ctx context.Context, p model.ControlPlane) []gateway.Plane
}

// Azure reads what surrounds some addresses in a VNET: security groups, routes, network
// cards, and what has the addresses. It has no errors: what cannot be read is among the
// gaps. What may pass is asked for again; the waiter hears of it.
type Azure interface {
	Read(ctx context.Context, ref model.VNetRef, addresses []safe.Text, w attempt.Waiter) azurenet.Facts
}

// Names asks DNS servers for names; the tracer of services/dns/trace does.
type Names interface {
	// Names returns what each server said of each name, as far as it was asked before ctx
	// ends. Via is the way, empty for the usual one.
	Names(ctx context.Context, network safe.Text, names []paths.Name, via string) ([]paths.Answer, error)
}

// Options of a reader.
type Options struct {
	// Snapshot is what the watcher knows.
	Snapshot func() model.Snapshot
	// Konnect may be nil; what only it tells is not known then.
	Konnect Konnect
	// Azure may be nil; what only it tells is not known then.
	Azure Azure
	// InEffect may be nil; then nobody asks what is in effect at network cards.
	InEffect InEffect
	// Names may be nil; then nobody asks DNS servers.
	Names Names
	// Results are where the ends of whole readings are kept; nil keeps none. Kept is told
	// that there is a new one; may be nil.
	Results *Results
	Kept    func()
	Cloud   azurecloud.Cloud // the cloud of Azure that is looked into
	Time    attempt.Time
	Report  func(work.Panic)
}

// Reader takes orders to read the paths of a network. Its methods return at once and may
// be called from any goroutine. A new reading takes the place of the one in hand.
type Reader struct {
	o     Options
	group *work.Group
	views *feed.Feed[paths.View]

	mu      sync.Mutex
	number  int
	closed  bool
	reading context.CancelFunc
}

// New returns a reader whose work ends with ctx.
func New(ctx context.Context, o Options) *Reader {
	return &Reader{
		o: o, group: work.NewGroup(ctx, o.Report),
		views: feed.New(func(a, b paths.View) bool { return a.Number == b.Number }, func(v paths.View) bool { return v.State.Over() }),
	}
}

// Views delivers how readings stand. Close closes it.
func (r *Reader) Views() <-chan paths.View { return r.views.Out() }

// Read begins to read the paths of a network, which is named by its id, or by its name
// where only one has it.
func (r *Reader) Read(network safe.Text) error { return r.ReadTo(network) }

// ReadTo does the same, and follows the ways to some places beside those of the services.
func (r *Reader) ReadTo(network safe.Text, to ...paths.Destination) error {
	one := &reading{Reader: r, wanted: to, now: paths.View{Of: network, State: paths.Reading, Begun: r.o.Time.Now()}}
	return r.begin(one, func(ctx context.Context, one *reading) { one.run(ctx) })
}

// begin begins a reading, in the place of the one in hand.
func (r *Reader) begin(one *reading, run func(ctx context.Context, one *reading)) error {
	const name = "read paths"
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed || r.group.Context().Err() != nil {
		return model.Failure{Kind: model.FailureCancelled, Operation: name, Cause: safe.New("the program is ending"), Cure: model.CureStartAgain}
	}
	if r.reading != nil {
		r.reading()
	}
	ctx, cancel := context.WithCancel(r.group.Context())
	r.reading = cancel
	r.number++
	one.now.Number = r.number
	r.group.Go(name, func(context.Context) {
		defer cancel()
		run(ctx, one)
	})
	return nil
}

// Cancel ends the reading in hand. What it knows by then comes as its last value.
func (r *Reader) Cancel() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reading != nil {
		r.reading()
	}
}

// Close ends everything and waits for it.
func (r *Reader) Close() {
	r.mu.Lock()
	over := r.closed
	r.closed = true
	r.mu.Unlock()
	if over {
		return
	}
	r.group.Stop()
	r.views.Close()
}
