package azure_test

import (
	"strings"
	"testing"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

const resources = "/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/"

// byID puts checks to what they are about.
func byID(list []azuredns.Check) map[azuredns.CheckID]azuredns.Check {
	out := map[azuredns.CheckID]azuredns.Check{}
	for _, c := range list {
		out[c.ID] = c
	}
	return out
}

// What the peering routes decides beside the prefix of a user's route.
func TestRouteBackBesideThePeerings(t *testing.T) {
	table := func(p, hop string) azurenet.RouteTable {
		return azurenet.RouteTable{ID: text(resources + "routeTables/rt"), Name: text("rt"), Routes: []azurenet.Route{{Name: text("r"), Prefix: prefix(p), NextHop: text(hop), Address: text("10.20.3.4")}}}
	}
	for name, c := range map[string]struct {
		prefix, hop, peered string
		want                azuredns.Outcome
		says                string
	}{
		"everything, and the peering routes the range":    {"0.0.0.0/0", "VirtualAppliance", cidr, azuredns.Done, "gives way"},
		"everything, and the peering routes a wider one":  {"0.0.0.0/0", "VirtualAppliance", "10.0.0.0/8", azuredns.Done, "gives way"},
		"everything, and the peering routes an old one":   {"0.0.0.0/0", "VirtualAppliance", "10.9.0.0/16", azuredns.Partly, "the ways differ"},
		"everything to nowhere, and an old range":         {"0.0.0.0/0", "None", "10.9.0.0/16", azuredns.Failed, "drops"},
		"everything, and the peering routes a half":       {"0.0.0.0/0", "None", "10.0.0.0/17", azuredns.Failed, "10.0.128.0/17, a part of"},
		"wider than the range, longer than the peering's": {"10.0.0.0/12", "None", "10.0.0.0/8", azuredns.Failed, "drops answers to 10.0.0.0/16"},
		"as long as the peering's":                        {"10.0.0.0/8", "None", "10.0.0.0/8", azuredns.Failed, "drops"},
		"a part":                                          {"10.0.64.0/18", "None", cidr, azuredns.Failed, "10.0.64.0/18, a part of 10.0.0.0/16"},
		"a hop of the future":                             {cidr, "VirtualApplianceEcmp", cidr, azuredns.Unknown, "cannot be told"},
		"a hop of the future that gives way":              {"0.0.0.0/0", "VirtualApplianceEcmp", cidr, azuredns.Done, "gives way"},
	} {
		got := azuredns.RouteBack(table(c.prefix, c.hop), prefix(cidr), prefix(c.peered))
		has(t, got, c.want, c.says)
		if (got.Outcome == azuredns.Failed || got.Outcome == azuredns.Partly) && !strings.HasPrefix(got.Finding.Next.Command, "az network route-table route show --subscription sub --resource-group rg --route-table-name rt --name r") {
			t.Errorf("%s: %q", name, got.Finding.Next.Command)
		}
	}
	off := table("10.9.0.0/16", "None")
	for value, want := range map[string]azuredns.Outcome{"": azuredns.Done, "None": azuredns.Done, "All": azuredns.Failed, "Some": azuredns.Unknown} {
		off.PeeringRoutes = text(value)
		got := azuredns.RouteBack(off, prefix(cidr))
		has(t, got, want)
		if want == azuredns.Failed && (got.Finding.Code != azuredns.CodeRouteAway || !strings.Contains(got.Finding.Next.Command, "disablePeeringRoute=None")) {
			t.Errorf("%+v", got)
		}
	}
}

// A rule that is proposed has a number and a name that no other rule has, and two rules
// that are proposed have not the same ones.
func TestWhatIsProposedIsFree(t *testing.T) {
	g := group(t, "DenyUdp 200 Deny Udp * *", "DenyTcp 200 Deny Tcp * *", "AllowDnsUdpFromKong 199 Allow Udp 10.9.9.9 53")
	g.ID = text(resources + "networkSecurityGroups/nsg-dns")
	udp, tcp := azuredns.JudgePort53(g, prefix(cidr), text(server), model.Yes)
	for command, want := range map[string][]string{
		udp.Finding.Next.Command: {"--name AllowDnsUdpFromKong2 ", "--priority 198 ", "--protocol Udp "},
		tcp.Finding.Next.Command: {"--name AllowDnsTcpFromKong ", "--priority 197 ", "--protocol Tcp "},
	} {
		for _, w := range want {
			if !strings.Contains(command, w) {
				t.Errorf("%q has no %q", command, w)
			}
		}
	}
	full := group(t, "Deny 102 Deny * * *", "A 101 Allow * 10.9.0.1 80", "B 100 Allow * 10.9.0.2 80")
	full.ID = g.ID
	udp, _ = azuredns.JudgePort53(full, prefix(cidr), text(server), model.Yes)
	has(t, udp.Check, azuredns.Failed, "every number from 100", "has to move first")
	if !strings.HasPrefix(udp.Finding.Next.Command, "az network nsg rule list ") {
		t.Errorf("%q", udp.Finding.Next.Command)
	}
}

// The group of a network card counts beside that of the subnet.
func TestEveryLayerIsAsked(t *testing.T) {
	card := func(g string) []azurenet.Card {
		return []azurenet.Card{{Name: text("nic-dns"), Group: text(g), Addresses: []azurenet.CardAddress{{Address: text(server), Subnet: text(strings.ToUpper(hub) + "/subnets/snet-dns")}}}}
	}
	for name, c := range map[string]struct {
		change   func(f *azuredns.Facts)
		udp, tcp azuredns.Outcome
		code     finding.Code
	}{
		"the card's group closes TCP": {func(f *azuredns.Facts) {
			f.Cards = card("/x/NIC-nsg")
			f.Groups = append(f.Groups, azurenet.SecurityGroup{ID: text("/x/nic-nsg"), Name: text("nic-nsg"), Rules: []azurenet.Rule{rule(t, "NoTcp 100 Deny Tcp * *")}})
		}, azuredns.Done, azuredns.Failed, azuredns.CodePortClosed},
		"the card's group was not read": {func(f *azuredns.Facts) { f.Cards = card("/x/nic-nsg") }, azuredns.Unknown, azuredns.Unknown, ""},
		"a card without a group":        {func(f *azuredns.Facts) { f.Cards = card("") }, azuredns.Done, azuredns.Done, ""},
		"a group of addresses that the card is in": {func(f *azuredns.Facts) {
			f.Cards = card("")
			f.Cards[0].Addresses[0].Groups = texts("/x/applicationSecurityGroups/dns")
			no := rule(t, "NoTcp 90 Deny Tcp * *")
			no.Destinations, no.DestinationGroups = nil, texts("/X/applicationSecurityGroups/DNS")
			f.Groups[0].Rules = append(f.Groups[0].Rules, no)
		}, azuredns.Done, azuredns.Failed, azuredns.CodePortClosed},
		"a group of addresses that the card is not in": {func(f *azuredns.Facts) {
			f.Cards = card("")
			no := rule(t, "NoTcp 90 Deny Tcp * *")
			no.Destinations, no.DestinationGroups = nil, texts("/x/applicationSecurityGroups/others")
			f.Groups[0].Rules = append(f.Groups[0].Rules, no)
		}, azuredns.Done, azuredns.Done, ""},
		"a card of another VNET": {func(f *azuredns.Facts) {
			f.Cards = card("/x/nic-nsg")
			f.Cards[0].Addresses[0].Subnet = text(spoke + "/subnets/a")
		}, azuredns.Done, azuredns.Done, ""},
	} {
		f := facts(t)
		c.change(&f)
		got := byID(f.Judge(question("corp.example.org")))
		if got[azuredns.CheckUDP].Outcome != c.udp || got[azuredns.CheckTCP].Outcome != c.tcp {
			t.Errorf("%s: %+v, %+v", name, got[azuredns.CheckUDP], got[azuredns.CheckTCP])
		}
		if code := got[azuredns.CheckTCP].Finding.Code; c.tcp == azuredns.Failed && code != c.code {
			t.Errorf("%s: %s", name, code)
		}
	}
}

func TestTheSubnetOfAnEndpoint(t *testing.T) {
	f := facts(t)
	dns := &f.VNet.Subnets[1]
	for delegation, want := range map[string]azuredns.Outcome{"": azuredns.Done, "microsoft.network/DNSResolvers": azuredns.Done, "Microsoft.Web/serverFarms": azuredns.Partly} {
		dns.Delegation = text(delegation)
		has(t, f.Owner(text(server)), want)
	}
	dns.Delegation, dns.Undelegated = safe.Text{}, true
	got := f.Owner(text(server))
	has(t, got, azuredns.Partly, "snet-dns", "is not delegated")
	if got.Finding.Code != azuredns.CodeEndpointSubnet || !strings.Contains(got.Finding.Next.Command, "--delegations Microsoft.Network/dnsResolvers") {
		t.Errorf("%+v", got.Finding)
	}
}

// What Azure knows of private endpoints tells a record that is missing from one that is old.
func TestRecordsOfPrivateEndpoints(t *testing.T) {
	const zoneID = resources + "privateDnsZones/privatelink.blob.core.windows.net"
	account := text("acct.blob.core.windows.net")
	endpoint := azurenet.Card{Name: text("nic-pe"), Endpoint: text(resources + "privateEndpoints/pe-acct"), Addresses: []azurenet.CardAddress{{
		Address: text("10.20.0.200"), Subnet: text(hub + "/subnets/snet-apps"), Names: texts("ACCT.blob.core.windows.net"),
	}}}
	with := func(change func(z *azuredns.Zone, f *azuredns.Facts)) azuredns.Facts {
		f := facts(t)
		f.Zones[0].ID = text(zoneID)
		f.Zones[0].Records = []azuredns.Record{{Name: text("acct")}}
		change(&f.Zones[0], &f)
		return f
	}
	for name, c := range map[string]struct {
		f        azuredns.Facts
		severity finding.Severity
		command  string
	}{
		"no record, no fallback": {with(func(*azuredns.Zone, *azuredns.Facts) {}), finding.Broken, "az network private-dns link vnet update --subscription sub --resource-group rg --zone-name privatelink.blob.core.windows.net --name to-hub --resolution-policy NxDomainRedirect"},
		"no record, a fallback":  {with(func(z *azuredns.Zone, _ *azuredns.Facts) { z.Links[0].Fallback = true }), finding.Attention, "az network private-endpoint list"},
		"no record, an endpoint": {with(func(_ *azuredns.Zone, f *azuredns.Facts) { f.Cards = []azurenet.Card{endpoint} }), finding.Broken, "az network private-dns record-set a add-record --subscription sub --resource-group rg --zone-name privatelink.blob.core.windows.net --record-set-name acct --ipv4-address 10.20.0.200"},
		"a record":               {with(func(z *azuredns.Zone, _ *azuredns.Facts) { z.Records[0].Held = true }), finding.OK, ""},
		"a record not read":      {with(func(z *azuredns.Zone, _ *azuredns.Facts) { z.Records = nil }), finding.OK, ""},
	} {
		z, known := c.f.ZoneFacts(account).Get()
		if !known || !z.Linked || z.Missing.Severity != c.severity || (c.severity == finding.OK) != (z.Missing.Code == "") || !strings.HasPrefix(z.Missing.Next.Command, c.command) {
			t.Errorf("%s: %+v", name, z)
		}
	}
	f := with(func(z *azuredns.Zone, f *azuredns.Facts) {
		z.Records[0].Held, f.Cards = true, []azurenet.Card{endpoint}
	})
	pe, known := f.EndpointFor(account).Get()
	if !known || pe.Name.Raw() != "pe-acct" || len(pe.Addresses) != 1 || !strings.Contains(pe.Put, "--set 'aRecords[0].ipv4Address=10.20.0.200'") {
		t.Errorf("%+v", pe)
	}
	if pe, _ := f.EndpointFor(text("acct.privatelink.blob.core.windows.net")).Get(); pe.Name.IsEmpty() {
		t.Error("the name from the other side is the same one")
	}
	if pe, known := f.EndpointFor(text("other.blob.core.windows.net")).Get(); !known || !pe.Name.IsEmpty() {
		t.Errorf("%+v", pe)
	}
	f.Gaps = []azurenet.Gap{{Part: azurenet.PartCards, Failure: model.Failure{Cause: text("you may not")}}}
	if pe := f.EndpointFor(text("other.blob.core.windows.net")); pe.IsKnown() || pe.Why() != "you may not" {
		t.Errorf("%+v", pe)
	}
	a := f.AddressFacts(text("10.20.0.200"))
	if taken, known := a.Taken.Get(); !known || !taken || a.Owner != "the private endpoint pe-acct" || len(a.Names) != 1 {
		t.Errorf("%+v", a)
	}
	if a := f.AddressFacts(text("10.20.0.9")); a.Owner != "" {
		t.Errorf("%+v", a)
	}
	if a := f.AddressFacts(text(server)); !strings.Contains(a.Owner, "inbound endpoint") {
		t.Errorf("%+v", a)
	}
}
