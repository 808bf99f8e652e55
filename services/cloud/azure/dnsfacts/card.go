package dnsfacts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"peerdeck/model"
	"peerdeck/model/azurenet"
	azuredns "peerdeck/model/dns/azure"
	"peerdeck/model/dns/privatelink"
	"peerdeck/model/safe"
	"peerdeck/services/cloud/rest"
)

// mostPages is how many pages of network cards are read: a subscription may have thousands.
const mostPages = 20

var errTooManyPages = errors.New("more pages than are read at once")

// cards reads the network cards of the subscription that are in the VNET, or are those of
// private endpoints for one of the domains, and the security groups of those that have a
// server's address.
func (r reading) cards(ctx context.Context, v model.VNet) azuredns.Facts {
	const what = "the network cards of the subscription"
	at, err := r.ofSubscription("networkInterfaces", networkVersion)
	if err != nil {
		return gaps(r.gap(azurenet.PartCards, what, safe.Text{}, err))
	}
	var out azuredns.Facts
	pages := 0
	pager := runtime.NewPager(runtime.PagingHandler[page[armnetwork.Interface]]{
		More: func(p page[armnetwork.Interface]) bool { return p.NextLink != "" },
		Fetcher: func(ctx context.Context, before *page[armnetwork.Interface]) (page[armnetwork.Interface], error) {
			if pages++; pages > mostPages {
				return page[armnetwork.Interface]{}, errTooManyPages
			}
			if before != nil {
				at = before.NextLink
			}
			var got page[armnetwork.Interface]
			return got, r.glance(ctx, at, &got)
		},
	})
	found, err := rest.All(ctx, pager, func(p page[armnetwork.Interface]) []*armnetwork.Interface { return p.Value })
	if errors.Is(err, errTooManyPages) {
		err = tooMany()
	}
	if err != nil {
		out.Gaps = append(out.Gaps, r.gap(azurenet.PartCards, what, safe.Text{}, err))
	}
	for _, n := range found {
		if n == nil || n.Properties == nil {
			continue
		}
		if c := convertCard(*n); r.wants(v, c) {
			out.Cards = append(out.Cards, c)
		}
	}
	return r.groupsOfCards(ctx, v, out)
}

func convertCard(n armnetwork.Interface) azurenet.Card {
	out := azurenet.Card{ID: rest.Text(n.ID), Name: rest.Text(n.Name)}
	p := n.Properties
	if p.VirtualMachine != nil {
		out.Machine = rest.Text(p.VirtualMachine.ID)
	}
	if p.PrivateEndpoint != nil {
		out.Endpoint = rest.Text(p.PrivateEndpoint.ID)
	}
	if p.NetworkSecurityGroup != nil {
		out.Group = rest.Text(p.NetworkSecurityGroup.ID)
	}
	for _, c := range p.IPConfigurations {
		if c == nil || c.Properties == nil {
			continue
		}
		a := azurenet.CardAddress{Address: rest.Text(c.Properties.PrivateIPAddress)}
		if c.Properties.Subnet != nil {
			a.Subnet = rest.Text(c.Properties.Subnet.ID)
		}
		if of := c.Properties.PrivateLinkConnectionProperties; of != nil {
			a.Names = rest.Texts(of.Fqdns)
		}
		out.Addresses = append(out.Addresses, a)
	}
	return out
}

// wants reports whether a card is in the VNET, or of a private endpoint for a domain.
func (r reading) wants(v model.VNet, c azurenet.Card) bool {
	below := strings.ToLower(v.ID.Raw()) + "/"
	return slices.ContainsFunc(c.Addresses, func(a azurenet.CardAddress) bool {
		return strings.HasPrefix(strings.ToLower(a.Subnet.Raw()), below) || slices.ContainsFunc(a.Names, func(n safe.Text) bool {
			name := strings.ToLower(strings.TrimSuffix(n.Raw(), "."))
			inner, _ := privatelink.Of(name)
			return slices.Contains(r.domains, name) || slices.Contains(r.domains, inner.Inside())
		})
	})
}

// groupsOfCards reads the security groups of the cards that have a server's address.
func (r reading) groupsOfCards(ctx context.Context, v model.VNet, out azuredns.Facts) azuredns.Facts {
	var ids []safe.Text
	for _, c := range out.Cards {
		has := slices.ContainsFunc(c.Addresses, func(a azurenet.CardAddress) bool { return slices.Contains(r.servers, a.Address) })
		ofSubnet := slices.ContainsFunc(r.subnets(v), func(s model.Subnet) bool { return s.SecurityGroup.EqualFold(c.Group) })
		if has && !ofSubnet && !c.Group.IsEmpty() && !slices.ContainsFunc(ids, c.Group.EqualFold) {
			ids = append(ids, c.Group)
		}
	}
	groups := r.groups(ctx, ids)
	out.Groups, out.Gaps = groups.Groups, append(out.Gaps, groups.Gaps...)
	return out
}
