//go:build unix

package journey_test

import "testing"

// Four names that do not resolve, four different reasons, each with its next step: with
// keys alone.
func TestFourNamesThatDoNotResolve(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.mappingsOf("eu-prod")
	s.until("corp.example.org")
	s.keys("t")
	s.until("Which name does not resolve")
	for i, c := range []struct{ name, cause, next string }{
		{"www.hr.example.org", "10.20.0.5 refuses", "allow-query"},
		{"www.pay.example.org", "knows no such name", "make two rows"},
		{"srv.privatelink.database.windows.net", "is not linked to the VNET", "Link the private DNS zone"},
		{"www.old.example.org", "10.20.0.9 does not answer", "Check that 10.20.0.9 runs"},
	} {
		if i > 0 {
			s.keys("t")
			s.until("Which name does not resolve")
		}
		s.keys("ctrl+u", c.name)
		s.until("› " + c.name)
		s.keys("enter")
		s.until(c.cause)
		s.until(c.next)
	}
	s.keys("esc")
	s.gone("› trace")
	s.keys("ctrl+c")
	s.end(0)
}
