package azure

import (
	"slices"
	"strconv"
	"strings"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// az writes a command of the Azure CLI; the words after a flag are quoted.
func az(command string, pairs ...string) string {
	var b strings.Builder
	b.WriteString("az " + command)
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteString(" " + pairs[i] + " " + model.ShellQuote(pairs[i+1]))
	}
	return b.String()
}

// place parts an ARM id of a resource of a resource group into subscription, group and
// name.
func place(id safe.Text) (subscription, group, name string, ok bool) {
	parts := strings.Split(id.String(), "/")
	if len(parts) != 9 {
		return "", "", "", false
	}
	return parts[2], parts[4], parts[8], true
}

// linkCommand links a private zone to a VNET; both are ARM ids.
func linkCommand(zone, vnet safe.Text) string {
	subscription, group, name, ok := place(zone)
	if _, _, _, whole := place(vnet); !ok || !whole {
		return ""
	}
	return az("network private-dns link vnet create", "--subscription", subscription, "--resource-group", group,
		"--zone-name", name, "--name", tail(vnet), "--virtual-network", vnet.String(), "--registration-enabled", "false")
}

// opening is a rule that lets a gateway network's questions in.
type opening struct {
	group    SecurityGroup
	closedBy int    // the priority of the rule that closes the port
	protocol string // Udp, Tcp, or * for both
	from     model.Prefix
	server   string
	not      int // a priority that another proposed rule of the group has, 0 for none
}

// priority is a free number before the rule that closes the port; 0 where none is free.
func (o opening) priority() int {
	const most = 4096 // of a user's rule
	priority, taken := min(o.closedBy-1, most), append(prioritiesOf(o.group), o.not)
	for slices.Contains(taken, priority) {
		priority--
	}
	if priority < leastPriority {
		return 0
	}
	return priority
}

// name is a name that no rule of the group has: a rule that is created under the name of
// another one takes its place.
func (o opening) name() string {
	want := "AllowDnsFromKong"
	if o.protocol != "*" {
		want = "AllowDns" + o.protocol + "FromKong"
	}
	name := want
	for n := 2; slices.ContainsFunc(o.group.Rules, func(r Rule) bool { return strings.EqualFold(r.Name.Raw(), name) }); n++ {
		name = want + strconv.Itoa(n)
	}
	return name
}

// command creates the rule. It is empty where no number is free for it.
func (o opening) command() string {
	subscription, group, name, ok := place(o.group.ID)
	priority := o.priority()
	if !ok || priority == 0 {
		return ""
	}
	return az("network nsg rule create", "--subscription", subscription, "--resource-group", group, "--nsg-name", name,
		"--name", o.name(), "--priority", strconv.Itoa(priority), "--direction", "Inbound", "--access", "Allow", "--protocol", o.protocol,
		"--source-address-prefixes", o.from.String(), "--destination-address-prefixes", o.server, "--destination-port-ranges", "53")
}

// listRules is the command that shows the rules of a group in their order.
func listRules(g SecurityGroup) string {
	subscription, group, name, ok := place(g.ID)
	if !ok {
		return ""
	}
	return az("network nsg rule list", "--subscription", subscription, "--resource-group", group, "--nsg-name", name, "--output", "table")
}

// showRoute is the command that shows a route.
func showRoute(t RouteTable, r Route) string {
	subscription, group, name, ok := place(t.ID)
	if !ok {
		return ""
	}
	return az("network route-table route show", "--subscription", subscription, "--resource-group", group, "--route-table-name", name, "--name", r.Name.String())
}

// fallbackCommand lets what a private zone does not hold be asked for in the Internet.
func fallbackCommand(zone, link safe.Text) string {
	subscription, group, name, ok := place(zone)
	if !ok {
		return ""
	}
	return az("network private-dns link vnet update", "--subscription", subscription, "--resource-group", group,
		"--zone-name", name, "--name", link.String(), "--resolution-policy", "NxDomainRedirect")
}

// addRecord gives a name of a private zone an address.
func addRecord(zone safe.Text, name string, address safe.Text) string {
	subscription, group, of, ok := place(zone)
	if !ok || name == "" {
		return ""
	}
	return az("network private-dns record-set a add-record", "--subscription", subscription, "--resource-group", group,
		"--zone-name", of, "--record-set-name", name, "--ipv4-address", address.String())
}

// changeRecord gives the record of a name another address.
func changeRecord(zone safe.Text, name string, address safe.Text) string {
	subscription, group, of, ok := place(zone)
	if !ok || name == "" {
		return ""
	}
	return az("network private-dns record-set a update", "--subscription", subscription, "--resource-group", group,
		"--zone-name", of, "--name", name, "--set", "aRecords[0].ipv4Address="+address.String())
}

// delegate gives a subnet to private resolvers.
func delegate(vnet safe.Text, subnet string) string {
	subscription, group, name, ok := place(vnet)
	if !ok {
		return ""
	}
	return az("network vnet subnet update", "--subscription", subscription, "--resource-group", group,
		"--vnet-name", name, "--name", subnet, "--delegations", "Microsoft.Network/dnsResolvers")
}

// showEndpoint shows an inbound endpoint as it is now.
func showEndpoint(id safe.Text) string {
	if id.IsEmpty() {
		return ""
	}
	return "az resource show --ids " + model.ShellQuote(id.String()) + " --api-version 2022-07-01 --query properties"
}

func prioritiesOf(g SecurityGroup) []int {
	var out []int
	for _, r := range g.Rules {
		if strings.EqualFold(r.Direction.Raw(), "inbound") {
			out = append(out, r.Priority)
		}
	}
	return out
}
