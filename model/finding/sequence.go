package finding

import (
	"slices"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Sequence names a known sequence of requests by which peerdeck itself can carry out a next
// step, with a plan that is shown before and a question that is asked once.
type Sequence string

// The sequences.
const (
	// MendRemake deletes the peering in Konnect, and what is left of its half where that is
	// dead, and makes the peering anew.
	MendRemake Sequence = "remake"
	// MendClear deletes a dead half that is in the way of a peering which Konnect is making.
	MendClear Sequence = "clear"
	// MendSync has the half in the VNET take the ranges that Kong's VNET has now.
	MendSync Sequence = "sync"
	// MendAccess has the half in the VNET let the gateways in.
	MendAccess Sequence = "access"
	// MendRule adds rules to a security group that let one connection through.
	MendRule Sequence = "rule"
	// MendRow changes one row of the mapping table of a resolver.
	MendRow Sequence = "row"
	// MendRoute deletes a route of a route table that drops what goes to the gateways.
	MendRoute Sequence = "route"
)

// Sequences lists all that there are.
func Sequences() []Sequence {
	return []Sequence{MendRemake, MendClear, MendSync, MendAccess, MendRule, MendRow, MendRoute}
}

// Title says in some words what a sequence does.
func (s Sequence) Title() string {
	switch s {
	case MendRemake:
		return "delete the peering and make it anew"
	case MendClear:
		return "delete the old half that is in the way"
	case MendSync:
		return "sync the half in the VNET"
	case MendAccess:
		return "let the gateways in"
	case MendRule:
		return "let the connection through the security group"
	case MendRow:
		return "change the row of the mapping table"
	case MendRoute:
		return "delete the route that drops the replies"
	default:
		return string(s)
	}
}

// Destroys reports whether a sequence deletes something: then its name is typed before.
func (s Sequence) Destroys() bool { return s == MendRemake || s == MendClear || s == MendRoute }

// OfPeering reports whether a sequence mends a peering itself, and not what lies beside it.
func (s Sequence) OfPeering() bool {
	return s == MendRemake || s == MendClear || s == MendSync || s == MendAccess
}

// Change is what a sequence changes beside a peering, as data: whoever carries it out reads
// the world again and looks what that takes by then. Which fields are set depends on the
// sequence.
type Change struct {
	// On is whose part is changed, by id: the security group or the route table in Azure, the
	// resolver in Konnect.
	On safe.Text `json:"on"`

	// A rule lets a connection through: between an address or a range of the VNET (Near) and
	// ranges on the gateway's side (Far). Far is empty for the probes of a load balancer.
	Near     safe.Text   `json:"near,omitzero"`
	Far      []safe.Text `json:"far,omitempty"`
	Port     int         `json:"port,omitempty"`
	Protocol safe.Text   `json:"protocol,omitzero"`  // Udp, Tcp, * for both
	Outbound bool        `json:"outbound,omitempty"` // it is begun in the VNET
	Probe    bool        `json:"probe,omitempty"`    // a load balancer begins it

	// A row of a mapping table: the servers that the domain is asked of as it was found (Was;
	// none: there is no such row), and those that it is to be asked of (Servers).
	Domain  safe.Text   `json:"domain,omitzero"`
	Was     []safe.Text `json:"was,omitempty"`
	Servers []safe.Text `json:"servers,omitempty"`

	// A route of a route table, as it was found. Near is an address of a subnet that has the
	// table, and Far are the gateway's ranges to which nothing gets by it.
	Route  safe.Text `json:"route,omitzero"`
	Prefix safe.Text `json:"prefix,omitzero"`
	Hop    safe.Text `json:"next_hop,omitzero"`
}

// Same reports whether two changes are the same.
func (c Change) Same(d Change) bool {
	return slices.Equal(c.Far, d.Far) && c.On == d.On && c.Near == d.Near && c.Port == d.Port && c.Protocol == d.Protocol && c.Outbound == d.Outbound && c.Probe == d.Probe &&
		c.Domain == d.Domain && slices.Equal(c.Was, d.Was) && slices.Equal(c.Servers, d.Servers) && c.Route == d.Route && c.Prefix == d.Prefix && c.Hop == d.Hop
}

// IsZero reports whether nothing is to be changed.
func (c Change) IsZero() bool { return c.Same(Change{}) }
