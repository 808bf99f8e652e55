package dnsfacts

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// resolverVersion is that of private resolvers and forwarding rulesets. The SDK has no
// module for them in this build, so their few members are read here.
const resolverVersion = "2022-07-01"

type reference struct {
	ID safe.Text `json:"id"`
}

type wireResolver struct {
	ID         safe.Text `json:"id"`
	Name       safe.Text `json:"name"`
	Properties struct {
		VirtualNetwork    reference `json:"virtualNetwork"`
		ProvisioningState safe.Text `json:"provisioningState"`
	} `json:"properties"`
}

type wireEndpoint struct {
	ID         safe.Text `json:"id"`
	Name       safe.Text `json:"name"`
	Properties struct {
		ProvisioningState safe.Text `json:"provisioningState"`
		IPConfigurations  []struct {
			Subnet    reference `json:"subnet"`
			Address   safe.Text `json:"privateIpAddress"`
			Allocated safe.Text `json:"privateIpAllocationMethod"`
		} `json:"ipConfigurations"`
	} `json:"properties"`
}

// resolvers reads the private resolvers of the subscription, that of the VNET first.
func (r reading) resolvers(ctx context.Context, v model.VNet) azuredns.Facts {
	const what = "the private resolvers of the subscription"
	var out azuredns.Facts
	at, err := r.OfSubscription(r.Ref.SubscriptionID, "dnsResolvers", resolverVersion)
	if err != nil {
		return gaps(r.Gap(azuredns.PartResolvers, what, safe.Text{}, err))
	}
	found, err := armread.List[wireResolver](ctx, r.Reading, at)
	if err != nil {
		return gaps(r.Gap(azuredns.PartResolvers, what, safe.Text{}, err))
	}
	slices.SortStableFunc(found, func(a, b *wireResolver) int {
		return rank(a.Properties.VirtualNetwork.ID.EqualFold(v.ID)) - rank(b.Properties.VirtualNetwork.ID.EqualFold(v.ID))
	})
	for _, w := range found {
		out.Resolvers = append(out.Resolvers, azuredns.Resolver{
			ID: w.ID, Name: w.Name, VNet: w.Properties.VirtualNetwork.ID, State: state(w.Properties.ProvisioningState),
		})
	}
	errs := armread.Each(ctx, min(len(found), mostChildren), func(ctx context.Context, i int) error {
		at, err := r.Under(found[i].ID, "/inboundEndpoints", resolverVersion)
		if err != nil {
			return err
		}
		inbound, err := armread.List[wireEndpoint](ctx, r.Reading, at)
		for _, e := range inbound {
			out.Resolvers[i].Endpoints = append(out.Resolvers[i].Endpoints, convertEndpoint(*e))
		}
		return err
	})
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azuredns.PartResolvers, "the inbound endpoints of "+found[i].Name.Raw(), found[i].ID, err))
		}
	}
	for i := len(errs); i < len(found); i++ {
		out.Gaps = append(out.Gaps, r.Gap(azuredns.PartResolvers, "the inbound endpoints of "+found[i].Name.Raw(), found[i].ID, armread.TooMany()))
	}
	return out
}

func gaps(g azurenet.Gap) azuredns.Facts {
	return azuredns.Facts{Facts: azurenet.Facts{Gaps: []azurenet.Gap{g}}}
}

// rank puts what belongs to the VNET first.
func rank(own bool) int {
	if own {
		return 0
	}
	return 1
}

func state(t safe.Text) model.ProvisioningState { return model.ProvisioningState(t.String()) }

func convertEndpoint(e wireEndpoint) azuredns.Endpoint {
	out := azuredns.Endpoint{ID: e.ID, Name: e.Name, State: state(e.Properties.ProvisioningState)}
	for _, c := range e.Properties.IPConfigurations {
		out.Addresses = append(out.Addresses, azuredns.EndpointAddress{
			Address: c.Address, Subnet: c.Subnet.ID, Dynamic: c.Allocated.EqualFold(safe.New("Dynamic")),
		})
	}
	return out
}
