package workspace_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestEditsAreStagedKeptAndTakenBack(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
	if n := b.network().Changes(); n != 1 || len(b.network().Changed()) != 1 {
		t.Errorf("%d changes", n)
	}
	if len(b.service.saved) != 1 || !dnstable.Same(b.service.saved[0].Rows, b.table().Draft().Rows()) {
		t.Errorf("kept: %v", b.service.saved)
	}
	b.run(b.network().Undo())
	b.holds("corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
	if len(b.service.dropped) != 1 {
		t.Error("the draft on disk was not dropped with the last edit")
	}
	b.run(b.network().Redo())
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
	if b.network().CanRedo() != "" || b.network().CanUndo() == "" {
		t.Error("undo and redo are the wrong way round")
	}
}

func TestNothingIsStagedBeforeTheDraftsWereRead(t *testing.T) {
	b := newBench(t, func(f *fake) {
		f.drafts = []dnstable.Saved{{
			At: noon(), Target: dnstable.Target{Network: safe.New("net"), Resolver: safe.New("dns-1")}, Version: 1,
			Base: rows("corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5"), Rows: rows("corp.example.org 10.1.0.9", "hr.example.org 10.1.0.5"),
		}}
	})
	b.holds("corp.example.org 10.1.0.9", "hr.example.org 10.1.0.5")
	if why := b.network().Shut(); why != "" || !strings.Contains(b.network().Resumed(), "1 change from 22 Nov") {
		t.Errorf("shut: %q, resumed: %q", why, b.network().Resumed())
	}
	b.run(b.network().Undo())
	b.holds("corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
}

func TestWhatOthersHaveDoneIsMergedWhenItIsAskedFor(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	b.read(2, "corp.example.org 10.1.0.4", "hr.example.org 10.1.0.7", "qa.example.org 10.1.0.8")
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
	if !b.table().Meanwhile() {
		t.Fatal("it is not said that others have changed the table")
	}
	b.run(b.table().Merge(b.table().Merged()))
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.7", "qa.example.org 10.1.0.8")
	if b.table().Meanwhile() || b.changed != 1 {
		t.Errorf("meanwhile: %v, told %d times", b.table().Meanwhile(), b.changed)
	}
	if changes := b.table().Order().Changes(); len(changes) != 1 || changes[0].Domain != "corp.example.org" {
		t.Errorf("the changes are %v", changes)
	}
}

func TestWhatWasWrittenIsTheBaseOfLaterEdits(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	order := b.table().Order()
	b.run(b.table().Apply(order))
	if p := b.table().Progress(); len(b.service.orders) != 1 || p == nil || p.Word() != "asked for" {
		t.Fatalf("orders: %v, progress: %v", b.service.orders, p)
	}
	b.apply(dnstable.ApplyWriting, func(a *dnstable.Apply) { a.Order, a.Sent = order, true })
	if !b.work.Writing(safe.New("net")) || b.work.Written(safe.New("net")) != b.table() {
		t.Error("it is not known that the table is written")
	}
	b.edit("10.1.0.8")
	b.apply(dnstable.ApplyDone, func(a *dnstable.Apply) {
		a.Order, a.Sent = order, true
		a.Resolver = resolver("dns-1", 2, "corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
	})
	b.holds("corp.example.org 10.1.0.8", "hr.example.org 10.1.0.5")
	if c := b.table().Order().Changes(); len(c) != 1 || c[0].From.Servers[0].String() != "10.1.0.6" {
		t.Errorf("the base is not what was written: %v", c)
	}
}

func TestAnOrderThatIsNotBegunSaysWhy(t *testing.T) {
	b := newBench(t, func(f *fake) {
		f.refusal = model.Failure{Kind: model.FailureConflict, Operation: "apply", Cause: safe.New("another table is being applied")}
	})
	b.edit("10.1.0.6")
	b.run(b.table().Apply(b.table().Order()))
	if f := b.table().Refusal(); f == nil || !strings.Contains(f.Error(), "another table") || b.table().Progress() != nil {
		t.Errorf("the refusal is %v", f)
	}
	b.service.refusal = nil
	b.run(b.table().Apply(b.table().Order()))
	if b.table().Refusal() != nil {
		t.Error("the next order still has the refusal of the one before")
	}
}

func TestOrdersOfEarlierSessionsAreFollowedUpOneByOne(t *testing.T) {
	b := newBench(t, func(f *fake) { f.unfinished = []dnstable.Unfinished{{ID: "a"}, {ID: "b"}} })
	b.run(b.work.Start())
	if got := strings.Join(b.service.rechecked, " "); got != "a" {
		t.Errorf("followed up: %q", got)
	}
	b.apply(dnstable.ApplyReading)
	b.apply(dnstable.ApplyFailed)
	if got := strings.Join(b.service.rechecked, " "); got != "a b" {
		t.Errorf("followed up after the end of the first: %q", got)
	}
}

func TestADraftThatCannotBeKeptIsSaidOnce(t *testing.T) {
	b := newBench(t, func(f *fake) { f.saveErr = errors.New("the disk is full") })
	b.edit("10.1.0.6")
	b.edit("10.1.0.7")
	if len(b.toasts) != 1 || b.table().Unsaved() == nil {
		t.Errorf("said %q", b.toasts)
	}
	if text := strings.Join(b.work.Leaving(), " "); !strings.Contains(text, "would be lost") {
		t.Errorf("leaving says %q", text)
	}
}

func TestADeletedResolverLosesNoEdit(t *testing.T) {
	b := newBench(t)
	b.edit("10.1.0.6")
	b.snapshot()
	b.holds("corp.example.org 10.1.0.6", "hr.example.org 10.1.0.5")
	if !b.table().IsNew() || b.network().Changes() != 2 {
		t.Errorf("applying would change %d domains", b.network().Changes())
	}
}

func TestARestorePointBecomesAnEdit(t *testing.T) {
	point := dnstable.RestorePoint{ID: "1", At: noon(), Target: dnstable.Target{Network: safe.New("net"), Resolver: safe.New("dns-1")}, Rows: rows("old.example.org 10.1.0.4")}
	other := point
	other.ID, other.Target.Resolver = "2", safe.New("dns-2")
	b := newBench(t, func(f *fake) { f.points = []dnstable.RestorePoint{point, other} })
	load, _ := b.table().RestorePoints()
	if list, err := load(); err != nil || len(list) != 1 || list[0].ID != "1" {
		t.Errorf("the points of the table are %v (%v)", list, err)
	}
	b.run(b.table().StagePoint(point))
	b.holds("old.example.org 10.1.0.4")
	b.run(b.network().Undo())
	b.holds("corp.example.org 10.1.0.4", "hr.example.org 10.1.0.5")
	if len(b.toasts) != 1 || !strings.Contains(b.toasts[0], "is staged") {
		t.Errorf("said %q", b.toasts)
	}
}

func TestTheListingOfRestorePointsCanBeStopped(t *testing.T) {
	b := newBench(t)
	load, stop := b.table().RestorePoints()
	stop()
	if _, err := load(); err == nil {
		t.Error("it was listed all the same")
	}
}
