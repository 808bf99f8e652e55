package mappings

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Locked is the right to write the tables of a network, which one peerdeck on a machine
// has at a time. It is for one goroutine.
type Locked struct {
	sender  *Sender
	release func()
	seen    *look // the last one, until a request leaves
}

// look is what a resolver was when it was read.
type look struct {
	now   model.PrivateDNS
	there bool
	at    time.Time
}

// freshFor is how old the look may be that a request leaves after.
const freshFor = 5 * time.Second

// Moved is the refusal to send a plan: the resolver is not what the plan was made from.
// It carries the look that showed it, so that both can be merged at once.
type Moved struct {
	Now   model.PrivateDNS
	There bool // there is a resolver
}

func (*Moved) Error() string { return "somebody else has changed the table; nothing was written" }

// Ready is a request that may leave now.
type Ready struct {
	Write   model.Write
	Restore dnstable.RestorePointID // of what is there now; empty where there is nothing
	// Do sends the request, once; a second call fails. The answer of a deletion is empty.
	Do func(ctx context.Context) (model.PrivateDNS, error)
}

// ErrSent is returned by a second try to send one request.
var ErrSent = errors.New("the request was sent before; look at the resolver and make another plan")

// Close lets others write.
func (l *Locked) Close() { l.release() }

// Look reads the resolver of a target with one request. Without a resolver in the target
// it looks for the one that is to be made: that of its name, else any outbound one.
func (l *Locked) Look(ctx context.Context, t dnstable.Target) (now model.PrivateDNS, there bool, err error) {
	l.seen = nil
	if t.Resolver.IsEmpty() {
		now, there, err = l.find(ctx, t)
	} else {
		now, err = l.read(ctx, t)
		there = err == nil
	}
	if err == nil {
		l.seen = &look{now, there, l.sender.clock.Now()}
	}
	return now, there, err
}

// read reads a resolver by its id. One that a read does not show is looked for in the list:
// readers of Konnect may learn of it at different times.
func (l *Locked) read(ctx context.Context, t dnstable.Target) (model.PrivateDNS, error) {
	now, err := l.sender.konnect.PrivateDNSByID(ctx, t.Network, t.Resolver)
	if err == nil || !isDeleted(err) {
		return now, err
	}
	list, other := l.list(ctx, t)
	if i := slices.IndexFunc(list, func(p model.PrivateDNS) bool { return p.ID == t.Resolver }); other == nil && i >= 0 {
		return list[i], nil
	}
	return now, err
}

// find looks for an outbound resolver of a network that has none as far as is known.
func (l *Locked) find(ctx context.Context, t dnstable.Target) (now model.PrivateDNS, there bool, err error) {
	found, err := l.list(ctx, t)
	if err != nil {
		return now, false, err
	}
	if len(found) == 0 {
		return l.unlisted(ctx, t)
	}
	slices.SortFunc(found, func(a, b model.PrivateDNS) int { return a.Name.Compare(b.Name) })
	i := slices.IndexFunc(found, func(p model.PrivateDNS) bool { return p.Name == t.ResolverName })
	return found[max(i, 0)], true, nil
}

// list lists the outbound resolvers of a network that stay.
func (l *Locked) list(ctx context.Context, t dnstable.Target) ([]model.PrivateDNS, error) {
	list, err := l.sender.konnect.PrivateDNS(ctx, t.Network)
	if err != nil {
		return nil, err
	}
	if !list.Complete || len(list.Unread)+list.Nameless > 0 {
		return nil, model.Failure{
			Kind: model.FailureContract, Operation: "list private DNS of network", Subject: t.NetworkName.Or(t.Network.Raw()), Retryable: true,
			Cause: safe.New("the list is not whole, so a resolver might be made twice"), Cure: model.CureLookAgain,
		}
	}
	return slices.DeleteFunc(list.Items, func(p model.PrivateDNS) bool { return !stays(p) }), nil
}

// Send has the request of a plan sent by carry, which notes what is intended, calls Do
// and notes what became of it. Before that it makes sure that the last look is a fresh
// one and shows what the plan was made from ([Moved] if it does not), and keeps what is
// there as a restore point; while any of that fails carry is not called, and nothing was
// written. After a request has left, the next one needs another look.
func (l *Locked) Send(ctx context.Context, p Plan, carry func(Ready) error) error {
	if l.seen == nil || l.sender.clock.Now().Sub(l.seen.at) > freshFor {
		if _, _, err := l.Look(ctx, p.Target); err != nil {
			return err
		}
	}
	if seen := *l.seen; seen.there == p.Target.Resolver.IsEmpty() || !sameMap(seen.now, p.Now) {
		return &Moved{seen.now, seen.there}
	}
	ready := Ready{Write: l.sender.Write(p)}
	if !p.Target.Resolver.IsEmpty() {
		id, err := l.sender.Keep(p.Target, p.Now, len(p.Change()))
		if err != nil {
			return err
		}
		ready.Restore = id
	}
	ready.Do = func(ctx context.Context) (model.PrivateDNS, error) {
		if l.seen == nil {
			return model.PrivateDNS{}, ErrSent
		}
		l.seen = nil
		return l.sender.request(ctx, p, ready.Write)
	}
	return carry(ready)
}

// request sends a write.
func (s *Sender) request(ctx context.Context, p Plan, w model.Write) (model.PrivateDNS, error) {
	switch {
	case p.Delete:
		err := s.konnect.DeletePrivateDNS(ctx, p.Target.Network, w)
		if err == nil {
			s.store.noteGone(p.Target.Network, p.Target.Resolver)
		}
		return model.PrivateDNS{}, err
	case p.Target.Resolver.IsEmpty():
		made, err := s.konnect.CreateResolver(ctx, p.Target.Network, w)
		if err == nil {
			s.store.noteMade(p.Target.Network, made.ID, s.clock.Now())
		}
		return made, err
	default:
		return s.konnect.PatchResolver(ctx, p.Target.Network, w)
	}
}

// Keep puts the table of a look on the disk as a restore point. Changes is how many
// domains the write after it touches.
func (s *Sender) Keep(t dnstable.Target, now model.PrivateDNS, changes int) (dnstable.RestorePointID, error) {
	t.Resolver, t.ResolverName = now.ID, now.Name
	id, err := s.store.keep(dnstable.RestorePoint{At: s.clock.Now(), Target: t, Version: now.EntityVersion, Rows: rowsOf(now), Changes: changes})
	if err == nil {
		return id, nil
	}
	f := Plan{Target: t}.failure(model.FailureInvalid, "the restore point cannot be kept: "+err.Error(), "Make room on the disk and try again; nothing was written, and nothing that you have entered is lost.")
	f.Retryable = true
	return "", f
}
