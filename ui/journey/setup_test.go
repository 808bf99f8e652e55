//go:build unix

package journey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// pressUntil presses a key once a second until a text appears, as a person does who
// tries again.
func (s *terminal) pressUntil(key, text string) {
	s.t.Helper()
	again := time.NewTicker(time.Second)
	defer again.Stop()
	for deadline := time.After(patience); !strings.Contains(s.vt.text(), text); {
		select {
		case <-s.news:
		case <-again.C:
			s.keys(key)
		case <-s.ended:
			s.t.Fatalf("no %s; the program has ended (%v):\n%s", text, s.err, s.vt.text())
		case <-deadline:
			s.t.Fatalf("no %s:\n%s", text, s.vt.text())
		}
	}
}

// fillIn fills the empty form with keys alone.
func (s *terminal) fillIn() {
	s.t.Helper()
	s.keys("3")
	s.until("Set-up › new peering")
	s.keys("enter")
	s.until("Networks on Azure")
	s.until("us-west") // the list fills while it is open, when the networks are read
	s.keys("uk-lab")
	s.gone("us-west")
	s.keys("enter")
	s.gone("enter take it")
	s.keys("e", "labs", "tab", "tab", "enter")
	s.until("labs-sandbox")
	s.keys("labs-s", "enter")
	s.gone("enter take it")
	s.keys("enter")
	s.until("10.64.0.0/22")
	s.keys("enter")
	s.gone("enter take it")
	s.keys("a", "labs.example.org -> 10.64.0.4, 10.64.0.5", "enter")
	s.until("● Ready: R runs it")
}

// The whole set-up by keys alone, from an empty form to a peering that is up on both
// sides: the consent comes by itself, and one step fails until a right is active.
func TestSetUpFromAnEmptyForm(t *testing.T) {
	t.Parallel()
	for name, begin := range map[string]func(t *testing.T) *terminal{
		"in the demo": func(t *testing.T) *terminal {
			t.Helper()
			if testing.Short() {
				t.Skip("it takes the demo's own time, most of a minute")
			}
			return start(t, 80, 24, nil, "--demo")
		},
		"in a brisk world": func(t *testing.T) *terminal {
			t.Helper()
			const times = 5
			l := serveLabsWith(t, sandbox.Options{
				Story: true, Clock: brisk{time.Now(), times},
			})
			return start(t, 80, 24, l.env())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := begin(t)
			s.until("eu-prod")
			s.fillIn()
			s.keys("R")
			s.until("Run the set-up")
			s.keys("y")
			s.until("needs you")
			s.until("✖ Role assignment")
			s.pressUntil("R", "● Role assignment")
			s.until("8 of 8 steps")
			s.keys("1", "/", "uk-lab", "enter")
			s.until("uk-lab › lab")
			s.pressUntil("]", "uk-lab › labs")
			s.until("Ready in Konnect; connected and in sync in Azure.")
			s.keys("q")
			s.end(0)
		})
	}
}
