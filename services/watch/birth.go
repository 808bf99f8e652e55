package watch

import (
	"slices"
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// coming is when a half came into a VNET: after Absent was asked, and before Came. Absent is
// zero where it was there at the first look. One that is made anew under its old name has
// another GUID.
type coming struct {
	absent, came time.Time
	guid         safe.Text
}

// making is when a peering was being made: from Since, or the unknown time before the first
// look where it is zero, to Until, which is zero while it goes on.
type making struct {
	since, until time.Time
	// seen: the peering came while somebody watched, so that Since says when at the earliest.
	seen bool
}

// isMaking reports whether Konnect is at work on a peering, or waits to be.
func isMaking(s model.PeeringState) bool { return s.Changing() && s != model.PeeringTerminating }

// follow notes which halves of a VNET have come since the last look, and which have gone.
func (v *knownVNet) follow(vnet model.VNet, now time.Time) {
	halves := make(map[safe.Text]coming, len(vnet.Peerings))
	for _, p := range vnet.Peerings {
		c, known := v.halves[p.ID]
		if !known || c.guid != p.GUID {
			c = coming{absent: v.asked, came: now, guid: p.GUID}
		}
		halves[p.ID] = c
	}
	v.halves = halves
}

// follow notes when the peerings of a network were being made. Looked is when its list was
// read the last time, zero for never.
func (n *known) follow(peerings []model.Peering, looked, now time.Time) {
	made := make(map[safe.Text]making, len(peerings))
	for _, p := range peerings {
		m, known := n.made[p.ID]
		switch {
		case known:
		case !looked.IsZero():
			m = making{since: looked, seen: true}
		case !isMaking(p.State):
			m = making{until: time.Time{}.Add(1)} // long ago
		}
		if !isMaking(p.State) && m.until.IsZero() {
			m.until = now
		}
		made[p.ID] = m
	}
	n.made = made
}

// during reports whether a half came while a peering was being made.
func (m making) during(c coming) bool {
	return !c.absent.IsZero() && m.since.Before(c.came) && (m.until.IsZero() || m.until.After(c.absent))
}

// born are the halves that came while a peering was being made, where no other network of
// that range was making one with the same VNET.
func (k *knowledge) born(n *known, p model.Peering, v *knownVNet) []safe.Text {
	m, known := n.made[p.ID]
	if !known || !k.whole {
		return nil
	}
	var out []safe.Text
	for _, h := range v.vnet.Peerings {
		if c := v.halves[h.ID]; m.during(c) && !k.rivalled(n, p, c) {
			out = append(out, h.ID)
		}
	}
	return out
}

// rivalled reports whether another network that shares addresses with one was making a
// peering with the same VNET when a half came.
func (k *knowledge) rivalled(n *known, p model.Peering, c coming) bool {
	for id := range k.peered[p.EndKey()] {
		o := k.networks[id]
		if o == nil || o == n || (o.network.CIDR.Valid() && n.network.CIDR.Valid() && !o.network.CIDR.Overlaps(n.network.CIDR)) {
			continue
		}
		if slices.ContainsFunc(o.peerings, func(q model.Peering) bool {
			return q.EndKey() != "" && q.EndKey() == p.EndKey() && o.made[q.ID].during(c)
		}) {
			return true
		}
	}
	return false
}

// before are the halves that were in the VNET before a peering was there. Without a GUID it
// cannot be told whether one was made anew since.
func (v *knownVNet) before(m making) []safe.Text {
	if !m.seen {
		return nil
	}
	var out []safe.Text
	for _, h := range v.vnet.Peerings {
		if c, known := v.halves[h.ID]; known && !c.guid.IsEmpty() && !c.came.After(m.since) {
			out = append(out, h.ID)
		}
	}
	return out
}
