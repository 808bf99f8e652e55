package run

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/dns/mappings"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/setup/journal"
)

// Options of a runner.
type Options struct {
	Clouds Clouds
	Store  *journal.Store
	Clock  attempt.Clock // nil for the machine's
	// ReadOnly refuses every run that would write. It is the one gate: screens and
	// commands only say so earlier.
	ReadOnly bool
	// Tables changes the maps of resolvers. It is of the same Konnect, and must be there.
	Tables *mappings.Sender
	// Changed is told when a cloud was changed, so that others read again.
	Changed func()
	Note    func(text string)     // for the activity log; nil for none
	Problem func(f model.Failure) // of a step, for the activity log; nil for none
	// Turned is told when a run stands otherwise than before. It must not wait. Nil for
	// none.
	Turned func(r setup.Run)
	Report func(work.Panic)
}

// Runner does one run at a time. It is safe for use by many goroutines.
type Runner struct {
	o     Options
	feed  *feed.Feed[setup.Run]
	group *work.Group

	mu     sync.Mutex
	engine *engine // the run in hand, or the last one
	closed bool
}

// Errors of a runner.
var (
	ErrRunning  = errors.New("a run is going on; wait for its end, or cancel it")
	ErrReadOnly = errors.New("peerdeck is read-only; start it without --read-only to change anything")
	ErrNoRun    = errors.New("there is no run")
)

// New returns a runner whose runs end with ctx.
func New(ctx context.Context, o Options) *Runner {
	if o.Clock == nil {
		o.Clock = attempt.Machine{}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.Problem == nil {
		o.Problem = func(model.Failure) {}
	}
	if o.Turned == nil {
		o.Turned = func(setup.Run) {}
	}
	// Two states are of one run when its id is the same.
	runs := feed.New(func(a, b setup.Run) bool { return a.ID == b.ID }, func(r setup.Run) bool { return r.Over() })
	return &Runner{o: o, feed: runs, group: work.NewGroup(ctx, o.Report)}
}

// Runs delivers each run after every change. It is closed by Close.
func (r *Runner) Runs() <-chan setup.Run { return r.feed.Out() }

// Start begins a run. It returns when the run is in the journal and its lock is
// held, before anything is asked of a cloud.
func (r *Runner) Start(request setup.Request, o setup.Options) error {
	if !o.DryRun && r.o.ReadOnly {
		return ErrReadOnly
	}
	if err := fatal(request); err != nil {
		return err
	}
	p := plan{kind: request.Kind(), id: runID(r.o.Clock.Now()), request: request, options: o}
	if !o.DryRun {
		// One journal for one set-up: what an unfinished run has made is known to the
		// one that finishes it, and to the teardown after that.
		if record, ok := r.o.Store.Unfinished(request); ok {
			p.id, p.record = record.ID, record
		}
	}
	return r.begin(p)
}

// Resume goes on with an earlier run: it is run again, and what is done already is
// found done.
func (r *Runner) Resume(id string, o setup.Options) error {
	return r.again(id, "", o)
}

// Teardown removes what a run has made, one item at a time, each after its name was
// typed.
func (r *Runner) Teardown(id string) error {
	return r.again(id, setup.RunTeardown, setup.Options{})
}

// again begins a run of a journal once more: of a kind, or, without one, of its own.
func (r *Runner) again(id string, kind setup.RunKind, o setup.Options) error {
	if !o.DryRun && r.o.ReadOnly {
		return ErrReadOnly
	}
	record, err := r.o.Store.Read(id)
	if err != nil {
		return err
	}
	request, ok := record.Request()
	if !ok {
		return fmt.Errorf("the journal of %s does not tell what the run was for (%s); start a new set-up, which finds what is done already", id, record.Problem())
	}
	if kind == "" {
		kind = request.Kind()
	}
	if kind == setup.RunTeardown && len(record.Summary().Standing()) == 0 {
		return errors.New("this run has made nothing that is still there")
	}
	if o.StopAt == nil && kind != setup.RunTeardown {
		o.StopAt = record.StopAt() // who went in steps goes on in steps
	}
	return r.begin(plan{kind: kind, id: id, request: request, options: o, record: record})
}

// fatal returns what makes a request impossible to run, all of it.
func fatal(request setup.Request) error {
	var errs []error
	for _, p := range request.Problems(dnstable.Surroundings{}) {
		if p.Fatal() {
			errs = append(errs, fmt.Errorf("%s: %s", p.Field, p.Sentence()))
		}
	}
	return errors.Join(errs...)
}

func (r *Runner) begin(p plan) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.engine != nil {
		r.engine.yield()
	}
	if r.closed || (r.engine != nil && !r.engine.over()) {
		return ErrRunning
	}
	e, err := newEngine(r.o, r.feed, r.group.Context(), p)
	if err != nil {
		return err
	}
	r.engine = e
	r.group.Go("a set-up run", e.run)
	return nil
}

// Do hands an order to the run in hand. The error says why it makes no sense now.
func (r *Runner) Do(c setup.RunCommand) error {
	r.mu.Lock()
	e := r.engine
	r.mu.Unlock()
	if e == nil {
		return ErrNoRun
	}
	return e.order(c)
}

// Log returns the lines of the run in hand after a number, the oldest first.
func (r *Runner) Log(after uint64) []model.LogLine {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.engine == nil {
		return nil
	}
	return r.engine.log.since(after)
}

// Earlier lists the runs that there are journals of, the newest first.
func (r *Runner) Earlier(context.Context) ([]setup.RunSummary, error) {
	list, err := r.o.Store.List()
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range list {
		if r.engine != nil && !r.engine.over() && r.engine.plan.id == list[i].ID {
			list[i].Active, list[i].Elsewhere = true, false
		}
	}
	return list, err
}

// Journal tells the journal of a run as lines.
func (r *Runner) Journal(_ context.Context, id string) ([]model.LogLine, error) {
	record, err := r.o.Store.Read(id)
	if err != nil {
		return nil, err
	}
	return record.Lines(), nil
}

// Close ends the run in hand: a request that is on its way is waited for, and its
// outcome goes into the journal. The run can be resumed.
func (r *Runner) Close() {
	r.mu.Lock()
	again := r.closed
	r.closed = true
	r.mu.Unlock()
	if again {
		return
	}
	r.group.Stop()
	r.feed.Close()
}

// ConsentLink is where an administrator lets Kong's application into the tenant.
func (r *Runner) ConsentLink(request setup.Request) safe.Text {
	return setup.ConsentLink(r.o.Clouds.Login, request.VNet.TenantID, request.App())
}
