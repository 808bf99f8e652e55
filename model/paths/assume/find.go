package assume

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/near"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// named is a thing with the names by which it can be meant.
type named struct{ name, id safe.Text }

// is reports whether a text means the thing: its id or its name, however they are written.
func (n named) is(typed safe.Text) bool {
	want := safe.New(strings.TrimSuffix(typed.Raw(), "/"))
	return !n.id.IsEmpty() && n.id.EqualFold(want) || n.name.EqualFold(want)
}

// one finds the one thing that is meant; -1 and the refusal where none is, or several are.
func one(what string, typed safe.Text, list []named) (int, *Refusal) {
	var found []int
	var names, ids []string
	for i, n := range list {
		names = append(names, n.name.String())
		if n.is(typed) {
			found, ids = append(found, i), append(ids, n.id.Or(n.name.Raw()).String())
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return -1, notThere("no "+what+" "+typed.Quoted(), typed, names)
	default:
		return -1, refuse("Several are called "+what+" "+typed.Quoted()+": "+phrase.And(ids)+".", "Give the id of the one that is meant.")
	}
}

// notThere refuses a name that nothing has, and says which may have been meant.
func notThere(what string, typed safe.Text, names []string) *Refusal {
	slices.Sort(names)
	names = slices.Compact(names)
	const few = 6
	text := "There is " + what + "."
	switch meant := near.Names(typed.Raw(), names); {
	case len(meant) > 0:
		return refuse(text, "Perhaps "+phrase.Or(meant)+" is meant.")
	case len(names) == 0:
		return refuse(text, "None was read.")
	default:
		return refuse(text, "There "+phrase.Either(len(names), "is ", "are ")+phrase.Few(names, few)+".")
	}
}

// vnetFor finds the VNET that a change is about.
func (w *world) vnetFor(c Change) (vnet, *Refusal) {
	all := w.vnets()
	typed := c.One(KeyVNet)
	if typed.IsEmpty() {
		switch len(all) {
		case 1:
			return all[0], nil
		case 0:
			return vnet{}, refuse("The network is peered with no VNET that is known.", "")
		}
		names := make([]string, len(all))
		for i, v := range all {
			names[i] = v.name.String()
		}
		return vnet{}, refuse("The network is peered with several VNETs: "+phrase.And(names)+".", "Say which one is meant: vnet.")
	}
	list := make([]named, len(all))
	for i, v := range all {
		list[i] = named{v.name, v.id}
	}
	i, r := one("VNET", typed, list)
	if r != nil {
		return vnet{}, r
	}
	return all[i], nil
}

// place is where a thing stands in the facts: in one VNET or in several that share it.
type place struct{ vnet, index int }

// groups finds a security group wherever the facts have it. A group that subnets name and
// that was not read has an id and no place.
func (w *world) group(typed safe.Text) (id safe.Text, at []place, r *Refusal) {
	known := map[string]int{}
	var list []named
	add := func(n named) {
		key := strings.ToLower(n.id.Or(n.name.Raw()).Raw())
		if _, there := known[key]; !there && !n.id.IsEmpty() {
			known[key] = len(list)
			list = append(list, n)
		}
	}
	for _, v := range w.facts.VNets {
		for _, g := range v.Net.Groups {
			add(named{g.Name.Or(model.LastSegment(g.ID).Raw()), g.ID})
		}
		for _, s := range v.Net.VNet.Subnets {
			add(named{model.LastSegment(s.SecurityGroup), s.SecurityGroup})
		}
		for _, c := range v.Net.Cards {
			add(named{model.LastSegment(c.Group), c.Group})
		}
	}
	i, r := one("security group", typed, list)
	if r != nil {
		return id, nil, r
	}
	id = list[i].id
	for v := range w.facts.VNets {
		for k, g := range w.facts.VNets[v].Net.Groups {
			if g.ID.EqualFold(id) {
				at = append(at, place{v, k})
			}
		}
	}
	return id, at, nil
}

// tableFor finds a route table in the same way.
func (w *world) tableFor(typed safe.Text) (id safe.Text, at []place, r *Refusal) {
	known := map[string]bool{}
	var list []named
	add := func(n named) {
		if key := strings.ToLower(n.id.Raw()); !known[key] && !n.id.IsEmpty() {
			known[key] = true
			list = append(list, n)
		}
	}
	for _, v := range w.facts.VNets {
		for _, t := range v.Net.Tables {
			add(named{t.Name.Or(model.LastSegment(t.ID).Raw()), t.ID})
		}
		for _, s := range v.Net.VNet.Subnets {
			add(named{model.LastSegment(s.RouteTable), s.RouteTable})
		}
	}
	i, r := one("route table", typed, list)
	if r != nil {
		return id, nil, r
	}
	id = list[i].id
	for v := range w.facts.VNets {
		for k, t := range w.facts.VNets[v].Net.Tables {
			if t.ID.EqualFold(id) {
				at = append(at, place{v, k})
			}
		}
	}
	return id, at, nil
}

// unread refuses a change of what was not read: what else it holds decides too.
func (w *world) unread(what string, part azurenet.Part, id safe.Text) *Refusal {
	for _, v := range w.facts.VNets {
		if g := v.Net.Gap(part, id); g != nil {
			return refuse(phrase.Capital(what)+" could not be read, so what a change of it would do cannot be told: "+g.Failure.Cause.Or("it was not read").String()+".", g.Failure.Cure)
		}
	}
	return refuse(phrase.Capital(what)+" was not read, so what a change of it would do cannot be told.", "")
}
