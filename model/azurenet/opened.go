package azurenet

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Opening is what is to be done so that a security group lets a connection through, by the
// facts as they are now.
type Opening struct {
	Group SecurityGroup // empty where it was not read
	// Step is how the group treats it, over the protocol that fares worst.
	Step Step
	// Rules are to be made; none where it is open, or where that takes something else.
	Rules []Rule
	// Admin is what the security admin rules say, which come first and which no rule of a
	// group outweighs.
	Admin Step
	// Other is what the other group on the way says: the subnet's, or the network card's.
	Other Step
	// Subnets are those of the VNET that have the group.
	Subnets []safe.Text
}

// Opening looks what it takes that a group lets a connection through. Access is that of the
// half, as for a [Question].
func (f Facts) Opening(c finding.Change, access model.Ternary) Opening {
	out := Opening{}
	for _, s := range f.VNet.Subnets {
		if s.SecurityGroup.EqualFold(c.On) {
			out.Subnets = append(out.Subnets, s.Name)
		}
	}
	a, id, step := f.onTheWay(c)
	if id == "" {
		out.Step = step
		return out
	}
	out.Group, _ = f.Group(c.On)
	shutBy := map[string]int{}
	for _, protocol := range over(c) {
		s := a.opened(&out, c, protocol, id, access)
		if shut(s) && !out.Group.ID.IsEmpty() {
			shutBy[protocol] = s.Priority
		}
	}
	if !shut(out.Admin) {
		out.Rules = out.rules(c, shutBy)
	}
	return out
}

// onTheWay is the place of a change's near side, and which of the two groups there is the one
// that is changed. Without one, the step says why.
func (f Facts) onTheWay(c finding.Change) (at, StepID, Step) {
	near, isRange := RangeOf(c.Near.Raw())
	if !isRange {
		return at{}, "", unknown(StepSubnet, c.Near.Quoted()+" is neither an address nor a range", "")
	}
	address := safe.New(near.Addr().String())
	subnet, place := f.place(address)
	if place.Outcome != Open {
		return at{}, "", place
	}
	a := f.at(address, subnet)
	if !near.IsSingleIP() {
		a = f.at(safe.Text{}, subnet)
		a.wide = true
	}
	switch {
	case subnet.SecurityGroup.EqualFold(c.On):
		return a, StepSubnet, Step{}
	case a.hasCard && a.card.Group.EqualFold(c.On):
		return a, StepCard, Step{}
	default:
		return a, "", open(StepSubnet, "the security group "+tail(c.On)+" is not on the way to "+c.Near.String()+" any more")
	}
}

// opened judges one protocol of a change, and keeps what fares worst.
func (a at) opened(out *Opening, c finding.Change, protocol string, id StepID, access model.Ternary) Step {
	p, q := a.packet(changed(c, protocol, access)), askingOf(c, protocol)
	exempt := ""
	switch {
	case c.Probe:
		exempt = "security admin rules are not for probes"
	case a.hasCard && !a.card.Endpoint.IsEmpty():
		exempt = "security admin rules are not for private endpoints"
	}
	admin := a.facts.admin(p, q, exempt)
	other := StepCard
	if id == StepCard {
		other = StepSubnet
	}
	own := a.through(id, admin, p, q)
	for kept, s := range map[*Step]Step{&out.Admin: admin.Step, &out.Step: own, &out.Other: a.through(other, admin, p, q)} {
		if s.Outcome.Worse(kept.Outcome) {
			*kept = s
		}
	}
	return own
}

// rules are those for each protocol that is shut, each with a number of its own. Where one
// number alone is free for two of them, it is a rule for any protocol.
func (o Opening) rules(c finding.Change, shutBy map[string]int) []Rule {
	var out []Rule
	var given []int
	least := 0
	for _, protocol := range over(c) {
		by, is := shutBy[protocol]
		if !is {
			continue
		}
		one := opening{group: o.Group, asking: askingOf(c, protocol), closedBy: by}
		if least == 0 || by < least {
			least = by
		}
		number := one.priority(given...)
		if number == 0 {
			return opening{group: o.Group, asking: askingOf(c, anyProtocol), closedBy: least}.some(len(shutBy))
		}
		out, given = append(out, one.rule(one.protocol, number)), append(given, number)
	}
	return out
}

// some are the rules for any protocol where several are shut.
func (o opening) some(protocols int) []Rule {
	if number := o.priority(); number != 0 && protocols > 1 {
		return []Rule{o.rule(anyProtocol, number)}
	}
	return nil
}

// over are the protocols of a change.
func over(c finding.Change) []string {
	if c.Protocol.Raw() == anyProtocol {
		return []string{UDP, TCP}
	}
	return []string{c.Protocol.Raw()}
}

// changed is the connection of a change, as rules see it.
func changed(c finding.Change, protocol string, access model.Ternary) packet {
	q := Question{From: model.NewPrefixes(c.Far), Protocol: protocol, Port: c.Port, Access: access}
	if c.Probe {
		q.From, q.Access = []model.Prefix{model.NewPrefix(safe.New(balancerProbe().String()))}, model.Yes
	}
	p := q.packet()
	p.near, _ = RangeOf(c.Near.Raw())
	p.outbound, p.probe = c.Outbound, c.Probe
	return p
}

func askingOf(c finding.Change, protocol string) asking {
	far := model.NewPrefixes(c.Far)
	a := asking{outbound: c.Outbound, far: whole(far), ranges: plain(far), near: c.Near.String(), number: c.Port, probe: c.Probe}
	if protocol == anyProtocol {
		return a.over(protocol)
	}
	return a.over(titled(protocol))
}

// Lets reports whether a rule is one that was made for a change, whatever its name and its
// number are: it allows this connection and nothing else.
func Lets(r Rule, c finding.Change) bool {
	for _, protocol := range append(over(c), anyProtocol) {
		want := opening{asking: askingOf(c, protocol)}.rule(titledAny(protocol), r.Priority)
		if r.Access.EqualFold(want.Access) && r.Direction.EqualFold(want.Direction) && r.Protocol.EqualFold(want.Protocol) && len(r.SourceGroups)+len(r.DestinationGroups) == 0 &&
			same(r.Sources, want.Sources) && same(r.Destinations, want.Destinations) && same(r.Ports, want.Ports) {
			return true
		}
	}
	return false
}

func titledAny(protocol string) string {
	if protocol == anyProtocol {
		return anyProtocol
	}
	return titled(protocol)
}

// same reports whether two lists of ranges, addresses or words hold the same, in any order.
func same(a, b []safe.Text) bool {
	has := func(list []safe.Text, t safe.Text) bool {
		return slices.ContainsFunc(list, func(o safe.Text) bool { return o.EqualFold(t) || SameAddress(o, t) })
	}
	return len(a) == len(b) && !slices.ContainsFunc(a, func(t safe.Text) bool { return !has(b, t) }) && !slices.ContainsFunc(b, func(t safe.Text) bool { return !has(a, t) })
}
