package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The watcher is told when the person has the time line before them and when no longer; a
// terminal without the focus is one that nobody looks at.
func TestLooks(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		expect := func(what string, want ...bool) {
			t.Helper()
			if !slices.Equal(s.watcher.looks, want) {
				t.Errorf("%s: %v, want %v", what, s.watcher.looks, want)
			}
			s.watcher.looks = nil
		}
		s.know(world())
		s.keys("5")
		expect("no time line has come")
		s.tell(happened())
		expect("it comes", true)
		s.keys("j", "j")
		expect("keys in a row")
		s.rest(lookAgain)
		s.keys("j")
		expect("a key after a while", true)
		s.rest(lookAgain)
		s.know(world())
		expect("nothing that a person does")
		s.keys("1")
		expect("another screen", false)
		s.keys("5")
		expect("back", true)
		s.keys("v")
		expect("the other view", false)
		s.keys("v")
		expect("and back", true)
		s.send(tea.BlurMsg{})
		expect("another window", false)
		s.tell(happened())
		expect("news while nobody looks")
		s.send(tea.FocusMsg{})
		expect("the window again", true)
		s.resize(40, 10)
		expect("a window that is too small", false)
	})
}

const lookAgain = 11 * time.Second

// What broke stands behind the tab as long as the person is elsewhere.
func TestWhatBrokeStandsAtTheTab(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.hides("Activity ✖")
		s.tell(happened())
		s.shows("5 Activity ✖ 3")
		s.keys("5")
		s.hides("Activity ✖")
		s.keys("2")
		s.shows("5 Activity ✖ 3")
	})
}

// A change leads to its subject by enter, and esc leads back.
func TestAChangeLeadsToItsSubject(t *testing.T) {
	for name, c := range map[string]struct {
		filter string
		shows  []string
	}{
		"a peering":       {"inventory", []string{"Networks › us-west", "inventory"}},
		"a network":       {"jp-new", []string{"Networks › jp-new"}},
		"rows of a table": {"kind:dns us-dns", []string{"DNS › us-prod"}},
		"a run":           {"kind:run", []string{"Set-up"}},
	} {
		t.Run(name, func(t *testing.T) {
			play(t, 80, 24, func(s *stage) {
				s.know(world())
				s.tell(happened())
				s.keys("5", "/", `"`+c.filter+`"`, "enter", "enter")
				s.shows(c.shows...)
			})
		})
	}
}

// What a change is copied as can go into a ticket as it is.
func TestAChangeIsCopied(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(world())
		s.tell(happened())
		s.keys("5", "/", `"inventory"`, "enter", "y")
		if want := "2026-11-22T11:34:00Z  us-west › inventory  Azure Connected → Disconnected, Sync FullyInSync → RemoteNotInSync  (azure-disconnected)"; s.copied != want {
			t.Errorf("got %q", s.copied)
		}
		s.keys("Y")
		for _, part := range []string{"us-west › inventory", "Kong's half was deleted", "azure-disconnected", world().Networks[8].ID.Raw()} {
			if !strings.Contains(s.copied, part) {
				t.Errorf("%q is not in %s", part, s.copied)
			}
		}
	})
}
