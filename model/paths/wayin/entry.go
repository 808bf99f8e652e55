package wayin

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// entry judges one thing that may point at data planes. It is none where nothing that it
// names is theirs, or was.
func (j judging) entry(e Entry, v VNet) (Entry, bool) {
	relevant := false
	for i := range e.Targets {
		t := &e.Targets[i]
		if t.Address.IsEmpty() {
			relevant = j.host(t, v) || relevant
			continue
		}
		a, ok := parse(t.Address)
		if !ok {
			t.Is = IsNotKnown
			continue
		}
		t.Is, t.Whose = j.of(a, v.Net.VNet)
		relevant = relevant || j.relevant(t.Is, a, e.Kind, v.Net.VNet)
	}
	if !relevant {
		return e, false
	}
	if e.Kind == KindRule { // what else a rule names is its owner's
		e.Targets = slices.DeleteFunc(e.Targets, func(t Target) bool { return t.Is == IsElsewhere || t.Is == IsNobody })
	}
	e.Planes, e.Missing = j.missing(e)
	if v.Net.VNet.ID.IsEmpty() {
		return j.spoken(e, v), true
	}
	if e.Kind == KindBalancer || e.Kind == KindAppGateway {
		e.Subnet = model.LastSegment(e.Subnet)
		e.Ways = j.ways(e, v)
	}
	return j.spoken(e, v), true
}

// relevant reports whether something that names an address points at the network's data
// planes, or means to. An address of another network that the VNET is peered with is a way
// into that network's gateways.
func (j judging) relevant(is Is, a netip.Addr, k Kind, v model.VNet) bool {
	switch is {
	case IsCurrent, IsPublicOnly, IsGoing, IsStale:
		return true
	case IsNotKnown:
		return holds(j.network.CIDR, a)
	case IsOther:
		return !peered(v, a) && k != KindRule
	case IsNobody:
		// Backends that nobody has may have been the data planes of a network that is gone.
		return k == KindBalancer || k == KindAppGateway
	case IsElsewhere:
		return false
	default:
		return false
	}
}

// host judges a backend by name: where the name leads by the private zones that were read,
// or whether it is one of Konnect's own. It reports whether it is about data planes.
func (j judging) host(t *Target, v VNet) bool {
	name := trimDot(t.Host)
	i := slices.IndexFunc(v.Net.Records, func(r azurenet.Record) bool {
		return safe.New(nameOf(r)).EqualFold(name) && len(r.Addresses) > 0
	})
	if i >= 0 {
		return j.led(t, v.Net.Records[i].Addresses, v.Net.VNet)
	}
	t.Is = IsNotKnown
	for _, ref := range j.network.References {
		for _, d := range ref.DataPlanes {
			if d.NetworkID == j.network.ID && slices.ContainsFunc(d.Hostnames, name.EqualFold) {
				t.Whose = "Konnect's own name of a gateway"
				return true
			}
		}
	}
	return false
}

// led judges a backend by the addresses that its name leads to: one that is no data plane's
// speaks for all.
func (j judging) led(t *Target, addresses []safe.Text, v model.VNet) bool {
	for i, text := range addresses {
		a, ok := parse(text)
		if !ok {
			continue
		}
		if is, whose := j.of(a, v); i == 0 || is != IsCurrent {
			t.Is, t.Whose, t.Address = is, whose, text
		}
	}
	return t.Is != IsElsewhere && t.Is != IsNobody && t.Is != ""
}

func trimDot(t safe.Text) safe.Text {
	raw := t.Raw()
	if n := len(raw); n > 0 && raw[n-1] == '.' {
		return safe.New(raw[:n-1])
	}
	return t
}

// missing are the control planes whose data planes an entry points at, and the addresses of
// these that it leaves out. One that points at no data plane at all is for whichever control
// plane is alone on the network.
func (j judging) missing(e Entry) (planes []string, missing []Address) {
	all := Report{Groups: j.groups}.Addresses()
	ids := map[safe.Text]bool{}
	for _, t := range e.Targets {
		for _, a := range all {
			if t.Is == IsCurrent && same(a.Address, t.Address) && !ids[a.Plane.ID] {
				ids[a.Plane.ID] = true
				planes = append(planes, Group{Plane: a.Plane}.Label())
			}
		}
	}
	if len(ids) == 0 {
		if only, one := j.only(); one {
			ids[only.Plane.ID] = true
		}
	}
	for _, a := range all {
		named := func(t Target) bool { return same(t.Address, a.Address) }
		if ids[a.Plane.ID] && !slices.ContainsFunc(e.Targets, named) && !slices.ContainsFunc(missing, func(m Address) bool { return same(m.Address, a.Address) }) {
			missing = append(missing, a)
		}
	}
	slices.Sort(planes)
	return planes, missing
}

// only is a group of the one control plane whose data planes can be pointed at: the only
// one, or one of several that are reached at the very same addresses.
func (j judging) only() (Group, bool) {
	own := map[safe.Text][]safe.Text{}
	var first Group
	for _, a := range (Report{Groups: j.groups}).Addresses() {
		if first.Plane.ID.IsEmpty() {
			first.Plane = a.Plane
		}
		own[a.Plane.ID] = append(own[a.Plane.ID], a.Address)
	}
	for _, list := range own {
		if !slices.EqualFunc(list, own[first.Plane.ID], same) {
			return Group{}, false
		}
	}
	return first, len(own) > 0
}

// that are the targets of which one thing is so.
func (e Entry) that(is ...Is) []Target {
	var out []Target
	for _, t := range e.Targets {
		if slices.Contains(is, t.Is) {
			out = append(out, t)
		}
	}
	return out
}

func addressesOf(list []Target) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.Address.Or(t.Host.Raw()).String()
	}
	return out
}

func missingOf(list []Address) []string {
	out := make([]string, len(list))
	for i, a := range list {
		out[i] = a.Address.String()
	}
	return out
}

// what names the entry in a sentence.
func (e Entry) what() string {
	switch e.Kind {
	case KindBalancer, KindAppGateway:
		return "the pool " + e.Part.String() + " of the " + string(e.Kind) + " " + e.Name.String()
	case KindRecord:
		return "the name " + e.Front
	case KindRule:
		return "the rule " + e.Part.String() + " of the security group " + e.Name.String()
	default:
		return e.Title()
	}
}

// word is what a table says of the entry's addresses.
func (e Entry) word() string {
	current := len(e.that(IsCurrent))
	parts := []string{}
	if all := current + len(e.Missing); all > 0 {
		parts = append(parts, fmt.Sprintf("%d of %d", current, all))
	}
	for _, c := range []struct {
		is   Is
		word string
	}{{IsStale, "stale"}, {IsOther, "of another network"}, {IsPublicOnly, "not private"}, {IsGoing, "going"}, {IsNobody, "nobody's"}, {IsNotKnown, "not known"}} {
		if n := len(e.that(c.is)); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, c.word))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return joinComma(parts)
}

func joinComma(parts []string) string {
	out := parts[0]
	for _, p := range parts[1:] {
		out += ", " + p
	}
	return out
}

// complete is what is said of an entry in which nothing is wrong.
func (e Entry) complete() string {
	n := len(e.that(IsCurrent))
	return phrase.Capital(e.what()) + " names all " + phrase.Count(n, "private address") + " of " + phrase.And(e.Planes) + "."
}
