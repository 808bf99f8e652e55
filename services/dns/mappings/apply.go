package mappings

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

const (
	lookEvery = 5 * time.Second
	restTime  = 2 * time.Minute // that a resolver at work is waited for before the write
)

// apply reads, compares, keeps, writes and looks. A request that was refused for now
// begins anew with what is there then.
func (j *job) apply() ending {
	for tries := attempt.Begin(attempt.Writing(), j.waiter()); ; {
		now, there, err := j.rest()
		if err != nil {
			return j.broken(err)
		}
		if end, over := j.compare(now, there); over {
			return end
		}
		if there {
			j.state(dnstable.ApplyKeeping)
		}
		p := j.writer.plan(j.order, now)
		answer, f, err := j.send(p)
		switch moved := (*Moved)(nil); {
		case errors.As(err, &moved): // between two lines of ours
			j.state(dnstable.ApplyReading)
			continue
		case err != nil:
			return j.broken(err)
		case f == nil:
			if note := p.Between(answer); note != "" {
				j.remark(note)
			}
			return j.beside(p, j.verify(p, answer.ID, nil))
		case j.ctx.Err() != nil && !j.gone():
			return j.interrupted()
		case f.Unsure():
			return j.beside(p, j.verify(p, now.ID, f))
		}
		if err := tries.Again(j.ctx, *f); err != nil {
			return j.broken(err)
		}
		j.state(dnstable.ApplyReading)
	}
}

// beside tells of resolvers that somebody else has made while this order made one.
func (j *job) beside(p Plan, end ending) ending {
	made := j.now.Resolver.ID
	if !p.Target.Resolver.IsEmpty() || made.IsEmpty() || end.open || j.ctx.Err() != nil {
		return end
	}
	list, err := j.table.list(j.ctx, p.Target)
	if text := p.Beside(list, made); err == nil && text != "" {
		j.remark(text)
	}
	return end
}

// gone reports whether the request has left.
func (j *job) gone() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.left
}

// rest reads the resolver until it is at rest. For a resolver to be made it looks
// whether there is one already, which need not be at rest.
func (j *job) rest() (now model.PrivateDNS, there bool, err error) {
	end := j.writer.o.Clock.Now().Add(restTime)
	for {
		if now, there, err = j.look(j.order.Target.Resolver); err != nil {
			return now, there, err
		}
		if j.order.Target.Resolver.IsEmpty() {
			return now, there, nil
		}
		j.update(func(a *dnstable.Apply) { a.Resolver = now })
		switch {
		case now.Kind != model.KindAzureResolver:
			return now, there, j.failure(model.FailureInvalid, fmt.Sprintf("%s is of the kind %s, whose table is not changed here", now.Name, now.Kind.Label()), "Change it in Konnect.")
		case now.State == model.PrivateDNSReady || now.State == model.PrivateDNSError:
			return now, there, nil
		case now.State == model.PrivateDNSTerminating || now.State == model.PrivateDNSTerminated:
			return now, there, Plan{Target: j.order.Target}.deleted()
		case !j.writer.o.Clock.Now().Before(end):
			f := j.failure(model.FailureConflict, fmt.Sprintf("the resolver is %s; edits open when it is ready (T02)", now.State), "Try again later; your edits are kept.")
			f.Retryable = true
			return now, there, f
		}
		if err := j.hold(fmt.Sprintf("the resolver is %s", now.State), lookEvery); err != nil {
			return now, there, err
		}
	}
}

// look reads a resolver by its id or, without one, the network's resolver to be made. A
// request that may be answered in a moment is made again.
func (j *job) look(id safe.Text) (now model.PrivateDNS, there bool, err error) {
	t := j.order.Target
	t.Resolver = id
	now, err = try(j, func(ctx context.Context) (model.PrivateDNS, error) {
		now, found, err := j.table.Look(ctx, t)
		there = found
		return now, err
	})
	if f, ok := model.AsFailure(err); ok && f.Kind == model.FailureNotFound && !id.IsEmpty() && j.ctx.Err() == nil {
		err = Plan{Target: j.order.Target}.deleted()
	}
	return now, there, err
}

// compare looks whether the table is the one that the person saw. Its content decides;
// the version is a hint.
func (j *job) compare(now model.PrivateDNS, there bool) (end ending, over bool) {
	rows := rowsOf(now)
	if there {
		j.update(func(a *dnstable.Apply) { a.Resolver = now })
	}
	same := dnstable.Same(j.order.Base, rows) && there == !j.order.Target.Resolver.IsEmpty()
	switch {
	case same && j.order.Version > 0 && now.EntityVersion != j.order.Version:
		j.sayf(model.LinePlain, "the version is %d and was %d; the content is the same", now.EntityVersion, j.order.Version)
		return ending{}, false
	case same:
		return ending{}, false
	case there && dnstable.Equivalent(rows, sendable(j.order.Rows, now)):
		j.remark("Somebody else has made the same changes meanwhile; nothing had to be written.")
		return j.verify(Plan{Target: j.order.Target, Now: now, Rows: rows, Without: j.order.Without}, now.ID, nil), true
	}
	if v := j.order.Version; v > 0 && now.EntityVersion <= v {
		j.remark(fmt.Sprintf("The version did not rise (%d, it was %d) although the content is another; the content was compared.", now.EntityVersion, v))
	}
	a, c, r := dnstable.Count(dnstable.Diff(j.order.Base, rows))
	j.sayf(model.LineTrouble, "somebody else has changed the table: %d new, %d changed, %d gone; nothing was written", a, c, r)
	return ending{state: dnstable.ApplyMeanwhile, theirs: rows}, true
}
