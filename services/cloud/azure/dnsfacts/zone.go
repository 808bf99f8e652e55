package dnsfacts

import (
	"context"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/privatedns/armprivatedns"

	"github.com/peerdeck/peerdeck/model"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// zones reads the private zones of the subscription, and the links of those that the
// domains lie in.
func (r reading) zones(ctx context.Context, _ model.VNet) azuredns.Facts {
	const what = "the private zones of the subscription"
	if len(r.domains) == 0 {
		return azuredns.Facts{}
	}
	subscription := r.Ref.SubscriptionID.Raw()
	client, err := armprivatedns.NewPrivateZonesClient(subscription, r.Rest.Credential(r.Ref.TenantID), r.Rest.Options())
	if err != nil {
		return gaps(r.Gap(azuredns.PartZones, what, safe.Text{}, err))
	}
	found, err := rest.All(ctx, client.NewListPager(nil), func(p armprivatedns.PrivateZonesClientListResponse) []*armprivatedns.PrivateZone { return p.Value })
	if err != nil {
		return gaps(r.Gap(azuredns.PartZones, what, safe.Text{}, err))
	}
	var out azuredns.Facts
	for _, z := range found {
		if r.asksFor(rest.Text(z.Name).Raw()) {
			out.Zones = append(out.Zones, azuredns.Zone{ID: rest.Text(z.ID), Name: rest.Text(z.Name)})
		}
	}
	n := min(len(out.Zones), mostChildren)
	errs := armread.Each(ctx, n, func(ctx context.Context, i int) error {
		var err error
		out.Zones[i].Links, err = r.links(ctx, out.Zones[i].ID)
		out.Zones[i].Records = r.records(ctx, out.Zones[i])
		return err
	})
	for i, z := range out.Zones {
		err := armread.TooMany()
		if i < n {
			err = errs[i]
		}
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azuredns.PartZones, "the links of the private zone "+z.Name.Raw(), z.ID, err))
		}
	}
	return out
}

// asksFor reports whether one of the domains lies in a zone.
func (r reading) asksFor(zone string) bool {
	zone = strings.ToLower(strings.TrimSuffix(zone, "."))
	for _, d := range r.domains {
		if zone != "" && (d == zone || strings.HasSuffix(d, "."+zone)) {
			return true
		}
	}
	return false
}

// links reads the links of a zone.
func (r reading) links(ctx context.Context, zone safe.Text) ([]azuredns.Link, error) {
	id, err := arm.ParseResourceID(zone.Raw())
	if err != nil {
		return nil, armread.BadID(zone)
	}
	client, err := armprivatedns.NewVirtualNetworkLinksClient(id.SubscriptionID, r.Rest.Credential(r.Ref.TenantID), r.Rest.Options())
	if err != nil {
		return nil, err
	}
	found, err := rest.All(ctx, client.NewListPager(id.ResourceGroupName, id.Name, nil),
		func(p armprivatedns.VirtualNetworkLinksClientListResponse) []*armprivatedns.VirtualNetworkLink {
			return p.Value
		})
	if err != nil {
		return nil, err
	}
	var out []azuredns.Link
	for _, l := range found {
		link := azuredns.Link{Name: rest.Text(l.Name)}
		if p := l.Properties; p != nil {
			link.State, link.Provided = word(p.VirtualNetworkLinkState), state(word(p.ProvisioningState))
			link.Fallback = p.ResolutionPolicy != nil && *p.ResolutionPolicy == armprivatedns.ResolutionPolicyNxDomainRedirect
			if p.VirtualNetwork != nil {
				link.VNet = rest.Text(p.VirtualNetwork.ID)
			}
		}
		out = append(out, link)
	}
	return out, nil
}

// word reads an enumeration: the set of its values is open.
func word[T ~string](v *T) safe.Text {
	if v == nil {
		return safe.Text{}
	}
	return safe.New(string(*v))
}
