package work

import (
	"context"
	"sync"
)

// Each calls fn for 0 to n-1, at most limit at a time, and waits for all. The
// first error ends the context of the others and is returned; a panic counts as
// an error.
func Each(ctx context.Context, limit, n int, fn func(ctx context.Context, i int) error) error {
	var (
		once  sync.Once
		first error
	)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	fail := func(err error) {
		once.Do(func() { first = err })
		cancel()
	}
	g := NewGroup(ctx, func(p Panic) { fail(p) })
	slots := make(chan struct{}, max(1, limit))
	for i := range n {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			g.Wait()
			fail(ctx.Err())
			return first
		}
		g.Go("a part of a list", func(ctx context.Context) {
			defer func() { <-slots }()
			if err := fn(ctx, i); err != nil {
				fail(err)
			}
		})
	}
	g.Wait()
	return first
}
