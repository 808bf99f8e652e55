package assume

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// rule changes a rule of a security group.
func (w *world) rule(c Change) *Refusal {
	id, at, r := w.group(c.One(KeyGroup))
	if r != nil {
		return r
	}
	what := "the security group " + model.LastSegment(id).String()
	if len(at) == 0 {
		return w.firstRule(c, id, what)
	}
	for _, p := range at {
		g := &w.facts.VNets[p.vnet].Net.Groups[p.index]
		rules, r := changeRules(g.Rules, c, what)
		if r != nil {
			return r
		}
		g.Rules = rules
	}
	return nil
}

// firstRule puts a rule into a group that was not read. One that comes before all others
// that there can be decides what it is for; whatever else there is stays not known.
func (w *world) firstRule(c Change, id safe.Text, what string) *Refusal {
	if c.Verb != Add || c.One(KeyPriority).Raw() != strconv.Itoa(LeastPriority) {
		r := w.unread(what, azurenet.PartRules, id)
		r.Next = strings.TrimSpace(r.Next + " A new rule with priority " + strconv.Itoa(LeastPriority) + ", before which none can stand, can be assumed.")
		return r
	}
	rule, r := ruleOf(azurenet.Rule{Name: c.One(KeyName)}, c)
	if r != nil {
		return r
	}
	all := safe.Texts("*")
	rest := azurenet.Rule{
		Name: safe.New("that was not read"), Priority: LeastPriority + 1, Direction: safe.New("*"), Access: safe.New("what was not read"), Protocol: safe.New("*"),
		Sources: all, SourcePorts: all, Destinations: all, Ports: all,
	}
	for i := range w.facts.VNets {
		net := &w.facts.VNets[i].Net
		if net.Gap(azurenet.PartRules, id) != nil || slices.ContainsFunc(net.VNet.Subnets, func(s model.Subnet) bool { return s.SecurityGroup.EqualFold(id) }) {
			net.Groups = append(net.Groups, azurenet.SecurityGroup{ID: id, Name: model.LastSegment(id), Rules: []azurenet.Rule{rule, rest}})
		}
	}
	return nil
}

func changeRules(list []azurenet.Rule, c Change, what string) ([]azurenet.Rule, *Refusal) {
	names := make([]named, len(list))
	for i, r := range list {
		names[i] = named{name: r.Name}
	}
	i, r := placeOf("rule", c, names, what)
	if r != nil {
		return nil, r
	}
	if c.Verb != Add && list[i].Priority > MostPriority {
		return nil, refuse("The rule "+list[i].Name.Quoted()+" of "+what+" is Azure's own and cannot be changed.", "Add a rule before it.")
	}
	if c.Verb == Remove {
		return without(list, i), nil
	}
	rule := azurenet.Rule{Name: c.One(KeyName)}
	if c.Verb == Alter {
		rule = list[i]
	}
	if rule, r = ruleOf(rule, c); r != nil {
		return nil, r
	}
	if rule.Priority < LeastPriority {
		return nil, refuse(fmt.Sprintf("A rule of a security group has a priority of %d at least, and %s would have %d.", LeastPriority, rule.Name.Quoted(), rule.Priority), "")
	}
	for k, o := range list {
		if (c.Verb == Add || k != i) && o.Priority == rule.Priority && o.Direction.EqualFold(rule.Direction) {
			return nil, refuse(fmt.Sprintf("The rule %s of %s has the priority %d already, in the same direction.", o.Name.Quoted(), what, o.Priority), "Give another number.")
		}
	}
	if c.Verb == Alter {
		return replaced(list, i, func(r *azurenet.Rule) { *r = rule }), nil
	}
	return append(slices.Clone(list), rule), nil
}

// placeOf is the place of the thing that a change is about among those of its name.
func placeOf(thing string, c Change, names []named, what string) (int, *Refusal) {
	name := c.One(KeyName)
	i := slices.IndexFunc(names, func(n named) bool { return n.is(name) })
	switch {
	case c.Verb == Add && i >= 0:
		return i, refuse("There is a "+thing+" "+name.Quoted()+" in "+what+" already.", "Change it, or give the new one another name.")
	case c.Verb != Add && i < 0:
		_, r := one(thing, name, names)
		r.Text = strings.TrimSuffix(r.Text, ".") + " in " + what + "."
		return i, r
	default:
		return i, nil
	}
}

// ruleOf puts the values of a change into a rule. What is not said is any.
func ruleOf(r azurenet.Rule, c Change) (azurenet.Rule, *Refusal) {
	if c.Has(KeyPriority) {
		n, err := strconv.Atoi(c.One(KeyPriority).Raw())
		if err != nil {
			return r, refuse("The priority "+c.One(KeyPriority).Quoted()+" is no number.", "")
		}
		r.Priority = n
	}
	one := func(k Key, into *safe.Text, words ...string) {
		if c.Has(k) {
			*into = word(c.One(k), words)
		}
	}
	one(KeyDirection, &r.Direction, "Inbound", "Outbound")
	one(KeyAccess, &r.Access, "Allow", "AlwaysAllow", "Deny")
	one(KeyProtocol, &r.Protocol, "Tcp", "Udp", "Icmp", "Esp", "Ah")
	many := func(k Key, into *[]safe.Text) {
		if c.Has(k) {
			*into = slices.Clone(c.Values[k])
		}
	}
	many(KeyFromPorts, &r.SourcePorts)
	many(KeyPorts, &r.Ports)
	places := func(k Key, list, groups *[]safe.Text) {
		if !c.Has(k) {
			return
		}
		*list, *groups = nil, nil
		for _, v := range c.Values[k] {
			if strings.HasPrefix(v.Raw(), "/") { // an application security group, by its id
				*groups = append(*groups, v)
			} else {
				*list = append(*list, v)
			}
		}
	}
	places(KeyFrom, &r.Sources, &r.SourceGroups)
	places(KeyTo, &r.Destinations, &r.DestinationGroups)
	return whole(r), nil
}

// whole is a rule in which what was not said is any.
func whole(r azurenet.Rule) azurenet.Rule {
	if r.Protocol.IsEmpty() {
		r.Protocol = safe.New("*")
	}
	for _, list := range []*[]safe.Text{&r.SourcePorts, &r.Ports} {
		if len(*list) == 0 {
			*list = safe.Texts("*")
		}
	}
	if len(r.Sources)+len(r.SourceGroups) == 0 {
		r.Sources = safe.Texts("*")
	}
	if len(r.Destinations)+len(r.DestinationGroups) == 0 {
		r.Destinations = safe.Texts("*")
	}
	return r
}

// adminRule changes a security admin rule that Virtual Network Manager applies to a VNET.
func (w *world) adminRule(c Change) *Refusal {
	v, r := w.vnetFor(c)
	if r != nil {
		return r
	}
	what := "the security admin rules of the VNET " + v.name.String()
	if len(v.read) == 0 {
		return w.unread(what, azurenet.PartAdminRules, safe.Text{})
	}
	for _, i := range v.read {
		net := &w.facts.VNets[i].Net
		if net.Gap(azurenet.PartAdminRules, safe.Text{}) != nil {
			return w.unread(what, azurenet.PartAdminRules, safe.Text{})
		}
		list, r := changeAdminRules(net.AdminRules, c, what)
		if r != nil {
			return r
		}
		net.AdminRules = list
	}
	return nil
}

func changeAdminRules(list []azurenet.AdminRule, c Change, what string) ([]azurenet.AdminRule, *Refusal) {
	names := make([]named, len(list))
	for i, r := range list {
		names[i] = named{name: r.Name, id: r.ID}
	}
	i, r := placeOf("security admin rule", c, names, what)
	switch {
	case r != nil:
		return nil, r
	case c.Verb == Remove:
		return without(list, i), nil
	}
	rule := azurenet.AdminRule{Rule: azurenet.Rule{Name: c.One(KeyName)}, Config: safe.New("assumed")}
	if c.Verb == Alter {
		rule = list[i]
	}
	if rule.Rule, r = ruleOf(rule.Rule, c); r != nil {
		return nil, r
	}
	if c.Verb == Alter {
		return replaced(list, i, func(o *azurenet.AdminRule) { *o = rule }), nil
	}
	return append(slices.Clone(list), rule), nil
}
