package verdict_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// allKnown are facts of a healthy place.
func allKnown() dnsverdict.Facts {
	open := dnsverdict.Know(dnsverdict.Gate{Open: true})
	f := about(dnsverdict.ServerFacts{Routed: dnsverdict.Know(true), UDP: open, TCP: open})
	f.Row = dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone)})
	f.Network, f.Peering, f.Route = network(), ready(), dnsverdict.Know(true)
	f.Resolver = dnsverdict.Know(model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{State: model.PrivateDNSReady}})
	f.Half = dnsverdict.Know(model.AzureHalf{
		Status: model.HalfPresent, Peering: model.VNetPeering{Name: safe.New("to-kong"), State: model.VNetConnected, Sync: model.SyncFull},
		VNet: model.VNet{Name: safe.New("vnet-hub"), AddressPrefixes: []model.Prefix{model.NewPrefix(safe.New("10.1.0.0/16"))}},
	})
	f.Reach = dnsverdict.Know(dnsverdict.Reach{Spans: []dnsverdict.Span{span("10.1.0.0/16", dnsverdict.Know(true), "")}})
	return f
}

func span(prefix string, carried dnsverdict.Known[bool], why string) dnsverdict.Span {
	return dnsverdict.Span{Peering: safe.New("hub"), VNet: safe.New("vnet-hub"), Prefix: model.NewPrefix(safe.New(prefix)), Carried: carried, Why: why, Cure: map[bool]string{true: "az sync"}[why != ""]}
}

// healthy is a server that answers everything as it should.
func healthy() dnsverdict.Report {
	r := gives(one, "10.1.0.9")
	r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepRandom, dnsverdict.UDP, reply(dnsverdict.NXDomain)))
	return r
}

func TestLadder(t *testing.T) {
	t.Parallel()
	for about, c := range map[string]struct {
		it     dnsverdict.Case
		failed string // title of the first rung that failed
		says   string
	}{
		"all is well": {knowing(caseOf(healthy()), allKnown()), "", ""},
		"no row":      {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) { f.Row = dnsverdict.Know(dnsverdict.Row{}) })), "mapping table", "no row"},
		"network offline": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) {
			f.Network = networkIn(model.NetworkOffline)
		})), "Konnect", "network: eu-prod is offline"},
		"half gone": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) { f.Half = half(model.HalfPresent, model.VNetDisconnected, "") })), "Azure's half", "Disconnected"},
		"behind": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) {
			f.Half = half(model.HalfPresent, model.VNetConnected, model.SyncLocalBehind)
			p, _ := f.Peering.Get()
			p.Finding = finding.Finding{Code: "azure-local-behind", Severity: finding.Attention}
			f.Peering = dnsverdict.Know(p)
		})), "Azure's half", "LocalNotInSync"},
		"absent":    {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) { f.Half = half(model.HalfAbsent, "", "") })), "Azure's half", "no peering"},
		"VNET gone": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) { f.Half = half(model.HalfNoVNet, "", "") })), "Azure's half", "gone"},
		"not routed": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) {
			f.Servers[safe.New(one)] = dnsverdict.ServerFacts{Routed: dnsverdict.Know(false)}
		})), "server addresses", "no range"},
		"closed": {knowing(caseOf(healthy()), changedFacts(func(f *dnsverdict.Facts) {
			f.Servers[safe.New(one)] = dnsverdict.ServerFacts{Routed: dnsverdict.Know(true), UDP: dnsverdict.Know(dnsverdict.Gate{Rule: safe.New("deny"), Finding: finding.Finding{Code: "server-port-closed", Cause: "Port 53 is denied by the rule deny."}})}
		})), "security groups", "deny"},
		"silent":     {knowing(caseOf(silent(one)), allKnown()), "UDP", "5.0 s"},
		"UDP only":   {knowing(caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, soaReply(7)), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed))), allKnown()), "TCP", "nothing listens"},
		"refusal":    {knowing(caseOf(codes(one, dnsverdict.Refused)), allKnown()), "serves the domain", "REFUSED"},
		"no name":    {knowing(caseOf(says(one, reply(dnsverdict.NXDomain))), allKnown()), "the name", "NXDOMAIN"},
		"no EDNS":    {knowing(caseOf(edited(healthy(), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.EDNS = dnsverdict.EDNSRefused })), allKnown()), "EDNS", "without it only"},
		"a wildcard": {knowing(caseOf(edited(healthy(), dnsverdict.StepRandom, func(e *dnsverdict.Exchange) { e.Reply = reply(dnsverdict.NoError, "zzz.corp.example A 10.1.1.1") })), allKnown()), "", ""}, // a note says so
		"differ":     {knowing(caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.8")), allKnown()), "agreement", "differs: 2 answers"},
	} {
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			ladder := dnsverdict.Ladder(c.it)
			at := dnsverdict.FirstFailed(ladder)
			switch {
			case c.failed == "":
				for _, r := range ladder {
					if r.State != dnsverdict.RungDone && r.Title != "agreement" || r.Text == "" {
						t.Errorf("got %+v", r)
					}
				}
			case at < 0 || ladder[at].Title != c.failed || !strings.Contains(ladder[at].Text, c.says):
				t.Errorf("%d of %+v", at, ladder)
			}
		})
	}
}

func changedFacts(change func(f *dnsverdict.Facts)) dnsverdict.Facts {
	f := allKnown()
	change(&f)
	return f
}

// Where nothing is known, each rung says so and why, and none is good or bad.
func TestLadderWithoutFacts(t *testing.T) {
	t.Parallel()
	for _, c := range []dnsverdict.Case{{}, caseOf(silent(one)), caseOf(dnsverdict.Report{Server: safe.New(one), Skipped: "server silent"})} {
		for _, r := range dnsverdict.Ladder(c) {
			if r.State != dnsverdict.RungUnknown && r.Title != "agreement" || r.Text == "" || r.Title == "" {
				t.Errorf("got %+v", r)
			}
		}
	}
	strange := changedFacts(func(f *dnsverdict.Facts) { f.Network = networkIn("dreaming") })
	if r := dnsverdict.Ladder(knowing(caseOf(healthy()), strange))[1]; r.State != dnsverdict.RungUnknown || !strings.Contains(r.Text, "dreaming") {
		t.Errorf("a state of tomorrow: %+v", r)
	}
	for about, c := range map[string]struct {
		address string
		facts   dnsverdict.Facts
		state   dnsverdict.RungState
	}{
		"in the VNET":         {"10.1.0.9", allKnown(), dnsverdict.RungDone},
		"outside":             {"10.7.0.9", allKnown(), dnsverdict.RungFailed},
		"nobody read Azure":   {"10.1.0.9", dnsverdict.Facts{}, dnsverdict.RungUnknown},
		"public":              {"20.50.2.1", allKnown(), dnsverdict.RungDone},
		"public, not private": {"20.50.2.1", changedFacts(func(f *dnsverdict.Facts) { f.Private = dnsverdict.Know(true) }), dnsverdict.RungFailed},
	} {
		ladder := dnsverdict.Ladder(knowing(caseOf(gives(one, c.address)), c.facts))
		if last := ladder[len(ladder)-1]; last.State != c.state || last.Text == "" {
			t.Errorf("%s: %+v", about, last)
		}
	}
}

// Through a way that carries TCP only, UDP is not asked, which is no fact about a server;
// where TCP is not answered either, it stays open whether the server can be heard at all.
func TestAWayThatCarriesNoUDP(t *testing.T) {
	t.Parallel()
	noUDP := dnsverdict.Exchange{Step: dnsverdict.StepSOA, Transport: dnsverdict.UDP, Outcome: dnsverdict.OutcomeUntestable, Reason: safe.New("a SOCKS5 hop carries TCP only")}
	good := report(one, noUDP, answered(dnsverdict.StepSOA, dnsverdict.TCP, soaReply(7)), answered(dnsverdict.StepA, dnsverdict.TCP, reply(dnsverdict.NoError, name+" A 10.1.0.9")))
	dead := report(one, noUDP, unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent))
	for state, reports := range map[dnsverdict.RungState][]dnsverdict.Report{
		dnsverdict.RungNotAsked: {good, good},
		dnsverdict.RungUnknown:  {good, dead},
	} {
		for _, r := range dnsverdict.Ladder(caseOf(reports...)) {
			if (r.Check == dnsverdict.CheckUDP || r.Check == dnsverdict.CheckEDNS) && (r.State != state || r.Text == "") {
				t.Errorf("%s: %s, want %s: %s", r.Title, r.State, state, r.Text)
			}
		}
	}
}
