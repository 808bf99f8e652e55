package verdict_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// sight is something that the gateway saw.
type sight func(*dnsverdict.GatewayView)

func lookedUp(address string) sight {
	return func(v *dnsverdict.GatewayView) {
		v.Lookups = append(v.Lookups, dnsverdict.Lookup{At: time.Unix(1795348800, 0), Name: safe.New(name), Address: safe.New(address)})
	}
}

func failedUp(why string) sight {
	return func(v *dnsverdict.GatewayView) {
		v.Lookups = append(v.Lookups, dnsverdict.Lookup{At: time.Unix(1795348800, 0), Name: safe.New(name), Failed: true, Error: safe.New(why)})
	}
}

func refusedPeer() sight {
	return func(v *dnsverdict.GatewayView) {
		v.Peers = append(v.Peers, dnsverdict.Peer{At: time.Unix(1795348800, 0), Address: safe.New("10.1.0.9"), Port: 443, Failed: true, Error: safe.New("connection refused")})
	}
}

// seeing adds what the gateway saw so long ago.
func seeing(c dnsverdict.Case, ago time.Duration, list ...sight) dnsverdict.Case {
	v := dnsverdict.GatewayView{Name: c.Name}
	for _, s := range list {
		s(&v)
	}
	c.Facts = c.Facts.Seeing(v.Aged(time.Unix(1795348800, 0).Add(ago)))
	return c
}

func has(list []finding.Finding, code finding.Code) bool {
	return slices.ContainsFunc(list, func(f finding.Finding) bool { return f.Code == code })
}

// What the gateway saw takes the place of servers that cannot be asked from here, for a day;
// what it does not tell leaves them not testable.
func TestTheGatewaysWordTakesThePlaceOfSilence(t *testing.T) {
	t.Parallel()
	from := knowing(caseOf(silent(one), silent(two)), dnsverdict.Facts{Vantage: "this machine", Route: dnsverdict.Know(false), Peering: ready(), Network: network()})
	for about, c := range map[string]struct {
		it          dnsverdict.Case
		notTestable bool
		name        dnsverdict.RungState
		udp         dnsverdict.RungState
	}{
		"nothing was seen":            {from, true, dnsverdict.RungUnknown, dnsverdict.RungUnknown},
		"it resolved":                 {seeing(from, time.Hour, lookedUp("10.1.0.9")), false, dnsverdict.RungDone, dnsverdict.RungNotAsked},
		"it failed":                   {seeing(from, time.Hour, failedUp("timeout")), false, dnsverdict.RungFailed, dnsverdict.RungUnknown},
		"it resolved two days ago":    {seeing(from, 48*time.Hour, lookedUp("10.1.0.9")), true, dnsverdict.RungUnknown, dnsverdict.RungUnknown},
		"the trace has no time":       {seeing(from, -time.Hour, lookedUp("10.1.0.9")), true, dnsverdict.RungUnknown, dnsverdict.RungUnknown},
		"the result is not told":      {seeing(from, time.Hour, lookedUp("")), true, dnsverdict.RungUnknown, dnsverdict.RungUnknown},
		"failed first, good at last":  {seeing(from, time.Hour, failedUp("timeout"), lookedUp("10.1.0.9")), false, dnsverdict.RungDone, dnsverdict.RungNotAsked},
		"good first, failing at last": {seeing(from, time.Hour, lookedUp("10.1.0.9"), failedUp("timeout")), false, dnsverdict.RungFailed, dnsverdict.RungUnknown},
	} {
		if got := has(dnsverdict.Diagnose(c.it), "N01"); got != c.notTestable {
			t.Errorf("%s: not testable %v", about, got)
		}
		for _, r := range dnsverdict.Ladder(c.it) {
			if r.Check == dnsverdict.CheckName && r.State != c.name || r.Check == dnsverdict.CheckUDP && r.State != c.udp {
				t.Errorf("%s: %+v", about, r)
			}
		}
	}
}

// What servers say from here stands beside what the gateway saw: it contradicts, or not.
func TestTheGatewayAndTheServers(t *testing.T) {
	t.Parallel()
	from := knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{Peering: ready(), Network: network()})
	if all := dnsverdict.Diagnose(seeing(from, time.Minute, lookedUp("10.1.0.9"))); len(all) != 1 || all[0].Code != "N49" || all[0].Severity != finding.OK {
		t.Errorf("%+v", all)
	}
	if all := dnsverdict.Diagnose(seeing(from, time.Minute, lookedUp("10.1.0.7"))); !has(all, "N22") {
		t.Errorf("an old record: %+v", all)
	}
	if all := dnsverdict.Diagnose(seeing(from, time.Hour, lookedUp("10.1.0.7"))); has(all, "N22") {
		t.Errorf("an hour ago says nothing of what is kept now: %+v", all)
	}
	if all := dnsverdict.Diagnose(seeing(from, time.Minute, failedUp("dns server error: 3 name error"))); !has(all, "N22") || !has(all, "N50") || !has(all, "N03") {
		t.Errorf("it fails for the gateway alone: %+v", all)
	}
	v, _ := seeing(from, time.Minute, failedUp("timeout"), lookedUp("10.1.0.9"), refusedPeer()).Facts.Gateway.Get()
	for _, want := range []string{"failed: timeout", "looked up 10.1.0.9", "10.1.0.9:443 could not be connected to: connection refused", "1 min ago"} {
		if !strings.Contains(v.Words(), want) {
			t.Errorf("%q is not in %q", want, v.Words())
		}
	}
}
