package verdict_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

const (
	account = "acct.blob.core.windows.net"
	inside  = "acct.privatelink.blob.core.windows.net"
	private = "privatelink.blob.core.windows.net"
)

// account asked for: a server that answers for a storage account.
func ofAccount(r dnsverdict.Reply) dnsverdict.Case {
	c := caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, soaReply(7)), answered(dnsverdict.StepSOA, dnsverdict.TCP, soaReply(7)), answered(dnsverdict.StepA, dnsverdict.UDP, r)))
	c.Name, c.Domain = safe.New(account), safe.New("blob.core.windows.net")
	c.Reports[0].Name, c.Reports[0].Domain = c.Name, c.Domain
	return c
}

// deniedBy is "no such name" in the name of a zone.
func deniedBy(zone, primary string) dnsverdict.Reply {
	r := reply(dnsverdict.NXDomain, account+" CNAME "+inside)
	r.SOA = dnsverdict.SOA{Zone: safe.New(zone), Primary: safe.New(primary), Serial: 1, Minimum: 10 * time.Second, Beside: true}
	return r
}

func leads(address string) dnsverdict.Reply {
	return reply(dnsverdict.NoError, account+" CNAME "+inside, inside+" A "+address)
}

func zoned(z dnsverdict.Zone) dnsverdict.Facts {
	z.Name, z.Exists = safe.New(private), true
	f := about(dnsverdict.ServerFacts{Endpoint: dnsverdict.Know(true)})
	f.Zone = dnsverdict.Know(z)
	return f
}

// explained is a server whose answers carry an explanation.
func explained(code dnsverdict.RCode, ede int, records ...string) dnsverdict.Report {
	r := reply(code, records...)
	r.Errors = []dnsverdict.ExtendedError{{Code: ede, Name: "Word", Text: safe.New("its words")}}
	return says(one, r)
}

func failsWith(ede int) dnsverdict.Report { return explained(dnsverdict.ServFail, ede) }

func peered(spans ...dnsverdict.Span) dnsverdict.Facts {
	f := dnsverdict.Facts{Network: network(), Reach: dnsverdict.Know(dnsverdict.Reach{Spans: spans})}
	return f
}

func owned(a dnsverdict.AddressFacts) dnsverdict.Facts {
	return dnsverdict.Facts{Addresses: map[safe.Text]dnsverdict.AddressFacts{safe.New("10.1.0.9"): a}}
}

// moreReadings are the cases of names that are private, of addresses that look right, and of servers
// that say why.
func moreReadings() map[string]reading {
	carried := span("10.1.0.0/16", dnsverdict.Know(true), "")
	missing := finding.Finding{Code: "zone-record-missing", Severity: finding.Broken, Cause: "No record.", Next: finding.Next{Text: "Add it.", Command: "az …"}}
	onlyPrivate := dnsverdict.Facts{Network: network(), Row: dnsverdict.Know(dnsverdict.Row{Private: safe.New(private), PrivateServers: []safe.Text{safe.New(one), safe.New(two)}})}
	unmapped := caseOf()
	unmapped.Name, unmapped.Domain = safe.New(account), safe.Text{}
	over := func(r dnsverdict.Report, records ...string) dnsverdict.Report {
		r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepA, dnsverdict.TCP, reply(dnsverdict.NoError, records...)))
		return r
	}
	platform := gives("168.63.129.16", "10.1.0.9")
	return map[string]reading{
		"a public end of the alias":       {"N15", ofAccount(leads("20.50.2.1")), finding.Likely, []string{"20.50.2.1", "the private zone " + private + " is not linked", "no record acct", "az network private-dns zone list", "whether the private zone is linked is not known"}},
		"the record is there, and public": {"N15", knowing(ofAccount(leads("20.50.2.1")), zoned(dnsverdict.Zone{Linked: true, Held: dnsverdict.Know(true)})), finding.Likely, []string{"does not ask Azure's resolver", "168.63.129.16"}},
		"no record, by the zone":          {"N38", ofAccount(deniedBy(private, "azureprivatedns.net")), finding.Likely, []string{private, "has no record acct", "NxDomainRedirect", "whether the link of the zone falls back"}},
		"another zone of that name":       {"N38", knowing(ofAccount(deniedBy(private, "azureprivatedns.net")), zoned(dnsverdict.Zone{Finding: finding.Finding{Code: "zone-unlinked"}})), finding.Likely, []string{"another zone of that name"}},
		"only the private zone is mapped": {"N39", knowing(unmapped, onlyPrivate), finding.Sure, []string{"nly the private zone " + private, "Add a row for blob.core.windows.net", "not documented", "echo 'blob.core.windows.net -> 10.1.0.4, 10.1.0.5' | peerdeck dns apply - --format pairs --network eu-prod --yes"}},
		"the gateway's own range":         {"N40", knowing(caseOf(gives(one, "10.0.3.4")), peered(carried)), finding.Sure, []string{"10.0.3.4, the address of " + name, "own range 10.0.0.0/16"}},
		"one of several":                  {"N40", knowing(caseOf(gives(one, "10.0.3.4", "10.1.0.9", "10.1.0.8")), peered(carried)), finding.Sure, []string{"10.0.3.4, one of 3 addresses of"}},
		"no peered range":                 {"N41", knowing(caseOf(gives(one, "10.7.0.9")), peered(carried)), finding.Likely, []string{"10.1.0.0/16 of vnet-hub", "do not hand traffic on"}},
		"two of three":                    {"N41", knowing(caseOf(gives(one, "10.7.0.9", "10.7.0.8", "10.1.0.9")), peered(carried)), finding.Likely, []string{"10.7.0.8, 10.7.0.9, some of 3 addresses"}},
		"no peered range, and a gateway":  {"N41", knowing(caseOf(gives(one, "10.7.0.9")), dnsverdict.Facts{Reach: dnsverdict.Know(dnsverdict.Reach{Spans: []dnsverdict.Span{carried}, Beyond: "vnet-hub lets its gateway be used"})}), finding.Possible, []string{"vnet-hub lets its gateway be used"}},
		"a range that is not in sync":     {"N42", knowing(caseOf(gives(one, "10.5.0.9")), peered(carried, span("10.5.0.0/16", dnsverdict.Know(false), "they are not in sync"))), finding.Sure, []string{"10.5.0.0/16", "not in sync", "az sync"}},
		"an endpoint made anew": {"N43", knowing(ofAccount(leads("10.1.0.9")), func() dnsverdict.Facts {
			f := owned(dnsverdict.AddressFacts{Owner: "the network card nic-1"})
			f.Endpoint = dnsverdict.Know(dnsverdict.PrivateEndpoint{Name: safe.New("pe-acct"), Addresses: []safe.Text{safe.New("10.1.0.22")}, Put: "az put"})
			return f
		}()), finding.Sure, []string{"pe-acct", "10.1.0.22", "10.1.0.9 belongs to the network card nic-1", "az put"}},
		"nobody has it":               {"N43", knowing(ofAccount(leads("10.1.0.9")), owned(dnsverdict.AddressFacts{Taken: dnsverdict.Know(false)})), finding.Likely, []string{"nothing has", "az network private-endpoint list"}},
		"another has it":              {"N43", knowing(ofAccount(leads("10.1.0.9")), owned(dnsverdict.AddressFacts{Taken: dnsverdict.Know(true), Owner: "the network card nic-7 of the machine vm-7"})), finding.Likely, []string{"belongs to the network card nic-7 of the machine vm-7"}},
		"the platform answers":        {"N44", caseOf(platform), finding.Sure, []string{"168.63.129.16 answers", "inbound endpoint"}},
		"nobody answers":              {"N44", knowing(caseOf(gives(one, "10.1.0.9")), about(dnsverdict.ServerFacts{Taken: dnsverdict.Know(false)})), finding.Likely, []string{"nothing has the address"}},
		"blocked":                     {"N45", caseOf(explained(dnsverdict.NXDomain, 15)), finding.Likely, []string{"block list", "NXDOMAIN"}},
		"forged by policy":            {"N45", caseOf(explained(dnsverdict.NoError, 4, name+" A 0.0.0.0")), finding.Likely, []string{"no true answer"}},
		"a stale answer":              {"N46", caseOf(explained(dnsverdict.NoError, 3, name+" A 10.1.0.9")), finding.Likely, []string{"old answer", "forwarders"}},
		"a stale denial":              {"N46", caseOf(explained(dnsverdict.NXDomain, 19)), finding.Likely, []string{"old answer"}},
		"FORMERR":                     {"N47", caseOf(codes(one, dnsverdict.FormErr)), finding.Likely, []string{"says FORMERR"}},
		"a code of tomorrow":          {"N47", caseOf(codes(one, "RCODE 17")), finding.Likely, []string{"RCODE 17"}},
		"UDP and TCP":                 {"N48", caseOf(over(gives(one, "10.1.0.9"), name+" A 10.9.9.9")), finding.Likely, []string{"10.1.0.9", "10.9.9.9", "+tcp"}},
		"no reachable authority":      {"N09", caseOf(failsWith(22)), finding.Likely, []string{"lies behind", "forwarders"}},
		"a network error":             {"N09", knowing(caseOf(failsWith(23)), about(dnsverdict.ServerFacts{Forwards: dnsverdict.Know(dnsverdict.Forwarding{Ruleset: safe.New("rs"), Rule: safe.New("r1"), Targets: []safe.Text{safe.New("10.9.0.4")}})})), finding.Likely, []string{"the rule r1 of the ruleset rs", "dig @10.9.0.4 " + name}},
		"DNSSEC":                      {"N08", caseOf(failsWith(6)), finding.Likely, []string{"+cd +dnssec"}},
		"not ready":                   {"N08", caseOf(failsWith(14)), finding.Likely, []string{"Wait until"}},
		"not authoritative":           {"N08", caseOf(failsWith(20)), finding.Likely, []string{"holds or forwards"}},
		"invalid data":                {"N08", caseOf(failsWith(24)), finding.Likely, []string{"state of the zone"}},
		"a referral of a recursor":    {"N14", caseOf(says(one, func() dnsverdict.Reply { r := lameReply(); r.RA = true; return r }())), finding.Likely, []string{"offers recursion, does none"}},
		"versions that flicker":       {"N17", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(4) }), gives(two, "10.1.0.8")), finding.Likely, []string{"10.1.0.9", "10.1.0.8", "kept for 1 min only"}},
		"the spare is silent":         {"N31", caseOf(gives(one, "10.1.0.9"), silent(two)), finding.Likely, []string{"nothing shows it until that one is away"}},
		"zones that are not the same": {"N16", caseOf(report(one, answered(dnsverdict.StepA, dnsverdict.UDP, reply(dnsverdict.NoError, name+" A 10.1.0.9"))), gives(two, "10.1.0.8")), finding.Possible, []string{"they hold different zones"}},
		"the zone tells itself":       {"zone-record-missing", knowing(ofAccount(deniedBy(private, "azureprivatedns.net")), zoned(dnsverdict.Zone{Linked: true, Missing: missing})), finding.Stated, []string{"No record."}},
		"public, and no record":       {"zone-record-missing", knowing(ofAccount(leads("20.50.2.1")), zoned(dnsverdict.Zone{Linked: true, Missing: missing})), finding.Stated, []string{"No record."}},
	}
}

// What is near to a symptom, and is not one.
func TestNearMisses(t *testing.T) {
	t.Parallel()
	carried, unknown := span("10.1.0.0/16", dnsverdict.Know(true), ""), span("10.1.0.0/16", dnsverdict.NotKnown[bool]("it was not read"), "")
	tcp := func(r dnsverdict.Report, step dnsverdict.Step, records ...string) dnsverdict.Report {
		r.Exchanges = append(r.Exchanges, answered(step, dnsverdict.TCP, reply(dnsverdict.NoError, records...)))
		return r
	}
	udp := func(r dnsverdict.Report, records ...string) dnsverdict.Report {
		r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepLatency, dnsverdict.UDP, reply(dnsverdict.NoError, records...)))
		return r
	}
	named := dnsverdict.AddressFacts{Taken: dnsverdict.Know(true), Owner: "the private endpoint pe-acct", Names: []safe.Text{safe.New("ACCT.blob.core.windows.net.")}}
	for what, c := range map[string]struct {
		code finding.Code
		it   dnsverdict.Case
	}{
		"the range was not read":             {"N41", knowing(caseOf(gives(one, "10.7.0.9")), dnsverdict.Facts{Network: network()})},
		"a public address of a public name":  {"N41", knowing(caseOf(gives(one, "20.50.2.1")), peered(carried))},
		"in the range":                       {"N41", knowing(caseOf(gives(one, "10.1.0.9")), peered(carried))},
		"in the gateway's range":             {"N41", knowing(caseOf(gives(one, "10.0.3.4")), peered(carried))},
		"carried by one of two peerings":     {"N42", knowing(caseOf(gives(one, "10.1.0.9")), peered(carried, span("10.1.0.0/24", dnsverdict.Know(false), "not in sync")))},
		"whether it is carried is not known": {"N42", knowing(caseOf(gives(one, "10.1.0.9")), peered(unknown))},
		"the endpoint has the address":       {"N43", knowing(ofAccount(leads("10.1.0.9")), dnsverdict.Facts{Endpoint: dnsverdict.Know(dnsverdict.PrivateEndpoint{Name: safe.New("pe"), Addresses: []safe.Text{safe.New("10.1.0.9")}})})},
		"the owner is for the name":          {"N43", knowing(ofAccount(leads("10.1.0.9")), owned(named))},
		"a name without an endpoint":         {"N43", knowing(caseOf(gives(one, "10.1.0.9")), owned(dnsverdict.AddressFacts{Taken: dnsverdict.Know(true), Owner: "the network card of vm-7"}))},
		"the server has its address":         {"N44", knowing(caseOf(gives(one, "10.1.0.9")), about(dnsverdict.ServerFacts{Taken: dnsverdict.Know(true)}))},
		"a list of clients":                  {"N45", caseOf(explained(dnsverdict.Refused, 18))},
		"a failure that was kept":            {"N09", caseOf(failsWith(13))},
		"the sets rotate":                    {"N48", caseOf(udp(tcp(gives(one, "10.1.0.9"), dnsverdict.StepA, name+" A 10.1.0.8"), name+" A 10.1.0.8"))},
		"each answer is another":             {"N48", caseOf(udp(tcp(gives(one, "10.1.0.9"), dnsverdict.StepA, name+" A 10.1.0.7"), name+" A 10.1.0.8"))},
		"the same in another order":          {"N48", caseOf(tcp(gives(one, "10.1.0.9", "10.1.0.8"), dnsverdict.StepA, name+" A 10.1.0.8", name+" A 10.1.0.9"))},
		"the account is not there":           {"N38", ofAccount(deniedBy("blob.core.windows.net", "ns1-204.azure-dns.com"))},
		"Azure's public private zone":        {"N38", ofAccount(deniedBy(private, "ns1-204.azure-dns.com"))},
		"a private zone of one's own": {"N38", caseOf(says(one, func() dnsverdict.Reply {
			r := beside(reply(dnsverdict.NXDomain))
			r.SOA.Primary = safe.New("azureprivatedns.net")
			return r
		}()))},
		"no word of misspelling where the private zone denies": {"N33", ofAccount(deniedBy(private, "azureprivatedns.net"))},
		"nor where a list blocks":                              {"N33", caseOf(explained(dnsverdict.NXDomain, 15))},
		"no fault of its own where it lies behind":             {"N08", caseOf(failsWith(22))},
		"a row for the name":                                   {"N39", knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone), Private: safe.New(private)})})},
		"no row, and the private one is another finding":       {"N23", knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Private: safe.New(private)})})},
	} {
		if f, there := found(dnsverdict.Diagnose(c.it), c.code); there {
			t.Errorf("%s: %+v", what, f)
		}
	}
}

// A large answer is counted and its first records are shown; its aliases are never among
// what is left out.
func TestALargeAnswer(t *testing.T) {
	t.Parallel()
	records := make([]string, 0, 4001)
	for i := range 4000 {
		records = append(records, "b.corp.example A 10.1."+number(i/250)+"."+number(i%250+1))
	}
	records = append(records, name+" CNAME b.corp.example")
	c := knowing(caseOf(says(one, reply(dnsverdict.NoError, records...)), says(two, reply(dnsverdict.NoError, records...))), allKnown())
	r := c.Reports[0].Best(dnsverdict.StepA).Reply
	if len(r.Answers)+r.More != 4001 || len(r.Answers) > 100 || len(c.Reports[0].Chain().Addresses) == 0 {
		t.Fatalf("%d kept, %d more", len(r.Answers), r.More)
	}
	ladder := dnsverdict.Ladder(c)
	last := ladder[len(ladder)-1]
	if last.State != dnsverdict.RungUnknown || !strings.Contains(last.Text, "not looked at one by one") || len(last.Text) > 200 {
		t.Errorf("%+v", last)
	}
	for about, want := range map[string]struct {
		prefix string
		state  dnsverdict.RungState
	}{"all in a range": {"10.1.0.0/16", dnsverdict.RungDone}, "some outside": {"10.1.0.0/24", dnsverdict.RungUnknown}} {
		large := c
		large.Reports = slices.Clone(c.Reports)
		for i := range large.Reports {
			e := large.Reports[i].Best(dnsverdict.StepA)
			var list []dnsverdict.Record
			for i := range 4000 {
				list = append(list, dnsverdict.Record{Name: safe.New(name), Type: "A", Value: safe.New("10.1." + number(i/250) + "." + number(i%250+1))})
			}
			e.Reply.Answers, e.Reply.More, e.Reply.Sum = dnsverdict.Compact(list)
			e.Reply.Cover = dnsverdict.CoverOf(list)
			large.Reports[i] = report(one, e)
		}
		large.Facts.Reach = dnsverdict.Know(dnsverdict.Reach{Spans: []dnsverdict.Span{span(want.prefix, dnsverdict.Know(true), "")}})
		ladder := dnsverdict.Ladder(large)
		if last := ladder[len(ladder)-1]; last.State != want.state || !strings.Contains(last.Text, "3999 more") {
			t.Errorf("%s: %+v", about, last)
		}
	}
	for _, f := range dnsverdict.Diagnose(c) {
		if f.Severity > model.SeverityOK && f.Code != "N02" || len(f.Cause) > 400 {
			t.Errorf("%+v", f)
		}
	}
}

func number(i int) string {
	return strings.TrimLeft(string([]byte{byte('0' + i/100), byte('0' + i/10%10)}), "0") + string(byte('0'+i%10))
}

// Every address that is wrong is found among those that are right, whatever the order.
func TestWrongAddressesAmongMany(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{{"10.0.0.9", "10.1.0.9"}, {"10.1.0.9", "10.0.0.9"}, {"10.1.0.7", "10.1.0.8", "10.7.0.1", "10.0.0.9"}} {
		all := dnsverdict.Diagnose(knowing(caseOf(gives(one, list...)), peered(span("10.1.0.0/16", dnsverdict.Know(true), ""))))
		if !slices.ContainsFunc(all, func(f finding.Finding) bool { return f.Code == "N40" && strings.Contains(f.Cause, "10.0.0.9") }) {
			t.Errorf("%v: %+v", list, all)
		}
	}
}
