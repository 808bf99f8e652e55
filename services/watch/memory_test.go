package watch_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/services/run/work"
	"github.com/peerdeck/peerdeck/services/watch"
)

// shelf is a memory in memory.
type shelf struct {
	mu    sync.Mutex
	list  *model.Remembered
	kept  []model.Remembered
	short bool
	asked int // how often it was read
}

func (s *shelf) Short() bool { return s.short }

func (s *shelf) Recall() *model.Remembered { s.asked++; return s.list }

func (s *shelf) Keep(list model.Remembered) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = append(s.kept, list)
}

func (s *shelf) times() int { s.mu.Lock(); defer s.mu.Unlock(); return len(s.kept) }

// remembering runs a watcher with a memory, and returns how to end it.
func remembering(t *testing.T, f *fake, s *shelf) (r *running, end func()) {
	t.Helper()
	r = &running{t: t}
	r.Watcher = watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace(), Seed: 1, Report: func(p work.Panic) { t.Errorf("%v %v", p, p.Value) }})
	r.Remember(s)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	end = func() { cancel(); <-done }
	t.Cleanup(end)
	return r, end
}

func lastList(organization string) *model.Remembered {
	return &model.Remembered{
		At: time.Now().Add(-3 * time.Hour), Organization: model.Organization{ID: text(organization)},
		Networks: []model.RememberedNetwork{{ID: text("gone"), Name: text("gone"), Word: text("ready")}},
	}
}

// What was read last is there before any answer, apart from what is known, and goes with the
// first page.
func TestWhatIsRememberedStandsInForTheFirstAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		f.latency = 10 * time.Second
		r, _ := remembering(t, f, &shelf{list: lastList("org")})
		s := r.after(5 * time.Second)
		if s.Remembered == nil || len(s.Remembered.Networks) != 1 || len(s.Networks) != 0 || len(s.Count()) != 0 {
			t.Fatalf("before an answer: %+v", s)
		}
		s = r.after(7 * time.Second)
		if s.Remembered != nil || len(s.Networks) != 2 {
			t.Errorf("after the first page: %+v", s)
		}
	})
}

// A short list is there for the first frame, and is read once.
func TestAShortListIsThereBeforeRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, short := range []bool{true, false} {
			f, kept := newFake(1), &shelf{list: lastList("org"), short: short}
			f.latency = time.Minute
			w := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace(), Seed: 1})
			if first := w.Remember(kept); (first.Remembered != nil) != short || !first.At.IsZero() {
				t.Errorf("short %v: %+v", short, first)
			}
			kept.asked = 0
			r, end := remembering(t, f, kept)
			seen := r.after(10 * time.Second).Remembered
			end()
			if seen == nil && !short || kept.asked != 1 {
				t.Errorf("short %v: read %d times", short, kept.asked)
			}
		}
	})
}

// It goes as soon as it is known that the token is somebody else's.
func TestNobodyElsesNetworksStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for organization, stays := range map[string]bool{"org": true, "other": false, "": false} {
			f := newFake(2)
			f.fail = func(call, _ string) error {
				if call == "networks" {
					return model.Failure{Kind: model.FailureUnreachable, Cause: text("no answer"), Retryable: true}
				}
				return nil
			}
			r, end := remembering(t, f, &shelf{list: lastList(organization)})
			s := r.after(20 * time.Second)
			if (s.Remembered != nil) != stays || len(s.Networks) != 0 {
				t.Errorf("of %q: %+v", organization, s.Remembered)
			}
			end()
		}
	})
}

// The list is kept when it is whole, now and then, and at the end; never what was not read.
func TestTheListIsKeptAtAPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, kept := newFake(3), &shelf{}
		r, end := remembering(t, f, kept)
		r.after(4 * time.Minute)
		if kept.times() != 1 {
			t.Errorf("kept %d times in four minutes", kept.times())
		}
		r.after(26 * time.Minute)
		if n := kept.times(); n < 3 || n > 7 {
			t.Errorf("kept %d times in half an hour", n)
		}
		before := kept.times()
		r.after(time.Minute)
		end()
		if n := kept.times(); n <= before {
			t.Error("nothing is kept at the end")
		}
		last := kept.kept[kept.times()-1]
		if len(last.Networks) != 3 || last.At.IsZero() || last.Organization.ID != text("org") {
			t.Errorf("%+v", last)
		}
		for _, n := range last.Networks {
			if n.Word.IsEmpty() || n.ReadAt.IsZero() || n.Peerings != 1 {
				t.Errorf("%+v", n)
			}
		}
	})
}

func TestAFailedStartTakesNothingFromTheMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, kept := newFake(3), &shelf{list: lastList("org")}
		f.fail = func(string, string) error {
			return model.Failure{Kind: model.FailureAuth, Cause: text("Konnect refuses the token (401)")}
		}
		r, end := remembering(t, f, kept)
		s := r.after(time.Minute)
		if s.Remembered == nil || s.Konnect.Failure == nil {
			t.Errorf("what is remembered goes with a failure: %+v", s)
		}
		end()
		if kept.times() != 0 {
			t.Errorf("kept %+v", kept.kept)
		}
	})
}

// Who looks once is told how things are now, or that they could not be read.
func TestCollectRemembersNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, kept := newFake(1), &shelf{list: lastList("org")}
		w := watch.New(watch.Options{Konnect: f, Azure: f, Pace: watch.DefaultPace(), Seed: 1, Report: func(p work.Panic) { t.Error(p) }})
		w.Remember(kept)
		if s := w.Collect(t.Context()); s.Remembered != nil || kept.times() != 0 {
			t.Errorf("%+v", s.Remembered)
		}
	})
}
