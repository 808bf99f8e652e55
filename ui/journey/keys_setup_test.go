//go:build unix

package journey_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

// A set-up with pickers, from the network that has no peering yet: six keys.
func TestASetUpInSixKeys(t *testing.T) {
	t.Parallel()
	l := serveConsentedLabs(t)
	s := start(t, 120, 40, l.env())
	s.listed()
	s.keys("/", "uk-lab", "enter")
	s.until("it has no peering")
	s.keys("p") // 1
	s.until("labs-sandbox")
	s.keys("enter") // 2
	s.until("10.64.0.0/22")
	s.keys("enter") // 3
	s.gone("enter take it")
	s.until("● Ready: R runs it")
	s.keys("R") // 4
	s.until("Run the set-up")
	s.keys("y") // 5
	s.until("6 of 6 steps")
	s.keys("o") // 6: the ways on come first
	s.until("uk-lab › vnet-labs")
	s.keys("ctrl+c")
	s.end(0)
}

// From a dead half to both halves that are well: F, x, the name, enter.
func TestMendADeadHalf(t *testing.T) {
	t.Parallel()
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
