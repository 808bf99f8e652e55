package model

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
)

// OverlapCure is what to do about ranges that meet.
const OverlapCure = "One side needs another address range; no retry can help before that."

// OtherRange is what is true of a network whose range is the one to go.
const OtherRange = "For the network that means a new one, with other data plane addresses."

// OverlapNext is the step where a network's range meets another: the command finds ranges
// that are free.
func OverlapNext(n Network) finding.Next {
	return finding.Next{Kind: finding.NextAdmin, Text: OverlapCure + " " + OtherRange, Command: FreeRanges(n)}
}

// FreeRanges is the command that finds free ranges of the size of a network's, in its
// region.
func FreeRanges(n Network) string {
	command := "peerdeck ranges"
	if bits := n.CIDR.Range().Bits(); n.CIDR.Valid() && bits >= WidestRange && bits <= NarrowestRange {
		command += fmt.Sprintf(" --size /%d", bits)
	}
	if !n.Region.IsEmpty() {
		command += " --region " + ShellQuote(n.Region.String())
	}
	return command
}

// Overlap is a pair of address ranges that Azure will not let meet.
type Overlap struct {
	Network Prefix    // the Konnect network's range
	Other   Prefix    // the range that it meets
	Of      safe.Text // whose range that is
	Peered  bool      // it belongs to another VNET that this one is peered with
	Hub     bool      // the ranges meet at a virtual hub: what is peered is connected to it
}

// String says which ranges meet, as a part of a sentence.
func (o Overlap) String() string {
	if o.Peered && o.Hub {
		return fmt.Sprintf("%s of the network meets %s, which connection %s of the hub already uses", o.Network, o.Other, o.Of)
	}
	if o.Peered {
		return fmt.Sprintf("%s of the network meets %s, which peering %s already uses", o.Network, o.Other, o.Of)
	}
	return fmt.Sprintf("%s of the network meets %s of %s", o.Network, o.Other, o.Of)
}

// FindOverlaps compares a network's range with those of a VNET and of the VNETs
// that it is peered with already, Kong's own half left out. Azure refuses a
// peering for either (VnetAddressSpacesOverlap and
// VnetAddressSpaceOverlapsWithAlreadyPeeredVnet).
func FindOverlaps(n Network, v VNet, kongHalf safe.Text) []Overlap {
	var out []Overlap
	for _, p := range v.AddressPrefixes {
		if n.CIDR.Overlaps(p) {
			out = append(out, Overlap{Network: n.CIDR, Other: p, Of: v.Name})
		}
	}
	for _, peer := range v.Peerings {
		if (!kongHalf.IsEmpty() && peer.ID == kongHalf) || peer.State == VNetDisconnected {
			continue
		}
		for _, p := range peer.RemotePrefixes() {
			if n.CIDR.Overlaps(p) {
				out = append(out, Overlap{Network: n.CIDR, Other: p, Of: peer.Name, Peered: true})
			}
		}
	}
	return out
}
