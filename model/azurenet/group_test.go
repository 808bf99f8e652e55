package azurenet_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Rules in Azure's documented order: by priority, and the first that fits decides.
func TestGroupsDecideByTheFirstRuleThatFits(t *testing.T) {
	const o, c, p, u = azurenet.Open, azurenet.Closed, azurenet.Partly, azurenet.Unknown
	for name, x := range map[string]struct {
		rules string
		want  azurenet.Outcome
		by    string
	}{
		"Azure's own rules":                {"", o, "AllowVnetInBound"},
		"deny above allow":                 {"No 100 Deny Tcp * * 8080;Yes 200 Allow Tcp * * 8080", c, "No"},
		"allow above deny":                 {"No 200 Deny Tcp * * 8080;Yes 100 Allow Tcp * * 8080", o, "Yes"},
		"a range of ports":                 {"No 100 Deny Tcp * * 8000-8100", c, "No"},
		"beside a range of ports":          {"No 100 Deny Tcp * * 8081-8100", o, "AllowVnetInBound"},
		"a list of ports":                  {"No 100 Deny Tcp * * 80,443,8080", c, "No"},
		"another protocol":                 {"No 100 Deny Udp * * 8080", o, "AllowVnetInBound"},
		"any protocol, as admin rules say": {"No 100 Deny Any * * 8080", c, "No"},
		"outbound rules let replies alone": {"<No 100 Deny * * * *", o, "AllowVnetInBound"},
		"a group of the card's":            {"No 100 Deny Tcp * asg:asg-ledger *", c, "No"},
		"a group of others":                {"No 100 Deny Tcp * asg:asg-other *", o, "AllowVnetInBound"},
		"from a group":                     {"No 100 Deny Tcp asg:asg-ledger * *", o, "AllowVnetInBound"},
		"a regional tag":                   {"No 100 Deny Tcp Storage.NorthEurope * *", o, "AllowVnetInBound"},
		"the Internet":                     {"No 100 Deny Tcp Internet * *", o, "AllowVnetInBound"},
		"load balancers":                   {"No 100 Deny Tcp AzureLoadBalancer * *", o, "AllowVnetInBound"},
		"a tag of the future":              {"Odd 100 Deny Tcp SomethingNew * *", u, "Odd"},
		"which is to somebody else":        {"Odd 100 Deny Tcp SomethingNew 10.20.4.11 *", o, "AllowVnetInBound"},
		"which changes nothing":            {"Odd 100 Deny Tcp SomethingNew * *;No 110 Deny * * * *", c, "No"},
		"a destination of the future":      {"Odd 100 Deny Tcp * SomethingNew *", u, "Odd"},
		"IPv6":                             {"No 100 Deny Tcp ::/0 * *", o, "AllowVnetInBound"},
		"a part":                           {"No 100 Deny Tcp 10.0.9.0/24 * *", p, "No"},
		"one priority, two wills":          {"A 100 Allow Tcp * * 8080;B 100 Deny Tcp * * 8080", u, "B"},
		"one priority, one will":           {"A 100 Deny Tcp * * 8080;B 100 Deny Tcp * * 8080", c, "A"},
		"one priority, two ports":          {"A 100 Allow Tcp * * 8080;B 100 Deny Tcp * * 8081", o, "A"},
		"no priority":                      {"Odd 0 Deny Tcp * * 8080", u, "Odd"},
		"no priority, and no matter":       {"Odd 0 Allow Tcp * * 8080", o, "AllowVnetInBound"},
	} {
		t.Run(name, func(t *testing.T) {
			f := world(t)
			if x.rules != "" {
				f.Groups[0] = group(t, "nsg-apps", strings.Split(x.rules, ";")...)
			}
			s := has(t, f.Passage(question("10.20.4.10", 8080)), azurenet.StepSubnet, x.want)
			if s.Rule.Raw() != x.by {
				t.Errorf("by %s: %s", s.Rule, s.Why)
			}
		})
	}
}

// Both groups have to let a request in, and a gap in one of them is no leave.
func TestBothGroupsAreAsked(t *testing.T) {
	q := question("10.20.4.10", 8080)
	f := world(t)
	if p := f.Passage(q); p.Outcome() != azurenet.Open || len(p.Findings()) != 0 {
		t.Errorf("%+v", p)
	}
	f.Groups[1] = group(t, "nsg-card", "No 300 Deny * * * *")
	p := f.Passage(q)
	has(t, p, azurenet.StepSubnet, azurenet.Open)
	s := has(t, p, azurenet.StepCard, azurenet.Closed, "TCP 8080 from 10.0.0.0/16", "the rule No (priority 300) of the security group nsg-card",
		"az network nsg rule create --subscription sub --resource-group rg --nsg-name nsg-card --name AllowTcp8080FromKong --priority 299 --direction Inbound --access Allow --protocol Tcp "+
			"--source-address-prefixes 10.0.0.0/16 --destination-address-prefixes 10.20.4.10 --destination-port-ranges 8080")
	if p.Outcome() != azurenet.Closed || s.Name.Raw() != "nsg-card" || s.Priority != 300 {
		t.Errorf("%+v", s)
	}
	f.Groups = f.Groups[:1]
	has(t, f.Passage(q), azurenet.StepCard, azurenet.Unknown, "was not read")
	f.Gaps = []azurenet.Gap{{Part: azurenet.PartRules, Failure: model.Failure{Cause: text("you may not"), Cure: "Ask for Reader."}}}
	has(t, f.Passage(q), azurenet.StepCard, azurenet.Unknown, "you may not", "Ask for Reader.")
	f.Cards, f.Gaps = nil, []azurenet.Gap{{Part: azurenet.PartCards, Failure: model.Failure{Cause: text("throttled")}}}
	has(t, f.Passage(q), azurenet.StepCard, azurenet.Unknown, "throttled")
	f.Gaps = nil
	has(t, f.Passage(q), azurenet.StepCard, azurenet.Open, "no network card that was read")
	f.Groups[0] = group(t, "nsg-apps", "No 100 Deny Tcp * asg:asg-ledger *")
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Unknown, "asg-ledger")
}

// The tag VirtualNetwork has the gateway's range in it if the peering allows access, or a
// user's route has it.
func TestTheTagOfTheVNet(t *testing.T) {
	f := world(t)
	q := question("10.20.4.10", 8080)
	q.Access = model.No
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Unknown, "user's routes")
	f.Tables[0].Routes = nil
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Closed, "allowVirtualNetworkAccess")
	q.Access = model.Unstated
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Unknown, "is not known")
	f.Groups[0] = group(t, "nsg-apps", "Yes 100 Allow Tcp 10.0.0.0/8 * 8080")
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Open)
}

// Single addresses are judged by themselves, and that the rest is kept out is said.
func TestDataPlanesAndTheRestOfTheRange(t *testing.T) {
	f := world(t)
	f.Groups[0] = group(t, "nsg-apps", "Planes 100 Allow Tcp 10.0.0.68,10.0.0.132 * 8080", "Rest 200 Deny * * * *")
	q := question("10.20.4.10", 8080)
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Partly, "10.0.0.68 by the rule Planes")
	q.From, q.Whole = prefixes("10.0.0.68/32", "10.0.0.132/32"), prefixes(cidr)
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Open, "other addresses of 10.0.0.0/16 are kept out")
	f.Groups[0] = group(t, "nsg-apps", "One 100 Allow Tcp 10.0.0.68 * 8080", "Rest 200 Deny * * * *")
	has(t, f.Passage(q), azurenet.StepSubnet, azurenet.Partly, "10.0.0.132 is denied by the rule Rest", "--source-address-prefixes 10.0.0.68 10.0.0.132 ")
}

// DNS needs UDP and TCP: each is opened by a rule of its own, with a number of its own. A rule
// for any protocol lets more in, and is taken where one number alone is free.
func TestBothProtocols(t *testing.T) {
	f := world(t)
	f.Groups[0] = group(t, "nsg-apps", "No 200 Deny * * * 53")
	udp, tcp := f.PassageBoth(question("10.20.4.10", 53))
	a := has(t, udp, azurenet.StepSubnet, azurenet.Closed, "UDP 53", "--protocol Udp", "--name AllowDnsUdpFromKong --priority 199 ", "--name AllowDnsTcpFromKong --priority 198 ")
	b := has(t, tcp, azurenet.StepSubnet, azurenet.Closed, "TCP 53")
	if !a.Finding.Next.Same(b.Finding.Next) {
		t.Errorf("%+v\n%+v", a.Finding, b.Finding)
	}
	f.Groups[0] = group(t, "nsg-apps", "NoU 200 Deny Udp * * 53", "NoT 201 Deny Tcp * * 53")
	udp, tcp = f.PassageBoth(question("10.20.4.10", 53))
	has(t, udp, azurenet.StepSubnet, azurenet.Closed, "--priority 199 ")
	has(t, tcp, azurenet.StepSubnet, azurenet.Closed, "--priority 198 ")
}

func TestWhatIsNoSubnet(t *testing.T) {
	p := world(t).Passage(question("10.20.200.1", 80))
	has(t, p, azurenet.StepPlace, azurenet.Closed, "in none of the subnets of the VNET vnet-hub")
	if len(p.Steps) != 1 {
		t.Errorf("%+v", p)
	}
	has(t, azurenet.Facts{}.Passage(question("10.20.200.1", 80)), azurenet.StepPlace, azurenet.Unknown)
	gap := azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: model.Failure{Cause: text("gone")}}}}
	has(t, gap.Passage(question("10.20.200.1", 80)), azurenet.StepPlace, azurenet.Unknown, "gone")
}

// An augmented rule may have 4,000 ranges.
func many(tb testing.TB) azurenet.Facts {
	tb.Helper()
	f := world(tb)
	r := rule(tb, "Many 100 Deny Tcp 10.0.0.1 * *")
	for i := range 4000 {
		r.Sources = append(r.Sources, safe.New(fmt.Sprintf("10.0.%d.%d/32", i/64, i%64*4)))
	}
	f.Groups[0].Rules = []azurenet.Rule{r}
	return f
}

func TestFourThousandRanges(t *testing.T) {
	has(t, many(t).Passage(question("10.20.4.10", 8080)), azurenet.StepSubnet, azurenet.Partly, "10.0.0.0/31 is denied", "10.0.0.2/31 by")
}

func BenchmarkFourThousandRanges(b *testing.B) {
	f, q := many(b), question("10.20.4.10", 8080)
	b.ReportAllocs()
	for b.Loop() {
		f.Passage(q)
	}
}
