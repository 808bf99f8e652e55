package assume

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// route changes a user's route of a table.
func (w *world) route(c Change) *Refusal {
	id, at, r := w.tableFor(c.One(KeyTable))
	if r != nil {
		return r
	}
	what := "the route table " + model.LastSegment(id).String()
	if len(at) == 0 {
		return w.unread(what, azurenet.PartRoutes, id)
	}
	for _, p := range at {
		t := &w.facts.VNets[p.vnet].Net.Tables[p.index]
		routes, r := changeRoutes(t.Routes, c, what)
		if r != nil {
			return r
		}
		t.Routes = routes
	}
	return nil
}

func changeRoutes(list []azurenet.Route, c Change, what string) ([]azurenet.Route, *Refusal) {
	names := make([]named, len(list))
	for i, r := range list {
		names[i] = named{name: r.Name}
	}
	name := c.One(KeyName)
	i := slices.IndexFunc(names, func(n named) bool { return n.is(name) })
	switch {
	case c.Verb == Add && i >= 0:
		return nil, refuse("There is a route "+name.Quoted()+" in "+what+" already.", "Change it, or give the new one another name.")
	case c.Verb != Add && i < 0:
		_, r := one("route", name, names)
		r.Text = strings.TrimSuffix(r.Text, ".") + " in " + what + "."
		return nil, r
	case c.Verb == Remove:
		return without(list, i), nil
	}
	route := azurenet.Route{Name: name}
	if c.Verb == Alter {
		route = list[i]
	}
	if c.Has(KeyPrefix) {
		route.Prefix = model.NewPrefix(c.One(KeyPrefix))
	}
	if c.Has(KeyNextHop) {
		route.NextHop, route.Address = word(c.One(KeyNextHop), hops()), safe.Text{}
	}
	if c.Has(KeyAddress) {
		route.Address = c.One(KeyAddress)
	}
	if appliance := strings.EqualFold(route.NextHop.Raw(), "VirtualAppliance"); appliance == route.Address.IsEmpty() {
		if appliance {
			return nil, refuse("The route "+name.Quoted()+" would lead to an appliance without an address.", "Give its address.")
		}
		return nil, refuse("Only a route to an appliance has an address: "+name.Quoted()+" leads to "+route.NextHop.String()+".", "")
	}
	for k, o := range list {
		if (c.Verb == Add || k != i) && o.Prefix.Same(route.Prefix) {
			return nil, refuse("The route "+o.Name.Quoted()+" of "+what+" is for "+o.Prefix.String()+" already; Azure takes one for each range.", "Change that one.")
		}
	}
	if c.Verb == Alter {
		return replaced(list, i, func(r *azurenet.Route) { *r = route }), nil
	}
	return append(slices.Clone(list), route), nil
}

// word is a word as Azure writes it, however it was typed.
func word(typed safe.Text, words []string) safe.Text {
	for _, w := range words {
		if strings.EqualFold(w, typed.Raw()) {
			return safe.New(w)
		}
	}
	return typed
}

// table changes what a route table does with the routes of peerings.
func (w *world) table(c Change) *Refusal {
	id, at, r := w.tableFor(c.One(KeyTable))
	switch {
	case r != nil:
		return r
	case len(at) == 0:
		return w.unread("the route table "+model.LastSegment(id).String(), azurenet.PartRoutes, id)
	}
	for _, p := range at {
		w.facts.VNets[p.vnet].Net.Tables[p.index].PeeringRoutes = word(c.One(KeyPeeringRoutes), []string{"None", "All"})
	}
	return nil
}

// subnet gives a subnet another route table or security group.
func (w *world) subnet(c Change) *Refusal {
	v, r := w.vnetOfSubnet(c)
	if r != nil {
		return r
	}
	table, r := w.newTable(v, c)
	if r != nil {
		return r
	}
	group, r := w.newGroup(v, c)
	if r != nil {
		return r
	}
	w.change(v, func(n *model.VNet) {
		for i := range n.Subnets {
			if s := &n.Subnets[i]; s.Name.EqualFold(c.One(KeySubnet)) {
				if c.Has(KeyTable) {
					s.RouteTable = table
				}
				if c.Has(KeyGroup) {
					s.SecurityGroup = group
				}
			}
		}
	})
	return nil
}

// newTable is the route table that a subnet of a VNET gets; empty for none.
func (w *world) newTable(v vnet, c Change) (safe.Text, *Refusal) {
	if !c.Has(KeyTable) || none(c.One(KeyTable)) {
		return safe.Text{}, nil
	}
	id, at, r := w.tableFor(c.One(KeyTable))
	switch {
	case r != nil:
		return id, r
	case len(at) == 0:
		return id, w.unread("the route table "+model.LastSegment(id).String(), azurenet.PartRoutes, id)
	}
	w.shareTable(v, at[0])
	return id, nil
}

// newGroup is the security group that a subnet of a VNET gets; empty for none.
func (w *world) newGroup(v vnet, c Change) (safe.Text, *Refusal) {
	if !c.Has(KeyGroup) || none(c.One(KeyGroup)) {
		return safe.Text{}, nil
	}
	id, at, r := w.group(c.One(KeyGroup))
	switch {
	case r != nil:
		return id, r
	case len(at) == 0:
		return id, w.unread("the security group "+model.LastSegment(id).String(), azurenet.PartRules, id)
	}
	w.shareGroup(v, at[0])
	return id, nil
}

// none reports whether a value says that there is to be none.
func none(t safe.Text) bool { return strings.EqualFold(t.Raw(), "none") }

// vnetOfSubnet finds the VNET of a subnet: the one that is named, or the only one that has
// a subnet of that name.
func (w *world) vnetOfSubnet(c Change) (vnet, *Refusal) {
	name := c.One(KeySubnet)
	list := w.vnets()
	if c.Has(KeyVNet) {
		v, r := w.vnetFor(c)
		if r != nil {
			return v, r
		}
		list = []vnet{v}
	}
	var names []string
	var has []vnet
	for _, v := range list {
		for _, s := range w.subnets(v) {
			names = append(names, s.Name.String())
			if s.Name.EqualFold(name) {
				has = append(has, v)
			}
		}
	}
	switch len(has) {
	case 1:
		return has[0], nil
	case 0:
		return vnet{}, notThere("no subnet "+name.Quoted(), name, names)
	default:
		return vnet{}, refuse("Several VNETs have a subnet "+name.Quoted()+".", "Say which one is meant: vnet.")
	}
}

// subnets are those of a VNET, as far as it was read.
func (w *world) subnets(v vnet) []model.Subnet {
	for _, i := range v.read {
		if s := w.facts.VNets[i].Net.VNet.Subnets; len(s) > 0 {
			return s
		}
	}
	for _, i := range v.peerings {
		if s := w.network.Peerings[i].Azure.VNet.Subnets; len(s) > 0 {
			return s
		}
	}
	return nil
}

// shareTable lets what was read around a VNET hold a table that was read around another one.
func (w *world) shareTable(v vnet, at place) {
	t := w.facts.VNets[at.vnet].Net.Tables[at.index]
	for _, i := range v.read {
		if net := &w.facts.VNets[i].Net; !slices.ContainsFunc(net.Tables, func(o azurenet.RouteTable) bool { return o.ID.EqualFold(t.ID) }) {
			net.Tables = append(net.Tables, t)
		}
	}
}

// shareGroup does the same for a security group.
func (w *world) shareGroup(v vnet, at place) {
	g := w.facts.VNets[at.vnet].Net.Groups[at.index]
	for _, i := range v.read {
		if net := &w.facts.VNets[i].Net; !slices.ContainsFunc(net.Groups, func(o azurenet.SecurityGroup) bool { return o.ID.EqualFold(g.ID) }) {
			net.Groups = append(net.Groups, g)
		}
	}
}
