package mappings

import (
	"context"
	"fmt"
	"slices"
	"time"

	"peerdeck/model"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/model/setup"
)

const (
	lookEvery = 5 * time.Second
	restTime  = 2 * time.Minute // that a resolver at work is waited for before the write
	sendTries = 5               // of a write that was refused for now
)

// apply reads, compares, keeps, writes and looks. A request that was refused for now
// begins anew with what is there then.
func (j *job) apply() ending {
	for n := 1; ; n++ {
		now, there, err := j.rest()
		if err != nil {
			return j.broken(err)
		}
		if end, over := j.compare(now, there); over {
			return end
		}
		if end, over := j.keep(now, there); over {
			return end
		}
		sent := sendable(j.order.Rows, now)
		answer, f := j.send(now)
		switch {
		case f == nil:
			j.version(now, answer)
			return j.verify(now, answer.ID, sent, nil)
		case j.ctx.Err() != nil && !j.gone():
			return j.interrupted()
		case unsure(*f):
			return j.verify(now, now.ID, sent, f)
		case n == sendTries || !passing(*f):
			return failed(*f)
		}
		if err := j.hold(f.Cause.String(), patience(n, *f), n+1, sendTries); err != nil {
			return j.broken(err)
		}
		j.state(dnstable.ApplyReading)
	}
}

// gone reports whether the request has left.
func (j *job) gone() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.left
}

// passing reports whether a refusal may pass: too many requests, or the resolver is at
// work just now.
func passing(f model.Failure) bool {
	return f.Kind == model.FailureThrottled || f.Kind == model.FailureConflict
}

// unsure reports whether a request that failed so may have taken effect.
func unsure(f model.Failure) bool {
	switch f.Kind {
	case model.FailureAuth, model.FailurePermission, model.FailureNotFound, model.FailureConflict, model.FailureInvalid, model.FailureThrottled:
		return false
	default:
		return true
	}
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
			return now, there, j.deleted()
		case !j.writer.o.Clock.Now().Before(end):
			f := j.failure(model.FailureConflict, fmt.Sprintf("the resolver is %s; edits open when it is ready (T02)", now.State), "Try again later; your edits are kept.")
			f.Retryable = true
			return now, there, f
		}
		if err := j.hold(fmt.Sprintf("the resolver is %s", now.State), lookEvery, 0, 0); err != nil {
			return now, there, err
		}
	}
}

func (j *job) deleted() model.Failure {
	f := j.failure(model.FailureNotFound, "the resolver was deleted meanwhile", "Your edits are kept: apply them as a new resolver, or export them.")
	f.Subject = j.order.Target.ResolverName.Or(j.order.Target.Resolver.Raw())
	return f
}

// look reads a resolver by its id or, without one, the network's resolver to be made.
func (j *job) look(id safe.Text) (now model.PrivateDNS, there bool, err error) {
	network := j.order.Target.Network
	if !id.IsEmpty() {
		now, err = try(j, func(ctx context.Context) (model.PrivateDNS, error) {
			return j.writer.o.Konnect.PrivateDNSByID(ctx, network, id)
		})
		if f, ok := model.AsFailure(err); ok && f.Kind == model.FailureNotFound && j.ctx.Err() == nil {
			err = j.deleted()
		}
		return now, err == nil, err
	}
	list, err := try(j, j.list)
	if err != nil || len(list) == 0 {
		return now, false, err
	}
	i := slices.IndexFunc(list, func(p model.PrivateDNS) bool { return p.Name == j.order.Target.ResolverName })
	return list[max(i, 0)], true, nil
}

// list reads the outbound resolvers of the network, by name.
func (j *job) list(ctx context.Context) ([]model.PrivateDNS, error) {
	l, err := j.writer.o.Konnect.PrivateDNS(ctx, j.order.Target.Network)
	if err == nil && (!l.Complete || len(l.Unread)+l.Nameless > 0) {
		err = model.Failure{
			Kind: model.FailureContract, Operation: "list private DNS of network", Subject: j.name(), Retryable: true,
			Cause: safe.New("the list is not whole, so a resolver might be made twice"), Cure: "Try again in a moment.",
		}
	}
	list := slices.DeleteFunc(l.Items, func(p model.PrivateDNS) bool {
		return p.Kind != model.KindAzureResolver || p.State == model.PrivateDNSTerminated || p.State == model.PrivateDNSTerminating
	})
	slices.SortFunc(list, func(a, b model.PrivateDNS) int { return a.Name.Compare(b.Name) })
	return list, err
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
		j.sayf(setup.LinePlain, "the version is %d and was %d; the content is the same", now.EntityVersion, j.order.Version)
		return ending{}, false
	case same:
		return ending{}, false
	case there && dnstable.Equivalent(rows, sendable(j.order.Rows, now)):
		j.remark("Somebody else has made the same changes meanwhile; nothing had to be written.")
		return j.verify(model.PrivateDNS{}, now.ID, rows, nil), true
	}
	if v := j.order.Version; v > 0 && now.EntityVersion <= v {
		j.remark(fmt.Sprintf("The version did not rise (%d, it was %d) although the content is another; the content was compared.", now.EntityVersion, v))
	}
	a, c, r := dnstable.Count(dnstable.Diff(j.order.Base, rows))
	j.sayf(setup.LineTrouble, "somebody else has changed the table: %d new, %d changed, %d gone; nothing was written", a, c, r)
	return ending{state: dnstable.ApplyMeanwhile, theirs: rows}, true
}

// keep puts what is there on the disk. Without that nothing is written.
func (j *job) keep(now model.PrivateDNS, there bool) (end ending, over bool) {
	if !there || (j.kept != nil && dnstable.Same(j.kept, rowsOf(now))) {
		return ending{}, false // nothing to keep, or kept at the try before
	}
	j.state(dnstable.ApplyKeeping)
	target := j.order.Target
	target.ResolverName = now.Name
	id, err := j.writer.Store.keep(dnstable.RestorePoint{
		At: j.writer.o.Clock.Now(), Target: target, Version: now.EntityVersion, Rows: rowsOf(now), Changes: len(j.order.Changes()),
	})
	if err != nil {
		f := j.failure(model.FailureInvalid, "the restore point cannot be kept: "+err.Error(), "Make room on the disk and apply again; nothing was written, your edits are kept.")
		f.Retryable = true
		return j.broken(f), true
	}
	j.kept = rowsOf(now)
	j.update(func(a *dnstable.Apply) { a.Restore = id })
	return ending{}, false
}
