package armread_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// What several ask for at about the same time is asked for once; what is older, or was
// forgotten, is asked for anew; and a reader who gives up leaves the question to the next.
func TestShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := armread.NewShared(time.Now)
		var mu sync.Mutex
		asked := 0
		var met error
		read := func(ctx context.Context) (int, error) {
			return armread.Share(ctx, s, "a group", func(ctx context.Context) (int, error) {
				mu.Lock()
				asked++
				n, err := asked, met
				mu.Unlock()
				select {
				case <-time.After(time.Second):
					return n, err
				case <-ctx.Done():
					return 0, ctx.Err()
				}
			})
		}
		together := func(n int) {
			var wg sync.WaitGroup
			for range n {
				wg.Go(func() { _, _ = read(t.Context()) })
			}
			wg.Wait()
		}
		together(20)
		if got, err := read(t.Context()); asked != 1 || got != 1 || err != nil {
			t.Errorf("asked %d times, got %d, %v", asked, got, err)
		}
		time.Sleep(5 * time.Second)
		together(2)
		if asked != 2 {
			t.Errorf("asked %d times: what is old is no answer", asked)
		}
		s.Forget()
		together(2)
		if asked != 3 {
			t.Errorf("asked %d times: it was to be read anew", asked)
		}

		s.Forget()
		gives, cancel := context.WithTimeout(t.Context(), time.Second/2)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := read(gives); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		synctest.Wait()
		if got, err := read(t.Context()); got != 5 || err != nil {
			t.Errorf("got %d, %v: it goes down with who gave up", got, err)
		}
		wg.Wait()

		s.Forget()
		met = errors.New("refused")
		if _, err := read(t.Context()); err == nil {
			t.Error("the error is lost")
		}
		if _, err := read(t.Context()); !errors.Is(err, met) || asked != 6 {
			t.Errorf("%v, asked %d times", err, asked)
		}
		if got, err := armread.Share(t.Context(), nil, "", func(context.Context) (int, error) { return 7, nil }); got != 7 || err != nil {
			t.Errorf("got %d, %v of nobody to share with", got, err)
		}
	})
}
