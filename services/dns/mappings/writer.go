package mappings

import (
	"context"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/feed"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Konnect is what is asked of Kong Konnect. The client must not retry by itself: an
// order does that, in sight of everybody.
type Konnect interface {
	PrivateDNS(ctx context.Context, network safe.Text) (konnect.List[model.PrivateDNS], error)
	PrivateDNSByID(ctx context.Context, network, id safe.Text) (model.PrivateDNS, error)
	CreateResolverWrite(network, name safe.Text, mappings []model.DNSMapping) model.Write
	CreateResolver(ctx context.Context, network safe.Text, w model.Write) (model.PrivateDNS, error)
	PatchResolverWrite(network, id safe.Text, mappings []model.DNSMapping, unknown []model.Member) model.Write
	PatchResolver(ctx context.Context, network safe.Text, w model.Write) (model.PrivateDNS, error)
	DeletePrivateDNSWrite(network, id safe.Text) model.Write
	DeletePrivateDNS(ctx context.Context, network safe.Text, w model.Write) error
}

// Options of a writer.
type Options struct {
	Konnect Konnect
	Store   *Store
	Clock   attempt.Clock // nil for the machine's
	// ReadOnly refuses every order. It is the one gate: screens and commands only say so
	// earlier.
	ReadOnly bool
	// Around is what is known beside the rows of a table, as the screens know it; nil for
	// nothing. What the rules make of it is checked before an order is taken.
	Around func(t dnstable.Target) dnstable.Surroundings
	// Changed is told when Konnect was changed, so that others read again; nil for nobody.
	Changed func()
	Note    func(text string)     // for the activity log; nil for none
	Problem func(f model.Failure) // of an order, for the activity log; nil for none
	Report  func(work.Panic)
}

// Writer carries out one order at a time, and keeps what an edit needs: drafts, restore
// points, files. It is safe for use by many goroutines.
type Writer struct {
	*Store

	o      Options
	sender *Sender
	feed   *feed.Feed[dnstable.Apply]
	group  *work.Group

	mu     sync.Mutex
	job    *job // the one in hand, or the last one
	number uint64
	closed bool
}

// NewWriter returns a writer whose orders end with ctx.
func NewWriter(ctx context.Context, o Options) *Writer {
	if o.Clock == nil {
		o.Clock = attempt.Machine{}
	}
	if o.Changed == nil {
		o.Changed = func() {}
	}
	if o.Around == nil {
		o.Around = func(dnstable.Target) dnstable.Surroundings { return dnstable.Surroundings{} }
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.Problem == nil {
		o.Problem = func(model.Failure) {}
	}
	if o.Store == nil {
		o.Store = NewStore("")
	}
	return &Writer{
		Store: o.Store, o: o, sender: NewSender(o.Konnect, o.Store, o.Clock), group: work.NewGroup(ctx, o.Report),
		feed: feed.New(func(a, b dnstable.Apply) bool { return a.Number == b.Number }, func(a dnstable.Apply) bool { return a.State.Over() }),
	}
}

// Applies delivers each order after every change. It is closed by Close.
func (d *Writer) Applies() <-chan dnstable.Apply { return d.feed.Out() }

// Apply begins to carry an order out. It returns at once; the error says why the order
// is not taken.
func (d *Writer) Apply(o dnstable.Order) error {
	if err := d.gate(o); err != nil {
		return err
	}
	return d.begin(o, "", (*job).apply)
}

// Recheck looks what became of an order of an earlier session, and writes nothing. What
// it finds comes through Applies.
func (d *Writer) Recheck(u dnstable.Unfinished) error {
	if u.Problem != "" {
		if err := d.forget(u.ID); err != nil {
			return keepFailure("set the order aside of", u.Order.Target, err)
		}
		return nil
	}
	return d.begin(u.Order, u.ID, func(j *job) ending { return j.recheck(u) })
}

func (d *Writer) begin(o dnstable.Order, id string, do func(*job) ending) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || (d.job != nil && !d.job.over()) {
		return model.Failure{
			Kind: model.FailureConflict, Operation: "apply the mapping table of", Subject: o.Target.NetworkName.Or(o.Target.Network.Raw()),
			Cause: safe.New("another table is being applied"), Cure: model.CureApplyBusy, Retryable: true,
		}
	}
	d.number++
	d.job = newJob(d, d.group.Context(), o, id, d.number)
	d.group.Go("the writing of a mapping table", func(context.Context) { d.job.run(do) }) //nolint:contextcheck // a job has a context of its own, which a person may end
	return nil
}

// Cancel ends the order in hand, if its request has not left yet. One that has left
// cannot be called back: the order goes on until it is known what became of it.
func (d *Writer) Cancel() {
	d.mu.Lock()
	j := d.job
	d.mu.Unlock()
	if j != nil {
		j.stop()
	}
}

// Close ends the order in hand: a request that is on its way is waited for, and its
// answer goes into the journal; what became of it is looked at when peerdeck starts
// again.
func (d *Writer) Close() {
	d.mu.Lock()
	again := d.closed
	d.closed = true
	d.mu.Unlock()
	if again {
		return
	}
	d.group.Stop()
	d.feed.Close()
}

// SaveDraft keeps a draft; see [Store.SaveDraft]. A draft without a time is of now.
func (d *Writer) SaveDraft(ctx context.Context, s dnstable.Saved) error {
	if s.At.IsZero() {
		s.At = d.o.Clock.Now()
	}
	return d.Store.SaveDraft(ctx, s)
}
