package app_test

import (
	"strings"
	"testing"
)

// From a trace F opens the row that won, with the cursor in its servers, and esc leads back
// to the trace.
func TestATraceLeadsToTheRowThatWon(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		traced(healthy)(s)
		page := s.frame()
		s.keys("F")
		s.shows("DNS › eu-prod", "enter stage")
		for range 60 {
			s.send(press("backspace"))
		}
		s.keys(`"10.20.0.6"`, "enter")
		s.shows("10.20.0.6", "1 change not applied")
		s.keys("u", "esc")
		if got := s.frame(); got != page {
			t.Errorf("esc does not lead back to the trace:\n%s", got)
		}
	})
}

// A row is typed and the next one is gone on with, in the same cell: five edits with review
// and apply take ten keys beside what is typed.
func TestFiveEditsWithReviewAndApplyInTenKeys(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS()(s)
		keys := 0
		press := func(list ...string) {
			keys += len(list)
			s.keys(list...)
		}
		press("e", "tab")
		for i := range 5 {
			s.retype("10.20.0.1" + string(rune('0'+i)))
			if i < 4 {
				press("down")
			}
		}
		press("enter")
		s.shows("5 changes not applied", "10.20.0.10", "10.20.0.14")
		press("A")
		s.shows("› changes")
		press("A", "y")
		if keys > 10 || len(s.mappings.orders) != 1 || len(s.mappings.orders[0].Changes()) != 5 {
			t.Errorf("%d keys, orders %+v:\n%s", keys, s.mappings.orders, s.frame())
		}
	})
}

// Rows that break the same rule are one block of the review, below the difference, and one
// question lists them once.
func TestTheReviewGathersWarningsByRule(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("e", "tab")(s)
		for i := range 3 {
			s.retype("192.0.2.4")
			if i < 2 {
				s.keys("down")
			}
		}
		s.keys("enter", "A")
		f := s.frame()
		change, warning := strings.Index(f, "other servers"), strings.Index(f, "TO ACCEPT")
		if change < 0 || warning < 0 || change > warning {
			t.Errorf("the difference is not first:\n%s", f)
		}
		if n := strings.Count(f, "S17"); n > 1 {
			t.Errorf("the rule stands there %d times:\n%s", n, f)
		}
		s.shows("corp.acme.internal, db.acme.internal")
		s.keys("A")
		s.shows("Accept and apply: ", "y accept and apply")
		if n := strings.Count(s.frame(), "S17"); n > 2 {
			t.Errorf("the rule is asked for %d times:\n%s", n, s.frame())
		}
		s.keys("y")
		if len(s.mappings.orders) != 1 {
			t.Errorf("not applied:\n%s", s.frame())
		}
	})
}

// A conflict is brought together and applied in four keys, and what was accepted before is
// not asked for again.
func TestAConflictInFourKeys(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("j", "j", "e", "tab")(s)
		s.retype("10.20.0.6")
		s.keys("enter")
		s.know(byOthers())
		s.keys("D", "m", "enter", "A")
		if len(s.mappings.orders) == 0 {
			s.shows("Accept and apply")
			s.keys("y")
		}
		if len(s.mappings.orders) != 1 {
			t.Errorf("not applied:\n%s", s.frame())
		}
	})
}

// Undo, redo and import say what they did, and a line that was refused stays in sight.
func TestWhatWasDoneIsSaid(t *testing.T) {
	play(t, 100, 30, func(s *stage) {
		s.know(dnsWorld())
		onDNS("x", "u")(s)
		s.shows("Taken back: remove 1 domain. Nothing is staged now.")
		s.keys("U")
		s.shows("Done again: remove 1 domain. 1 change is staged.")
		s.keys("u")
		s.send(pasted("shop.acme.internal -> 10.20.0.4\nnonsense\nold.acme.internal -> 10.20.0.4\n"))
		s.shows("✖ refused", "+ new")
		if f := s.frame(); strings.Index(f, "refused") > strings.Index(f, "+ new") {
			t.Errorf("what was refused is not first:\n%s", f)
		}
		s.keys("enter")
		s.shows("The import is staged: 1 new and 1 changed.", "1 line was refused", "line 2, nonsense")
		s.rest(600e9)
		s.shows("line 2, nonsense") // nobody has read it yet
		s.keys("esc")
		s.hides("line 2, nonsense")
	})
}

// The new servers of a change are never cut: the old ones give way.
func TestTheNewValueIsNeverCut(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("e", "tab")(s)
		s.retype("10.20.0.14, 10.20.0.15")
		s.keys("enter")
		s.shows("→ 10.20.0.14, 10.20.0.15")
	})
}

// Each finding of a row stands on the screen once, beside the table or below it.
func TestAFindingOfARowStandsOnce(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 40}, {160, 48}, {220, 60}} {
		play(t, size[0], size[1], func(s *stage) {
			s.know(dnsWorld())
			onDNS("j", "j")(s)
			if n := strings.Count(s.frame(), "No spare"); n != 1 {
				t.Errorf("%v: it stands there %d times:\n%s", size, n, s.frame())
			}
			s.keys("/")
			s.shows("enter keep")
			s.keys(`"hr"`)
			s.shows("hr.acme.internal")
			s.keys("esc", "e", "tab", "end", `", 10.20.0.4"`)
			s.shows("10.20.0.5, 10.20.0.4")
		})
	}
}
