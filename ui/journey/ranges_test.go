//go:build unix

package journey_test

import "testing"

// A range that is free is found, one that is not says whose it is, and a set-up begins with a
// new network of the free one: with keys alone.
func TestAFreeRangeIsTaken(t *testing.T) {
	t.Parallel()
	s := start(t, 160, 48, nil, "--demo")
	s.up()
	s.pathsOf("eu-prod")
	s.keys("R")
	s.until("free for a network in northeurope")
	s.until("NEAREST BELOW")
	s.keys("/")
	s.until("Is a range free?")
	s.keys("10.20.0.0/20", "enter")
	s.until("10.20.0.0/20 is taken: it meets 10.20.0.0/22 VNET vnet-hub (acme-prod)")
	s.keys("-", "-", "-", "-")
	s.until("size /20")
	s.until("▌● 10.192.0.0/20")
	s.keys("y")
	s.until("the range")
	s.keys("enter")
	s.until("Set-up › new peering")
	s.until("The run makes a network with 10.192.0.0/20 first")
	s.keys("e", "eu-anew", "enter")
	s.until("eu-anew")
	s.until("WHAT A RUN DOES")
	s.until("1 Network")
	s.keys("ctrl+c")
	s.until("leave")
}
