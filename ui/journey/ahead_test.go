//go:build unix

package journey_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/run/longtest"
	"github.com/peerdeck/peerdeck/services/sandbox"
)

// The longest journeys stand in the first file, so that they begin first: nearly all of their
// time they wait for the clouds, and the others run meanwhile.

// From a dead half to both halves that are well: F, x, the name, enter.
func TestMendADeadHalf(t *testing.T) {
	t.Parallel()
	longtest.Only(t)
	l := serveLabs(t)
	l.World.Apply(sandbox.Event{Network: "us-west", Peering: "inventory", Azure: "Disconnected"})
	s := start(t, 120, 40, append(l.env(), "PEERDECK_AZURE_TOKEN="+l.World.HomeToken()))
	s.up()
	s.keys("/", "us-west", "enter")
	s.wait("no cause of us-west", func(screen string) bool { // the one that was selected before has the same cure
		return strings.Contains(screen, "us-west › inventory") && strings.Contains(screen, "Delete both halves")
	})
	s.keys("F")
	s.until("begin (the name is typed)")
	s.keys("x")
	s.until("Begin to mend")
	s.keys("inventory", "enter")
	s.until("Both halves are well")
	s.keys("q")
	s.end(0)
}

// The whole set-up by keys alone, from an empty form to a peering that is up on both
// sides: somebody lets Kong in meanwhile, and a right that does not act yet is waited for.
func TestSetUpFromAnEmptyForm(t *testing.T) {
	t.Parallel()
	longtest.Only(t)
	clock := newHeld()
	l := serveLabsWith(t, sandbox.Options{Story: true, Clock: clock})
	s := start(t, 80, 24, l.env())
	s.fromAnEmptyForm(func() {
		s.until("needs you")
		l.accept()
		s.until("You have the right")
		clock.let(5)
	})
}
