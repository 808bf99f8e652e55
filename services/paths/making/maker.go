package making

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/gateway"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Options of a maker.
type Options struct {
	Konnect Konnect
	Store   *Store        // nil: what is made is forgotten with the program
	Clock   attempt.Clock // nil for the machine's
	// ReadOnly refuses every order. It is the one gate: screens and commands only say so
	// earlier.
	ReadOnly bool
	Changed  func()                // told when something was made or removed; nil for nobody
	Note     func(text string)     // for the activity log; nil for none
	Problem  func(f model.Failure) // of an order, for the activity log; nil for none
	Report   func(work.Panic)
}

// Maker carries out one order at a time. It is safe for use by many goroutines.
type Maker struct {
	o      Options
	sender Sender
	feed   *feed.Feed[gateway.Making]
	group  *work.Group

	mu     sync.Mutex
	job    *job // the one in hand, or the last one
	number uint64
	closed bool
}

// NewMaker returns a maker whose orders end with ctx.
func NewMaker(ctx context.Context, o Options) *Maker {
	if o.Clock == nil {
		o.Clock = attempt.Machine{}
	}
	if o.Store == nil {
		o.Store = NewStore("")
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
	return &Maker{
		o: o, sender: Sender{o.Konnect}, group: work.NewGroup(ctx, o.Report),
		feed: feed.New(func(a, b gateway.Making) bool { return a.Number == b.Number }, func(m gateway.Making) bool { return m.State.Over() }),
	}
}

// Makings delivers each order after every change. It is closed by Close.
func (m *Maker) Makings() <-chan gateway.Making { return m.feed.Out() }

// ReadOnly reports whether every order is refused.
func (m *Maker) ReadOnly() bool { return m.o.ReadOnly }

// Order makes the order of a draft, with the requests as they will be sent when nothing of
// it is there yet. A draft with problems is refused with the first one.
func (m *Maker) Order(plane model.ControlPlane, d gateway.Draft) (gateway.Order, []model.Write, error) {
	for _, p := range d.Problems() {
		if !p.Warning {
			return gateway.Order{}, nil, model.Failure{
				Kind: model.FailureInvalid, Operation: "make the service", Subject: d.Service.Name, Cause: safe.New(p.Text), Cure: model.CureMendField,
			}
		}
	}
	o := gateway.NewOrder(plane, d, safe.New(uuid.NewString()), safe.New(uuid.NewString()))
	return o, m.sender.Writes(o, gateway.There{}), nil
}

// Make begins to carry an order out. It returns at once; the error says why the order is
// not taken.
func (m *Maker) Make(o gateway.Order) error {
	now := m.o.Clock.Now()
	return m.begin(gateway.Making{ID: newID(now), Order: o, StartedAt: now}, (*job).make)
}

// GoOn goes on with an order that did not come to its end: what is there is looked at, and
// what is missing is sent.
func (m *Maker) GoOn(id string) error {
	return m.again(id, gateway.Making.NoGoOn, (*job).make)
}

// Undo begins to remove what an order has made: the route, then the service.
func (m *Maker) Undo(id string) error {
	return m.again(id, gateway.Making.NoUndo, (*job).undo)
}

// again begins another piece of work on an order of this session, or of an earlier one.
func (m *Maker) again(id string, not func(gateway.Making) string, do func(*job) ending) error {
	now, err := m.find(id)
	if err != nil {
		return err
	}
	if why := not(now); why != "" {
		return refused(now, why, model.CureLookAtOrder)
	}
	now.Failure, now.Note, now.Wait, now.StartedAt = nil, "", nil, m.o.Clock.Now()
	return m.begin(now, do)
}

// find returns an order by its id, as it is known last.
func (m *Maker) find(id string) (gateway.Making, error) {
	m.mu.Lock()
	j := m.job
	m.mu.Unlock()
	if j != nil && j.is(id) {
		return j.state(), nil
	}
	return m.o.Store.Load(id)
}

func (m *Maker) begin(now gateway.Making, do func(*job) ending) error {
	if m.o.ReadOnly {
		f := refused(now, "peerdeck is read-only", model.CureReadOnly)
		f.Kind = model.FailurePermission
		return f
	}
	if now.Order.Plane.ID.IsEmpty() {
		f := refused(now, "no control plane is named", "")
		f.Kind = model.FailureBug
		return f
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed || (m.job != nil && !m.job.state().State.Over()) {
		f := refused(now, "another service is being made", model.CureMakingBusy)
		f.Kind, f.Retryable = model.FailureConflict, true
		return f
	}
	m.number++
	now.Number = m.number
	j := newJob(m, m.group.Context(), now)
	m.job = j
	m.group.Go("the making of a service", func(context.Context) { j.run(do) })
	return nil
}

func refused(now gateway.Making, cause, cure string) model.Failure {
	return model.Failure{Kind: model.FailureInvalid, Operation: "make the service", Subject: now.Order.Service.Name, Cause: safe.New(cause), Cure: cure}
}

// Cancel ends the order in hand where it waits or looks. A request that is on its way is
// waited for.
func (m *Maker) Cancel() {
	m.mu.Lock()
	j := m.job
	m.mu.Unlock()
	if j != nil {
		j.cancel(errCancelled)
	}
}

// Earlier lists the orders of earlier sessions that have made something which is not undone,
// or of which that is not known, the newest first.
func (m *Maker) Earlier(context.Context) ([]gateway.Making, error) { return m.o.Store.Standing() }

// Close ends the order in hand and waits for it: a request that is on its way is answered
// first, and its answer goes into the journal.
func (m *Maker) Close() {
	m.mu.Lock()
	was := m.closed
	m.closed = true
	m.mu.Unlock()
	if was {
		return
	}
	m.group.Stop()
	m.feed.Close()
}
