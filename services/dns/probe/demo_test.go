package probe_test

import (
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

// The names of the simulated world that are broken, asked over real sockets as from
// inside its VNETs: what the servers say is enough for the right diagnosis.
func TestBrokenNamesOfTheSandbox(t *testing.T) {
	t.Parallel()
	s := sandboxtest.Start(t, sandbox.Options{Story: true, Clock: sandbox.NewManualClock(sandboxtest.Epoch())})
	// The slow one takes no seconds here, and so it might as well have failed by itself.
	s.World.Apply(sandbox.Event{NameServer: "10.29.0.4", Behave: &sandbox.Behaviour{As: "servfail", Domain: "ldap.core.example.org", Delay: 80 * time.Millisecond, EDE: 22}})
	for name, c := range map[string]struct {
		domain  string
		servers string
		found   string // symptoms, the likeliest first
		cells   string
	}{
		"api.corp.example.org":                  {"corp.example.org", "10.20.0.4 10.20.0.5", "", "OK, OK"},
		"api.orders.internal.example.org":       {"orders.internal.example.org", "10.20.0.4 10.20.0.5", "", "OK, OK"},
		"vault.privatelink.vaultcore.azure.net": {"privatelink.vaultcore.azure.net", "10.20.0.4", "", "OK"},
		"www.hr.example.org":                    {"hr.example.org", "10.20.0.5", "N07", "REFUSED"},
		"old.example.org":                       {"old.example.org", "10.20.0.9", "N02", "TIMEOUT"},
		"api.pay.example.org":                   {"pay.example.org", "10.20.0.4 10.20.0.5", "N12 N17 N11", "DIFF, NXDOMAIN"},
		"pay.example.org":                       {"pay.example.org", "10.20.0.4 10.20.0.5", "N17", "DIFF, DIFF"},
		"orders.privatelink.database.windows.net": {
			"privatelink.database.windows.net", "10.20.0.4", "N15", "PUBLIC",
		},
		"stage.example.org":         {"stage.example.org", "10.24.0.4", "N19 N21", "TRUNC"},
		"api.pay.stage.example.org": {"pay.stage.example.org", "10.24.0.4", "N36 N21", "NOTCP"},
		"ldap.core.example.org":     {"ldap.core.example.org", "10.29.0.4", "N09", "SERVFAIL"},
		"ldap2.core.example.org":    {"ldap.core.example.org", "10.29.0.5", "N11 N33", "NXDOMAIN"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := dnsprobe.Options{Dial: s.DialDNS, PerSecond: -1}
			if c.domain == "old.example.org" || strings.Contains(c.domain, "stage") {
				o.FirstTry, o.SecondTry = 150*time.Millisecond, 150*time.Millisecond
			}
			a := dnsprobe.Ask{Domain: safe.New(c.domain), Name: safe.New(name)}
			for server := range strings.FieldsSeq(c.servers) {
				a.Servers = append(a.Servers, safe.New(server))
			}
			reports, err := dnsprobe.New(o).Run(t.Context(), []dnsprobe.Ask{a}, dnsprobe.Plan{Depth: dnsprobe.Full})
			if err != nil {
				t.Fatal(err)
			}
			it := dnsverdict.Case{Name: a.Name, Domain: a.Domain, Reports: reports[0], Facts: dnsverdict.Facts{Route: dnsverdict.Know(true)}}
			var cells []string
			for _, r := range reports[0] {
				word, _, _ := strings.Cut(dnsverdict.CellOf(r, reports[0], it.Route()).Word, " ")
				cells = append(cells, word)
			}
			if got := strings.Join(cells, ", "); got != c.cells {
				t.Errorf("the cells are %q, want %q", got, c.cells)
			}
			var found []string
			for _, f := range dnsverdict.Diagnose(it) {
				found = append(found, string(f.Code))
			}
			if got := strings.Join(found, " "); got != c.found {
				t.Errorf("got %s, want %s: %+v", got, c.found, dnsverdict.Diagnose(it))
			}
		})
	}
}

// A server that takes longer than the first try each time drops no EDNS: it is asked
// with EDNS as patiently as without.
func TestSlowIsNotDropped(t *testing.T) {
	t.Parallel()
	fails := script.Code(dns.RcodeServerFailure)
	inBubble(t, func(a *script.Asked) { time.Sleep(2600 * time.Millisecond); fails(a) }, dnsprobe.Full, func(t *testing.T, r dnsverdict.Report) {
		t.Helper()
		if e := r.Find(dnsverdict.StepSOA, dnsverdict.UDP); e.EDNS != dnsverdict.EDNSLate || e.Reply.Code != dnsverdict.ServFail {
			t.Errorf("%+v", e)
		}
	})
}
