package feed_test

import (
	"slices"
	"testing"

	"github.com/peerdeck/peerdeck/services/run/feed"
)

type state struct {
	thing, step int
	over        bool
}

func states(f *feed.Feed[state]) []state {
	f.Close()
	var out []state
	for s := range f.Out() {
		out = append(out, s)
	}
	return out
}

func newFeed() *feed.Feed[state] {
	return feed.New(func(a, b state) bool { return a.thing == b.thing }, func(s state) bool { return s.over })
}

// Nobody reads: the newest state of the thing in hand is there, and the last ones of
// those before it.
func TestTheNewestWinsAndTheLastStays(t *testing.T) {
	t.Parallel()
	f := newFeed()
	for thing := range 3 {
		for step := range 5 {
			f.Put(state{thing, step, false})
		}
		if thing < 2 {
			f.Put(state{thing, 5, true})
		}
	}
	want := []state{{0, 5, true}, {1, 5, true}, {2, 4, false}}
	if got := states(f); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// However many things end unseen, a feed never waits and keeps the newest.
func TestItNeverWaits(t *testing.T) {
	t.Parallel()
	f := newFeed()
	for thing := range 100 {
		f.Put(state{thing, 0, true})
	}
	got := states(f)
	if len(got) == 0 || got[len(got)-1].thing != 99 {
		t.Errorf("%v", got)
	}
}
