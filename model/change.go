package model

import (
	"time"

	"github.com/peerdeck/peerdeck/model/finding"
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

// The aspects beside the states. The first five are groups of findings: what is wrong in
// one thing, of which there can be several at a time.
const (
	AspectFinding   Aspect = "finding"    // of a network by itself, of a peering, of a private DNS
	AspectMappings  Aspect = "mappings"   // of a mapping table, by its rows
	AspectProbe     Aspect = "probe"      // of the tables, by the last probe
	AspectWays      Aspect = "ways"       // of the ways behind a peering
	AspectWaysRead  Aspect = "ways-read"  // of the last whole reading of paths
	AspectReading   Aspect = "reading"    // whether something can be read, and why not
	AspectTable     Aspect = "table"      // the rows of a mapping table, for comparing
	AspectTableRows Aspect = "table-rows" // what became other in a mapping table
	AspectRun       Aspect = "run"        // how a set-up run or a teardown stands
	AspectWatch     Aspect = "watch"      // that nobody watched, from From until To
	AspectClock     Aspect = "clock"      // that the clock of this machine was set back
)

// OfState reports whether the aspect is a state of one of the two clouds.
func (a Aspect) OfState() bool {
	switch a {
	case AspectNetwork, AspectKonnect, AspectAzure, AspectSync, AspectProvisioning, AspectPrivateDNS:
		return true
	default:
		return false
	}
}

// OfFindings reports whether the aspect is a group of findings.
func (a Aspect) OfFindings() bool {
	switch a {
	case AspectFinding, AspectMappings, AspectProbe, AspectWays, AspectWaysRead:
		return true
	default:
		return false
	}
}

// lasts reports whether there is a present value of the aspect, as opposed to something
// that happened and is over.
func (a Aspect) lasts() bool {
	switch a {
	case AspectTableRows, AspectWatch, AspectClock:
		return false
	default:
		return true
	}
}

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

// The states of Azure's half where there is none.
const (
	WordNoHalf       = "no peering from Kong"
	WordNoVNet       = "no such VNET"
	WordNoConnection = "no connection to Kong" // on a virtual hub
	WordNoHub        = "no such hub"
)

// What the words for a virtual hub begin with that is not connected, before Azure's own word
// for the state of its connection to Kong's VNET, or of its routing.
const (
	WordOfConnection = "connection "
	WordOfRouting    = "routing "
)

// ChangeKey names one state of one object over time.
type ChangeKey struct {
	Network safe.Text // id
	Object  safe.Text // id of the peering or the private DNS; empty for the network
	Aspect  Aspect
	Code    finding.Code // of a finding; empty for what there is one of
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

	// What follows is for the aspects beside the states.

	Number   uint64       `json:"n,omitempty"`        // of an event: rises in the order in which they were seen
	Code     finding.Code `json:"code,omitempty"`     // of a finding, or of why something cannot be read
	Severity string       `json:"severity,omitempty"` // of a finding as it is now; that of one that went is empty
	Before   string       `json:"before,omitempty"`   // its severity before
	Base     bool         `json:"base,omitempty"`     // it was so when somebody first looked
	Since    time.Time    `json:"since,omitzero"`     // of something that is over: when it began, where that is known
	Domain   safe.Text    `json:"domain,omitzero"`    // of a row of a mapping table
	Here     bool         `json:"here,omitempty"`     // it was done with peerdeck on this machine
}

// Event reports whether something happened, as opposed to being seen for the
// first time.
func (c Change) Event() bool {
	switch {
	case c.Aspect.OfState():
		return !c.From.IsEmpty() || c.New
	case c.Aspect == AspectTable:
		return false
	default:
		return !c.Base
	}
}

// Lasts reports whether the change has a value that lasts until the next one.
func (c Change) Lasts() bool { return c.Aspect.lasts() && !c.To.IsEmpty() }

// Words returns both states as people read them.
func (c Change) Words() (from, to string) {
	return c.From.Or("new").String(), c.To.Or("gone").String()
}

// Key returns what the change is of.
func (c Change) Key() ChangeKey {
	key := ChangeKey{Network: c.Network, Object: c.Object, Aspect: c.Aspect}
	if c.Aspect.OfFindings() {
		key.Code = c.Code
	}
	return key
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
			out = append(out, with(base, AspectAzure, p.Azure.StateWord(), safe.Text{}))
			out = appendStated(out, base, AspectSync, string(p.Azure.Peering.Sync))
			out = appendStated(out, base, AspectProvisioning, string(p.Azure.Peering.Provisioning))
		case HalfAbsent:
			out = append(out, with(base, AspectAzure, p.Azure.noHalf(), safe.Text{}))
		case HalfNoVNet:
			out = append(out, with(base, AspectAzure, p.Azure.noEnd(), safe.Text{}))
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
