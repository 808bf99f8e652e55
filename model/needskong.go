package model

import (
	"fmt"

	"github.com/peerdeck/peerdeck/model/phrase"
)

// NeedsKong says why Kong still needs its rights on a VNET, empty when nothing that can be
// seen needs them: Kong writes and removes its halves there with them. What may be Kong's
// counts here, as what is taken away for nothing breaks somebody's peering.
func NeedsKong(n Network, a Around, v VNet) string {
	s := search{network: n, around: a, vnet: v, id: readVNetID(n.VPCID)}
	for _, c := range s.claims() {
		if !alive(c.half) || c.ours {
			continue
		}
		if c.owner != nil || c.hint || c.relation == networkOwn {
			return "Kong's peering " + c.half.Name.String() + " of this VNET still needs it"
		}
		if c.relation == contested || c.relation == possible {
			return "the peering " + c.half.Name.String() + " of this VNET may be Kong's, and then still needs it"
		}
	}
	var peered, unread []string
	for _, o := range a.Others {
		switch {
		case !o.there():
		case o.Peered == Yes:
			peered = append(peered, o.Name.Or(o.ID.Raw()).String())
		case o.Peered == Unstated:
			unread = append(unread, o.Name.Or(o.ID.Raw()).String())
		}
	}
	switch {
	case len(peered) > 0:
		return phrase.Few(peered, 3) + " of Konnect is peered with this VNET too, and needs it"
	case len(unread) > 0:
		return fmt.Sprintf("whether %s of Konnect is peered with this VNET too was not read", phrase.Few(unread, 3))
	case !a.Whole:
		return "whether another network of Konnect is peered with this VNET too cannot be told, because the list of networks was not read"
	default:
		return ""
	}
}
