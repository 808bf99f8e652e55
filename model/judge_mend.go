package model

import "github.com/peerdeck/peerdeck/model/finding"

// Dead is the dead half in the way that may be deleted: it is disconnected, and no network
// that is there may own it.
func (h AzureHalf) Dead() (VNetPeering, bool) {
	switch {
	case h.Status == HalfPresent && h.Removable && !alive(h.Peering):
		return h.Peering, true
	case h.Other.Removable && !alive(h.Other.Peering) && (h.Status == HalfAbsent || h.Status == HalfPresent):
		return h.Other.Peering, true
	default:
		return VNetPeering{}, false
	}
}

// mendable gives a next step the sequence that carries it out, where all that the sequence
// needs is known: the peering is there and is with a VNET, what is known of the VNET is of
// now, and of a half that is changed it is proved whose it is. What is one request for the
// Azure CLI keeps its own command; a sequence has the command that does all of it.
func (f PeeringFacts) mendable(next finding.Next, by finding.Sequence) finding.Next {
	_, dead := f.Azure.Dead()
	state := f.Azure.Place.Subscription.State
	switch {
	case by == "" || f.Peering.ID.IsEmpty() || f.Network.ID.IsEmpty() || f.Peering.Kind != KindAzureVNet || !f.Azure.Known():
		return next
	case f.Network.State != NetworkReady || f.Azure.Outdated || f.Azure.Failure != nil || !state.IsEmpty() && !subscriptionIn(f, "Enabled", "Warned", "PastDue"):
		return next // it could not be carried out, or what it needs is not known
	case !dead && f.Azure.Status == HalfPresent && f.Azure.Proof < ProofRange:
		return next
	case by.Destroys() && f.Azure.Status == HalfPresent && !dead && f.Azure.Peering.State != VNetInitiated:
		return next
	}
	next.Mend = by
	if by == finding.MendRemake {
		next.Command = MendCommand(f.Network, f.Peering)
	}
	return next
}

// nothingLives: no half of this network in the VNET carries anything, and what is dead may go.
func (f PeeringFacts) nothingLives() bool {
	_, dead := f.Azure.Dead()
	return dead || f.Azure.Status == HalfAbsent && f.Azure.Other.Peering.ID.IsEmpty() || half(VNetInitiated)(f)
}

// MendCommand is the command line that mends a peering as its finding says.
func MendCommand(n Network, p Peering) string {
	return "peerdeck mend --network " + ShellQuote(n.Name.Or(n.ID.Raw()).String()) + " --peering " + ShellQuote(p.Name.Or(p.ID.Raw()).String())
}
