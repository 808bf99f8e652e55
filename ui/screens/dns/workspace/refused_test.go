package workspace_test

import (
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

// refuse ends an order because a colleague has made the table into something else.
func (b *bench) refuse(version int, lines ...string) {
	b.apply(dnstable.ApplyMeanwhile, func(a *dnstable.Apply) {
		a.EndedAt, a.Theirs, a.Resolver = noon(), rows(lines...), resolver("dns-1", version, lines...)
	})
}

// What a refused order has seen is merged at once: a snapshot that was read before does
// not take it away.
func TestARefusedOrderIsMergedBeforeTheNextReading(t *testing.T) {
	for _, version := range []int{2, 1} { // Konnect does not always count
		b := newBench(t)
		b.edit("10.1.0.6")
		b.refuse(version, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5", "qa.example.org 10.1.0.8")
		b.at = noon().Add(-time.Second)
		b.read(1, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
		if !b.table().Meanwhile() {
			t.Fatalf("version %d: an old snapshot made the newer table forgotten", version)
		}
		b.run(b.table().Merge(b.table().Merged()))
		b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5", "qa.example.org 10.1.0.8")
		if c := b.table().Order().Changes(); len(c) != 1 {
			t.Errorf("version %d: the next order would change %v", version, c)
		}
		b.read(1, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
		if version == 2 && b.table().Meanwhile() {
			t.Error("an old snapshot counts as somebody else's change")
		}
	}
}

// When the colleague takes their change back, a snapshot that was read after the refusal
// says so.
func TestANewerReadingCountsMoreThanARefusal(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	b.refuse(1, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.9")
	b.at = noon().Add(time.Minute)
	b.read(1, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
	if b.table().Meanwhile() {
		t.Error("the table is as these edits began, and a merge is asked for")
	}
}

// Without a change of others there is nothing to merge: least of all does an empty table
// count as theirs.
func TestAMergeWithoutAChangeOfOthersLeavesTheEdits(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	if m := b.table().Merged(); len(m.Conflicts)+len(m.Quiet) != 0 {
		t.Errorf("merged: %+v", m)
	}
	b.run(b.table().Merge(b.table().Merged()))
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
}

// A colleague has made the resolver that an order was to make: the merge is with theirs,
// and the next order changes that one.
func TestAnOrderForANewResolverMeetsOneThatIsThere(t *testing.T) {
	b := newBench(t)
	b.snapshot() // the network has none
	n := b.network()
	fresh := n.NewTable()
	draft, _ := fresh.Draft().Add(0, "corp.example.org", []string{"10.1.0.4"})
	b.run(n.Stage(change(fresh, draft)))
	order := b.table().Order()
	theirs := resolver("dns-9", 1, "qa.example.org 10.1.0.8")
	b.apply(dnstable.ApplyMeanwhile, func(a *dnstable.Apply) {
		a.Order, a.EndedAt, a.Theirs, a.Resolver = order, noon(), rows("qa.example.org 10.1.0.8"), theirs
	})
	b.run(b.table().Merge(b.table().Merged()))
	b.holds("corp.example.org 10.1.0.4", "qa.example.org 10.1.0.8")
	if o := b.table().Order(); o.Target.Resolver != safe.New("dns-9") || len(o.Changes()) != 1 {
		t.Errorf("the next order goes to %q and changes %v", o.Target.Resolver, o.Changes())
	}
	b.snapshot(theirs, model.PrivateDNS{ID: safe.New("other"), Kind: model.KindAWSResolver})
	if len(b.network().Tables()) != 1 {
		t.Error("the resolver has two tables")
	}
}

// A resolver that an order makes is seen by a snapshot while it is still waited for: the
// order is followed to its end all the same.
func TestAnOrderThatMakesAResolverIsFollowedToItsEnd(t *testing.T) {
	b := newBench(t)
	b.snapshot()
	n := b.network()
	fresh := n.NewTable()
	draft, _ := fresh.Draft().Add(0, "corp.example.org", []string{"10.1.0.4"})
	b.run(n.Stage(change(fresh, draft)))
	order := b.table().Order()
	b.run(b.table().Apply(order))
	made := resolver("dns-9", 1, "corp.example.org 10.1.0.4")
	made.State = model.PrivateDNSInitializing
	is := func(a *dnstable.Apply) { a.Order, a.Sent, a.Resolver = order, true, made }
	b.apply(dnstable.ApplyWaiting, is)
	b.snapshot(made)
	b.apply(dnstable.ApplyWaiting, is)
	if b.work.Written(safe.New("net")) != b.table() {
		t.Error("it is not known which table is written")
	}
	made.State = model.PrivateDNSReady
	b.apply(dnstable.ApplyDone, is)
	if p := b.table().Progress(); !p.Over() || p.Word() != "done" {
		t.Errorf("the page shows %q", p.Word())
	}
	if b.table().Changed() || b.table().Closed() != "" {
		t.Errorf("after it: changed %v, closed %q", b.table().Changed(), b.table().Closed())
	}
}

// The resolver that an order makes is read before the order ends: the table is that of
// the resolver from then on, and follows its order to the end all the same.
func TestAnOrderForANewResolverIsFollowedWhenItIsReadEarlier(t *testing.T) {
	b := newBench(t)
	b.snapshot() // the network has none
	n := b.network()
	fresh := n.NewTable()
	draft, _ := fresh.Draft().Add(0, "corp.example.org", []string{"10.1.0.4"})
	b.run(n.Stage(change(fresh, draft)))
	order := b.table().Order()
	made := resolver("dns-9", 1, "corp.example.org 10.1.0.4")
	b.run(b.table().Apply(order))
	b.snapshot(made)
	b.apply(dnstable.ApplyDone, func(a *dnstable.Apply) { a.Order, a.EndedAt, a.Sent, a.Resolver = order, noon(), true, made })
	if p := b.table().Progress(); p == nil || p.Apply == nil || p.Apply.State != dnstable.ApplyDone {
		t.Errorf("the order stands as %+v", p)
	}
	if changes := b.table().Order().Changes(); len(changes) != 0 {
		t.Errorf("the changes are %v", changes)
	}
}
