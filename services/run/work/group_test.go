package work_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/peerdeck/peerdeck/services/run/work"
)

func TestStopEndsEveryGoroutine(t *testing.T) {
	g := work.NewGroup(context.Background(), nil)
	ended := make(chan struct{}, 3)
	for range 3 {
		g.Go("wait", func(ctx context.Context) {
			<-ctx.Done()
			ended <- struct{}{}
		})
	}
	g.Stop()
	if len(ended) != 3 {
		t.Errorf("%d of 3 had ended when Stop returned", len(ended))
	}
}

func TestPanicIsReported(t *testing.T) {
	got := make(chan work.Panic, 1)
	g := work.NewGroup(context.Background(), func(p work.Panic) { got <- p })
	g.Go("fall over", func(context.Context) { panic("kpat_canary") })
	g.Wait()
	p := <-got
	if p.Name != "fall over" || !strings.Contains(string(p.Stack), "TestPanicIsReported") {
		t.Errorf("got %+v", p)
	}
	if strings.Contains(p.Error(), "canary") {
		t.Error("the message must not hold the value")
	}
	if g.Context().Err() != nil {
		t.Error("one fault must not end the others")
	}
	g.Stop()
}

func TestAwait(t *testing.T) {
	if v, err := work.Await(context.Background(), "add", func() (int, error) { return 3, nil }); v != 3 || err != nil {
		t.Errorf("got %d, %v", v, err)
	}
	if _, err := work.Await(context.Background(), "fall", func() (int, error) { panic("x") }); err == nil || !strings.Contains(err.Error(), "fall") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	release := make(chan struct{})
	defer close(release)
	cancel()
	if _, err := work.Await(ctx, "wait", func() (int, error) { <-release; return 1, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestEach(t *testing.T) {
	var running, most, calls atomic.Int32
	err := work.Each(context.Background(), 3, 20, func(context.Context, int) error {
		calls.Add(1)
		if n := running.Add(1); n > most.Load() {
			most.Store(n)
		}
		runtime.Gosched()
		running.Add(-1)
		return nil
	})
	if err != nil || calls.Load() != 20 || most.Load() > 3 {
		t.Errorf("%v: %d calls, %d at once", err, calls.Load(), most.Load())
	}
}

func TestEachStopsAtTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	var calls atomic.Int32
	err := work.Each(context.Background(), 1, 100, func(_ context.Context, i int) error {
		calls.Add(1)
		if i == 2 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || calls.Load() > 5 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
	if err := work.Each(context.Background(), 2, 1, func(context.Context, int) error { panic("x") }); err == nil {
		t.Error("a panic must be an error")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := work.Each(ctx, 1, 2, func(ctx context.Context, _ int) error { return ctx.Err() }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
