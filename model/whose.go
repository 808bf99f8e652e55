package model

import (
	"fmt"
	"slices"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// Proof says by what a half is known to be a network's; a later one is the stronger.
// Neither cloud names the other's object, so it has to be found out. A hint, such as the
// subscription that a half leads to, is no proof, and its not being there proves nothing
// either.
type Proof int

// The proofs.
const (
	// ProofNone: nothing proves it.
	ProofNone Proof = iota
	// ProofPart: its ranges are parts of the network's, and it can be no other network's.
	// That is enough to know the half, and not enough to call it well.
	ProofPart
	// ProofRange: its ranges are the network's, and it can be no other network's.
	ProofRange
	// ProofBirth: it came while this peering was being made, and no other could be.
	ProofBirth
	// ProofNamed: its remote VNET is the one that Konnect names for the network.
	ProofNamed
)

// relation is what a half is to a network.
type relation int

const (
	unrelated  relation = iota
	possible            // it may be the network's, and hints alone say so
	contested           // it may be the network's, and another's as well
	somebodys           // it is not the network's, and its ranges meet the network's
	networkOwn          // it is the network's
)

// claim is what is known of whose a half is, as seen from a network.
type claim struct {
	half     VNetPeering
	relation relation
	proof    Proof
	how      string
	hint     bool
	owner    *Neighbour  // whose it is for certain, nil when that is not known
	maybe    []Neighbour // whose else it may be
	ours     bool        // it leads to a subscription of the customer's own
	unread   bool        // not all is read that would be needed
	// removable: it is dead, and no other network that is there can be its owner.
	removable bool
	rivals    []Neighbour // the networks that may be, where it is dead
}

// search is the search for the half of one network in one VNET.
type search struct {
	network Network
	around  Around
	vnet    VNet
	id      vnetID // of Kong's VNET, as Konnect names it for the network
}

func (s search) claims() []claim {
	out := make([]claim, 0, len(s.vnet.Peerings))
	for _, p := range s.vnet.Peerings {
		out = append(out, s.claim(p))
	}
	return out
}

// fit is how the ranges of a half are to the network's.
type fit int

const (
	fitsNot    fit = iota
	fitsSilent     // it names none that can be understood
	fitsPartly     // some addresses are common
	fitsWithin     // they are parts of it
	fitsExactly
)

// claim decides whose a half is. The order is that of the proofs, what speaks against it
// included; hints come last.
func (s search) claim(p VNetPeering) claim {
	c := claim{half: p, hint: s.hints(p)}
	remote, f := readVNetID(p.RemoteVNetID), s.fits(p)
	born := slices.Contains(s.around.Born, p.ID) && f != fitsNot
	c.owner = s.owner(p, remote)
	switch {
	case s.id.same(remote):
		c.relation, c.proof, c.how = networkOwn, ProofNamed, "its remote VNET is the one that Konnect names for this network"
	case c.owner != nil, s.id.other(remote), s.isOurs(p), s.around.Unpeered && alive(p), s.refused(p):
		c.ours = s.isOurs(p)
		if c.owner == nil && !c.ours {
			c.maybe = s.candidates(p, remote, p.State == VNetDisconnected)
		}
		if f != fitsNot && f != fitsSilent {
			c.relation = somebodys
		}
	case born:
		c.relation, c.proof, c.how = networkOwn, ProofBirth, "it came while this peering was being made"
	case f == fitsExactly, f == fitsWithin:
		s.byRange(&c, remote, f)
	case f == fitsSilent, f == fitsPartly && c.hint:
		c.maybe = s.candidates(p, remote, false)
		c.relation = possible
	case f == fitsPartly:
		c.maybe, c.relation = s.candidates(p, remote, p.State == VNetDisconnected), somebodys
	}
	if c.half.State == VNetDisconnected && c.owner == nil && !c.ours {
		c.rivals = s.candidates(p, remote, true)
	}
	c.removable = s.removable(c, f)
	return c
}

// byRange decides by the ranges: they prove something where no other network can be meant.
func (s search) byRange(c *claim, remote vnetID, f fit) {
	c.maybe = s.candidates(c.half, remote, false)
	c.unread = !s.around.Whole
	if c.unread || len(c.maybe) > 0 {
		c.relation = contested
		return
	}
	c.relation, c.proof = networkOwn, ProofRange
	c.how = fmt.Sprintf("its range is %s, and no other network that can be seen may be meant", phrase.List(c.half.RemotePrefixes()))
	if f == fitsWithin {
		c.proof = ProofPart
		c.how = fmt.Sprintf("its range is %s, a part of the network's %s, and no other network that can be seen may be meant", phrase.List(c.half.RemotePrefixes()), s.network.CIDR)
	}
}

func (s search) fits(p VNetPeering) fit {
	remote := slices.DeleteFunc(p.RemotePrefixes(), func(q Prefix) bool { return !q.Valid() })
	own := []Prefix{s.network.CIDR}
	switch {
	case len(remote) == 0 || !s.network.CIDR.Valid():
		return fitsSilent
	case s.network.CIDR.MadeOf(p.Routed), s.network.CIDR.MadeOf(p.RemoteNow), s.network.CIDR.MadeOf(meeting(p, s.network.CIDR)):
		return fitsExactly
	case len(RangesBeyond(remote, own)) == 0:
		return fitsWithin
	case slices.ContainsFunc(remote, s.network.CIDR.Overlaps):
		return fitsPartly
	default:
		return fitsNot
	}
}

// meeting are the ranges of a half that share addresses with another.
func meeting(p VNetPeering, with Prefix) []Prefix {
	return slices.DeleteFunc(p.RemotePrefixes(), func(q Prefix) bool { return !q.Overlaps(with) })
}

// hints reports whether something that proves nothing speaks for the network: the account
// in which Konnect says that it stands, or a name of its VNET that is no whole id.
func (s search) hints(p VNetPeering) bool {
	account := accountSubscription(s.around.Kong)
	return (!account.IsEmpty() && p.RemoteSubscription().EqualFold(account)) || s.id.alike(readVNetID(p.RemoteVNetID))
}

// isOurs: a Virtual WAN made it, or it leads to a subscription that holds a VNET of the
// customer's. The customer's
// own VNETs may well have the network's range; Kong's are in subscriptions of Kong's.
func (s search) isOurs(p VNetPeering) bool {
	if p.OfHub() {
		return true
	}
	sub := p.RemoteSubscription()
	own := VNetPeering{RemoteVNetID: s.vnet.ID}.RemoteSubscription()
	return !sub.IsEmpty() && (sub.EqualFold(own) || slices.ContainsFunc(s.around.Ours, sub.EqualFold))
}

// refused: Azure has refused this network's own peering because the range is in use, or the
// half was there before that peering was. So one that lives is not its.
func (s search) refused(p VNetPeering) bool {
	return alive(p) && (refusedForRange(s.around.Peering) || slices.Contains(s.around.Before, p.ID))
}

// owner is the other network to which the half belongs for certain.
func (s search) owner(p VNetPeering, remote vnetID) *Neighbour {
	for i := range s.around.Others {
		o := &s.around.Others[i]
		if o.there() && (readVNetID(o.VPCID).same(remote) || slices.Contains(o.Born, p.ID)) {
			return o
		}
	}
	return nil
}

// candidates are the other networks that may own a half. With those that Konnect does not
// list as peered with the VNET when earlier is set: what is dead may be from before.
func (s search) candidates(p VNetPeering, remote vnetID, earlier bool) []Neighbour {
	var out []Neighbour
	for _, o := range s.around.Others {
		switch {
		case !o.there(), !o.meets(p.RemotePrefixes()), readVNetID(o.VPCID).other(remote):
		case earlier:
			out = append(out, o)
		case o.Peered == No, slices.Contains(o.Before, p.ID), refusedForRange(o.Peering):
		default:
			out = append(out, o)
		}
	}
	return out
}

// removable: a half may be deleted where it is dead and no network that is there, this one
// aside, may own it. A peering of the customer's own is the customer's to judge.
func (s search) removable(c claim, f fit) bool {
	if c.half.State != VNetDisconnected || c.owner != nil || c.ours || c.relation == unrelated {
		return false
	}
	if c.proof == ProofNamed || c.proof == ProofBirth {
		return true
	}
	return s.around.Whole && (f == fitsExactly || f == fitsWithin || c.hint) && len(c.rivals) == 0
}

func alive(p VNetPeering) bool { return p.State != VNetDisconnected }

// best is the half that is the network's: the one with the strongest proof, and among equals
// the one that lives. Two that live, or one that lives while hints speak for another, prove
// nothing.
func best(claims []claim) (claim, bool) {
	rank := map[VNetPeeringState]int{VNetConnected: 3, VNetInitiated: 2, VNetDisconnected: 0}
	order := func(c claim) int {
		if r, known := rank[c.half.State]; known {
			return r
		}
		return 1
	}
	var own []*claim
	for i := range claims {
		if claims[i].relation == networkOwn {
			own = append(own, &claims[i])
		}
	}
	if len(own) == 0 {
		return claim{}, false
	}
	top := slices.MaxFunc(own, func(a, b *claim) int {
		if a.proof != b.proof {
			return int(a.proof - b.proof)
		}
		return order(*a) - order(*b)
	})
	var rivals []*claim
	for _, o := range own {
		if o != top && o.proof == top.proof && o.proof < ProofBirth && (alive(o.half) || (o.hint && !top.hint)) {
			rivals = append(rivals, o)
		}
	}
	if len(rivals) > 0 {
		for _, o := range own {
			o.relation, o.proof, o.removable = contested, ProofNone, false
		}
		return claim{}, false
	}
	chosen := *top
	if len(own) > 1 {
		chosen.how += "; of several, it is the one that lives"
		if !alive(chosen.half) {
			chosen.how = top.how
		}
	}
	return chosen, true
}
