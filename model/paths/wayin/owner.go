package wayin

import (
	"net/netip"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/phrase"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Is says what an address is that something points at.
type Is string

// What an address can be.
const (
	IsCurrent    Is = "current"     // of a data plane of the network, with private access
	IsPublicOnly Is = "public only" // of a gateway without private access
	IsGoing      Is = "going"       // of a group of data planes that is being taken away
	IsStale      Is = "stale"       // of the network's range, or of one that is gone, and no data plane has it
	IsOther      Is = "other"       // of another network
	IsElsewhere  Is = "elsewhere"   // of the VNET itself, or of another one that it is peered with: no data plane
	IsNobody     Is = "nobody"      // in nobody's range that can be seen
	IsNotKnown   Is = "not known"   // it cannot be told
)

// owner tells whose addresses are.
type owner struct {
	network *model.NetworkStatus
	others  []*model.NetworkStatus
	groups  []Group
	// read: Konnect told of all configurations. whole: each group has its addresses too.
	read, whole bool
}

func newOwner(f Facts) owner {
	o := owner{network: f.Network, others: f.Others, groups: groupsOf(f.Network)}
	o.read = f.Network.ReferencesRead.Read()
	o.whole = o.read && f.Network.ReferencesRead.Failure == nil && !slices.ContainsFunc(o.groups, Group.Waiting)
	return o
}

// of tells what an address is, seen from a VNET, and whose, for a sentence.
func (o owner) of(a netip.Addr, v model.VNet) (Is, string) {
	if g, found := o.group(a); found {
		switch {
		case g.going():
			return IsGoing, g.Label()
		case !g.Access.Private():
			return IsPublicOnly, g.Label()
		default:
			return IsCurrent, g.Label()
		}
	}
	if n, found := o.named(a); found {
		return IsOther, "the network " + n.Name.Or(n.ID.Raw()).String()
	}
	own := holds(o.network.CIDR, a)
	ranges := o.ranges(a)
	switch {
	case own && !o.whole:
		return IsNotKnown, ""
	case own && len(ranges) > 0:
		return IsNotKnown, "its range is that of the " + phrase.Noun(len(ranges), "network") + " " + phrase.And(ranges) + " too"
	case own:
		return IsStale, ""
	case len(ranges) > 0:
		return IsOther, "the " + phrase.Noun(len(ranges), "network") + " " + phrase.Or(ranges)
	}
	return o.around(a, v)
}

// around tells what an address is that no network has, by the VNET and its peerings.
func (owner) around(a netip.Addr, v model.VNet) (Is, string) {
	if slices.ContainsFunc(v.AddressPrefixes, func(p model.Prefix) bool { return holds(p, a) }) {
		return IsElsewhere, "the VNET " + v.Name.String()
	}
	for _, p := range v.Peerings {
		if !slices.ContainsFunc(p.RemotePrefixes(), func(r model.Prefix) bool { return holds(r, a) }) {
			continue
		}
		if p.State == model.VNetDisconnected {
			return IsStale, "the range of the peering " + p.Name.String() + ", whose other half is gone"
		}
		return IsElsewhere, "the VNET at the other end of the peering " + p.Name.String()
	}
	return IsNobody, ""
}

// group finds the group of data planes of the network that has an address.
func (o owner) group(a netip.Addr) (Group, bool) { return groupWith(o.groups, a) }

func groupWith(groups []Group, a netip.Addr) (Group, bool) {
	has := func(g Group) bool {
		return slices.ContainsFunc(g.Addresses, func(t safe.Text) bool { own, ok := parse(t); return ok && own == a })
	}
	// A group that stays counts before one that goes.
	for _, want := range []func(Group) bool{Group.points, func(g Group) bool { return !g.going() }, func(Group) bool { return true }} {
		if i := slices.IndexFunc(groups, func(g Group) bool { return want(g) && has(g) }); i >= 0 {
			return groups[i], true
		}
	}
	return Group{}, false
}

// named finds another network that tells of data planes with an address.
func (o owner) named(a netip.Addr) (*model.NetworkStatus, bool) {
	for _, n := range o.others {
		if g, found := groupWith(groupsOf(n), a); found && !g.going() {
			return n, true
		}
	}
	return nil, false
}

// ranges are the names of the other networks in whose range an address lies.
func (o owner) ranges(a netip.Addr) []string {
	var out []string
	for _, n := range o.others {
		if holds(n.CIDR, a) {
			out = append(out, n.Name.Or(n.ID.Raw()).String())
		}
	}
	return out
}

// peered reports whether a VNET has a living half that carries an address.
func peered(v model.VNet, a netip.Addr) bool {
	return slices.ContainsFunc(v.Peerings, func(p model.VNetPeering) bool {
		return p.State != model.VNetDisconnected && slices.ContainsFunc(p.RemotePrefixes(), func(r model.Prefix) bool { return holds(r, a) })
	})
}

func holds(p model.Prefix, a netip.Addr) bool { return p.Valid() && p.Range().Contains(a) }
