package trace_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// heardAs are the ways in which a server may have been heard.
func heardAs(server string) []dnsverdict.Report {
	skipped := dnsverdict.Report{Server: safe.New(server), Domain: safe.New("hr.example.org"), Name: safe.New("www.hr.example.org"), Skipped: "the probe was stopped"}
	unasked := skipped
	unasked.Skipped = ""
	good := says(server, dnsverdict.NoError)
	random := good.Exchanges[0]
	random.Step, random.Reply = dnsverdict.StepRandom, dnsverdict.Reply{Code: dnsverdict.NXDomain}
	whole, hop, wild, slow := good, good, good, good
	whole.Exchanges = append(slices.Clone(good.Exchanges), random)
	wildcard := random
	wildcard.Reply = dnsverdict.Reply{Code: dnsverdict.NoError, Answers: []dnsverdict.Record{{Type: "A", Value: safe.New("10.20.9.9")}}}
	wild.Exchanges = append(slices.Clone(good.Exchanges), wildcard)
	hop.Exchanges = slices.Clone(whole.Exchanges)
	hop.Exchanges[0].Outcome, hop.Exchanges[0].Reply, hop.Exchanges[0].Reason = dnsverdict.OutcomeUntestable, dnsverdict.Reply{}, safe.New("a SOCKS5 hop carries TCP only")
	slow.Exchanges = slices.Clone(whole.Exchanges)
	slow.Exchanges[1].Outcome, slow.Exchanges[1].Reply = dnsverdict.OutcomeSilent, dnsverdict.Reply{}
	public := whole
	public.Exchanges = slices.Clone(whole.Exchanges)
	public.Exchanges[2].Reply.Answers = []dnsverdict.Record{{Name: public.Name, Type: "A", Value: safe.New("8.8.4.4")}}
	return []dnsverdict.Report{
		whole, whole, whole, good, hop, wild, slow, public, skipped, unasked, silent(server), says(server, dnsverdict.Refused), says(server, dnsverdict.ServFail),
		says(server, dnsverdict.NXDomain), says(server, "BADTIME"),
	}
}

// one draws one of a list, the first of which is what is well, as long as something may
// be wrong.
func one[T any](t *rapid.T, faults *int, of []T) T {
	at := 0
	if *faults > 0 && rapid.Bool().Draw(t, "wrong") {
		at = rapid.IntRange(0, len(of)-1).Draw(t, "how")
	}
	if at > 0 {
		*faults--
	}
	return of[at]
}

// drawn is a trace of any situation that there may be.
func drawn(t *rapid.T) dnstrace.Trace {
	fault := rapid.SampledFrom([]int{0, 0, 1, 2, 3, 12}).Draw(t, "fault") // how many things may be wrong
	connected := model.AzureHalf{Status: model.HalfPresent, Proof: model.ProofRange, Peering: model.VNetPeering{
		Name: safe.New("to-kong"), State: model.VNetConnected, Sync: model.SyncFull, Provisioning: model.ProvisioningSucceeded, AllowAccess: model.Yes,
	}}
	n := situation(
		one(t, &fault, []model.NetworkState{model.NetworkReady, model.NetworkReady, model.NetworkInitializing, model.NetworkOffline, "dreaming"}),
		one(t, &fault, []model.PeeringState{model.PeeringReady, model.PeeringReady, model.PeeringInitializing, model.PeeringPendingUserAction, model.PeeringError, "dreaming"}),
		one(t, &fault, append([]model.AzureHalf{connected}, halves()...)),
		model.PrivateDNS{State: one(t, &fault, []model.PrivateDNSState{model.PrivateDNSReady, model.PrivateDNSReady, model.PrivateDNSError, "dreaming"})},
	)
	if n.Peerings[0].Azure.Peering.AllowAccess == connected.Peering.AllowAccess && n.State == model.NetworkReady && n.Peerings[0].State == model.PeeringReady {
		n.Peerings[0].Finding = finding.Finding{Code: "ready", Severity: finding.OK} // all that makes it well is for the judge to know
	}
	switch one(t, &fault, []int{5, 0, 1, 2, 3, 4}) {
	case 0:
		n.PrivateDNS, n.Peerings[0].DNS = nil, nil
	case 1:
		n.PrivateDNS = nil
	case 2:
		n.PrivateDNSRead = model.Part{}
	case 3:
		n.Peerings[0].Azure.VNet.AddressPrefixes = nil
	case 4:
		n.PrivateDNS[0].DNS[0].Servers[0] = safe.New("168.63.129.16")
	default:
	}
	known := one(t, &fault, []dnsverdict.Known[bool]{dnsverdict.Know(true), dnsverdict.Know(true), dnsverdict.Know(false), dnsverdict.NotKnown[bool]("nobody looked")})
	tr := traced(n, known)
	tr.State = one(t, &fault, []dnstrace.State{dnstrace.Done, dnstrace.Done, dnstrace.Cut, dnstrace.Cancelled, dnstrace.Running})
	tr.Pasted = one(t, &fault, []bool{false, true})
	w, _ := tr.Winner()
	read := one(t, &fault, []int{3, 0, 1, 2})
	for _, s := range w.Servers {
		server := dnstrace.Server{Report: one(t, &fault, heardAs(s.Raw())), Route: known}
		f := tr.Facts.Servers[s]
		gates := []dnsverdict.Known[dnsverdict.Gate]{
			dnsverdict.Know(dnsverdict.Gate{Open: true}), dnsverdict.NotKnown[dnsverdict.Gate]("not read"), dnsverdict.Know(dnsverdict.Gate{Finding: finding.Finding{Code: azuredns.CodePortClosed, Severity: finding.Broken, Cause: "TCP 53 is denied.", Next: finding.Next{Text: "Allow it."}}}),
		}
		if read > 0 {
			f.UDP, f.TCP, f.Taken, f.Endpoint, f.Loop = gates[0], gates[0], dnsverdict.Know(true), dnsverdict.Know(false), dnsverdict.Know(safe.Text{})
		}
		switch read {
		case 1:
			f.UDP = gates[1]
			server.Azure = []azuredns.Check{{ID: azuredns.CheckUDP, Outcome: azuredns.Unknown, Why: "not known: you may not read it", Finding: finding.Finding{Code: azuredns.CodeNotKnown, Severity: finding.Unknown, Next: finding.Next{Text: "Ask for Reader."}}}}
		case 2:
			f.TCP = gates[2]
			closed, _ := f.TCP.Get()
			f.Findings = append(f.Findings, closed.Finding)
		default:
		}
		tr.Facts.Servers[s] = f
		tr.Servers = append(tr.Servers, server)
	}
	tr.Facts.Zone = one(t, &fault, []dnsverdict.Known[dnsverdict.Zone]{
		dnsverdict.NotKnown[dnsverdict.Zone]("none of this subscription holds it"), dnsverdict.Know(dnsverdict.Zone{}), dnsverdict.Know(dnsverdict.Zone{Name: safe.New("example.org"), Exists: true, Linked: true}),
		dnsverdict.Know(dnsverdict.Zone{Name: safe.New("example.org"), Exists: true, Finding: finding.Finding{Code: azuredns.CodeZoneUnlinked, Severity: finding.Broken, Cause: "It is not linked.", Next: finding.Next{Text: "Link it."}}}),
	})
	return tr.Judged()
}

// A step that failed, or could not be made, always leads to a finding that is there, to a
// conclusion and to the exit code that says so; and where none did, all is well.
func TestNoStepIsRedOrUnknownWithoutAFinding(t *testing.T) {
	t.Parallel()
	well, bad := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tr := drawn(t)
		steps := slices.Concat(tr.Checks(), tr.Konnect, tr.Azure)
		open, unasked := false, true
		for _, r := range steps {
			if r.State == dnsverdict.RungDone || !tr.State.Over() && r.State == dnsverdict.RungUnknown {
				continue
			}
			open = true
			unasked = unasked && strings.Contains(r.Text, "carries TCP only")
			if r.Code == "" && (r.Check == dnsverdict.CheckEDNS || r.Check == dnsverdict.CheckUDP) && strings.Contains(r.Text, "carries TCP only") {
				// The step says itself that it was not asked. EDNS is about how large an answer over
				// UDP may be, and what it costs when it is cut is one more question over TCP (RFC 6891,
				// RFC 7766), which was asked: a person has nothing to do for want of it.
				continue
			}
			if !slices.ContainsFunc(tr.Findings, func(f finding.Finding) bool { return f.Code == r.Code && r.Code != "" }) && tr.State.Over() {
				t.Errorf("the check %s (%s, %q) leads to %q, which nobody gives\n%s", r.Check, r.State, r.Text, r.Code, tr.Text())
			}
		}
		c := tr.Conclusion()
		switch {
		case !tr.State.Over():
			if c.Concluded() == (c.Severity == finding.Working && c.Code == "") {
				t.Errorf("%+v", c)
			}
		case open && unasked && !tr.Broken() && c.Severity == finding.OK:
			well++ // what a way cannot carry is no alarm where the rest is answered
		case open && (!tr.Broken() || !c.Concluded() || c.Cause == "" || c.Where == "" || c.Next == ""):
			t.Errorf("open steps, and the conclusion is %+v\n%s", c, tr.Text())
		case !open && !tr.Broken() && (c.Severity != finding.OK || c.Concluded()):
			t.Errorf("all is well, and the conclusion is %+v\n%s", c, tr.Text())
		case !tr.Broken():
			well++
		default:
			bad++
		}
		once(t, tr)
	})
	if well == 0 || bad == 0 {
		t.Errorf("%d traces are well, and %d are not: the situations are not told apart", well, bad)
	}
}

// once: no cause and no next step stands twice in the text.
func once(t *rapid.T, tr dnstrace.Trace) {
	text := tr.Text()
	for _, f := range tr.Findings {
		same := 0 // objects that have the same
		for _, o := range tr.Findings {
			if strings.Contains(o.Cause, strings.TrimSuffix(f.Cause, ".")) {
				same++
			}
		}
		if n := strings.Count(strings.ToLower(text), strings.ToLower(strings.TrimSuffix(safe.Clean(f.Cause), "."))); f.Cause != "" && n != same {
			t.Errorf("said %d times: %s\n%s", n, f.Cause, text)
		}
	}
	for _, line := range tr.NotKnown() {
		if strings.Contains(text, "\n  "+line) {
			t.Errorf("listed, and not asked for:\n%s", text)
		}
		if !strings.Contains(tr.Rest(true), line) {
			t.Errorf("%q is not listed:\n%s", line, tr.Rest(true))
		}
	}
}
