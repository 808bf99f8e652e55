package watch

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/changes"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/watch/history"
)

// Options of a watcher.
type Options struct {
	Konnect Konnect
	Azure   Azure
	Cloud   azurecloud.Cloud // the cloud of Azure that is looked into
	Context safe.Text        // its name in the configuration file, to be shown; empty for none
	Log     *activity.Log
	// History opens the history of an organization; nil keeps it in memory.
	History func(organization safe.Text) *history.Store
	// Rules may be nil; then security groups and route tables are not read.
	Rules Rules
	// Hubs may be nil; then virtual hubs are not read.
	Hubs Hubs
	// PathsRead returns what the last whole reading of a network's paths found, nil for none;
	// it may be nil itself.
	PathsRead func(network safe.Text) *model.PathsRead
	// Probed returns what the last probe of a network's mapping tables found, nil for
	// none; it may be nil itself.
	Probed func(network safe.Text) *model.Probed
	// Wrote tells whether the step from one content of a mapping table to another, since a
	// time, was made with peerdeck on this machine; it may be nil itself.
	Wrote func(network, object safe.Text, before, after []model.DNSMapping, since time.Time) bool
	// Records says who changed what; it may be nil.
	Records Records
	// Known says which findings somebody knows of; it may be nil.
	Known Known
	Pace  Pace
	// Widths say how many requests each cloud bears; those of Pace where they do not.
	Widths Widths
	Time   attempt.Time
	Seed   uint64 // of the jitter; 0 for a random one
	Report func(work.Panic)
}

// Watcher keeps asking. Its methods may be called from any goroutine and never
// wait.
type Watcher struct {
	o      Options
	out    chan model.Snapshot
	views  chan changes.View
	latest atomic.Pointer[model.Snapshot]
	wake   chan struct{}
	chance *attempt.Chance
	judge  *model.Judge

	mu    sync.Mutex
	asked wishes

	// What follows belongs to the goroutine of Run.
	once      bool
	only      safe.Text // the name or id of the network whose parts are read; empty for all
	konnect   *source
	azure     *source
	k         *knowledge
	history   *history.Store
	attention []safe.Text
	away      bool
	results   chan outcome
	group     *work.Group
	order     []safe.Text
	dirty     bool
	published time.Time
	viewed    uint64                     // the edition of the history that was sent last, and one more
	tellers   map[jobKey]*changes.Teller // of who changed what
	rules     *dnstable.Rulebook         // nil until the first table is judged, which is after the first frame
	knownNext time.Time                  // when the time of something that is known is over
	soiled    time.Time                  // when those that wait for others were judged anew the last time
	memory    memory
}

// wishes are what the screen asked for since the last look.
type wishes struct {
	attend    []safe.Text
	attendSet bool
	refresh   bool
	rejudge   bool
	focus     *bool
	looks     []bool
	notes     []model.Change
}

// outcome is what came of a request. Apply runs on the watcher's goroutine.
type outcome struct {
	job    *job // nil for a part of a list that is still being read
	source *source
	err    error
	apply  func(now time.Time)
}

// New returns a watcher. It asks nothing before Run.
func New(o Options) *Watcher {
	if o.Log == nil {
		o.Log = activity.New()
	}
	w := &Watcher{
		o: o, out: make(chan model.Snapshot, 1), views: make(chan changes.View, 1), wake: make(chan struct{}, 1),
		chance: attempt.NewChance(o.Seed),
		judge:  model.NewJudge(), konnect: newSource("Konnect", o.Widths.Konnect, o.Pace.Calls), azure: newSource("Azure", o.Widths.Azure, o.Pace.Reads),
		k: newKnowledge(), tellers: map[jobKey]*changes.Teller{}, history: history.New(), results: make(chan outcome),
	}
	w.azure.byTenant = true
	return w
}

// Latest returns what is known as it was published or collected last, for those who do
// not follow; the zero value before that.
func (w *Watcher) Latest() model.Snapshot {
	if s := w.latest.Load(); s != nil {
		return *s
	}
	return model.Snapshot{}
}

// Snapshots gives what is known, the latest only. It is closed when Run ends.
func (w *Watcher) Snapshots() <-chan model.Snapshot { return w.out }

// Attend names the networks on the screen, the selected one first. They are
// asked for before all others.
func (w *Watcher) Attend(networks []safe.Text) {
	w.wish(func(a *wishes) { a.attend, a.attendSet = networks, true })
}

// Rejudge judges every network anew by what is known: something that is kept beside, such as
// the last reading of paths, is another one.
func (w *Watcher) Rejudge() { w.wish(func(a *wishes) { a.rejudge = true }) }

// Refresh asks for everything again, as soon as the services allow.
func (w *Watcher) Refresh() { w.wish(func(a *wishes) { a.refresh = true }) }

// Focus tells whether somebody looks at the terminal.
func (w *Watcher) Focus(focused bool) { w.wish(func(a *wishes) { a.focus = &focused }) }

func (w *Watcher) wish(change func(*wishes)) {
	w.mu.Lock()
	change(&w.asked)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run asks until the context ends. It may be called once.
func (w *Watcher) Run(ctx context.Context) {
	w.group = work.NewGroup(ctx, w.o.Report)
	defer close(w.out)
	defer close(w.views)
	defer func() { _ = w.history.Close() }()
	defer w.group.Stop()
	w.recall()
	w.begin(w.now())
	w.loop(ctx)
	w.memory.last()
}

// Collect asks everything once and returns what is known then. What fails for a
// moment is asked a few times more; what is denied is not. When ctx ends before that, or
// nothing more can be asked before it does, what was read is returned all the same, and
// what was not has the failure that says so.
func (w *Watcher) Collect(ctx context.Context) model.Snapshot {
	w.group = work.NewGroup(ctx, w.o.Report)
	defer w.group.Stop()
	w.once = true
	w.begin(w.now())
	w.loop(ctx)
	now := w.now()
	w.cut(now)
	at := w.o.Time.At(now)
	w.lookKnown(now, at)
	w.update(now, at)
	s := w.snapshot(at)
	w.latest.Store(&s)
	return s
}

// CollectOne does as [Watcher.Collect], and reads the parts of no network but those of
// a name or id: the list alone tells of the others. It may be called once.
func (w *Watcher) CollectOne(ctx context.Context, network safe.Text) model.Snapshot {
	w.only = network
	return w.Collect(ctx)
}

// now is the time by which is waited.
func (w *Watcher) now() time.Time { return w.o.Time.Clock().Now() }

func (w *Watcher) begin(now time.Time) {
	w.konnect.status.State = model.SourceConnecting
	w.konnect.queue.add(jobIdentity, "", now)
	w.konnect.queue.add(jobNetworks, "", now.Add(1))
	w.konnect.queue.add(jobAccounts, "", now.Add(2))
	w.joinRecords(jobAudit, "", now)
}

func (w *Watcher) loop(ctx context.Context) {
	for {
		now := w.now()
		w.launch(w.konnect, now)
		w.launch(w.azure, now)
		if !w.once { // who looks once looks at the end, when it is judged
			w.lookKnown(now, w.o.Time.At(now))
		}
		w.publish(now)
		w.publishChanges()
		if w.once && (w.finished() || w.hopeless(ctx, now)) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case r := <-w.results:
			w.receive(r)
		case <-w.wake:
			w.grant(w.now())
		case <-w.o.Time.Clock().After(max(time.Millisecond, w.nextWake(now).Sub(now))):
		}
	}
}

// nextWake is when the loop must look again, if nothing happens before.
func (w *Watcher) nextWake(now time.Time) time.Time {
	at := now.Add(time.Hour)
	for _, s := range []*source{w.konnect, w.azure} {
		if !s.paused.After(now) && !s.free(now) {
			continue // an answer will wake the loop
		}
		due := s.queue.wake()
		if due.Before(s.paused) {
			due = s.paused
		}
		if j := s.queue.first(); j != nil {
			if at := s.last.Add(w.distance(s, j)); due.Before(at) {
				due = at
			}
		}
		if due.Before(at) {
			at = due
		}
	}
	if due := w.knownNext; !due.IsZero() && !w.once && due.Before(at) {
		at = due
	}
	if w.dirty && !w.once {
		if due := w.published.Add(w.gap()); due.Before(at) {
			at = due
		}
	}
	return at
}

func (w *Watcher) finished() bool {
	return w.konnect.running == 0 && w.azure.running == 0 &&
		w.konnect.queue.wake().Equal(farFuture()) && w.azure.queue.wake().Equal(farFuture())
}

// grant does what the screen asked for.
func (w *Watcher) grant(now time.Time) {
	w.mu.Lock()
	asked := w.asked
	w.asked = wishes{}
	w.mu.Unlock()
	if asked.attendSet {
		w.attention = asked.attend
		w.hurryUnread(now)
	}
	if asked.focus != nil {
		w.away = !*asked.focus
		if !w.away {
			w.refresh(now, false)
		}
	}
	w.grantNotes(asked)
	if asked.rejudge {
		w.soilAll()
	}
	if asked.refresh {
		w.o.Azure.Forget()
		if w.o.Rules != nil {
			w.o.Rules.Forget()
		}
		w.refresh(now, true)
	}
}

// manyNetworks is the number above which a refresh asks for what is on the
// screen and leaves the rest to its turn.
const manyNetworks = 100

// refresh makes jobs due. By the person's wish it also asks a service at once
// that was left alone because it failed, but never one that asked us to wait.
func (w *Watcher) refresh(now time.Time, wished bool) {
	for _, s := range []*source{w.konnect, w.azure} {
		if wished && s.status.State != model.SourceThrottled {
			s.paused = time.Time{}
		}
	}
	w.konnect.queue.hurry(jobNetworks, "", now)
	ids := w.attention
	if len(w.k.networks) <= manyNetworks {
		ids = w.ordered()
	}
	for _, id := range ids {
		for _, kind := range []jobKind{jobPeerings, jobDNS, jobReferences} {
			w.konnect.queue.hurry(kind, id.Raw(), now)
		}
		for _, key := range w.vnetsOf(id) {
			w.azure.queue.hurry(jobVNet, key, now)
		}
	}
}

// hurryUnread asks for what the screen shows and nobody has read.
func (w *Watcher) hurryUnread(now time.Time) {
	for _, id := range w.attention {
		n := w.k.networks[id]
		if n == nil {
			continue
		}
		if !n.peeringsRead.Read() {
			w.konnect.queue.hurry(jobPeerings, id.Raw(), now)
		}
	}
}

func (w *Watcher) vnetsOf(id safe.Text) []string {
	if n := w.k.networks[id]; n != nil {
		return n.vnets
	}
	return nil
}
