package azurenet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Az writes a command of the Azure CLI; the words after a flag are quoted.
func Az(command string, pairs ...string) string {
	out := "az " + command
	for i := 0; i+1 < len(pairs); i += 2 {
		out += flag(pairs[i], pairs[i+1])
	}
	return out
}

// flag is a flag with its value, or with a list of values.
func flag(name string, values ...string) string {
	out := " " + name
	for _, v := range values {
		out += " " + model.ShellQuote(v)
	}
	return out
}

// Place parts an ARM id of a resource of a resource group into subscription, group and
// name.
func Place(id safe.Text) (subscription, group, name string, ok bool) {
	parts := strings.Split(id.String(), "/")
	if len(parts) != 9 {
		return "", "", "", false
	}
	return parts[2], parts[4], parts[8], true
}

// opening is a rule that lets a connection through.
type opening struct {
	asking

	group    SecurityGroup
	closedBy int // the priority of the rule that closes the port
}

// priority is a free number before the rule that closes the port; 0 where none is free.
func (o opening) priority() int {
	const most = 4096 // of a user's rule
	priority, taken := min(o.closedBy-1, most), append(o.taken(), o.not)
	for slices.Contains(taken, priority) {
		priority--
	}
	if priority < leastPriority {
		return 0
	}
	return priority
}

// taken are the priorities of the rules of the same direction: each may be there once.
func (o opening) taken() []int {
	var out []int
	for _, r := range o.group.Rules {
		if strings.EqualFold(r.Direction.Raw(), o.inward()) {
			out = append(out, r.Priority)
		}
	}
	return out
}

// name is a name that no rule of the group has: a rule that is created under the name of
// another one takes its place.
func (o opening) name() string {
	over, end := strings.TrimSuffix(o.protocol, "*"), "FromKong"
	if o.outbound {
		end = "ToKong"
	}
	want := "Allow" + over + strconv.Itoa(o.number) + end
	switch {
	case o.probe:
		want = "Allow" + over + strconv.Itoa(o.number) + "FromLoadBalancer"
	case o.number == dnsPort:
		want = "AllowDns" + over + end
	}
	name := want
	for n := 2; slices.ContainsFunc(o.group.Rules, func(r Rule) bool { return strings.EqualFold(r.Name.Raw(), name) }); n++ {
		name = want + strconv.Itoa(n)
	}
	return name
}

// command creates the rule. It is empty where no number is free for it.
func (o opening) command() string {
	subscription, group, name, ok := Place(o.group.ID)
	priority := o.priority()
	if !ok || priority == 0 {
		return ""
	}
	direction, sources, destinations := "Inbound", o.ranges, []string{o.near}
	if o.probe {
		sources = []string{"AzureLoadBalancer"}
	}
	if o.outbound {
		direction, sources, destinations = "Outbound", []string{o.near}, o.ranges
	}
	return Az("network nsg rule create", "--subscription", subscription, "--resource-group", group, "--nsg-name", name,
		"--name", o.name(), "--priority", strconv.Itoa(priority), "--direction", direction, "--access", "Allow", "--protocol", o.protocol) +
		flag("--source-address-prefixes", sources...) + flag("--destination-address-prefixes", destinations...) +
		flag("--destination-port-ranges", strconv.Itoa(o.number))
}

// listRules is the command that shows the rules of a group in their order.
func listRules(g SecurityGroup) string {
	subscription, group, name, ok := Place(g.ID)
	if !ok {
		return ""
	}
	return Az("network nsg rule list", "--subscription", subscription, "--resource-group", group, "--nsg-name", name, "--output", "table")
}

// showRoute is the command that shows a route.
func showRoute(t RouteTable, r Route) string {
	subscription, group, name, ok := Place(t.ID)
	if !ok {
		return ""
	}
	return Az("network route-table route show", "--subscription", subscription, "--resource-group", group, "--route-table-name", name, "--name", r.Name.String())
}
