//go:build unix

package journey_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/services/run/longtest"
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
	s.until("labs-sandbox") // one who picks goes on picking
	s.keys("labs-s", "enter")
	s.until("10.64.0.0/22")
	s.keys("enter")
	s.gone("enter take it")
	s.keys("a", "labs.example.org -> 10.64.0.4, 10.64.0.5", "enter")
	s.until("● Ready: R runs it")
}

// In the demo all of it comes by itself.
func TestSetUpInTheDemo(t *testing.T) {
	t.Parallel()
	longtest.Only(t)
	s := start(t, 80, 24, nil, "--demo")
	s.fromAnEmptyForm(func() {
		s.until("needs you")
		s.until("You have the right")
	})
}

// fromAnEmptyForm makes the set-up, and lets happen what others have to do meanwhile.
func (s *terminal) fromAnEmptyForm(meanwhile func()) {
	s.t.Helper()
	s.listed()
	s.fillIn()
	s.keys("R")
	s.until("Run the set-up")
	s.keys("y")
	meanwhile()
	s.until("● Role assignment") // nobody presses a key for a right that takes its time
	s.until("8 of 8 steps")
	s.keys("1", "/", "uk-lab", "enter")
	s.until("uk-lab › ")
	s.pressUntil("]", "uk-lab › vnet-labs")
	s.until("Ready in Konnect; connected and in sync in Azure.")
	s.keys("q")
	s.end(0)
}
