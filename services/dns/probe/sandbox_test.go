package probe_test

import (
	"net/netip"
	"testing"

	"peerdeck/model"
	"peerdeck/model/safe"
	dnsprobe "peerdeck/services/dns/probe"
	"peerdeck/services/sandbox"
	"peerdeck/services/sandbox/sandboxtest"
)

// The servers of the simulated VNETs, over real sockets.
func TestServersOfTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	p := dnsprobe.New(dnsprobe.Options{Dial: s.DialDNS})
	for _, c := range []struct {
		server, domain string
		outcome        model.ProbeOutcome
		serves         bool
	}{
		{"10.20.0.4", "corp.example.org", model.ProbeAnswered, true},
		{"10.64.0.4", "labs.example.org", model.ProbeAnswered, true},
		{"10.20.0.4", "elsewhere.example.com", model.ProbeAnswered, false},
		{"10.20.0.5", "hr.example.org", model.ProbeRefused, false},
	} {
		a := p.Probe(t.Context(), dnsprobe.Query{Name: safe.New(c.domain), Server: netip.MustParseAddr(c.server)})
		if a.Outcome != c.outcome || a.Serves() != c.serves {
			t.Errorf("%s for %s: %+v", c.server, c.domain, a)
		}
	}
}
