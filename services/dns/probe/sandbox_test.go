package probe_test

import (
	"testing"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// The servers of the simulated VNETs, over real sockets.
func TestServersOfTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	p := dnsprobe.New(dnsprobe.Options{Dial: s.DialDNS})
	for _, c := range []struct {
		server, domain string
		code           dnsverdict.RCode // empty for whatever says so
		serves         bool
	}{
		{"10.20.0.4", "corp.example.org", dnsverdict.NoError, true},
		{"10.64.0.4", "labs.example.org", dnsverdict.NoError, true},
		{"10.20.0.4", "elsewhere.example.com", "", false},
		{"10.20.0.5", "hr.example.org", dnsverdict.Refused, false},
	} {
		reports, err := p.Run(t.Context(), []dnsprobe.Ask{{Domain: safe.New(c.domain), Servers: safe.Texts(c.server)}}, dnsprobe.Plan{})
		if err != nil {
			t.Fatal(err)
		}
		r := reports[0][0]
		code, answered := r.Code()
		if !answered || r.Serves() != c.serves || (c.code != "" && code != c.code) || (c.code == "" && code == dnsverdict.Refused) {
			t.Errorf("%s for %s: %+v", c.server, c.domain, r)
		}
	}
}
