package watch_test

import (
	"context"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/services/cloud/transport"
	"github.com/peerdeck/peerdeck/services/run/activity"
	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/watch"
)

// held is what a program holds that has come to rest.
type held struct {
	goroutines int
	heap       int64
	log        int
}

// A day of polling, by the real clients in virtual time, leaves nothing behind: as many
// goroutines as after the first hours, no more memory, and no longer lists. Nobody looks, as
// in most of a day: what is at rest is asked for less often then.
func TestADayOfPollingLeavesNothingBehind(t *testing.T) {
	longtest.Only(t)
	const warm, day = 4 * time.Hour, 24 * time.Hour
	s, w := simulated(t, 1, 20*time.Millisecond)
	synctest.Test(t, func(t *testing.T) {
		paced := transport.Pace(w, width.New(nil))
		var log *activity.Log
		watcher := watcherThrough(t, s, paced.Behind(), func(o *watch.Options) {
			o.Rules, log = o.Hubs.(hubs).facts, o.Log
		})
		ctx, stop := context.WithCancel(t.Context())
		watcher.Focus(false)
		ended := make(chan struct{})
		go func() { defer close(ended); watcher.Run(ctx) }()
		var news atomic.Int64
		go func() {
			for range watcher.Snapshots() {
				news.Add(1)
			}
		}()
		asked := 0
		rest := func(d time.Duration) held {
			time.Sleep(d)
			synctest.Wait()
			asked += w.forget()
			return held{runtime.NumGoroutine(), heap(), len(log.Since(0))}
		}
		before := rest(warm)
		early := asked
		after := rest(day - warm)
		t.Logf("%d requests and %d snapshots; after %s: %+v, after %s: %+v", asked, news.Load(), warm, before, day, after)
		if asked < 4*early {
			t.Errorf("%d requests after %s and %d after %s: it does not poll", early, warm, asked, day)
		}
		if after.goroutines > before.goroutines+8 {
			t.Errorf("%d goroutines, and %d before", after.goroutines, before.goroutines)
		}
		// The simulated clouds keep every operation that was begun; that, too, has to find room.
		const entry = 2 << 10 // bytes that a request takes in the log, until that is full
		if after.log > activity.Capacity {
			t.Errorf("%d entries in the log of requests", after.log)
		}
		if room := int64(after.log-before.log) * entry; after.heap > before.heap+before.heap/10+1<<20+room {
			t.Errorf("a heap of %d bytes, and of %d before", after.heap, before.heap)
		}
		stop()
		<-ended
	})
}
