package trace

import (
	"strconv"
	"strings"

	"peerdeck/model"
	dnsverdict "peerdeck/model/dns/verdict"
	"peerdeck/model/safe"
)

// The rows of the table of symptoms whose next step is more than a question to a server.
const (
	ruleNotHere     = 1
	ruleSilent      = 2
	ruleGatewayOnly = 3
	ruleWaits       = 4
	ruleHalfGone    = 5
	ruleZone        = 11
	rulePublic      = 15
	ruleCut         = 19
	ruleNoRow       = 23
	ruleStaged      = 29
	ruleOneSilent   = 31
	ruleNoTCP       = 36
)

// command is a line for a shell that does the next step of a finding, or shows more.
func command(t Trace, f dnsverdict.Finding) string {
	switch f.ID {
	case ruleNoRow, ruleStaged:
		return "peerdeck dns list --network " + model.ShellQuote(t.NetworkName.String())
	case ruleWaits:
		return "peerdeck status --network " + model.ShellQuote(t.NetworkName.String())
	case ruleHalfGone:
		return syncCommand(t)
	case ruleZone, rulePublic:
		if c := linkCommand(t); c != "" {
			return c
		}
	case ruleSilent, ruleGatewayOnly, ruleCut, ruleOneSilent, ruleNoTCP:
		if c := openCommand(t, f.Servers); c != "" {
			return c
		}
	}
	if len(f.Servers) == 0 {
		return ""
	}
	return digs(f.Servers, t.Query.Asked(), f.ID == ruleNotHere || f.ID == ruleSilent)
}

// digs asks servers for a name, as a line for a machine in the VNET.
func digs(servers []safe.Text, name safe.Text, tcp bool) string {
	var lines []string
	for _, s := range servers {
		line := "dig @" + model.ShellQuote(s.String()) + " " + model.ShellQuote(name.String()) + " A"
		lines = append(lines, line)
		if tcp {
			lines = append(lines, line+" +tcp")
		}
	}
	return strings.Join(lines, "; ")
}

// az writes a command of the Azure CLI; the words after a flag are quoted.
func az(command string, pairs ...string) string {
	var b strings.Builder
	b.WriteString("az " + command)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteString(" " + pairs[i] + " " + model.ShellQuote(pairs[i+1]))
	}
	return b.String()
}

// syncCommand brings the ranges of Azure's half up to date, where that is what lacks.
func syncCommand(t Trace) string {
	half, known := t.Facts.Half.Get()
	p, _ := t.Facts.Peering.Get()
	if !known || half.Status != model.HalfPresent || half.Peering.State != model.VNetConnected || p.VNet.IsZero() {
		return "peerdeck status --network " + model.ShellQuote(t.NetworkName.String())
	}
	return az("network vnet peering sync", "--subscription", p.VNet.SubscriptionID.String(), "--resource-group", p.VNet.ResourceGroup.String(),
		"--vnet-name", p.VNet.Name.String(), "--name", half.Peering.Name.String())
}

// linkCommand links the private zone to the VNET. The zone's resource group is not told
// by its name, so the VNET's stands for it.
func linkCommand(t Trace) string {
	z, known := t.Facts.Zone.Get()
	p, peered := t.Facts.Peering.Get()
	if !known || !z.Exists || !peered || p.VNet.IsZero() {
		return ""
	}
	return az("network private-dns link vnet create", "--subscription", p.VNet.SubscriptionID.String(), "--resource-group", p.VNet.ResourceGroup.String(),
		"--zone-name", z.Name.String(), "--name", p.VNet.Name.String(), "--virtual-network", p.VNet.ID().String(), "--registration-enabled", "false")
}

// openCommand opens port 53 to the network's range in the security group that closes it.
func openCommand(t Trace, servers []safe.Text) string {
	half, known := t.Facts.Half.Get()
	n, _ := t.Facts.Network.Get()
	if !known || !n.CIDR.Valid() {
		return ""
	}
	for _, s := range servers {
		f := t.Facts.Servers[s]
		u, udp := f.UDP.Get()
		c, tcp := f.TCP.Get()
		if (!udp || u.Open) && (!tcp || c.Open) {
			continue
		}
		for _, sub := range half.VNet.Subnets {
			group := strings.Split(sub.SecurityGroup.String(), "/")
			if sub.Name != f.Subnet || len(group) != 9 {
				continue
			}
			return az("network nsg rule create", "--subscription", group[2], "--resource-group", group[4], "--nsg-name", group[8],
				"--name", "AllowDnsFromKong", "--priority", before(u, c), "--direction", "Inbound", "--access", "Allow", "--protocol", "*",
				"--source-address-prefixes", n.CIDR.String(), "--destination-address-prefixes", s.String(), "--destination-port-ranges", "53")
		}
	}
	return ""
}

// before is a priority that stands before the rule that closes the port, as far as its
// own is told.
func before(gates ...dnsverdict.Gate) string {
	const least = 100
	found := least
	for _, g := range gates {
		_, text, told := strings.Cut(g.Rule.Raw(), "(priority ")
		n, err := strconv.Atoi(strings.TrimSuffix(text, ")"))
		if told && err == nil && !g.Open && n > least && (found == least || n-1 < found) {
			found = n - 1
		}
	}
	return strconv.Itoa(found)
}
