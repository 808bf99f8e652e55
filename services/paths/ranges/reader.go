package ranges

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/paths/ranges"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Konnect is what is asked of Kong Konnect. The client must not retry by itself.
type Konnect interface {
	Networks(ctx context.Context, onPage func([]model.Network, int)) (konnect.List[model.Network], error)
	ProviderAccounts(ctx context.Context) (konnect.List[model.ProviderAccount], error)
	Peerings(ctx context.Context, network safe.Text) (konnect.List[model.Peering], error)
	Availability(ctx context.Context) (model.Availability, error)
}

// Azure is what is asked of Azure Resource Manager. The client must not retry by itself.
type Azure interface {
	Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error)
	VNets(ctx context.Context, tenant, subscription safe.Text) ([]model.VNet, error)
	Hubs(ctx context.Context, tenant, subscription safe.Text) ([]model.VirtualHub, error)
}

// Options of a reader.
type Options struct {
	Konnect Konnect
	Azure   Azure
	// Tenants are those that the settings name; those of peerings are found.
	Tenants []safe.Text
	Clock   attempt.Clock // nil for the machine's
	Report  func(work.Panic)
}

// Reader reads who has which ranges. It is safe for use by many goroutines.
type Reader struct{ o Options }

// New returns a reader. It asks nothing yet.
func New(o Options) *Reader {
	if o.Clock == nil {
		o.Clock = attempt.Machine{}
	}
	return &Reader{o: o}
}

// Read reads everything, side by side. What cannot be read is a gap of the answer. The
// error is a [model.Failure] where nothing at all could be read, or ctx has ended. Doing is
// told what goes on, one call at a time; nil for nobody.
func (r *Reader) Read(ctx context.Context, doing func(string)) (ranges.Read, error) {
	if doing == nil {
		doing = func(string) {}
	}
	t := &reading{Reader: r, doing: doing, open: map[string]int{}}
	g := work.NewGroup(ctx, func(p work.Panic) {
		t.gap("a part of the reading", model.Failure{Kind: model.FailureBug, Cause: safe.New(p.Error())})
		if r.o.Report != nil {
			r.o.Report(p)
		}
	})
	g.Go("reading availability", t.availability)
	g.Go("reading the networks", func(ctx context.Context) {
		t.networks(ctx)
		t.azure(ctx)
	})
	g.Wait()
	switch {
	case ctx.Err() == nil:
	case t.answered > 0 && errors.Is(ctx.Err(), context.DeadlineExceeded):
		t.missing("what had not answered yet", "the time was over")
	default:
		return t.read, attempt.Ended{Cause: context.Cause(ctx)}
	}
	t.read.At = r.o.Clock.Now()
	t.sort()
	if t.answered == 0 && t.first != nil {
		return t.read, *t.first
	}
	return t.read, nil
}

// reading is one reading at work.
type reading struct {
	*Reader
	tell  sync.Mutex // of doing
	doing func(string)

	mu       sync.Mutex
	read     ranges.Read
	open     map[string]int // what is being asked, and how often
	answered int            // lists of owners that were read
	first    *model.Failure
	tenants  []safe.Text
}

// ask asks one question, again where it may pass.
func ask[T any](ctx context.Context, t *reading, what string, f func(context.Context) (T, error)) (T, error) {
	t.note(what, 1)
	defer t.note(what, -1)
	return attempt.Do(ctx, attempt.Once(), attempt.Waiter{Clock: t.o.Clock}, f)
}

// note tells what is being asked.
func (t *reading) note(what string, more int) {
	t.tell.Lock()
	defer t.tell.Unlock()
	if t.open[what] += more; t.open[what] == 0 {
		delete(t.open, what)
	}
	var list []string
	for k := range t.open {
		list = append(list, k)
	}
	slices.Sort(list)
	if len(list) > 0 {
		t.doing("reading " + phrase.And(list))
	}
}

// gap keeps what was not read.
func (t *reading) gap(what string, err error) {
	f, _ := model.AsFailure(err)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read.Gaps = append(t.read.Gaps, ranges.Gap{What: what, Why: &f})
	if t.first == nil {
		t.first = &f
	}
}

// missing keeps what is not known though nothing failed.
func (t *reading) missing(what, why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read.Gaps = append(t.read.Gaps, ranges.Gap{What: what, Text: why})
}

func (t *reading) add(taken []ranges.Taken, gaps []ranges.Gap) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.read.Taken = append(t.read.Taken, taken...)
	t.read.Gaps = append(t.read.Gaps, gaps...)
}

// count changes what was seen.
func (t *reading) count(f func(s *ranges.Seen)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.answered++
	f(&t.read.Seen)
}

func (t *reading) availability(ctx context.Context) {
	a, err := ask(ctx, t, "Konnect's availability", t.o.Konnect.Availability)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.read.Availability = a; err != nil { // also where the time was over
		f, _ := model.AsFailure(err)
		t.read.Unavailable = &f
	}
}

// sort puts what was read into an order that does not depend on who answered first.
func (t *reading) sort() {
	slices.SortStableFunc(t.read.Taken, func(a, b ranges.Taken) int {
		if c := a.Range.Compare(b.Range); c != 0 {
			return c
		}
		return strings.Compare(a.Owner(), b.Owner())
	})
	slices.SortStableFunc(t.read.Gaps, func(a, b ranges.Gap) int { return strings.Compare(a.What, b.What) })
}
