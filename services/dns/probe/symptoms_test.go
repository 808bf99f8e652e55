package probe_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/miekg/dns"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	script "github.com/peerdeck/peerdeck/services/dns/probe/probetest"
)

// Every row of the table of symptoms that a socket can show, from what servers do to
// what is said of it.
func TestSymptoms(t *testing.T) {
	t.Parallel()
	good := zone(t)
	address := func(a string) script.Script { return script.Zone(t, soa, "orders.corp.example. 60 IN A "+a) }
	changed := func(change func(a *script.Asked, m *dns.Msg)) script.Script { return script.Changed(good, change) }
	lame := func(a *script.Asked) {
		m := a.Reply()
		m.Ns = script.Records(t, ". 60 IN NS a.root-servers.net.")
		a.Write(m)
	}
	slowly := func(d time.Duration, s script.Script) script.Script {
		return func(a *script.Asked) { time.Sleep(d); s(a) }
	}
	fails := script.Code(dns.RcodeServerFailure)
	way := dnsverdict.Facts{Route: dnsverdict.Know(true)}
	for about, c := range map[string]struct {
		id    int
		one   script.Script
		two   script.Script // nil for a row of one server
		facts dnsverdict.Facts
		cell  string // of the first server
	}{
		"1: silence, from nowhere":  {1, script.Silent, script.Silent, dnsverdict.Facts{Vantage: "this machine"}, "n/a here"},
		"2: silence, from inside":   {2, script.Silent, script.Silent, way, "TIMEOUT 2/2"},
		"3: only the gateway fails": {3, good, nil, dnsverdict.Facts{GatewayFails: dnsverdict.Know(true), Peering: peeringReady()}, "OK 0ms"},
		"6: one refuses":            {6, script.Code(dns.RcodeRefused), good, way, "REFUSED"},
		"7: all refuse":             {7, script.Code(dns.RcodeRefused), script.Code(dns.RcodeRefused), way, "REFUSED"},
		"8: fails at once":          {8, fails, nil, way, "SERVFAIL"},
		"9: fails slowly":           {9, slowly(2500*time.Millisecond, fails), nil, way, "SERVFAIL"},
		"11: no such name":          {11, script.Zone(t, soa), nil, way, "NXDOMAIN"},
		"12: not replicas":          {12, script.Zone(t, soa), good, way, "NXDOMAIN"},
		"13: no address":            {13, script.Zone(t, soa, "orders.corp.example. 60 IN TXT x"), nil, way, "NODATA"},
		"14: lame": {14, changed(func(a *script.Asked, m *dns.Msg) {
			*m = *a.Reply()
			m.Ns = script.Records(t, ". 60 IN NS a.root-servers.net.")
		}), nil, way, "LAME"},
		"14: lame for the domain too": {14, lame, nil, way, "LAME"},
		"15: public":                  {15, script.Zone(t, soa, "orders.corp.example. 60 IN CNAME orders.privatelink.example.net.", "orders.privatelink.example.net. 60 IN A 20.50.2.1"), nil, way, "PUBLIC"},
		"16: other data":              {16, address("10.1.0.9"), address("10.1.0.8"), way, "DIFF"},
		"17: serials":                 {17, changed(func(_ *script.Asked, m *dns.Msg) { older(m) }), good, way, "OK 0ms"},
		"18: cut, and whole over TCP": {18, changed(func(a *script.Asked, m *dns.Msg) {
			if a.Over == "udp" {
				m.Truncated, m.Answer = true, nil
			}
		}), nil, way, "OK 0ms"},
		"19: cut, and TCP is silent": {19, script.By(changed(func(_ *script.Asked, m *dns.Msg) { m.Truncated, m.Answer = true, nil }), script.Silent), nil, way, "TRUNC"},
		"20: EDNS is dropped": {20, func(a *script.Asked) {
			if a.IsEdns0() == nil {
				good(a)
			}
		}, nil, way, "OK 0ms"},
		"21: authority only": {21, changed(func(_ *script.Asked, m *dns.Msg) { m.RecursionAvailable = false }), nil, way, "OK 0ms"},
		"22: an old answer":  {22, good, nil, dnsverdict.Facts{GatewaySees: dnsverdict.Know([]safe.Text{safe.New("10.1.0.7")})}, "OK 0ms"},
		"25: left alone":     {25, good, good, dnsverdict.Facts{FirstSilent: dnsverdict.Know(time.Minute)}, "OK 0ms"},
		"27: forged": {27, func(a *script.Asked) {
			m := a.Reply()
			m.Id++
			a.Write(m)
			good(a)
		}, nil, way, "OK 0ms"},
		"31: one is silent": {31, script.Silent, good, dnsverdict.Facts{}, "TIMEOUT 2/2"},
		"33: no such name":  {33, script.Zone(t, soa), nil, way, "NXDOMAIN"},
		"34: a wildcard":    {34, script.Zone(t, soa, "orders.corp.example. 60 IN A 10.1.0.9", "zzz.corp.example. 60 IN A 10.1.0.1"), nil, way, "OK 0ms"},
		"35: a circle":      {35, script.Zone(t, soa, "orders.corp.example. 60 IN CNAME orders.corp.example."), nil, way, "BADCHAIN"},
		"36: TCP is silent": {36, script.By(good, script.Silent), nil, way, "NOTCP"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				servers, scripts := []string{"10.1.0.4"}, map[string]script.Script{"10.1.0.4": c.one}
				if c.two != nil {
					servers, scripts["10.1.0.5"] = append(servers, "10.1.0.5"), c.two
				}
				reports, err := dnsprobe.New(options(script.Piped(t, script.ByServer(scripts)))).Run(t.Context(), ask(servers...), dnsprobe.Plan{Depth: dnsprobe.Full})
				if err != nil {
					t.Fatal(err)
				}
				it := dnsverdict.Case{Name: safe.New(orders), Domain: safe.New(corp), Reports: reports[0], Facts: c.facts}
				all := dnsverdict.Diagnose(it)
				at := slices.IndexFunc(all, func(f finding.Finding) bool { return f.Code == finding.Code(fmt.Sprintf("N%02d", c.id)) })
				if at < 0 || strings.Contains(all[at].Next.Text, "%!") {
					t.Fatalf("row %d does not fit: %+v", c.id, all)
				}
				if cell := dnsverdict.CellOf(reports[0][0], reports[0], it.Route()); cell.Word != c.cell {
					t.Errorf("got %+v", cell)
				}
			})
		})
	}
}

// older turns the zone of a reply back by some versions.
func older(m *dns.Msg) {
	for _, list := range [][]dns.RR{m.Answer, m.Ns} {
		for i, rr := range list {
			if s, ok := dns.Copy(rr).(*dns.SOA); ok {
				s.Serial -= 3
				list[i] = s
			}
		}
	}
}

// A server that is fine has nothing said of it but that it is fine.
func TestNoSymptoms(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		reports, err := dnsprobe.New(options(script.Piped(t, zone(t)))).Run(t.Context(), ask("10.1.0.4", "10.1.0.5"), dnsprobe.Plan{Depth: dnsprobe.Detail})
		if err != nil {
			t.Fatal(err)
		}
		it := dnsverdict.Case{Name: safe.New(orders), Domain: safe.New(corp), Reports: reports[0]}
		if all := dnsverdict.Diagnose(it); len(all) != 0 {
			t.Errorf("got %+v", all)
		}
		if a := dnsverdict.Compare(reports[0]); a.Word != "same" {
			t.Errorf("got %+v", a)
		}
	})
}
