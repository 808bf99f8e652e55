// Package work runs goroutines that have an owner and an end. Everything in
// services that needs a goroutine takes it from here; a test forbids a bare go
// statement elsewhere, because a panic in such a goroutine kills the process
// and leaves the terminal in raw mode.
package work

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// Panic is a panic that was caught in a goroutine of a group.
type Panic struct {
	Name  string // what the goroutine was doing
	Value any
	Stack []byte
}

// Error describes the panic in one line. The value is left out: it may hold
// anything, a token too.
func (p Panic) Error() string { return fmt.Sprintf("a fault in %s (%T)", p.Name, p.Value) }

// Group owns goroutines that share a context.
type Group struct {
	ctx    context.Context //nolint:containedctx // the group is the owner of this context
	cancel context.CancelFunc
	report func(Panic)
	wg     sync.WaitGroup
}

// NewGroup returns a group whose goroutines end with ctx or with Stop. A panic
// in one of them is given to report; the others go on.
func NewGroup(ctx context.Context, report func(Panic)) *Group {
	ctx, cancel := context.WithCancel(ctx)
	return &Group{ctx: ctx, cancel: cancel, report: report}
}

// Context is the context that the goroutines get.
func (g *Group) Context() context.Context { return g.ctx }

// Go runs fn in a goroutine. Name says what it does, for a report.
func (g *Group) Go(name string, fn func(ctx context.Context)) {
	g.wg.Go(func() {
		defer func() {
			if v := recover(); v != nil && g.report != nil {
				g.report(Panic{Name: name, Value: v, Stack: debug.Stack()})
			}
		}()
		fn(g.ctx)
	})
}

// Stop ends the context and waits for every goroutine.
func (g *Group) Stop() {
	g.cancel()
	g.wg.Wait()
}

// Wait waits for every goroutine without ending the context.
func (g *Group) Wait() { g.wg.Wait() }
