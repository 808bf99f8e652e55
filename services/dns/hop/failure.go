package hop

import (
	"context"
	"net"
	"sync"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
)

// Error is why nothing came through a hop. It says by itself what it means for the
// server: a hop that cannot be reached says nothing about it.
type Error struct {
	model.Failure

	outcome dnsverdict.Outcome
}

// Error returns the cause and the way out in one line.
func (e Error) Error() string {
	s := e.Failure.Error()
	if e.Cure != "" {
		s += "; " + e.Cure
	}
	return s
}

// Unwrap gives the failure to those who look for one.
func (e Error) Unwrap() error { return e.Failure }

// Outcome is what became of the question.
func (e Error) Outcome() dnsverdict.Outcome { return e.outcome }

// ofHop is a failure of the hop itself.
func (v Via) ofHop(kind model.FailureKind, cause, cure string) Error {
	return Error{model.Failure{Kind: kind, Operation: "ask through", Subject: safe.New(v.String()), Cause: safe.New(cause), Cure: cure}, dnsverdict.OutcomeFailed}
}

// behind is what the hop says of the server.
func (v Via) behind(outcome dnsverdict.Outcome, cause string) Error {
	return Error{model.Failure{Kind: model.FailureUnreachable, Operation: "ask through", Subject: safe.New(v.String()), Cause: safe.New(cause)}, outcome}
}

// maxTries is how often in a row a hop may fail before it is left alone. One that
// refuses to sign in is left alone at once: it may lock the user out.
const maxTries = 3

// breaker remembers how a hop failed. It is safe for use by many goroutines.
type breaker struct {
	mu    sync.Mutex
	times int
	last  *Error
}

// broken returns the failure for which the hop is left alone.
func (b *breaker) broken() (Error, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last == nil || b.times < maxTries && b.last.Kind != model.FailureAuth {
		return Error{}, false
	}
	return *b.last, true
}

// note counts what became of a try.
func (b *breaker) note(e Error, failed bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case !failed || e.outcome != dnsverdict.OutcomeFailed:
		b.times, b.last = 0, nil
	default:
		b.times++
		b.last = &e
	}
}

// Dialer returns what opens connections through the hop, for "tcp" only. A connection
// ends with the context that it was opened with.
func (v Via) Dialer() dnsprobe.Dial {
	b, signing := new(breaker), make(chan struct{}, signingIn)
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if network != "tcp" {
			return nil, v.ofHop(model.FailureInvalid, "it carries TCP only, not "+network, "")
		}
		if e, broken := b.broken(); broken {
			return nil, e
		}
		if v.kind == vantage.ThroughSSH {
			leave, err := enter(ctx, signing)
			if err != nil {
				return nil, v.behind(dnsverdict.OutcomeSilent, "the hop was signed in to by others until the time was over")
			}
			conn, err := v.ssh(ctx, address, b, leave)
			if err != nil {
				leave()
			}
			return conn, err
		}
		return v.socks(ctx, address, b)
	}
}

// enter waits for a place among those that are signing in. Leave gives it back, once.
func enter(ctx context.Context, places chan struct{}) (leave func(), err error) {
	select {
	case places <- struct{}{}:
		return sync.OnceFunc(func() { <-places }), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
