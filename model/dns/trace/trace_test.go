package trace_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	dnstrace "github.com/peerdeck/peerdeck/model/dns/trace"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

func TestTheLongestDomainWinsAndShadowsTheOthers(t *testing.T) {
	t.Parallel()
	rules := dnstrace.RulesFor(dnstrace.Read("www.hr.example.org").Name, network())
	var got []string
	for _, r := range rules {
		got = append(got, r.Domain.String()+" "+string(r.Origin))
	}
	if want := "hr.example.org resolver, hr.example.org peering, example.org peering"; strings.Join(got, ", ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if rules[0].Tie || !rules[1].Tie || rules[2].Tie {
		t.Errorf("the same domain in another table is to be told: %+v", rules)
	}
}

func TestFactsComeFromTheSnapshot(t *testing.T) {
	t.Parallel()
	n := network()
	f := traced(n, dnsverdict.Known[bool]{}).Facts
	if p, known := f.Peering.Get(); !known || p.Name.Raw() != "hub-vnet" {
		t.Errorf("the peering whose VNET holds the server: %+v", f.Peering)
	}
	s := f.Servers[safe.New("10.20.0.5")]
	if routed, known := s.Routed.Get(); !known || !routed || s.Subnet.Raw() != "snet-dns" {
		t.Errorf("%+v", s)
	}
	if s.UDP.IsKnown() || s.UDP.Why() == "" {
		t.Errorf("what Azure was not asked for is not known: %+v", s.UDP)
	}
	n.Peerings[0].Azure = model.AzureHalf{Failure: &model.Failure{Cause: safe.New("no right to read it")}}
	f = traced(n, dnsverdict.Known[bool]{}).Facts
	if f.Half.IsKnown() || f.Half.Why() != "no right to read it" || f.Servers[safe.New("10.20.0.5")].Routed.IsKnown() {
		t.Errorf("an unreadable half is not known, and says why: %+v", f)
	}
}

func TestFindingsNameTheCommandOfTheirNextStep(t *testing.T) {
	t.Parallel()
	n := network()
	closed := traced(n, dnsverdict.Know(true), says("10.20.0.5", dnsverdict.NoError), says("10.20.0.6", dnsverdict.NoError))
	s := closed.Facts.Servers[safe.New("10.20.0.5")]
	s.Findings = []finding.Finding{{Code: "server-port-closed", Severity: finding.Broken, Next: finding.Next{Command: "az network nsg rule create"}}}
	closed.Facts.Servers[safe.New("10.20.0.5")] = s
	stale := network()
	stale.Peerings[0].Azure.Peering.Sync = model.SyncLocalBehind
	stale.Peerings[0].Finding = model.NewJudge().Peering(model.PeeringFacts{Network: stale.Network, Peering: stale.Peerings[0].Peering, Azure: stale.Peerings[0].Azure, Now: noon()})
	for name, c := range map[string]struct {
		trace   dnstrace.Trace
		code    finding.Code
		command string
	}{
		"a closed gate":    {closed, "server-port-closed", "az network nsg rule create"},
		"no way from here": {traced(n, dnsverdict.Known[bool]{}, silent("10.20.0.5"), silent("10.20.0.6")), "N01", "dig @10.20.0.5 www.hr.example.org A; dig @10.20.0.5 www.hr.example.org A +tcp"},
		"all refuse":       {traced(n, dnsverdict.Know(true), says("10.20.0.5", dnsverdict.Refused), says("10.20.0.6", dnsverdict.Refused)), "N07", "dig @10.20.0.5 hr.example.org SOA +norecurse"},
		"out of sync":      {traced(stale, dnsverdict.Know(true)), "azure-local-behind", "az network vnet peering sync --subscription sub --resource-group rg --vnet-name vnet-hub --name to-kong"},
	} {
		tr := c.trace.Judged()
		at := slices.IndexFunc(tr.Findings, func(f finding.Finding) bool { return f.Code == c.code })
		if at < 0 || !strings.HasPrefix(tr.Findings[at].Next.Command, c.command) {
			t.Errorf("%s: %+v", name, tr.Findings)
			continue
		}
		// What is shown is what is copied, and what programs read.
		if !strings.Contains(tr.Text(), "$ "+tr.Findings[at].Next.Command+"\n") || tr.Document().Findings[at].Command != tr.Findings[at].Next.Command {
			t.Errorf("%s: another command:\n%s", name, tr.Text())
		}
	}
}

// Silence from a place that has no way is no fault of the server.
func TestSilenceFromAnUnprovenPlaceIsNotTestable(t *testing.T) {
	t.Parallel()
	for _, s := range traced(network(), dnsverdict.Known[bool]{}, silent("10.20.0.5"), silent("10.20.0.6")).Judged().Servers {
		if s.Cell.Word != "n/a here" || s.Cell.Severity != model.SeverityUnknown || s.Reachable.Is != model.Unstated {
			t.Errorf("%+v", s)
		}
	}
}

func TestATextForATicketHoldsAllAndNothingThatATerminalObeys(t *testing.T) {
	t.Parallel()
	bad := says("10.20.0.6", dnsverdict.Refused)
	bad.Exchanges[0].Reply.Errors = []dnsverdict.ExtendedError{{Code: 18, Name: "Prohibited", Text: safe.New("\x1b]0;x\x07no\r\nway\u202e")}}
	bad.Exchanges[0].Type = "\x1b[2J"
	tr := traced(network(), dnsverdict.Know(true), says("10.20.0.5", dnsverdict.NoError), bad).Judged()
	text := tr.Text()
	for _, want := range []string{"Trace of www.hr.example.org on the network eu-prod", "from this machine", "hr.example.org → 10.20.0.5, 10.20.0.6, in the resolver eu-prod-dns", "shadowed", "10.20.0.5", "REFUSED", "Prohibited (EDE 18)", "next:", "$ dig @10.20.0.6"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	if strings.ContainsAny(text, "\x1b\x07\r\u202e") {
		t.Errorf("a character that a terminal obeys: %q", text)
	}
	if !tr.Broken() {
		t.Error("a server that refuses is a finding")
	}
	body, err := json.Marshal(tr.Document())
	if err != nil || strings.Contains(string(body), "null") && !strings.Contains(string(body), `"failure":null`) {
		t.Errorf("%v %s", err, body)
	}
}

func TestWhatIsNoNameIsAWholeTraceToo(t *testing.T) {
	t.Parallel()
	tr := dnstrace.Trace{Query: dnstrace.Read("10.20.0.5"), Network: safe.New("n1"), State: dnstrace.Done, Begun: noon()}.Judged()
	if !tr.Broken() || !strings.Contains(tr.Text(), "$ peerdeck dns trace 5.0.20.10.in-addr.arpa --network n1") {
		t.Errorf("%s", tr.Text())
	}
}

// A name that no public DNS serves is expected to be private, whatever else is known; of
// any other name nothing is expected.
func TestNamesOfPrivateUseAreExpectedToBePrivate(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"orders.corp.internal": true, "www.hr.example.org": false} {
		private, known := dnstrace.Trace{Query: dnstrace.Read(name)}.Case().Facts.Private.Get()
		if known != want || private != want {
			t.Errorf("%s: private %v, known %v", name, private, known)
		}
	}
}
