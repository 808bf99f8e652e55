//go:build unix

package journey_test

import "testing"

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
	s.keys("y")                   // 5
	s.until("The set-up is done") // the last step is over a moment before
	s.keys("o")                   // 6: the ways on come first
	s.until("uk-lab › vnet-labs")
	s.keys("ctrl+c")
	s.end(0)
}
