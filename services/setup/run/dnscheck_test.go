package run_test

import (
	"context"
	"testing"
	"time"

	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	setuprun "github.com/peerdeck/peerdeck/services/setup/run"
)

// zones is a machine with a way to the servers: each has the zones, in the version that is
// told for its place in the mapping; 0 refuses.
type zones struct{ serials []uint32 }

func (z zones) Run(_ context.Context, asks []dnsprobe.Ask, _ dnsprobe.Plan) ([][]dnsverdict.Report, error) {
	out := make([][]dnsverdict.Report, len(asks))
	for i, ask := range asks {
		for k, s := range ask.Servers {
			reply := dnsverdict.Reply{Code: "REFUSED"}
			if serial := z.serials[k]; serial != 0 {
				reply = dnsverdict.Reply{Code: dnsverdict.NoError, AA: true, SOA: dnsverdict.SOA{Zone: ask.Domain, Primary: safe.New("ns.example.org"), Serial: serial}}
				reply.Answers, reply.More, reply.Sum = dnsverdict.Compact([]dnsverdict.Record{{Name: ask.Domain, Type: "SOA", Value: safe.New("ns.example.org"), TTL: time.Minute}})
			}
			r := dnsverdict.Report{Server: s, Domain: ask.Domain, Name: ask.Domain}
			for _, over := range []dnsverdict.Transport{dnsverdict.UDP, dnsverdict.TCP} {
				r.Exchanges = append(r.Exchanges, dnsverdict.Exchange{
					Step: dnsverdict.StepSOA, Transport: over, Outcome: dnsverdict.OutcomeAnswered, Sent: 1, Reply: reply, Took: time.Millisecond, Waited: time.Millisecond,
				})
			}
			out[i] = append(out[i], r)
		}
	}
	return out, nil
}

// The check is done only where nothing that was found needs a person: servers that all
// answer and disagree are something to look at.
func TestTheDNSCheckIsDoneWhereNothingNeedsAPerson(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		serials []uint32
		state   setup.StepState
		summary string
		person  bool
	}{
		"all answer":                        {[]uint32{7, 7}, setup.StepDone, "all answer", false},
		"all answer, in different versions": {[]uint32{7, 9}, setup.StepNoted, "4 of 4", true},
		"one refuses":                       {[]uint32{7, 0}, setup.StepNoted, "2 of 4", true},
		"all refuse":                        {[]uint32{0, 0}, setup.StepNoted, "0 of 4", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := consented(t)
			run := p.start(p.with(func(to *setuprun.Clouds) { to.DNS = zones{c.serials} }), p.request(setup.DNSPeering), nobody)
			p.must(run, setup.RunDone)
			s := run.Step(setup.StepDNSCheck)
			person := false
			for _, f := range s.Findings {
				person = person || f.NeedsPerson()
			}
			if s.State != c.state || s.Summary != c.summary || person != c.person {
				t.Errorf("%s, %q, needs a person %v: %+v", s.State, s.Summary, person, s.Findings)
			}
		})
	}
	p := consented(t) // a machine without a way to any of them
	run := p.start(p.runner, p.request(setup.DNSPeering), nobody)
	if s := run.Step(setup.StepDNSCheck); s.State != setup.StepNoted || s.Summary != "not testable" {
		t.Errorf("%s, %q", s.State, s.Summary)
	}
}
