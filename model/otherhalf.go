package model

import "github.com/peerdeck/peerdeck/model/safe"

// Whose says what is known of the owner of a half that is not known to be the network's.
type Whose int

// The owners.
const (
	// WhoseNobody: there is no such half.
	WhoseNobody Whose = iota
	// WhoseUnclear: it may be the network's, and may be another's.
	WhoseUnclear
	// WhoseUnread: it may be the network's; what is needed to know was not read.
	WhoseUnread
	// WhoseNetwork: it is another network's, or one of several others'.
	WhoseNetwork
	// WhoseOurs: it leads to a VNET in a subscription of the customer's own.
	WhoseOurs
	// WhoseStranger: it is of no network that can be seen.
	WhoseStranger
)

// OtherHalf is a half of the VNET that may be the network's, or that has its range.
type OtherHalf struct {
	Peering VNetPeering
	Whose   Whose
	// Networks are those that may own it beside the network that is looked at. Certain: it
	// is the only one, and it does.
	Networks []NetworkName
	Certain  bool
	// Removable: it is dead, and no network that is there can be its owner.
	Removable bool
}

// NetworkName is a network by its name and id.
type NetworkName struct{ ID, Name safe.Text }

// String is the name with the id, which tells it from others of that name.
func (n NetworkName) String() string {
	if n.Name.IsEmpty() {
		return n.ID.String()
	}
	return n.Name.String() + " (" + n.ID.String() + ")"
}

// Living reports whether the half is not dead.
func (o OtherHalf) Living() bool { return o.Whose != WhoseNobody && alive(o.Peering) }

// matters picks the half that decides where the network has none that lives: one that may
// be its, then one that lives and has its range, then a dead one. Where a dead one is known
// to be its own, no hint leads elsewhere.
func matters(claims []claim, own bool) (claim, bool) {
	best, at := claim{}, 0
	for _, c := range claims {
		weight := 0
		switch {
		case c.relation == contested && alive(c.half):
			weight = 6
		case c.relation == somebodys && alive(c.half):
			weight = 5
		case own:
		case c.relation == contested:
			weight = 4
		case c.relation == somebodys && !c.ours:
			weight = 3
		case c.relation == possible && c.hint:
			weight = 2
		case c.relation == possible:
			weight = 1
		}
		if weight > at {
			best, at = c, weight
		}
	}
	return best, at > 0
}

// other says of a claim what a person has to know.
func (c claim) other() OtherHalf {
	o := OtherHalf{Peering: c.half, Removable: c.removable}
	unread := c.unread
	list := c.maybe
	if c.owner != nil {
		list, o.Certain = []Neighbour{*c.owner}, true
	}
	for _, n := range list {
		unread = unread || n.Peered == Unstated
	}
	o.Networks = names(list)
	switch {
	case c.relation == contested || c.relation == possible:
		o.Whose = WhoseUnclear
		if unread {
			o.Whose = WhoseUnread
		}
	case c.ours:
		o.Whose = WhoseOurs
	case len(o.Networks) > 0:
		o.Whose = WhoseNetwork
	default:
		o.Whose = WhoseStranger
	}
	return o
}

func names(list []Neighbour) []NetworkName {
	out := make([]NetworkName, 0, len(list))
	for _, n := range list {
		out = append(out, NetworkName{ID: n.ID, Name: n.Name})
	}
	return out
}
