package verdict_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/peerdeck/peerdeck/model"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/safe"
)

// about makes facts about the first server.
func about(s dnsverdict.ServerFacts) dnsverdict.Facts {
	return dnsverdict.Facts{Servers: map[safe.Text]dnsverdict.ServerFacts{safe.New(one): s}}
}

func ready() dnsverdict.Known[model.PeeringStatus] {
	return dnsverdict.Know(model.PeeringStatus{Peering: model.Peering{Name: safe.New("hub"), State: model.PeeringReady, VNet: model.VNetRef{Name: safe.New("vnet-hub")}}})
}

func network() dnsverdict.Known[model.NetworkStatus] {
	return networkIn(model.NetworkReady)
}

func networkIn(state model.NetworkState) dnsverdict.Known[model.NetworkStatus] {
	return dnsverdict.Know(model.NetworkStatus{Network: model.Network{Name: safe.New("eu-prod"), State: state, CIDR: model.NewPrefix(safe.New("10.0.0.0/16"))}})
}

// unlinked is a zone that Azure knows not to be linked, with Azure's finding.
func unlinked() dnsverdict.Known[dnsverdict.Zone] {
	return dnsverdict.Know(dnsverdict.Zone{Name: safe.New(zone), Exists: true, Finding: finding.Finding{
		Code: "zone-unlinked", Severity: finding.Broken, Cause: "The private zone is not linked.", Next: finding.Next{Kind: finding.NextCommand, Text: "Link it.", Command: "az …"},
	}})
}

func half(status model.HalfStatus, state model.VNetPeeringState, sync model.SyncLevel) dnsverdict.Known[model.AzureHalf] {
	return dnsverdict.Know(model.AzureHalf{
		Status: status, VNet: model.VNet{Name: safe.New("vnet-hub")},
		Peering: model.VNetPeering{Name: safe.New("to-kong"), State: state, Sync: sync},
	})
}

// edited changes the exchange of a step over UDP in a copy of a report.
func edited(r dnsverdict.Report, step dnsverdict.Step, change func(*dnsverdict.Exchange)) dnsverdict.Report {
	r.Exchanges = slices.Clone(r.Exchanges)
	for i := range r.Exchanges {
		if r.Exchanges[i].Step == step && r.Exchanges[i].Transport == dnsverdict.UDP {
			change(&r.Exchanges[i])
		}
	}
	return r
}

func slow(d time.Duration, words ...string) func(*dnsverdict.Exchange) {
	return func(e *dnsverdict.Exchange) {
		e.Took, e.Waited = d, d
		for _, w := range words {
			e.Reply.Errors = append(e.Reply.Errors, dnsverdict.ExtendedError{Code: 22, Name: "No Reachable Authority", Text: safe.New(w)})
		}
	}
}

func lameReply() dnsverdict.Reply {
	return dnsverdict.Reply{Code: dnsverdict.NoError, Elsewhere: []safe.Text{safe.New("a.root-servers.net")}}
}

func cutReply() dnsverdict.Reply {
	r := reply(dnsverdict.NoError)
	r.TC = true
	return r
}

// reading is a case, the code of the row that must fit it, how sure it must be, and
// what must be said.
type reading struct {
	code finding.Code
	it   dnsverdict.Case
	sure finding.Confidence
	says []string
}

func readings() map[string]reading {
	aliased := func(to string, r ...string) dnsverdict.Reply {
		return reply(dnsverdict.NoError, append([]string{name + " CNAME " + to}, r...)...)
	}
	authority := func(r dnsverdict.Reply) dnsverdict.Reply { r.AA, r.RA = true, false; return r }
	return map[string]reading{
		"no way from here": {"N01", knowing(caseOf(silent(one), silent(two)), dnsverdict.Facts{
			Vantage: "this machine", Route: dnsverdict.Know(false), Peering: ready(),
		}), finding.Sure, []string{"Not testable from this machine", "vnet-hub", "dig @10.1.0.4 orders.corp.example A"}},
		"no proof of a way":                {"N01", caseOf(silent(one)), finding.Likely, []string{"nothing proves a way", "it was not looked up"}},
		"all silent inside":                {"N02", knowing(caseOf(silent(one), silent(two)), dnsverdict.Facts{Route: dnsverdict.Know(true), Network: network()}), finding.Possible, []string{"10.0.0.0/16", "security group"}},
		"the gateway fails":                {"N03", knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewayFails: dnsverdict.Know(true), Peering: ready(), Network: network()}), finding.Likely, []string{"10.0.0.0/16", "allow-query"}},
		"the gateway resolved it":          {"N49", seeing(caseOf(silent(one)), time.Hour, lookedUp("10.1.0.9")), finding.Sure, []string{"The gateway itself resolved orders.corp.example to 10.1.0.9 1 h ago"}},
		"the gateway resolved it long ago": {"N49", seeing(caseOf(silent(one)), 12*24*time.Hour, lookedUp("10.1.0.9")), finding.Possible, []string{"12 days ago", "whether it is still so", "Save a new trace"}},
		"the gateway found no such name":   {"N50", seeing(caseOf(silent(one)), time.Minute, failedUp("dns server error: 3 name error")), finding.Sure, []string{"could not resolve orders.corp.example", "3 name error", "no such name", "the row corp.example"}},
		"the gateway was turned away":      {"N50", seeing(caseOf(silent(one)), time.Minute, failedUp("server error: 5 query refused")), finding.Sure, []string{"allow-query"}},
		"the gateway failed at times":      {"N50", seeing(caseOf(silent(one)), time.Minute, failedUp("timeout"), lookedUp("10.1.0.9")), finding.Sure, []string{"in 1 of 2 look-ups", "53/UDP and 53/TCP are open"}},
		"the gateway could not connect":    {"N51", seeing(knowing(caseOf(silent(one)), dnsverdict.Facts{Network: network()}), time.Minute, lookedUp("10.1.0.9"), refusedPeer()), finding.Sure, []string{"could not connect to 10.1.0.9:443", "connection refused", "peerdeck paths --network eu-prod --to 10.1.0.9:443"}},
		"one refuses":                      {"N06", caseOf(codes(one, dnsverdict.Refused), gives(two, "10.1.0.9")), finding.Likely, []string{"10.1.0.4 refuses", "allow-query"}},
		"all refuse":                       {"N07", caseOf(codes(one, dnsverdict.Refused), codes(two, dnsverdict.Refused)), finding.Likely, []string{"dig @10.1.0.4 corp.example SOA +norecurse"}},
		"all refuse, with a zone": {"N07", caseOf(func() dnsverdict.Report {
			r := codes(one, dnsverdict.Refused)
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepAuthority, dnsverdict.UDP, authority(soaReply(7))))
			return r
		}()), finding.Likely, []string{"is an authority for corp.example and refuses"}},
		"fails at once":              {"N08", caseOf(codes(one, dnsverdict.ServFail)), finding.Likely, []string{"fails by itself", "zone"}},
		"fails at once, behind it":   {"N09", caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepA, slow(60*time.Millisecond, "at \x1b[31m1.2.3.4"))), finding.Likely, []string{`No Reachable Authority (EDE 22): at \u{1b}[31m1.2.3.4`, "lies behind 10.1.0.4", "forwarders"}},
		"fails slowly":               {"N09", caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepSOA, slow(4*time.Second))), finding.Likely, []string{"4.0 s", "forwarders"}},
		"fails, neither fast or not": {"N09", caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepSOA, slow(time.Second))), finding.Possible, []string{"1.0 s"}},
		"maybe a circle": {"N10", knowing(caseOf(silent(one)), about(dnsverdict.ServerFacts{
			Endpoint: dnsverdict.Know(true), OtherDomains: dnsverdict.Know(true), Loop: dnsverdict.NotKnown[safe.Text]("no right to read rulesets"),
		})), finding.Possible, []string{"no right to read rulesets"}},
		"zone not read":     {"N11", knowing(caseOf(says(one, reply(dnsverdict.NXDomain))), about(dnsverdict.ServerFacts{Endpoint: dnsverdict.Know(true)})), finding.Likely, []string{"whether the zone is linked is not known"}},
		"endpoint unknown":  {"N11", caseOf(says(one, reply(dnsverdict.NXDomain))), finding.Possible, []string{"whether 10.1.0.4 is an inbound endpoint is not known: it was not looked up"}},
		"not replicas":      {"N12", caseOf(says(one, beside(reply(dnsverdict.NXDomain))), gives(two, "10.1.0.9")), finding.Sure, []string{"two rows of corp.example"}},
		"not replicas, two": {"N12", caseOf(gives(one, "10.1.0.9"), says(two, beside(reply(dnsverdict.NXDomain)))), finding.Sure, []string{"only when that one is away"}},
		"no address":        {"N13", caseOf(says(one, beside(reply(dnsverdict.NoError)))), finding.Likely, []string{"no address", "serial 7"}},
		"IPv6 only": {"N13", caseOf(func() dnsverdict.Report {
			r := says(one, beside(reply(dnsverdict.NoError)))
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepAAAA, dnsverdict.UDP, reply(dnsverdict.NoError, name+" AAAA fd00::1")))
			return r
		}()), finding.Likely, []string{"fd00::1"}},
		"lame": {"N14", caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, lameReply()), answered(dnsverdict.StepA, dnsverdict.UDP, lameReply()))), finding.Likely, []string{"a.root-servers.net", "recursion"}},
		"a public address for a private endpoint": {"N15", caseOf(says(one, aliased("orders.privatelink.example.net", "orders.privatelink.example.net A 20.50.2.1"))), finding.Likely, []string{"20.50.2.1", "privatelink", "whether the private zone is linked is not known"}},
		"a public address beside a private one":   {"N15", caseOf(gives(one, "20.50.2.1"), gives(two, "10.1.0.9")), finding.Likely, []string{"10.1.0.5 gives private addresses"}},
		"different addresses":                     {"N16", caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.8")), finding.Possible, []string{"10.1.0.9", "10.1.0.8", "asked once"}},
		"rotation": {"N16", caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Latency = dnsverdict.Latency{Asked: 3, Sets: 2}
			return r
		}(), gives(two, "10.1.0.8")), finding.Likely, []string{"rotate"}},
		"behind":                {"N17", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(4) }), gives(two, "10.1.0.9")), finding.Likely, []string{"10.1.0.4 is behind", "3 later", "ns.corp.example"}},
		"serials without order": {"N17", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(7 + 1<<31) }), gives(two, "10.1.0.9")), finding.Likely, []string{"RFC 1982"}},
		"cut and whole": {"N18", caseOf(func() dnsverdict.Report {
			r := says(one, cutReply())
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepA, dnsverdict.TCP, reply(dnsverdict.NoError, name+" A 10.1.0.9")))
			return r
		}()), finding.Sure, []string{"too large for UDP"}},
		"cut and closed":                 {"N19", caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, cutReply()), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed))), finding.Sure, []string{"the connection is refused", "Open 53/TCP"}},
		"EDNS dropped":                   {"N20", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.EDNS = dnsverdict.EDNSDropped })), finding.Likely, []string{"drops questions with EDNS"}},
		"EDNS refused":                   {"N20", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.EDNS = dnsverdict.EDNSRefused })), finding.Sure, []string{"does not understand EDNS"}},
		"authority":                      {"N21", caseOf(says(one, authority(reply(dnsverdict.NoError, name+" A 10.1.0.9")))), finding.Sure, []string{"AA=1, RA=0"}},
		"authority, and an alias leaves": {"N21", caseOf(says(one, authority(aliased("x.elsewhere.example")))), finding.Sure, []string{"x.elsewhere.example", "outside of corp.example"}},
		"an old address":                 {"N22", knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewaySees: dnsverdict.Know([]safe.Text{safe.New("10.1.0.7")})}), finding.Likely, []string{"10.1.0.7", "within 1 min"}},
		"an old denial":                  {"N22", knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewaySees: dnsverdict.Know([]safe.Text{})}), finding.Likely, []string{"does not exist", "within 5 min"}},
		"no row":                         {"N23", knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{})}), finding.Sure, []string{"No row", "is a public name", "add a row", name}},
		"a slip": {"N23", knowing(caseOf(), dnsverdict.Facts{
			Network: network(), Row: dnsverdict.Know(dnsverdict.Row{Near: near.Domains("www.crop.example", []string{zone})}),
		}), finding.Sure, []string{"the nearest row is corp.example", "If www.corp.example is meant", "peerdeck dns trace www.corp.example --network eu-prod"}},
		"a longer row": {"N24", knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New("a.corp.example"), Expected: safe.New(zone)})}), finding.Sure, []string{"a.corp.example"}},
		"left alone":   {"N25", knowing(caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.9")), dnsverdict.Facts{FirstSilent: dnsverdict.Know(10 * time.Minute)}), finding.Likely, []string{"20 min more"}},
		"forged": {"N27", caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepA, func(e *dnsverdict.Exchange) {
			e.Foreign, e.ForeignWhy = 3, "the reply has another id"
		})), finding.Likely, []string{"3 message", "another id", "the true answer came too"}},
		"one label": {"N28", dnsverdict.Case{
			Name: safe.New("orders"), Domain: safe.New("orders"),
			Reports: []dnsverdict.Report{{Server: safe.New(one), Domain: safe.New("orders"), Name: safe.New("orders"), Exchanges: []dnsverdict.Exchange{answered(dnsverdict.StepA, dnsverdict.UDP, reply(dnsverdict.NoError, "orders A 10.1.0.9"))}}},
			Facts:   dnsverdict.Facts{Laptop: dnsverdict.Know(false)},
		}, finding.Sure, []string{"dig @10.1.0.4 orders A"}},
		"staged":         {"N29", knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone), Staged: true})}), finding.Sure, []string{"Apply"}},
		"in our range":   {"N30", knowing(caseOf(silent("10.0.3.4")), dnsverdict.Facts{Network: network()}), finding.Sure, []string{"own range 10.0.0.0/16"}},
		"not routed":     {"N30", knowing(caseOf(silent(one)), about(dnsverdict.ServerFacts{Routed: dnsverdict.Know(false)})), finding.Likely, []string{"no range that the peering routes"}},
		"one is silent":  {"N31", caseOf(gives(one, "10.1.0.9"), silent(two)), finding.Likely, []string{"10.1.0.5 is silent while 10.1.0.4 answers"}},
		"nobody listens": {"N32", caseOf(report(one, unanswered(dnsverdict.UDP, dnsverdict.OutcomeClosed), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed))), finding.Likely, []string{"no DNS server listens"}},
		"no such name":   {"N33", caseOf(says(one, beside(reply(dnsverdict.NXDomain)))), finding.Likely, []string{"The zone corp.example has no name orders.corp.example", "5 min"}},
		"no such zone":   {"N33", caseOf(codes(one, dnsverdict.NXDomain)), finding.Possible, []string{"may not hold the zone"}},
		"a wildcard": {"N34", caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepRandom, dnsverdict.UDP, reply(dnsverdict.NoError, "zzz.corp.example A 10.9.9.9")))
			return r
		}()), finding.Likely, []string{"10.9.9.9", "wildcard"}},
		"a circle of aliases": {"N35", caseOf(says(one, aliased("a.corp.example", "a.corp.example CNAME "+name))), finding.Sure, []string{"circle"}},
		"an alias of nothing": {"N35", caseOf(says(one, aliased("gone.corp.example"))), finding.Likely, []string{"gone.corp.example"}},
		"UDP only, from nowhere": {"N37", func() dnsverdict.Case {
			r := gives(one, "10.1.0.9")
			r.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
			c := caseOf(r)
			c.Ways = map[safe.Text]dnsverdict.Known[bool]{safe.New(one): dnsverdict.NotKnown[bool]("only the default route leads there")}
			return c
		}(), finding.Likely, []string{"something on the way may answer", "dig @10.1.0.4", "only the default route"}},
		"UDP only": {"N36", caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
			return r
		}()), finding.Likely, []string{"over UDP and not over TCP", "5.0 s"}},
	}
}

// Every row of the table fits the case that it was written for, and says what to do.
func TestRules(t *testing.T) {
	t.Parallel()
	fired := map[finding.Code]bool{}
	cases := readings()
	maps.Copy(cases, moreReadings())
	for about, r := range cases {
		fired[r.code] = true
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			all := dnsverdict.Diagnose(r.it)
			at := slices.IndexFunc(all, func(f finding.Finding) bool { return f.Code == r.code })
			if at < 0 {
				t.Fatalf("row %s does not fit: %+v", r.code, all)
			}
			f := all[at]
			text := f.Cause + " " + f.Next.Line() + " " + strings.Join(f.Missing, " ")
			for _, words := range r.says {
				if !strings.Contains(text, words) {
					t.Errorf("%q does not say %q", text, words)
				}
			}
			if f.Confidence != r.sure || f.Next.Text == "" || !strings.HasSuffix(f.Cause, ".") || strings.Contains(text, "%!") || strings.ContainsRune(text, '\x1b') {
				t.Errorf("got %+v", f)
			}
			if f.Confidence == finding.Sure && len(f.Missing) > 0 {
				t.Errorf("sure, although something is not known: %+v", f)
			}
		})
	}
	seen := map[finding.Code]bool{}
	for _, code := range dnsverdict.Codes() {
		if !fired[code] || seen[code] {
			t.Errorf("row %s has no case, or stands twice", code)
		}
		seen[code] = true
	}
}

// Where all is well, no row fits; and where nothing was asked, none makes things up.
func TestNothingIsMadeUp(t *testing.T) {
	t.Parallel()
	skipped := dnsverdict.Report{Server: safe.New(one), Skipped: "server silent"}
	for about, c := range map[string]dnsverdict.Case{
		"all is well": knowing(caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.9")), dnsverdict.Facts{
			Peering: ready(), Network: network(), Half: half(model.HalfPresent, model.VNetConnected, model.SyncFull), Route: dnsverdict.Know(true),
			Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone)}), GatewaySees: dnsverdict.Know([]safe.Text{safe.New("10.1.0.9")}),
			Resolver: dnsverdict.Know(model.PrivateDNSStatus{PrivateDNS: model.PrivateDNS{State: model.PrivateDNSReady}}), FirstSilent: dnsverdict.Know(2 * time.Hour), Private: dnsverdict.Know(true),
		}),
		"nothing is known":  {},
		"nothing was asked": caseOf(skipped),
	} {
		if all := dnsverdict.Diagnose(c); len(all) != 0 {
			t.Errorf("%s: %+v", about, all)
		}
	}
}

// What needs a person comes first, and the surer of it before the less sure.
func TestOrderOfFindings(t *testing.T) {
	t.Parallel()
	r := edited(codes(one, dnsverdict.ServFail), dnsverdict.StepSOA, slow(time.Second))
	all := dnsverdict.Diagnose(knowing(caseOf(r), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone), Staged: true})}))
	if len(all) < 3 || all[0].Code != "N29" {
		t.Fatalf("got %+v", all)
	}
	for i := 1; i < len(all); i++ {
		if all[i-1].Severity.NeedsPerson() == all[i].Severity.NeedsPerson() && all[i-1].Confidence < all[i].Confidence {
			t.Errorf("%s before %s", all[i-1].Code, all[i].Code)
		}
	}
}
