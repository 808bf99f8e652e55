package model

import (
	"cmp"
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Remembered is the list of networks as an earlier program last read it: what can be shown
// until the first answer comes. It is kept apart from what is known now, so that nothing
// that acts or counts can take one for the other.
type Remembered struct {
	At           time.Time // when Konnect last answered well
	Organization Organization
	Networks     []RememberedNetwork
}

// RememberedNetwork is what the list said of a network, and no more: who wants to act on it
// must read it first.
type RememberedNetwork struct {
	ID       safe.Text
	Name     safe.Text
	Region   safe.Text
	Provider safe.Text
	CIDR     safe.Text
	State    safe.Text // Konnect's
	Peerings int       // -1: not known
	Severity Severity
	Word     safe.Text // of its verdict
	ReadAt   time.Time
}

// Remember is what a snapshot leaves for the next program.
func (s Snapshot) Remember() Remembered {
	r := Remembered{At: s.Konnect.LastOK, Organization: s.Organization, Networks: make([]RememberedNetwork, 0, len(s.Networks))}
	if r.At.IsZero() {
		r.At = s.At
	}
	for _, n := range s.Networks {
		kept := RememberedNetwork{
			ID: n.ID, Name: n.Name, Region: n.Region, Provider: safe.New(string(n.Provider)), CIDR: n.CIDR.Text,
			State: safe.New(string(n.State)), Peerings: n.PeeringCount, Severity: n.Finding.Severity, Word: safe.New(n.Finding.Word), ReadAt: n.PeeringsRead.At,
		}
		if n.PeeringsRead.Read() {
			kept.Peerings = len(n.Peerings)
		}
		if kept.ReadAt.IsZero() {
			kept.ReadAt = r.At // the list told of it, and nothing more was read
		}
		r.Networks = append(r.Networks, kept)
	}
	return r
}

// Of reports whether it is known whose networks these are, and that they are those of an
// organization.
func (r *Remembered) Of(o Organization) bool { return !o.ID.IsEmpty() && r.Organization.ID == o.ID }

// Sorted lists the networks in an order. What was not kept, such as DNS rules, orders by name.
func (r *Remembered) Sorted(by NetworkOrder, reverse bool) []RememberedNetwork {
	out := slices.Clone(r.Networks)
	slices.SortStableFunc(out, func(a, b RememberedNetwork) int {
		c := cmp.Or(compareRemembered(a, b, by), a.Name.Compare(b.Name))
		if reverse {
			c = -c
		}
		return cmp.Or(c, a.ID.Compare(b.ID))
	})
	return out
}

func compareRemembered(a, b RememberedNetwork, by NetworkOrder) int {
	switch by {
	case ByUrgency:
		return int(b.Severity) - int(a.Severity)
	case ByRegion:
		return a.Region.Compare(b.Region)
	case ByCIDR:
		return NewPrefix(a.CIDR).Compare(NewPrefix(b.CIDR))
	case ByPeerings:
		return b.Peerings - a.Peerings
	case ByName, ByDNS, BySince:
		return 0
	default:
		return 0
	}
}
