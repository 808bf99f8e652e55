package work

import (
	"context"
	"runtime/debug"
)

// Await calls fn and waits for it no longer than ctx allows. It is for library
// calls that take no context: when ctx ends first, the call is left behind and
// its answer is dropped.
func Await[T any](ctx context.Context, name string, fn func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	got := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if v := recover(); v != nil {
				a.err = Panic{Name: name, Value: v, Stack: debug.Stack()}
			}
			got <- a
		}()
		a.value, a.err = fn()
	}()
	select {
	case <-ctx.Done():
		var zero T
		return zero, ctx.Err()
	case a := <-got:
		return a.value, a.err
	}
}
