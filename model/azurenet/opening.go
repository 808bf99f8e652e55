package azurenet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// opening are the rules that let a connection through a group that keeps it out.
type opening struct {
	asking

	group    SecurityGroup
	closedBy int // the priority of the rule that closes the port
}

// priority is a free number before the rule that closes the port, and before another one that
// is given away already; 0 where none is free.
func (o opening) priority(given ...int) int {
	const most = 4096 // of a user's rule
	priority, taken := min(o.closedBy-1, most), append(o.taken(), append(given, o.not)...)
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
func (o opening) name(protocol string) string {
	over, end := strings.TrimSuffix(protocol, "*"), "FromKong"
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

// rules are those to be made: one for each protocol, since a rule for any protocol would let
// more in than was asked for. Where one number alone is free, it is one for any. None where
// no number is free.
func (o opening) rules() []Rule {
	first := o.priority()
	if first == 0 {
		return nil
	}
	if second := o.priority(first); o.protocol == anyProtocol && second != 0 {
		return []Rule{o.rule(titled(UDP), first), o.rule(titled(TCP), second)}
	}
	return []Rule{o.rule(o.protocol, first)}
}

// rule is one rule, no wider than the connection that is asked about.
func (o opening) rule(protocol string, priority int) Rule {
	direction, sources, destinations := "Inbound", o.ranges, []string{o.near}
	if o.probe {
		sources = []string{"AzureLoadBalancer"}
	}
	if o.outbound {
		direction, sources, destinations = "Outbound", []string{o.near}, o.ranges
	}
	return Rule{
		Name: safe.New(o.name(protocol)), Priority: priority, Direction: safe.New(direction), Access: safe.New("Allow"), Protocol: safe.New(protocol),
		Sources: safe.Texts(sources...), SourcePorts: safe.Texts("*"), Destinations: safe.Texts(destinations...), Ports: safe.Texts(strconv.Itoa(o.number)),
	}
}

// command creates the rules. It is empty where no number is free for them.
func (o opening) command() string {
	subscription, group, name, ok := Place(o.group.ID)
	if !ok {
		return ""
	}
	var parts []string
	for _, r := range o.rules() {
		parts = append(parts, Az("network nsg rule create", "--subscription", subscription, "--resource-group", group, "--nsg-name", name,
			"--name", r.Name.String(), "--priority", strconv.Itoa(r.Priority), "--direction", r.Direction.String(), "--access", r.Access.String(), "--protocol", r.Protocol.String())+
			flag("--source-address-prefixes", texts(r.Sources)...)+flag("--destination-address-prefixes", texts(r.Destinations)...)+
			flag("--destination-port-ranges", texts(r.Ports)...))
	}
	return strings.Join(parts, " && ")
}

func texts(list []safe.Text) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.String()
	}
	return out
}

// change is the same as data.
func (o opening) change() finding.Change {
	c := finding.Change{On: o.group.ID, Near: safe.New(o.near), Port: o.number, Protocol: safe.New(o.protocol), Outbound: o.outbound, Probe: o.probe}
	if !o.probe {
		c.Far = safe.Texts(o.ranges...)
	}
	return c
}
