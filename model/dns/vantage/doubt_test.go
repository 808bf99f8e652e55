package vantage_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model/dns/vantage"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/safe"
)

// heard is what a server said over UDP, with an outcome over TCP.
func heard(server string, tcp dnsverdict.Outcome) dnsverdict.Report {
	return dnsverdict.Report{Server: safe.New(server), Exchanges: []dnsverdict.Exchange{
		{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeAnswered},
		{Step: dnsverdict.StepSOA, Transport: dnsverdict.TCP, Outcome: tcp},
	}}
}

// A box on the way that answers every question over UDP proves no way to any server.
func TestAnswersOverUDPAlone(t *testing.T) {
	t.Parallel()
	away := machine(map[string]string{"10.1.0.4": "192.168.1.23", "10.1.0.5": "192.168.1.23"})
	vpn := machine(map[string]string{"10.1.0.4": "172.27.0.2", "10.1.0.5": "172.27.0.2"}, "tun0 172.27.0.2/24 10.0.0.0/8")
	for about, c := range map[string]struct {
		facts  vantage.Facts
		tcp    dnsverdict.Outcome
		want   vantage.Standing
		beside vantage.Standing // of the server next to it, which is silent
	}{
		"TCP silent, default route":    {away, dnsverdict.OutcomeSilent, vantage.Doubtful, vantage.Unproven},
		"TCP unreached":                {away, dnsverdict.OutcomeNoRoute, vantage.Doubtful, vantage.Unproven},
		"TCP closed by the host":       {away, dnsverdict.OutcomeClosed, vantage.Proven, vantage.Likely},
		"TCP answers":                  {away, dnsverdict.OutcomeAnswered, vantage.Proven, vantage.Likely},
		"TCP not asked":                {away, dnsverdict.OutcomeSkipped, vantage.Proven, vantage.Likely},
		"TCP silent, a way of its own": {vpn, dnsverdict.OutcomeSilent, vantage.Proven, vantage.Likely},
	} {
		f := c.facts.Heard(heard("10.1.0.4", c.tcp))
		d := f.Decide(addr("10.1.0.4"))
		if d.Standing != c.want || f.Decide(addr("10.1.0.5")).Standing != c.beside {
			t.Errorf("%s: %+v, beside %+v", about, d, f.Decide(addr("10.1.0.5")))
		}
		if doubtful := c.want == vantage.Doubtful; doubtful == d.Testable() || doubtful != strings.Contains(d.Words(), "the way is not proven: it answers over UDP and not over TCP") || doubtful == d.Route().IsKnown() {
			t.Errorf("%s: %q", about, d.Words())
		}
	}
}
