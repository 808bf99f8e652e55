package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/safe"
)

// Aspect is what changed: which state of which half.
type Aspect string

// The aspects whose changes are kept.
const (
	AspectNetwork      Aspect = "network"      // the network's state
	AspectKonnect      Aspect = "konnect"      // Konnect's half
	AspectAzure        Aspect = "azure"        // Azure's half: its state, or that it is absent
	AspectSync         Aspect = "sync"         // the sync level of Azure's half
	AspectProvisioning Aspect = "provisioning" // Azure's last write to its half
	AspectPrivateDNS   Aspect = "private-dns"  // a private DNS attachment
)

// Label returns the aspect in words for a screen.
func (a Aspect) Label() string {
	switch a {
	case AspectNetwork:
		return "Network"
	case AspectKonnect:
		return "Konnect"
	case AspectAzure:
		return "Azure"
	case AspectSync:
		return "Sync"
	case AspectProvisioning:
		return "Azure write"
	case AspectPrivateDNS:
		return "DNS"
	default:
		return string(a)
	}
}

// ChangeKey names one state of one object over time.
type ChangeKey struct {
	Network safe.Text // id
	Object  safe.Text // id of the peering or the private DNS; empty for the network
	Aspect  Aspect
}

// Change is a state that was seen to begin. From is empty when the object was
// seen for the first time, To when it is gone.
type Change struct {
	At          time.Time `json:"at"` // when peerdeck saw it, not when it happened
	Network     safe.Text `json:"network"`
	NetworkName safe.Text `json:"network_name"`
	Object      safe.Text `json:"object"`
	ObjectName  safe.Text `json:"object_name"`
	Aspect      Aspect    `json:"aspect"`
	From        safe.Text `json:"from"`
	To          safe.Text `json:"to"`
	Reason      safe.Text `json:"reason"`
	Gap         bool      `json:"gap,omitempty"` // it happened while nobody watched
	New         bool      `json:"new,omitempty"` // the object came while somebody watched
}

// Event reports whether something happened, as opposed to being seen for the
// first time.
func (c Change) Event() bool { return !c.From.IsEmpty() || c.New }

// Words returns both states as people read them.
func (c Change) Words() (from, to string) {
	return c.From.Or("new").String(), c.To.Or("gone").String()
}

// Key returns what the change is of.
func (c Change) Key() ChangeKey {
	return ChangeKey{Network: c.Network, Object: c.Object, Aspect: c.Aspect}
}

// States lists the present states of a network as changes without a past, for a
// history to compare with what it knew. What could not be read is left out: a
// state that is not known has not changed.
func States(n NetworkStatus) []Change {
	out := []Change{{
		Network: n.ID, NetworkName: n.Name, Aspect: AspectNetwork,
		To: safe.New(string(n.State)), Reason: n.Reason,
	}}
	for _, p := range n.Peerings {
		base := Change{Network: n.ID, NetworkName: n.Name, Object: p.ID, ObjectName: p.Name}
		out = append(out, with(base, AspectKonnect, string(p.State), p.Reason))
		switch p.Azure.Status {
		case HalfPresent:
			out = append(out, with(base, AspectAzure, string(p.Azure.Peering.State), safe.Text{}))
			out = appendStated(out, base, AspectSync, string(p.Azure.Peering.Sync))
			out = appendStated(out, base, AspectProvisioning, string(p.Azure.Peering.Provisioning))
		case HalfAbsent:
			out = append(out, with(base, AspectAzure, "no peering from Kong", safe.Text{}))
		case HalfNoVNet:
			out = append(out, with(base, AspectAzure, "no such VNET", safe.Text{}))
		case HalfNotApplicable, HalfUnread, HalfUnreadable, HalfUnclear:
		}
	}
	for _, d := range n.PrivateDNS {
		base := Change{Network: n.ID, NetworkName: n.Name, Object: d.ID, ObjectName: d.Name}
		out = append(out, with(base, AspectPrivateDNS, string(d.State), d.Reason))
	}
	return out
}

func with(base Change, aspect Aspect, to string, reason safe.Text) Change {
	base.Aspect, base.To, base.Reason = aspect, safe.New(to), reason
	return base
}

func appendStated(out []Change, base Change, aspect Aspect, to string) []Change {
	if to == "" {
		return out
	}
	return append(out, with(base, aspect, to, safe.Text{}))
}
