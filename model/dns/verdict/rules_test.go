package verdict_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
)

// about makes facts about the first server.
func about(s dnsverdict.ServerFacts) dnsverdict.Facts {
	return dnsverdict.Facts{Servers: map[safe.Text]dnsverdict.ServerFacts{safe.New(one): s}}
}

func ready() dnsverdict.Known[model.Peering] {
	return dnsverdict.Know(model.Peering{Name: safe.New("hub"), State: model.PeeringReady, VNet: model.VNetRef{Name: safe.New("vnet-hub")}})
}

func network() dnsverdict.Known[model.Network] {
	return dnsverdict.Know(model.Network{State: model.NetworkReady, CIDR: model.NewPrefix(safe.New("10.0.0.0/16"))})
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

// reading is a case, the number of the row that must fit it, how sure it must be, and
// what must be said.
type reading struct {
	id   int
	it   dnsverdict.Case
	sure dnsverdict.Confidence
	says []string
}

func readings() map[string]reading {
	aliased := func(to string, r ...string) dnsverdict.Reply {
		return reply(dnsverdict.NoError, append([]string{name + " CNAME " + to}, r...)...)
	}
	authority := func(r dnsverdict.Reply) dnsverdict.Reply { r.AA, r.RA = true, false; return r }
	return map[string]reading{
		"no way from here": {1, knowing(caseOf(silent(one), silent(two)), dnsverdict.Facts{
			Vantage: "this machine", Route: dnsverdict.Know(false), Peering: ready(),
		}), dnsverdict.Sure, []string{"not testable from this machine", "vnet-hub", "dig @10.1.0.4 orders.corp.example A"}},
		"no proof of a way": {1, caseOf(silent(one)), dnsverdict.Likely, []string{"nothing proves a way", "it was not looked up"}},
		"all silent inside": {2, knowing(caseOf(silent(one), silent(two)), dnsverdict.Facts{Route: dnsverdict.Know(true), Network: network()}), dnsverdict.Possible, []string{"10.0.0.0/16", "security group"}},
		"all silent, closed by a rule": {2, knowing(caseOf(silent(one)), func() dnsverdict.Facts {
			f := about(dnsverdict.ServerFacts{UDP: dnsverdict.Know(dnsverdict.Gate{Rule: safe.New("deny-dns")}), Subnet: safe.New("dns")})
			f.Route = dnsverdict.Know(true)
			return f
		}()), dnsverdict.Likely, []string{"deny-dns", "UDP", "subnet dns"}},
		"all silent, no such address": {2, knowing(caseOf(silent(one)), func() dnsverdict.Facts {
			f := about(dnsverdict.ServerFacts{Taken: dnsverdict.Know(false)})
			f.Route = dnsverdict.Know(true)
			return f
		}()), dnsverdict.Sure, []string{"nothing in Azure has the address 10.1.0.4"}},
		"the gateway fails": {3, knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewayFails: dnsverdict.Know(true), Peering: ready(), Network: network()}), dnsverdict.Likely, []string{"10.0.0.0/16", "allow-query"}},
		"closed to the gateway": {3, knowing(caseOf(gives(one, "10.1.0.9")), func() dnsverdict.Facts {
			f := about(dnsverdict.ServerFacts{TCP: dnsverdict.Know(dnsverdict.Gate{Rule: safe.New("deny-all")})})
			f.Network = network()
			return f
		}()), dnsverdict.Sure, []string{"deny-all", "TCP", "10.0.0.0/16"}},
		"pending": {4, knowing(caseOf(), dnsverdict.Facts{Peering: dnsverdict.Know(model.Peering{
			Name: safe.New("hub"), State: model.PeeringPendingUserAction, Reason: safe.New("no consent"),
		})}), dnsverdict.Sure, []string{"hub", "no consent", "set-up"}},
		"long initializing": {4, knowing(caseOf(), dnsverdict.Facts{
			Peering: dnsverdict.Know(model.Peering{Name: safe.New("hub"), State: model.PeeringInitializing}), PeeringAge: dnsverdict.Know(40 * time.Minute),
		}), dnsverdict.Likely, []string{"40 min"}},
		"initializing, nobody knows for how long": {4, knowing(caseOf(), dnsverdict.Facts{
			Peering: dnsverdict.Know(model.Peering{Name: safe.New("hub"), State: model.PeeringInitializing}),
		}), dnsverdict.Possible, []string{"how long it has been so is not known"}},
		"disconnected": {5, knowing(caseOf(), dnsverdict.Facts{Peering: ready(), Half: half(model.HalfPresent, model.VNetDisconnected, model.SyncFull)}), dnsverdict.Sure, []string{"Disconnected", "to-kong", "vnet-hub"}},
		"not in sync":  {5, knowing(caseOf(), dnsverdict.Facts{Peering: ready(), Half: half(model.HalfPresent, model.VNetConnected, model.SyncRemoteBehind)}), dnsverdict.Likely, []string{"RemoteNotInSync", "Sync"}},
		"half absent":  {5, knowing(caseOf(), dnsverdict.Facts{Peering: ready(), Half: half(model.HalfAbsent, "", "")}), dnsverdict.Sure, []string{"no peering that leads"}},
		"VNET gone":    {5, knowing(caseOf(), dnsverdict.Facts{Peering: ready(), Half: half(model.HalfNoVNet, "", "")}), dnsverdict.Sure, []string{"is gone"}},
		"one refuses":  {6, caseOf(codes(one, dnsverdict.Refused), gives(two, "10.1.0.9")), dnsverdict.Likely, []string{"10.1.0.4 refuses", "allow-query"}},
		"all refuse":   {7, caseOf(codes(one, dnsverdict.Refused), codes(two, dnsverdict.Refused)), dnsverdict.Likely, []string{"dig @10.1.0.4 corp.example SOA +norecurse"}},
		"all refuse, with a zone": {7, caseOf(func() dnsverdict.Report {
			r := codes(one, dnsverdict.Refused)
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepAuthority, dnsverdict.UDP, authority(soaReply(7))))
			return r
		}()), dnsverdict.Likely, []string{"is an authority for corp.example and refuses"}},
		"fails at once":              {8, caseOf(codes(one, dnsverdict.ServFail)), dnsverdict.Likely, []string{"fails by itself", "zone"}},
		"fails at once, and why":     {8, caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepA, slow(60*time.Millisecond, "at \x1b[31m1.2.3.4"))), dnsverdict.Likely, []string{`No Reachable Authority (EDE 22): at \u{1b}[31m1.2.3.4`}},
		"fails slowly":               {9, caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepSOA, slow(4*time.Second))), dnsverdict.Likely, []string{"4.0 s", "forwarders"}},
		"fails, neither fast or not": {9, caseOf(edited(codes(one, dnsverdict.ServFail), dnsverdict.StepSOA, slow(time.Second))), dnsverdict.Possible, []string{"1.0 s"}},
		"a circle":                   {10, knowing(caseOf(codes(one, dnsverdict.ServFail)), about(dnsverdict.ServerFacts{Loop: dnsverdict.Know(safe.New("rs-hub")), VNet: safe.New("vnet-dns")})), dnsverdict.Sure, []string{"rs-hub", "Remove the link", "vnet-dns"}},
		"maybe a circle": {10, knowing(caseOf(silent(one)), about(dnsverdict.ServerFacts{
			Endpoint: dnsverdict.Know(true), OtherDomains: dnsverdict.Know(true), Loop: dnsverdict.NotKnown[safe.Text]("no right to read rulesets"),
		})), dnsverdict.Possible, []string{"no right to read rulesets"}},
		"zone not linked": {11, knowing(caseOf(says(one, beside(reply(dnsverdict.NXDomain)))), func() dnsverdict.Facts {
			f := about(dnsverdict.ServerFacts{Endpoint: dnsverdict.Know(true), VNet: safe.New("vnet-dns")})
			f.Zone = dnsverdict.Know(dnsverdict.Zone{Name: safe.New(zone), Exists: true})
			return f
		}()), dnsverdict.Sure, []string{"Link the private DNS zone corp.example to vnet-dns"}},
		"zone not read":     {11, knowing(caseOf(says(one, reply(dnsverdict.NXDomain))), about(dnsverdict.ServerFacts{Endpoint: dnsverdict.Know(true)})), dnsverdict.Likely, []string{"whether the zone is linked is not known"}},
		"endpoint unknown":  {11, caseOf(says(one, reply(dnsverdict.NXDomain))), dnsverdict.Possible, []string{"whether 10.1.0.4 is an inbound endpoint is not known: it was not looked up"}},
		"not replicas":      {12, caseOf(says(one, beside(reply(dnsverdict.NXDomain))), gives(two, "10.1.0.9")), dnsverdict.Sure, []string{"two rows of corp.example"}},
		"not replicas, two": {12, caseOf(gives(one, "10.1.0.9"), says(two, beside(reply(dnsverdict.NXDomain)))), dnsverdict.Sure, []string{"only when that one is away"}},
		"no address":        {13, caseOf(says(one, beside(reply(dnsverdict.NoError)))), dnsverdict.Likely, []string{"no address", "serial 7"}},
		"IPv6 only": {13, caseOf(func() dnsverdict.Report {
			r := says(one, beside(reply(dnsverdict.NoError)))
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepAAAA, dnsverdict.UDP, reply(dnsverdict.NoError, name+" AAAA fd00::1")))
			return r
		}()), dnsverdict.Likely, []string{"fd00::1"}},
		"lame": {14, caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, lameReply()), answered(dnsverdict.StepA, dnsverdict.UDP, lameReply()))), dnsverdict.Likely, []string{"a.root-servers.net", "recursion"}},
		"a public address for a private endpoint": {15, caseOf(says(one, aliased("orders.privatelink.example.net", "orders.privatelink.example.net A 20.50.2.1"))), dnsverdict.Likely, []string{"20.50.2.1", "privatelink", "whether the private zone is linked is not known"}},
		"a public address, zone not linked":       {15, knowing(caseOf(gives(one, "20.50.2.1")), dnsverdict.Facts{Private: dnsverdict.Know(true), Zone: dnsverdict.Know(dnsverdict.Zone{Name: safe.New(zone), Exists: true})}), dnsverdict.Sure, []string{"Link the private DNS zone"}},
		"a public address beside a private one":   {15, caseOf(gives(one, "20.50.2.1"), gives(two, "10.1.0.9")), dnsverdict.Likely, []string{"10.1.0.5 gives private addresses"}},
		"different addresses":                     {16, caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.8")), dnsverdict.Possible, []string{"10.1.0.9", "10.1.0.8", "asked once"}},
		"rotation": {16, caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Latency = dnsverdict.Latency{Asked: 3, Sets: 2}
			return r
		}(), gives(two, "10.1.0.8")), dnsverdict.Likely, []string{"rotate"}},
		"behind":                {17, caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(4) }), gives(two, "10.1.0.9")), dnsverdict.Likely, []string{"10.1.0.4 is behind", "3 later", "ns.corp.example"}},
		"serials without order": {17, caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.Reply = soaReply(7 + 1<<31) }), gives(two, "10.1.0.9")), dnsverdict.Likely, []string{"RFC 1982"}},
		"cut and whole": {18, caseOf(func() dnsverdict.Report {
			r := says(one, cutReply())
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepA, dnsverdict.TCP, reply(dnsverdict.NoError, name+" A 10.1.0.9")))
			return r
		}()), dnsverdict.Sure, []string{"too large for UDP"}},
		"cut and closed":                 {19, caseOf(report(one, answered(dnsverdict.StepSOA, dnsverdict.UDP, cutReply()), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed))), dnsverdict.Sure, []string{"the connection is refused", "Open 53/TCP"}},
		"EDNS dropped":                   {20, caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.EDNS = dnsverdict.EDNSDropped })), dnsverdict.Likely, []string{"drops questions with EDNS"}},
		"EDNS refused":                   {20, caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepSOA, func(e *dnsverdict.Exchange) { e.EDNS = dnsverdict.EDNSRefused })), dnsverdict.Sure, []string{"does not understand EDNS"}},
		"authority":                      {21, caseOf(says(one, authority(reply(dnsverdict.NoError, name+" A 10.1.0.9")))), dnsverdict.Sure, []string{"AA=1, RA=0"}},
		"authority, and an alias leaves": {21, caseOf(says(one, authority(aliased("x.elsewhere.example")))), dnsverdict.Sure, []string{"x.elsewhere.example", "outside of corp.example"}},
		"an old address":                 {22, knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewaySees: dnsverdict.Know([]safe.Text{safe.New("10.1.0.7")})}), dnsverdict.Likely, []string{"10.1.0.7", "within 1 min"}},
		"an old denial":                  {22, knowing(caseOf(gives(one, "10.1.0.9")), dnsverdict.Facts{GatewaySees: dnsverdict.Know([]safe.Text{})}), dnsverdict.Likely, []string{"does not exist", "within 5 min"}},
		"no row":                         {23, knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{})}), dnsverdict.Sure, []string{"no row", "Add a row", name}},
		"a longer row":                   {24, knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New("a.corp.example"), Expected: safe.New(zone)})}), dnsverdict.Sure, []string{"a.corp.example"}},
		"left alone":                     {25, knowing(caseOf(gives(one, "10.1.0.9"), gives(two, "10.1.0.9")), dnsverdict.Facts{FirstSilent: dnsverdict.Know(10 * time.Minute)}), dnsverdict.Likely, []string{"20 min more"}},
		"resolver's error":               {26, knowing(caseOf(), dnsverdict.Facts{Resolver: dnsverdict.Know(model.PrivateDNS{Name: safe.New("dns"), State: model.PrivateDNSError, Reason: safe.New("quota")})}), dnsverdict.Likely, []string{"quota"}},
		"resolver's error, and a target": {26, knowing(caseOf(), dnsverdict.Facts{Resolver: dnsverdict.Know(model.PrivateDNS{
			Name: safe.New("dns"), State: model.PrivateDNSError, DNS: []model.DNSMapping{{Servers: []safe.Text{safe.New("168.63.129.16")}}},
		})}), dnsverdict.Sure, []string{"168.63.129.16", "inbound endpoint"}},
		"forged": {27, caseOf(edited(gives(one, "10.1.0.9"), dnsverdict.StepA, func(e *dnsverdict.Exchange) {
			e.Foreign, e.ForeignWhy = 3, "the reply has another id"
		})), dnsverdict.Likely, []string{"3 message", "another id", "the true answer came too"}},
		"one label": {28, dnsverdict.Case{
			Name: safe.New("orders"), Domain: safe.New("orders"),
			Reports: []dnsverdict.Report{{Server: safe.New(one), Domain: safe.New("orders"), Name: safe.New("orders"), Exchanges: []dnsverdict.Exchange{answered(dnsverdict.StepA, dnsverdict.UDP, reply(dnsverdict.NoError, "orders A 10.1.0.9"))}}},
			Facts:   dnsverdict.Facts{Laptop: dnsverdict.Know(false)},
		}, dnsverdict.Sure, []string{"dig @10.1.0.4 orders A"}},
		"staged":         {29, knowing(caseOf(), dnsverdict.Facts{Row: dnsverdict.Know(dnsverdict.Row{Domain: safe.New(zone), Staged: true})}), dnsverdict.Sure, []string{"Apply"}},
		"in our range":   {30, knowing(caseOf(silent("10.0.3.4")), dnsverdict.Facts{Network: network()}), dnsverdict.Sure, []string{"own range 10.0.0.0/16"}},
		"not routed":     {30, knowing(caseOf(silent(one)), about(dnsverdict.ServerFacts{Routed: dnsverdict.Know(false)})), dnsverdict.Likely, []string{"no range that the peering routes"}},
		"one is silent":  {31, caseOf(gives(one, "10.1.0.9"), silent(two)), dnsverdict.Likely, []string{"10.1.0.5 is silent while 10.1.0.4 answers"}},
		"nobody listens": {32, caseOf(report(one, unanswered(dnsverdict.UDP, dnsverdict.OutcomeClosed), unanswered(dnsverdict.TCP, dnsverdict.OutcomeClosed))), dnsverdict.Likely, []string{"no DNS server listens"}},
		"no such name":   {33, caseOf(says(one, beside(reply(dnsverdict.NXDomain)))), dnsverdict.Likely, []string{"the zone corp.example has no name orders.corp.example", "5 min"}},
		"no such zone":   {33, caseOf(codes(one, dnsverdict.NXDomain)), dnsverdict.Possible, []string{"may not hold the zone"}},
		"a wildcard": {34, caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Exchanges = append(r.Exchanges, answered(dnsverdict.StepRandom, dnsverdict.UDP, reply(dnsverdict.NoError, "zzz.corp.example A 10.9.9.9")))
			return r
		}()), dnsverdict.Likely, []string{"10.9.9.9", "wildcard"}},
		"a circle of aliases": {35, caseOf(says(one, aliased("a.corp.example", "a.corp.example CNAME "+name))), dnsverdict.Sure, []string{"circle"}},
		"an alias of nothing": {35, caseOf(says(one, aliased("gone.corp.example"))), dnsverdict.Likely, []string{"gone.corp.example"}},
		"UDP only, from nowhere": {37, func() dnsverdict.Case {
			r := gives(one, "10.1.0.9")
			r.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
			c := caseOf(r)
			c.Ways = map[safe.Text]dnsverdict.Known[bool]{safe.New(one): dnsverdict.NotKnown[bool]("only the default route leads there")}
			return c
		}(), dnsverdict.Likely, []string{"something on the way may answer", "dig @10.1.0.4", "only the default route"}},
		"UDP only": {36, caseOf(func() dnsverdict.Report {
			r := gives(one, "10.1.0.9")
			r.Exchanges[1] = unanswered(dnsverdict.TCP, dnsverdict.OutcomeSilent)
			return r
		}()), dnsverdict.Likely, []string{"over UDP and not over TCP", "5.0 s"}},
	}
}

// Every row of the table fits the case that it was written for, and says what to do.
func TestRules(t *testing.T) {
	t.Parallel()
	fired := map[int]bool{}
	for about, r := range readings() {
		fired[r.id] = true
		t.Run(about, func(t *testing.T) {
			t.Parallel()
			all := dnsverdict.Diagnose(r.it)
			at := slices.IndexFunc(all, func(f dnsverdict.Finding) bool { return f.ID == r.id })
			if at < 0 {
				t.Fatalf("row %d does not fit: %+v", r.id, all)
			}
			f := all[at]
			text := f.Cause + " " + f.Next + " " + strings.Join(f.Missing, " ")
			for _, words := range r.says {
				if !strings.Contains(text, words) {
					t.Errorf("%q does not say %q", text, words)
				}
			}
			if f.Confidence != r.sure || f.Next == "" || f.Symptom == "" || strings.Contains(text, "%!") || strings.ContainsRune(text, '\x1b') {
				t.Errorf("got %+v", f)
			}
			if f.Confidence == dnsverdict.Sure && len(f.Missing) > 0 {
				t.Errorf("sure, although something is not known: %+v", f)
			}
		})
	}
	seen := map[int]bool{}
	for _, rule := range dnsverdict.Rules() {
		if !fired[rule.ID] || seen[rule.ID] {
			t.Errorf("row %d has no case, or stands twice", rule.ID)
		}
		seen[rule.ID] = true
	}
	for id := 1; id <= 28; id++ {
		if !seen[id] {
			t.Errorf("row %d of the notes is missing", id)
		}
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
			Resolver: dnsverdict.Know(model.PrivateDNS{State: model.PrivateDNSReady}), FirstSilent: dnsverdict.Know(2 * time.Hour), Private: dnsverdict.Know(true),
		}),
		"nothing is known":    {},
		"nothing was asked":   caseOf(skipped),
		"a fresh peering":     knowing(caseOf(), dnsverdict.Facts{Peering: dnsverdict.Know(model.Peering{State: model.PeeringInitializing}), PeeringAge: dnsverdict.Know(time.Minute)}),
		"a state of tomorrow": knowing(caseOf(), dnsverdict.Facts{Peering: dnsverdict.Know(model.Peering{State: "dreaming"})}),
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
	if len(all) < 3 || all[0].ID != 29 {
		t.Fatalf("got %+v", all)
	}
	for i := 1; i < len(all); i++ {
		if all[i-1].Severity.NeedsPerson() == all[i].Severity.NeedsPerson() && all[i-1].Confidence < all[i].Confidence {
			t.Errorf("%d before %d", all[i-1].ID, all[i].ID)
		}
	}
}
