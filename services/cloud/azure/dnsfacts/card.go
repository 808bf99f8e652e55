package dnsfacts

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/netfacts"
)

// cards reads the network cards of the subscription that are in the VNET, or are those of
// private endpoints for one of the domains, and the security groups of those that have a
// server's address.
func (r reading) cards(ctx context.Context, v model.VNet) azuredns.Facts {
	found := netfacts.CardsOnce(ctx, r.Reading, func(c azurenet.Card) bool { return netfacts.InVNet(v, c) || r.isFor(c) })
	var ids []safe.Text
	for _, c := range found.Cards {
		has := slices.ContainsFunc(c.Addresses, func(a azurenet.CardAddress) bool { return slices.Contains(r.servers, a.Address) })
		ofSubnet := slices.ContainsFunc(r.subnets(v), func(s model.Subnet) bool { return s.SecurityGroup.EqualFold(c.Group) })
		if has && !ofSubnet {
			ids = append(ids, c.Group)
		}
	}
	groups := netfacts.Groups(ctx, r.Reading, ids)
	found.Groups, found.Gaps = groups.Groups, append(found.Gaps, groups.Gaps...)
	return azuredns.Facts{Facts: found}
}

// isFor reports whether a card is of a private endpoint for one of the domains.
func (r reading) isFor(c azurenet.Card) bool {
	return slices.ContainsFunc(c.Addresses, func(a azurenet.CardAddress) bool {
		return slices.ContainsFunc(a.Names, func(n safe.Text) bool {
			name := strings.ToLower(strings.TrimSuffix(n.Raw(), "."))
			inner, _ := privatelink.Of(name)
			return slices.Contains(r.domains, name) || slices.Contains(r.domains, inner.Inside())
		})
	})
}
