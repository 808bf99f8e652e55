package app_test

import "testing"

// A whole line that is typed into a new row is read as in the form of the set-up.
func TestALineIsTypedIntoARow(t *testing.T) {
	play(t, 80, 24, func(s *stage) {
		s.know(dnsWorld())
		onDNS("a", `"b.acme.net -> 10.20.0.4, 10.20.0.5"`)(s)
		s.hides("not allowed", "D05")
		s.keys("enter")
		s.shows("1 change not applied", "b.acme.net")
	})
	play(t, 80, 24, func(s *stage) { // several domains are several rows
		s.know(dnsWorld())
		onDNS("a", `"b.acme.net, com -> 10.20.0.4, 10.20.0.5"`)(s)
		s.shows("com is a public suffix") // each of them is checked
		s.keys("enter")
		s.shows("2 changes not applied", "b.acme.net", "com")
	})
}
