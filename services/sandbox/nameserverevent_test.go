package sandbox_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/peerdeck/peerdeck/services/sandbox"
	"github.com/peerdeck/peerdeck/services/sandbox/sandboxtest"
)

func viewOf(t *testing.T, w *sandbox.World, address string) sandbox.NameServerView {
	t.Helper()
	all := w.NameServers()
	i := slices.IndexFunc(all, func(v sandbox.NameServerView) bool { return v.Address == address })
	if i < 0 {
		t.Fatalf("there is no server at %s", address)
	}
	return all[i]
}

// A server breaks when its time has come, mends again, and one comes up where there was
// none.
func TestNameServersInAScenario(t *testing.T) {
	t.Parallel()
	events, err := sandbox.ParseScenario([]byte(`events:
  - {at: 5s, name_server: 10.20.0.4, behave: {as: refused, domain: DB.example.org}}
  - {at: 10s, name_server: 10.20.0.4, behave: {as: healthy, domain: db.example.org}}
  - {at: 15s, name_server: 10.20.0.7, behave: {as: healthy, domain: hr.example.org}}
  - {at: 20s, network: eu-prod, peering: hub-vnet, azure: no-vnet}
`))
	if err != nil {
		t.Fatal(err)
	}
	clock := manual()
	s := sandboxtest.Start(t, sandbox.Options{Clock: clock, Events: events})
	says := func(address, name, want string) {
		t.Helper()
		answer, err := ask(t, s, "udp", address+":53", name, dns.TypeA)
		got := "silence"
		if err == nil {
			got = dns.RcodeToString[answer.Rcode]
		}
		if got != want {
			t.Errorf("%s says %s for %s, want %s", address, got, name, want)
		}
	}
	says("10.20.0.4", "db.example.org", "NOERROR")
	clock.Advance(5 * time.Second)
	says("10.20.0.4", "www.db.example.org", "REFUSED")
	says("10.20.0.4", "corp.example.org", "NOERROR")
	if v := viewOf(t, s.World, "10.20.0.4"); !slices.ContainsFunc(v.Behaviours, func(b sandbox.Behaviour) bool { return b.As == "refused" && b.Domain == "db.example.org." }) || v.Asked["udp"] != 3 {
		t.Errorf("%+v", v)
	}
	clock.Advance(5 * time.Second)
	says("10.20.0.4", "db.example.org", "NOERROR")
	says("10.20.0.7", "hr.example.org", "silence")
	clock.Advance(5 * time.Second)
	says("10.20.0.7", "hr.example.org", "NOERROR")
	says("10.20.0.7", "corp.example.org", "NXDOMAIN")
	clock.Advance(5 * time.Second)
	says("10.20.0.4", "db.example.org", "silence")
}

func TestEventsOfNameServersThatAreRefused(t *testing.T) {
	t.Parallel()
	w, err := sandbox.New(sandbox.Options{Clock: manual()})
	if err != nil {
		t.Fatal(err)
	}
	of := func(b sandbox.Behaviour) sandbox.Event {
		return sandbox.Event{NameServer: "10.20.0.4", Behave: &b}
	}
	for says, e := range map[string]sandbox.Event{
		"give name_server":        {Behave: &sandbox.Behaviour{As: "silent"}},
		"give behave":             {NameServer: "10.20.0.4"},
		"no IP address":           {NameServer: "ns1", Behave: &sandbox.Behaviour{As: "silent"}},
		"in no VNET":              {NameServer: "192.0.2.1", Behave: &sandbox.Behaviour{As: "silent"}},
		`as: "dead" is unknown`:   of(sandbox.Behaviour{As: "dead"}),
		"neither udp nor tcp":     of(sandbox.Behaviour{As: "silent", Over: "tls"}),
		"delay: 2m0s":             of(sandbox.Behaviour{As: "refused", Delay: 2 * time.Minute}),
		"ttl: -1s":                of(sandbox.Behaviour{TTL: -time.Second}),
		"give its domain":         of(sandbox.Behaviour{Serial: 7}),
		"a port knows no domain":  of(sandbox.Behaviour{As: "closed", Domain: "a.example"}),
		"no domain name":          of(sandbox.Behaviour{As: "silent", Domain: "a..example"}),
		`"fe80::1" is no IPv4`:    of(sandbox.Behaviour{Addresses: []string{"fe80::1"}}),
		"names the network \"x\"": {Network: "x", NameServer: "10.20.0.4", Behave: &sandbox.Behaviour{As: "silent"}},
	} {
		if err := w.Schedule(e); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v, want %q", e, err, says)
		}
	}
	// What cannot be is passed over when it is applied at once.
	before := len(w.NameServers())
	w.Apply(sandbox.Event{NameServer: "192.0.2.1", Behave: &sandbox.Behaviour{As: "silent"}})
	w.Apply(of(sandbox.Behaviour{As: "dead"}))
	if after := w.NameServers(); len(after) != before {
		t.Errorf("%d servers, there were %d", len(after), before)
	}
}

// The manual has a line for each thing that a server can do.
func TestTheManualHasEveryBehaviour(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "scenarios.md"))
	if err != nil {
		t.Fatal(err)
	}
	w, err := sandbox.New(sandbox.Options{Clock: manual()})
	if err != nil {
		t.Fatal(err)
	}
	err = w.Schedule(sandbox.Event{NameServer: "10.20.0.4", Behave: &sandbox.Behaviour{As: "?"}})
	_, list, _ := strings.Cut(err.Error(), "there are ")
	words := strings.Split(list, ", ")
	if len(words) < 20 {
		t.Fatalf("got %q", words)
	}
	for _, word := range words {
		if !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("the manual does not name %s", word)
		}
	}
}
