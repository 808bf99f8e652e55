package wayin

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Access is how the data planes of a configuration can be reached.
type Access string

// The accesses of Konnect's contract; others are kept as received.
const (
	AccessPrivate Access = "private"
	AccessPublic  Access = "public"
	AccessBoth    Access = "private+public"
)

// accessOf is the access of a configuration. Where Konnect gives none its contract takes
// both.
func accessOf(r model.ConfigurationReference) Access {
	switch r.APIAccess.Raw() {
	case "":
		return AccessBoth
	case "public+private":
		return AccessBoth
	default:
		return Access(r.APIAccess.String())
	}
}

// Private reports whether data planes have private addresses that can be pointed at. An
// access that is not known here may well be.
func (a Access) Private() bool { return a != AccessPublic }

// Group is a group of data planes on the network, with its private addresses.
type Group struct {
	Plane     model.ControlPlane
	Version   safe.Text // of the gateway
	Region    safe.Text
	State     safe.Text // created, initializing, ready, terminating, terminated
	Access    Access
	Addresses []safe.Text
}

// Label names the control plane of the group.
func (g Group) Label() string {
	return g.Plane.Name.Or(g.Plane.ID.Raw()).Or("a control plane without a name").String()
}

// going reports whether the group is on its way out, or gone.
func (g Group) going() bool { return strings.HasPrefix(strings.ToLower(g.State.Raw()), "terminat") }

// Waiting reports whether the group will have private addresses and has none yet.
func (g Group) Waiting() bool {
	return g.Access.Private() && !g.going() && len(g.Addresses) == 0
}

// points reports whether its addresses are ones to point at.
func (g Group) points() bool { return g.Access.Private() && !g.going() }

// groupsOf are the groups of data planes that stand on a network, in the order of their
// control planes' names. A configuration names those on other networks too.
func groupsOf(n *model.NetworkStatus) []Group {
	var out []Group
	for _, r := range n.References {
		plane := model.ControlPlane{ID: r.ControlPlaneID, Geo: r.Geo}
		for _, p := range n.ControlPlanes {
			if p.ID == r.ControlPlaneID {
				plane = p
			}
		}
		for _, d := range r.DataPlanes {
			if d.NetworkID != n.ID {
				continue
			}
			out = append(out, Group{Plane: plane, Version: r.Version, Region: d.Region, State: d.State, Access: accessOf(r), Addresses: slices.Clone(d.PrivateIPs)})
		}
	}
	slices.SortStableFunc(out, func(a, b Group) int { return strings.Compare(strings.ToLower(a.Label()), strings.ToLower(b.Label())) })
	return out
}

// Address is a private address of data planes that may be pointed at.
type Address struct {
	Address safe.Text
	Plane   model.ControlPlane
	Region  safe.Text
	State   safe.Text
}

// Addresses lists the private addresses of the network's data planes, each once, by control
// plane and number. Those of a group that goes are left out.
func (r Report) Addresses() []Address {
	var out []Address
	for _, g := range r.Groups {
		if !g.points() {
			continue
		}
		own := slices.Clone(g.Addresses)
		slices.SortFunc(own, compareAddresses)
		for _, a := range own {
			if !slices.ContainsFunc(out, func(o Address) bool { return same(o.Address, a) && o.Plane.ID == g.Plane.ID }) {
				out = append(out, Address{Address: a, Plane: g.Plane, Region: g.Region, State: g.State})
			}
		}
	}
	return out
}

// compareAddresses orders addresses by number; what is none comes last.
func compareAddresses(a, b safe.Text) int {
	x, xOK := parse(a)
	y, yOK := parse(b)
	switch {
	case xOK && yOK:
		return x.Compare(y)
	case xOK:
		return -1
	case yOK:
		return 1
	default:
		return a.Compare(b)
	}
}

// parse reads an address, one with a length of a single address too.
func parse(t safe.Text) (netip.Addr, bool) {
	if p, err := netip.ParsePrefix(t.Raw()); err == nil && p.IsSingleIP() {
		return p.Addr().Unmap(), true
	}
	a, err := netip.ParseAddr(t.Raw())
	return a.Unmap(), err == nil
}

func same(a, b safe.Text) bool {
	x, xOK := parse(a)
	y, yOK := parse(b)
	return xOK && yOK && x == y || a == b
}
