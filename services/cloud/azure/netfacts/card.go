package netfacts

import (
	"context"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Cards reads the network cards of the VNET's subscription, as far as somebody wants them: a
// card lies in the subscription of its VNET. What was read before an error is returned too.
func Cards(ctx context.Context, r armread.Reading, wants func(azurenet.Card) bool) azurenet.Facts {
	found, gaps := cards(ctx, r, armread.Some[armnetwork.Interface])
	return azurenet.Facts{Cards: wanted(found, wants), Gaps: gaps}
}

// CardsOnce reads like Cards, and asks for nothing twice.
func CardsOnce(ctx context.Context, r armread.Reading, wants func(azurenet.Card) bool) azurenet.Facts {
	found, gaps := cards(ctx, r, armread.SomeOnce[armnetwork.Interface])
	return azurenet.Facts{Cards: wanted(found, wants), Gaps: gaps}
}

// listing reads some pages of network cards.
type listing func(context.Context, armread.Reading, string, int) ([]*armnetwork.Interface, error)

func cards(ctx context.Context, r armread.Reading, list listing) ([]*armnetwork.Interface, []azurenet.Gap) {
	const what = "the network cards of the subscription"
	at, err := r.OfSubscription(r.Ref.SubscriptionID, "networkInterfaces", NetworkVersion)
	if err != nil {
		return nil, []azurenet.Gap{r.Gap(azurenet.PartCards, what, safe.Text{}, err)}
	}
	found, err := list(ctx, r, at, mostListed)
	if err != nil {
		return found, []azurenet.Gap{r.Gap(azurenet.PartCards, what, safe.Text{}, err)}
	}
	return found, nil
}

func wanted(found []*armnetwork.Interface, wants func(azurenet.Card) bool) []azurenet.Card {
	var out []azurenet.Card
	for _, n := range found {
		if n.Properties == nil {
			continue
		}
		if c := convertCard(*n); wants(c) {
			out = append(out, c)
		}
	}
	return out
}

// InVNet reports whether a card has an address in a VNET.
func InVNet(v model.VNet, c azurenet.Card) bool {
	return slices.ContainsFunc(c.Addresses, func(a azurenet.CardAddress) bool { return armread.Within(a.Subnet, v.ID) })
}

func convertCard(n armnetwork.Interface) azurenet.Card {
	p := n.Properties
	out := azurenet.Card{ID: rest.Text(n.ID), Name: rest.Text(n.Name), Forwards: flag(p.EnableIPForwarding)}
	out.Machine = reference(p.VirtualMachine)
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
		a := azurenet.CardAddress{
			Address: rest.Text(c.Properties.PrivateIPAddress), Subnet: subnetID(c.Properties.Subnet), Groups: groupIDs(c.Properties.ApplicationSecurityGroups),
		}
		if of := c.Properties.PrivateLinkConnectionProperties; of != nil {
			a.Names = rest.Texts(of.Fqdns)
		}
		out.Addresses = append(out.Addresses, a)
	}
	return out
}

// configurations are the addresses of network cards by the ids of their configurations, by
// which load balancers name their backends.
func configurations(found []*armnetwork.Interface) map[string]safe.Text {
	out := map[string]safe.Text{}
	for _, n := range found {
		if n.Properties == nil {
			continue
		}
		for _, c := range n.Properties.IPConfigurations {
			if c != nil && c.Properties != nil {
				out[armread.Key(rest.Text(c.ID))] = rest.Text(c.Properties.PrivateIPAddress)
			}
		}
	}
	return out
}
