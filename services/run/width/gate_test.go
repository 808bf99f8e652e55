package width_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/peerdeck/peerdeck/services/run/width"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func here() width.Place { return width.Place{Host: "cloud", Account: "us"} }

// A service that answers well is asked for more and more at once, and no more than the most.
func TestTheWidthGrowsWhileAllIsWell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{latency: 50 * time.Millisecond, judge: func(*server, time.Time) width.Answer { return good() }}
		took := all(t, s, 3000)
		if s.sent != 3000 || s.most > width.Most || s.most < width.Most/2 || took > 3*time.Second {
			t.Errorf("%d sent, %d at once, in %s", s.sent, s.most, took)
		}
	})
}

// A service that works at one thing after the other becomes slow when it is asked for much at
// once; that it refuses nothing is no reason to.
func TestASlowServiceIsAskedForLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &server{judge: func(s *server, _ time.Time) width.Answer {
			a := good()
			a.Took = time.Duration(max(1, s.running-4)) * 20 * time.Millisecond
			return a
		}}
		g := width.New(nil)
		var wg sync.WaitGroup
		for range 2000 {
			wg.Go(func() {
				p, err := g.Enter(t.Context(), here(), true)
				if err != nil {
					t.Error(err)
					return
				}
				p.End(s.ask())
			})
		}
		wg.Wait()
		if w := g.Width("cloud"); w > 16 {
			t.Errorf("%d at once are still asked for", w)
		}
	})
}

// A service that fails is asked for less, once for all that were under way together, and a
// refusal of one request, such as 404, is no failure.
func TestFailuresMakeItSmaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := width.New(nil)
		before := g.Width("cloud")
		var passes []*width.Pass
		for range 10 {
			p, err := g.Enter(t.Context(), here(), false)
			if err != nil {
				t.Fatal(err)
			}
			passes = append(passes, p)
		}
		time.Sleep(time.Second)
		for _, p := range passes {
			p.End(width.Answer{Kind: width.Failing, Left: width.Unknown})
			p.End(width.Answer{Kind: width.Failing, Left: width.Unknown}) // only the first counts
		}
		if w := g.Width("cloud"); w != before/2 {
			t.Errorf("%d after %d", w, before)
		}
	})
}

// What a person waits for goes before what nobody waits for, whenever it comes.
func TestWhatIsWaitedForGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := width.New(nil)
		var mu sync.Mutex
		var order []string
		var wg sync.WaitGroup
		ask := func(name string, behind bool, takes time.Duration) {
			wg.Go(func() {
				p, err := g.Enter(t.Context(), here(), behind)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, name)
				mu.Unlock()
				time.Sleep(takes)
				p.End(good())
			})
		}
		full := g.Width("cloud")
		for i := range full {
			ask("full", true, time.Duration(i+1)*time.Second)
		}
		synctest.Wait()
		for range 10 {
			ask("watcher", true, time.Second)
		}
		synctest.Wait()
		ask("person", false, time.Second)
		wg.Wait()
		// With the first answer the width grows too, so two go at the same moment.
		if got := order[full : full+2]; !slices.Contains(got, "person") {
			t.Errorf("%q go first", got)
		}
	})
}

// One account that is paused holds no other, on the same host.
func TestAccountsArePausedAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := width.New(nil)
		p, err := g.Enter(t.Context(), here(), false)
		if err != nil {
			t.Fatal(err)
		}
		p.End(width.Answer{Kind: width.Refused, After: time.Minute, Left: width.Unknown})
		_, err = g.Enter(t.Context(), here(), false)
		held, ok := errors.AsType[width.Held](err)
		if !ok || held.Left != time.Minute || err.Error() != "not sent: the service asked for no request for another 1m0s" {
			t.Errorf("got %v", err)
		}
		if p, err = g.Enter(t.Context(), width.Place{Host: "cloud", Account: "them"}, false); err != nil {
			t.Fatal(err)
		}
		p.End(good())
		time.Sleep(59 * time.Second) // what is left is short: it is waited for
		began := time.Now()
		if p, err = g.Enter(t.Context(), here(), false); err != nil || time.Since(began) != time.Second {
			t.Errorf("%v after %s", err, time.Since(began))
		}
		p.End(good())
	})
}

// The service's own word for what is left holds until it says when there is more.
func TestAToldAllowanceIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := width.New(nil)
		p, _ := g.Enter(t.Context(), here(), false)
		p.End(width.Answer{Kind: width.Good, Left: 2})
		var passes []*width.Pass
		for range 2 {
			p, err := g.Enter(t.Context(), here(), false)
			if err != nil {
				t.Fatal(err)
			}
			passes = append(passes, p)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := g.Enter(ctx, here(), false); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a third is let through: %v", err)
		}
		passes[0].End(width.Answer{Kind: width.Good, Left: 0, Reset: time.Minute})
		passes[1].End(width.Answer{Kind: width.Good, Left: 0, Reset: time.Minute})
		if _, err := g.Enter(t.Context(), here(), false); err == nil {
			t.Error("it is let through before there is more")
		}
		time.Sleep(time.Minute)
		if _, err := g.Enter(t.Context(), here(), false); err != nil {
			t.Error(err)
		}
	})
}

// Who gives up leaves nothing behind: neither before the gate nor at the moment in which it
// opens.
func TestWhoGivesUpLeavesItsPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := width.New(nil)
		var passes []*width.Pass
		for range g.Width("cloud") {
			p, err := g.Enter(t.Context(), here(), false)
			if err != nil {
				t.Fatal(err)
			}
			passes = append(passes, p)
		}
		var wg sync.WaitGroup
		for i := range 100 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%2)*time.Second)
			wg.Go(func() {
				defer cancel()
				if p, err := g.Enter(ctx, here(), i%3 == 0); err == nil {
					p.End(width.Answer{Kind: width.Void})
				}
			})
		}
		time.Sleep(time.Second)
		for _, p := range passes {
			p.End(good())
		}
		wg.Wait()
		for range g.Width("cloud") { // all places are free
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			if _, err := g.Enter(ctx, here(), false); err != nil {
				t.Error(err)
			}
			cancel()
		}
	})
}
