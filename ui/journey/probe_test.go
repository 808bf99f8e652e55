//go:build unix

package journey_test

import "testing"

// All domains at all servers, the last result beside each row, and a name from a log as
// people paste it.
func TestAllDomainsAreProbed(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, nil, "--demo")
	s.up()
	s.mappingsOf("eu-prod")
	s.keys("P")
	s.until("probe all")
	s.until("4 bad")
	s.until("2 answers")
	s.keys("f")
	s.gone("corp.example.org")
	s.until("REFUSED")
	s.keys("esc")
	s.until("corp.example.org")
	s.keys("esc")
	s.until("PROBE")
	s.until("✖ silent")
	s.until("▲ refused")

	s.keys("t")
	s.until("Which name does not resolve")
	s.keys("ctrl+u")
	s.until("Type or paste a name")
	s.paste("https://db7.privatelink.database.windows.net:1433/x")
	s.until("Only the host was taken")
	s.keys("enter")
	s.until("is not linked to the VNET")
}
