package dnsfacts_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// hasty waits for nothing.
func hasty() attempt.Waiter {
	return attempt.Waiter{Hold: func(context.Context, model.Wait) error { return nil }}
}

// What Azure refuses for a moment is asked for again, after the time that Azure names,
// and whoever waits sees why.
func TestAzureIsAskedAgain(t *testing.T) {
	f := start(t)
	f.world.Apply(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "dnsResolvers", Status: 429, RetryAfter: "7", Times: 2}})
	var mu sync.Mutex
	var seen []model.Wait
	began := time.Now()
	waiter := attempt.Waiter{Hold: func(_ context.Context, w model.Wait) error {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, w)
		f.clock.Advance(7 * time.Second)
		return nil
	}}
	facts := f.client.Read(t.Context(), f.ref(t, "vnet-hub"), texts("10.20.0.4"), texts("example.org"), waiter)
	if len(facts.Gaps) != 0 || len(facts.Resolvers) == 0 || len(seen) != 2 {
		t.Fatalf("gaps %+v, %d waits", facts.Gaps, len(seen))
	}
	for i, w := range seen {
		if w.Try != i+2 || w.Of != 3 || w.Why == "" || w.For == "" || w.Until.Before(began.Add(7*time.Second)) {
			t.Errorf("%+v", w)
		}
	}
}

// What does not pass is a gap in Azure's own words; and so it is where the time that is
// left is shorter than the time that Azure names.
func TestAGapSaysWhatStoodInTheWay(t *testing.T) {
	f := start(t)
	f.world.Apply(sandbox.Event{Fault: &sandbox.Fault{Service: "arm", Path: "dnsResolvers", Status: 429, RetryAfter: "100", Times: 9}})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Second)
	defer cancel()
	facts := f.client.Read(ctx, f.ref(t, "vnet-hub"), texts("10.20.0.4"), texts("example.org"), attempt.Waiter{})
	if len(facts.Gaps) != 1 || facts.Gaps[0].Part != azuredns.PartResolvers || facts.Gaps[0].Failure.Kind != model.FailureThrottled {
		t.Fatalf("%+v", facts.Gaps)
	}
	// Who stops while it waits hears of both.
	stop := errors.New("stopped by a person")
	ending, end := context.WithCancelCause(t.Context())
	facts = f.client.Read(ending, f.ref(t, "vnet-hub"), texts("10.20.0.4"), texts("example.org"), attempt.Waiter{Hold: func(ctx context.Context, _ model.Wait) error {
		end(stop)
		return context.Cause(ctx)
	}})
	found := false
	for _, g := range facts.Gaps {
		says := g.Failure.Cause.String()
		found = found || g.Part == azuredns.PartResolvers && g.Failure.Kind == model.FailureCancelled &&
			strings.Contains(says, "stopped by a person") && strings.Contains(says, "the try before")
	}
	if !found {
		t.Errorf("%+v", facts.Gaps)
	}
}
