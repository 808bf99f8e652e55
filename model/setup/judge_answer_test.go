package setup_test

import (
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
)

// asked is a question for the zone of labs.example.org and what became of it.
func asked(over dnsverdict.Transport, o dnsverdict.Outcome, r dnsverdict.Reply) dnsverdict.Exchange {
	e := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: over, Outcome: o, Sent: 1, Reply: r, Took: time.Millisecond, Waited: time.Millisecond}
	if o == dnsverdict.OutcomeSilent {
		e.Lost, e.Waited = 1, 5*time.Second
	}
	return e
}

// server is what a DNS server said over both transports.
func server(address string, udp, tcp dnsverdict.Exchange) dnsverdict.Report {
	domain := safe.New("labs.example.org")
	return dnsverdict.Report{Server: safe.New(address), Domain: domain, Name: domain, Exchanges: []dnsverdict.Exchange{udp, tcp}}
}

// zoneOf is the answer of a server that has the zone, in a version.
func zoneOf(serial uint32) dnsverdict.Reply {
	zone := safe.New("labs.example.org")
	r := dnsverdict.Reply{Code: dnsverdict.NoError, AA: true, SOA: dnsverdict.SOA{Zone: zone, Primary: safe.New("ns.labs.example.org"), Serial: serial}}
	r.Answers, r.More, r.Sum = dnsverdict.Compact([]dnsverdict.Record{{Name: zone, Type: "SOA", Value: safe.New("ns.labs.example.org"), TTL: time.Minute}})
	return r
}

func serves(address string, serial uint32) dnsverdict.Report {
	r := zoneOf(serial)
	return server(address, asked(dnsverdict.UDP, dnsverdict.OutcomeAnswered, r), asked(dnsverdict.TCP, dnsverdict.OutcomeAnswered, r))
}

func refuses(address string, code dnsverdict.RCode) dnsverdict.Report {
	r := dnsverdict.Reply{Code: code}
	return server(address, asked(dnsverdict.UDP, dnsverdict.OutcomeAnswered, r), asked(dnsverdict.TCP, dnsverdict.OutcomeAnswered, r))
}

func quiet(address string) dnsverdict.Report {
	return server(address, asked(dnsverdict.UDP, dnsverdict.OutcomeSilent, dnsverdict.Reply{}), asked(dnsverdict.TCP, dnsverdict.OutcomeSilent, dnsverdict.Reply{}))
}

// How the domain stands at its servers: who serves it is counted, what is wrong is what a
// trace says, and "answers" is said only where nothing needs a person.
func TestAskedJudge(t *testing.T) {
	const one, two = "10.64.0.4", "10.64.0.5"
	way, none := dnsverdict.Know(true), dnsverdict.NotKnown[bool]("none of the servers was heard from this machine")
	for name, c := range map[string]struct {
		reports []dnsverdict.Report
		way     dnsverdict.Known[bool]
		good    int
		fine    bool         // "answers" is said
		code    finding.Code // of something that needs a person, empty for nothing
	}{
		"both serve":       {[]dnsverdict.Report{serves(one, 7), serves(two, 7)}, way, 2, true, ""},
		"one alone serves": {[]dnsverdict.Report{serves(one, 7)}, way, 1, true, ""},
		"one refuses":      {[]dnsverdict.Report{serves(one, 7), refuses(two, "REFUSED")}, way, 1, false, "N06"},
		"one fails":        {[]dnsverdict.Report{serves(one, 7), refuses(two, "SERVFAIL")}, way, 1, false, "*"},
		"one is silent":    {[]dnsverdict.Report{serves(one, 7), quiet(two)}, way, 1, false, "*"},
		"both are silent":  {[]dnsverdict.Report{quiet(one), quiet(two)}, none, 0, false, "N01"},
		"two versions":     {[]dnsverdict.Report{serves(one, 7), serves(two, 9)}, way, 2, false, "*"},
		"no TCP":           {[]dnsverdict.Report{server(one, asked(dnsverdict.UDP, dnsverdict.OutcomeAnswered, zoneOf(7)), asked(dnsverdict.TCP, dnsverdict.OutcomeClosed, dnsverdict.Reply{}))}, way, 0, false, "*"},
	} {
		t.Run(name, func(t *testing.T) {
			ways := map[safe.Text]dnsverdict.Known[bool]{}
			for _, r := range c.reports {
				ways[r.Server] = c.way
			}
			a := setup.Asked{Network: model.Network{ID: safe.New("n"), Name: safe.New("uk-lab"), State: model.NetworkReady}, Domain: safe.New("labs.example.org"), Reports: c.reports, Ways: ways}
			found, good := a.Judge()
			fine := false
			var person []string
			for _, f := range found {
				if f.Title != "labs.example.org" || f.About != "labs.example.org" || f.Stops || f.Asks {
					t.Errorf("%+v", f)
				}
				if _, known := finding.Lookup(string(f.Code)); !known {
					t.Errorf("the catalogue has no %s", f.Code)
				}
				fine = fine || f.Code == "setup-dns-answers"
				if f.NeedsPerson() {
					person = append(person, string(f.Code))
				}
			}
			if good != c.good {
				t.Errorf("%d serve it, want %d", good, c.good)
			}
			if fine != c.fine || (len(person) > 0) != (c.code != "") || (c.code != "*" && c.code != "" && !strings.Contains(strings.Join(person, " "), string(c.code))) {
				t.Errorf("fine %v, needs a person %v; good %d; want %v, %q: %+v", fine, person, good, c.fine, c.code, found)
			}
		})
	}
}
