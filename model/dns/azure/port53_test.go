package azure_test

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
)

const (
	cidr   = "10.0.0.0/16"
	server = "10.20.0.4"
)

func TestJudgePort53(t *testing.T) {
	type want struct {
		outcome azuredns.Outcome
		rule    string
	}
	const d, f, p, u = azuredns.Done, azuredns.Failed, azuredns.Partly, azuredns.Unknown
	for name, c := range map[string]struct {
		rules    []string
		access   model.Ternary
		udp, tcp want
	}{
		"Azure's rules alone":            {nil, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"and the peering gives none":     {nil, model.No, want{f, "DenyAllInBound"}, want{f, "DenyAllInBound"}},
		"and that is not known":          {nil, model.Unstated, want{u, "AllowVnetInBound"}, want{u, "AllowVnetInBound"}},
		"one protocol denied":            {[]string{"DenyTcp 200 Deny Tcp * *"}, model.Yes, want{d, "AllowVnetInBound"}, want{f, "DenyTcp"}},
		"order is that of the priority":  {[]string{"Late 300 Deny * * 53", "Early 100 Allow * 10.0.0.0/8 53"}, model.Yes, want{d, "Early"}, want{d, "Early"}},
		"a rule for another port":        {[]string{"Web 100 Deny * * 80,443,54-60000"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"a range of ports":               {[]string{"Low 100 Deny * * 0-1023"}, model.Yes, want{f, "Low"}, want{f, "Low"}},
		"a port that is none":            {[]string{"Odd 100 Deny * * dns"}, model.Yes, want{u, "Odd"}, want{u, "Odd"}},
		"another range":                  {[]string{"Other 100 Deny * 10.99.0.0/16 *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"allowed though no access":       {[]string{"Dns 100 Allow * 10.0.0.0/16 53"}, model.No, want{d, "Dns"}, want{d, "Dns"}},
		"a part only":                    {[]string{"Half 100 Allow * 10.0.0.0/17 53", "Rest 200 Deny * * *"}, model.Yes, want{p, "Rest"}, want{p, "Rest"}},
		"both halves":                    {[]string{"Halves 100 Allow * 10.0.128.0/17,10.0.0.0/17 53", "Rest 200 Deny * * *"}, model.Yes, want{d, "Halves"}, want{d, "Halves"}},
		"halves in two rules":            {[]string{"A 100 Allow * 10.0.0.0/17 53", "B 110 Allow * 10.0.128.0/17 53", "Rest 200 Deny * * *"}, model.Yes, want{d, "A"}, want{d, "A"}},
		"one address denied":             {[]string{"One 100 Deny Udp 10.0.0.9 *"}, model.Yes, want{p, "One"}, want{d, "AllowVnetInBound"}},
		"a group of the customer's":      {[]string{"Apps 100 Deny * asg:apps *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"a tag that is not known":        {[]string{"Odd 100 Deny * SomeNewTag *"}, model.Yes, want{u, "Odd"}, want{u, "Odd"}},
		"which changes nothing":          {[]string{"Odd 100 Allow * SomeNewTag *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"nor here":                       {[]string{"Odd 100 Deny * SomeNewTag *", "Rest 200 Deny * * *"}, model.Yes, want{f, "Rest"}, want{f, "Rest"}},
		"tags of public addresses":       {[]string{"Net 100 Deny * Internet,Storage.NorthEurope,AzureLoadBalancer *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"the tag of the VNET is denied":  {[]string{"Vnet 100 Deny * VirtualNetwork *"}, model.Yes, want{f, "Vnet"}, want{f, "Vnet"}},
		"which leaves the gateway out":   {[]string{"Vnet 100 Deny * VirtualNetwork *", "Dns 200 Allow * 10.0.0.0/16 53"}, model.No, want{d, "Dns"}, want{d, "Dns"}},
		"another protocol":               {[]string{"Ping 100 Deny Icmp * *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"a protocol that is not known":   {[]string{"Odd 100 Deny Quic * *"}, model.Yes, want{u, "Odd"}, want{u, "Odd"}},
		"an access that is not known":    {[]string{"Odd 100 AlwaysAllow * * *"}, model.Yes, want{u, "Odd"}, want{u, "Odd"}},
		"a family that is not the same":  {[]string{"Six 100 Deny * ::/0 *"}, model.Yes, want{d, "AllowVnetInBound"}, want{d, "AllowVnetInBound"}},
		"ranges that Azure has not, yet": {[]string{"Odd 100 Deny * 10.0.0.1-10.0.0.9 *"}, model.Yes, want{u, "Odd"}, want{u, "Odd"}},
	} {
		t.Run(name, func(t *testing.T) {
			udp, tcp := azuredns.JudgePort53(group(t, c.rules...), prefix(cidr), text(server), c.access)
			for _, got := range []struct {
				port azuredns.Port
				want want
			}{{udp, c.udp}, {tcp, c.tcp}} {
				has(t, got.port.Check, got.want.outcome, got.port.Protocol+" 53", got.want.rule)
				if got.port.Rule.Raw() != got.want.rule {
					t.Errorf("%s: by %s, want %s: %s", got.port.Protocol, got.port.Rule, got.want.rule, got.port.Why)
				}
			}
		})
	}
}

func TestPort53NamesTheWayOut(t *testing.T) {
	for line, words := range map[string]string{
		"DenyTcp 200 Deny Tcp * *": "with a rule whose priority is a number below 200",
		"First 100 Deny Tcp * *":   "Change the rule First (priority 100)",
	} {
		_, tcp := azuredns.JudgePort53(group(t, line), prefix(cidr), text(server), model.Yes)
		has(t, tcp.Check, azuredns.Failed, words, cidr, "nsg-dns")
	}
	udp, _ := azuredns.JudgePort53(group(t), prefix(cidr), text(server), model.No)
	has(t, udp.Check, azuredns.Failed, "allowVirtualNetworkAccess", "DenyAllInBound (priority 65500)")
}

func TestDestinationAndSourcePorts(t *testing.T) {
	for name, c := range map[string]struct {
		change func(r *azurenet.Rule)
		want   azuredns.Outcome
	}{
		"for the server":               {func(r *azurenet.Rule) { r.Destinations = texts("10.20.0.4") }, azuredns.Failed},
		"for its subnet":               {func(r *azurenet.Rule) { r.Destinations = texts("10.9.0.0/16", "10.20.0.0/28") }, azuredns.Failed},
		"for the VNET":                 {func(r *azurenet.Rule) { r.Destinations = texts("VirtualNetwork") }, azuredns.Failed},
		"for another server":           {func(r *azurenet.Rule) { r.Destinations = texts("10.20.0.5") }, azuredns.Done},
		"for a group of machines":      {func(r *azurenet.Rule) { r.Destinations, r.DestinationGroups = nil, texts("/x/dns-servers") }, azuredns.Unknown},
		"for nothing":                  {func(r *azurenet.Rule) { r.Destinations = nil }, azuredns.Unknown},
		"from nothing":                 {func(r *azurenet.Rule) { r.Sources = nil }, azuredns.Unknown},
		"from port 53":                 {func(r *azurenet.Rule) { r.SourcePorts = texts("53") }, azuredns.Done},
		"from some ports of clients":   {func(r *azurenet.Rule) { r.SourcePorts = texts("49152-65535") }, azuredns.Unknown},
		"from all ports of clients":    {func(r *azurenet.Rule) { r.SourcePorts = texts("1024-65535") }, azuredns.Failed},
		"for no port":                  {func(r *azurenet.Rule) { r.Ports = nil }, azuredns.Unknown},
		"outbound":                     {func(r *azurenet.Rule) { r.Direction = text("Outbound") }, azuredns.Done},
		"in a direction of the future": {func(r *azurenet.Rule) { r.Direction = text("Sideways") }, azuredns.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			g := group(t, "X 100 Deny * * *")
			c.change(&g.Rules[0])
			udp, _ := azuredns.JudgePort53(g, prefix(cidr), text(server), model.Yes)
			has(t, udp.Check, c.want)
		})
	}
}

func TestPort53OfWhatIsNone(t *testing.T) {
	udp, _ := azuredns.JudgePort53(group(t), prefix("the usual"), text(server), model.Yes)
	has(t, udp.Check, azuredns.Unknown, "the usual")
	udp, _ = azuredns.JudgePort53(group(t), prefix(cidr), text("dns.example.org"), model.Yes)
	has(t, udp.Check, azuredns.Unknown, "dns.example.org")
	// Thousands of single addresses are followed up to a bound, and end soon.
	g := group(t, "Many 100 Deny * 10.0.0.1 *")
	for i := range 4000 {
		g.Rules[0].Sources = append(g.Rules[0].Sources, text(fmt.Sprintf("10.0.%d.%d", i/16, i%16*16)))
	}
	udp, _ = azuredns.JudgePort53(g, prefix(cidr), text(server), model.Yes)
	if udp.Outcome == azuredns.Done {
		t.Errorf("got %+v", udp)
	}
}

// Against an oracle that asks the rules for each address by itself.
func TestPort53IsWhatEachAddressMeets(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		g := azurenet.SecurityGroup{Name: text("g")}
		for i := range rapid.IntRange(0, 6).Draw(rt, "rules") {
			base := rapid.IntRange(0, 15).Draw(rt, "base")
			bits := rapid.IntRange(26, 32).Draw(rt, "bits")
			access := rapid.SampledFrom([]string{"Allow", "Deny"}).Draw(rt, "access")
			protocol := rapid.SampledFrom([]string{"Udp", "Tcp", "*"}).Draw(rt, "protocol")
			g.Rules = append(g.Rules, rule(t, fmt.Sprintf("r%d %d %s %s 10.0.0.%d/%d 53", i, 100+i, access, protocol, base*4, bits)))
		}
		access := rapid.SampledFrom([]model.Ternary{model.Yes, model.No}).Draw(rt, "peering")
		udp, _ := azuredns.JudgePort53(g, prefix("10.0.0.0/26"), text(server), access)
		open := 0
		for i := range 64 {
			if allowed(g.Rules, netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), access) {
				open++
			}
		}
		want := azuredns.Partly
		switch open {
		case 64:
			want = azuredns.Done
		case 0:
			want = azuredns.Failed
		}
		if udp.Outcome != want {
			rt.Fatalf("%d of 64 addresses get through, judged %s: %s", open, udp.Outcome, udp.Why)
		}
	})
}

func allowed(rules []azurenet.Rule, from netip.Addr, access model.Ternary) bool {
	for _, r := range rules {
		if netip.MustParsePrefix(r.Sources[0].Raw()).Contains(from) && r.Protocol.Raw() != "Tcp" {
			return r.Access.Raw() == "Allow"
		}
	}
	return access == model.Yes
}

// The command that opens the port comes before the rule that closes it, with a number that
// is free; where none is, there is no command.
func TestTheCommandThatOpensThePort(t *testing.T) {
	id := text("/subscriptions/sub/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg-dns")
	for rules, want := range map[string]string{
		"Deny 200 Deny * * 53":                                 "--priority 199 ",
		"Deny 200 Deny * * 53;Other 199 Allow Tcp 10.9.9.9 80": "--priority 198 ",
		"Other 300 Allow Tcp 10.9.9.9 80":                      "", // the tag VirtualNetwork lets it in
		"Deny 100 Deny * * 53":                                 "",
	} {
		g := group(t, strings.Split(rules, ";")...)
		g.ID = id
		udp, tcp := azuredns.JudgePort53(g, prefix(cidr), text(server), model.Yes)
		command := udp.Finding.Next.Command
		if want == "" && strings.Contains(command, " rule create ") || want != "" && (!strings.HasPrefix(command, "az network nsg rule create --subscription sub --resource-group rg --nsg-name nsg-dns ") || !strings.Contains(command, want)) {
			t.Errorf("%s: %q", rules, command)
		}
		if want != "" && !udp.Finding.Same(tcp.Finding) {
			t.Errorf("%s: one rule, and two things to do:\n%+v\n%+v", rules, udp.Finding, tcp.Finding)
		}
	}
}
