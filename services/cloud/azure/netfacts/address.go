package netfacts

import (
	"context"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// Owners asks for each address in a subnet of the VNET whether anything has it. Azure takes
// the question for addresses in a subnet only; others are left out.
func Owners(ctx context.Context, r armread.Reading, v model.VNet, addresses []safe.Text) azurenet.Facts {
	var ask []safe.Text
	for _, a := range addresses[:min(len(addresses), mostAsked)] {
		if _, in := (azurenet.Facts{VNet: v}).SubnetAt(a); in {
			ask = append(ask, a)
		}
	}
	found := make([]armnetwork.IPAddressAvailabilityResult, len(ask))
	errs := armread.Each(ctx, len(ask), func(ctx context.Context, i int) error {
		at, err := armread.Path(r.Ref.ID())
		if err != nil {
			return err
		}
		if err := r.Get(ctx, r.Rest.URL(at+"/CheckIPAddressAvailability", url.Values{"api-version": {NetworkVersion}, "ipAddress": {ask[i].Raw()}}), &found[i]); err != nil {
			return err
		}
		if found[i].Available == nil {
			return r.Rest.Unreadable("it does not say whether the address is free")
		}
		return nil
	})
	var out azurenet.Facts
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azurenet.PartAddresses, "who has the address "+ask[i].Raw(), ask[i], err))
			continue
		}
		reserved := found[i].IsPlatformReserved
		out.Addresses = append(out.Addresses, azurenet.Address{Address: ask[i], Free: *found[i].Available, Reserved: reserved != nil && *reserved})
	}
	return out
}

// owners says of the addresses in the VNET whether anything has them. One that a network card
// has need not be asked about; of the others so many are asked about at most.
func (l *look) owners(ctx context.Context, f azurenet.Facts) azurenet.Facts {
	var out azurenet.Facts
	var ask []safe.Text
	for _, a := range l.addresses {
		if _, in := f.SubnetAt(a); !in {
			continue
		}
		if _, has := f.CardAt(a); has {
			out.Addresses = append(out.Addresses, azurenet.Address{Address: a})
		} else {
			ask = append(ask, a)
		}
	}
	asked := Owners(ctx, l.Reading, l.vnet, ask)
	for _, a := range ask[min(len(ask), mostAsked):] {
		asked.Gaps = append(asked.Gaps, l.Gap(azurenet.PartAddresses, "who has the address "+a.Raw(), a, armread.TooMany()))
	}
	out.Addresses, out.Gaps = append(out.Addresses, asked.Addresses...), asked.Gaps
	return out
}
