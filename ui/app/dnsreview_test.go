package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/ui/kit/action"
)

// reviewActions lists the actions of all pages behind the table, for docs/keys.md.
func reviewActions(s *stage) []action.Action {
	var list []action.Action
	s.reviews(smallEdit(), warnings()[:1])
	list = append(list, s.app.Actions()...)
	s.keys("A")
	list = append(list, s.app.Actions()...)
	s.keys("esc")
	s.merges(conflicts())
	list = append(list, s.app.Actions()...)
	s.keys("esc")
	s.imports(fiveLines())
	list = append(list, s.app.Actions()...)
	s.keys("esc")
	s.restores(restorePoints(), nil)
	list = append(list, s.app.Actions()...)
	s.keys("esc", "1")
	return list
}

func TestNothingIsAppliedBeforeAllWarningsAreAccepted(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.reviews(smallEdit(), warnings())
		s.keys("A")
		if len(r.orders) != 0 {
			t.Fatal("it was applied with two warnings open")
		}
		s.shows("Accept and apply: 2 warnings", "hr.example.org")
		s.keys("esc")
		if len(r.orders) != 0 {
			t.Fatal("it was applied though nobody said yes")
		}
		s.keys("n", "space", "A")
		if len(r.orders) != 1 || !slices.Equal(r.orders[0].Accepted, []string{"S12"}) || r.orders[0].Confirmed != 0 {
			t.Errorf("the order is %+v", r.orders)
		}
		s.keys("A")
		if len(r.orders) != 1 {
			t.Error("it was given twice")
		}
	})
}

func TestAllWarningsAreListedBeforeTheyAreAcceptedTogether(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		var many []dnstable.Problem
		for range 40 {
			many = append(many, warnings()[1:]...)
		}
		r := s.reviews(smallEdit(), many)
		s.keys("W", "y", "esc", "A")
		if len(r.orders) != 0 {
			t.Error("warnings that were not on the screen were accepted")
		}
		s.keys("W", "G", "y", "A")
		if len(r.orders) != 1 {
			t.Errorf("the list was read and accepted, and it was not applied:\n%s", s.frame())
		}
	})
}

func TestAnErrorBlocksAndLeadsToItsRow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.reviews(smallEdit(), append(warnings(), found(dnstable.Error, "S04", 3, "wrong")))
		s.keys("W", "y", "A")
		s.shows("first put 1 error right")
		if len(r.orders) != 0 {
			t.Error("it was applied with an error")
		}
		s.keys("g", "enter")
		if !slices.Equal(s.toRows, []string{"hr.example.org"}) {
			t.Errorf("enter led to %q", s.toRows)
		}
	})
}

func TestTheNumberIsTypedWhereManyDomainsGo(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		o := smallEdit()
		o.Rows = o.Rows[:1]
		r := s.reviews(o, nil)
		s.keys("A", "enter", `"4"`, "enter")
		if len(r.orders) != 0 {
			t.Fatal("a wrong number was taken")
		}
		s.keys("backspace", `"5"`, "enter")
		if len(r.orders) != 1 || r.orders[0].Confirmed != 5 {
			t.Errorf("the order is %+v", r.orders)
		}
	})
}

func TestReadOnlyPagesTellWhyNothingIsSent(t *testing.T) {
	for _, key := range []string{"A", "enter", "e", "v", "y", "j", "d", "n", "W", "w", "c", "R", "b", "L", "G", "g"} {
		play(t, 80, 24, func(s *stage) {
			s.know(world())
			r := s.reviews(smallEdit(), nil, onlyLooked)
			s.keys(key)
			s.frame()
			if len(r.orders) != 0 {
				t.Errorf("%s applied it", key)
			}
		})
	}
}

func TestAnOrderIsWatchedToItsEnd(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		o := smallEdit()
		r := s.reviews(o, nil)
		s.applied(o, dnstable.ApplyDone)
		s.hides("Done.")
		s.keys("A")
		other := o
		other.Target.Resolver = text("another")
		s.applied(other, dnstable.ApplyDone)
		s.hides("Done.")
		s.applied(o, dnstable.ApplyReading)
		s.keys("X")
		if r.cancels != 1 {
			t.Error("it could not be cancelled before it was sent")
		}
		s.applied(o, dnstable.ApplyWriting, sent)
		s.keys("X")
		if r.cancels != 1 {
			t.Error("what was sent was cancelled")
		}
		s.shows("cannot be called back")
		s.applied(o, dnstable.ApplyDiffers, sent, func(a *dnstable.Apply) { a.Left = dnstable.Diff(o.Rows, o.Base) })
		s.keys("b")
		s.shows("A applies it")
		s.keys("A")
		if len(r.orders) != 2 {
			t.Error("it could not be tried again")
		}
		s.applied(o, dnstable.ApplyMeanwhile, func(a *dnstable.Apply) { a.Number, a.Theirs = 2, conflicts().Theirs })
		s.keys("enter")
		s.shows("MINE (m)", "in different ways")
	})
}

// What was written and is not as it was sent can be taken back: the page is left for the
// table, on which the restore point is staged.
func TestWhatWasWrittenCanBeTakenBack(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		o := smallEdit()
		r := s.reviews(o, nil, func(r *reviewed) {
			r.points = append(restorePoints(), dnstable.RestorePoint{ID: "20261122T120001Z", At: noon, Rows: o.Base})
		})
		s.keys("A")
		s.applied(o, dnstable.ApplyDiffers, sent, func(a *dnstable.Apply) { a.Left = dnstable.Diff(o.Rows, o.Base) })
		s.keys("R")
		if len(r.staged) != 1 || r.staged[0].ID != "20261122T120001Z" {
			t.Errorf("staged %v", r.staged)
		}
		s.hides("from what was sent", "restore points")
	})
}

// A restore that takes long is stopped from the screen, and stages nothing then.
func TestARestoreCanBeStopped(t *testing.T) {
	for _, key := range []string{"x", "esc"} {
		play(t, 80, 24, func(s *stage) {
			s.know(world())
			o := smallEdit()
			r := s.reviews(o, nil, func(r *reviewed) { r.hang = true })
			s.keys("A")
			s.applied(o, dnstable.ApplyDiffers, sent, func(a *dnstable.Apply) { a.Left = dnstable.Diff(o.Rows, o.Base) })
			s.keys("R")
			s.shows("The restore points are read…", "x stops it")
			s.keys(key)
			s.hides("The restore points are read")
			if key == "x" {
				s.shows("Stopped.", "r reads the restore points again")
				r.hang, r.points = false, restorePoints()
				s.keys("r")
				s.shows("3 restore points", "not there any more")
			}
			if len(r.staged) != 0 {
				t.Errorf("%s staged %v", key, r.staged)
			}
		})
	}
}

// What Konnect refuses to take back can be left out, and is only where that is the reason.
func TestWhatKonnectRefusesToTakeBackCanBeLeftOut(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		o := smallEdit()
		r := s.reviews(o, nil)
		s.keys("A")
		s.applied(o, dnstable.ApplyFailed, sent, unwanted)
		s.keys("o")
		if len(r.without) != 0 {
			t.Error("it was offered although the request may have been carried out")
		}
		s.keys("b", "A")
		s.applied(o, dnstable.ApplyFailed, unwanted)
		s.keys("o")
		if len(r.without) != 1 || !slices.Equal(r.without[0], []string{"mode"}) {
			t.Errorf("left out: %q", r.without)
		}
	})
}

func TestLeavingAnOrderDoesNotStopIt(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.reviews(smallEdit(), nil)
		s.keys("A")
		s.applied(smallEdit(), dnstable.ApplyWriting, sent)
		s.keys("esc")
		s.shows("written further")
		if r.cancels != 0 {
			t.Error("it was cancelled")
		}
	})
}

func TestAMergeIsDecidedRowByRow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.merges(conflicts())
		s.keys("enter")
		s.shows("2 domains not decided yet")
		s.keys("m", "u", "t", "m", "enter")
		if len(r.rows) != 1 {
			t.Fatalf("nothing was staged:\n%s", s.frame())
		}
		want, open := conflicts().Choose(0, dnstable.ChooseTheirs).Choose(1, dnstable.ChooseMine).Result()
		if open != 0 || !dnstable.Same(r.rows[0], want) {
			t.Errorf("got %v", r.rows[0])
		}
		s.hides("MINE (m)")
		s.shows("staged")
	})
}

func TestTheRestOfAMergeIsTakenAtOnceAndBack(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.merges(conflicts())
		s.keys("T")
		s.shows("All is decided")
		s.keys("u")
		s.shows("in different ways")
		s.keys("M", "A")
		want, _ := conflicts().Choose(0, dnstable.ChooseMine).Choose(1, dnstable.ChooseMine).Result()
		if len(r.rows) != 1 || !dnstable.Same(r.rows[0], want) {
			t.Errorf("got %v", r.rows)
		}
	})
}

func TestLeavingAMergeLosesNothing(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		r := s.merges(conflicts())
		s.keys("m", "esc")
		s.shows("stay as they were")
		s.keys("n")
		s.shows("MINE (m)", "1 of 2 conflicts decided")
		s.keys("esc", "y")
		s.hides("MINE (m)")
		r2 := s.merges(conflicts())
		s.keys("esc")
		s.shows("Your edits are kept")
		if len(r.rows)+len(r2.rows) != 0 {
			t.Error("something was staged")
		}
	})
}

func TestHostileTextIsHarmlessBehindTheTable(t *testing.T) {
	bad := dnstable.Order{Target: reviewTarget(), Rows: hostileRows()}
	bad.Target.NetworkName = safe.New(hostile)
	problems := []dnstable.Problem{{Rule: hostile, Severity: dnstable.Warning, Row: 1, Text: hostile, Help: hostile, Fix: &dnstable.Fix{Label: hostile}}}
	for _, size := range [][2]int{{80, 24}, {160, 48}} {
		play(t, size[0], size[1], func(s *stage) {
			check := func(what string) {
				t.Helper()
				harmless(t, what, s.app.View().Content)
			}
			s.know(world())
			s.reviews(bad, problems)
			for _, key := range []string{"j", "d", "esc", "v", "esc", "W", "y", "A"} {
				s.keys(key)
				check("changes after " + key)
			}
			s.applied(bad, dnstable.ApplyFailed, sent, func(a *dnstable.Apply) {
				a.Failure = &model.Failure{Operation: "write", Subject: safe.New(hostile), Cause: safe.New(hostile), Cure: "Mend it.", Code: safe.New(hostile), TraceID: safe.New(hostile)}
				a.Log[0].Text = safe.New(hostile)
			})
			check("a failure")
			s.applied(bad, dnstable.ApplyDiffers, sent, func(a *dnstable.Apply) { a.Left = dnstable.Diff(hostileRows(), nil) })
			check("a difference")
			other := hostileRows()
			other[0].Servers = texts(strings.Fields("10.0.0.2 10.0.0.3")...)
			s.merges(dnstable.Merge(nil, hostileRows(), other))
			check("a merge")
			s.merges(dnstable.Merge(nil, nil, hostileRows()))
			check("a merge without a conflict")
		})
	}
}
