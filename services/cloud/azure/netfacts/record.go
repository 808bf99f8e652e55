package netfacts

import (
	"context"
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
)

// zoneVersion is that of private zones.
const zoneVersion = "2024-06-01"

type wireZone struct {
	ID   safe.Text `json:"id"`
	Name safe.Text `json:"name"`
}

type wireRecord struct {
	Name       safe.Text `json:"name"`
	Properties struct {
		A []struct {
			Address safe.Text `json:"ipv4Address"`
		} `json:"aRecords"`
	} `json:"properties"`
}

type wireLink struct {
	Properties struct {
		VNet struct {
			ID safe.Text `json:"id"`
		} `json:"virtualNetwork"`
	} `json:"properties"`
}

// records reads the address records of the subscription's private zones that lead to one of
// the addresses, to a front end in the VNET, or into a network that is peered with it: a name
// that nobody has mended still leads there. The zones of private endpoints hold nothing of
// that kind and are left out.
func (l *look) records(ctx context.Context, f azurenet.Facts) azurenet.Facts {
	const what = "the private zones of the subscription"
	var out azurenet.Facts
	at, err := l.OfSubscription(l.Ref.SubscriptionID, "privateDnsZones", zoneVersion)
	if err != nil {
		return azurenet.Facts{Gaps: []azurenet.Gap{l.Gap(azurenet.PartRecords, what, safe.Text{}, err)}}
	}
	all, err := armread.Some[wireZone](ctx, l.Reading, at, mostListed)
	if err != nil {
		out.Gaps = append(out.Gaps, l.Gap(azurenet.PartRecords, what, safe.Text{}, err))
	}
	var zones []*wireZone
	for _, z := range all {
		if !strings.HasPrefix(strings.ToLower(z.Name.Raw()), "privatelink.") {
			zones = append(zones, z)
		}
	}
	held := make([][]azurenet.Record, len(zones))
	errs := armread.Each(ctx, min(len(zones), mostRecords), func(ctx context.Context, i int) error {
		var err error
		held[i], err = l.zone(ctx, *zones[i], f)
		return err
	})
	for i, z := range zones {
		err := armread.TooMany()
		if i < len(errs) {
			err = errs[i]
		}
		if err != nil {
			out.Gaps = append(out.Gaps, l.Gap(azurenet.PartRecords, "the private zone "+z.Name.Raw(), z.ID, err))
		}
		out.Records = append(out.Records, held[i]...)
	}
	return out
}

// zone reads the records of a zone that matter, and whether it is linked to the VNET.
func (l *look) zone(ctx context.Context, z wireZone, f azurenet.Facts) ([]azurenet.Record, error) {
	at, err := l.Under(z.ID, "/A", zoneVersion)
	if err != nil {
		return nil, err
	}
	sets, err := armread.Some[wireRecord](ctx, l.Reading, at, mostListed)
	var out []azurenet.Record
	for _, s := range sets {
		made := azurenet.Record{Zone: z.ID, ZoneName: z.Name, Name: s.Name}
		leads := false
		for _, a := range s.Properties.A {
			made.Addresses = append(made.Addresses, a.Address)
			leads = leads || l.leadsTo(a.Address, f)
		}
		if leads {
			out = append(out, made)
		}
	}
	if err != nil || len(out) == 0 {
		return out, err
	}
	if at, err = l.Under(z.ID, "/virtualNetworkLinks", zoneVersion); err != nil {
		return out, err
	}
	links, err := armread.Some[wireLink](ctx, l.Reading, at, mostListed)
	for _, link := range links {
		if armread.Key(link.Properties.VNet.ID) == armread.Key(l.vnet.ID) {
			for i := range out {
				out[i].Linked = true
			}
		}
	}
	return out, err
}

// leadsTo reports whether an address of a record matters.
func (l *look) leadsTo(address safe.Text, f azurenet.Facts) bool {
	if l.asksFor(address) {
		return true
	}
	holds := func(p model.Prefix) bool { return p.Contains(address) }
	for _, h := range l.vnet.Peerings {
		if slices.ContainsFunc(h.RemotePrefixes(), holds) {
			return true
		}
	}
	return slices.ContainsFunc(frontsOf(f), func(front azurenet.Frontend) bool { return azurenet.SameAddress(front.Address, address) })
}

// frontsOf are the front ends on the ways through the VNET.
func frontsOf(f azurenet.Facts) []azurenet.Frontend {
	var out []azurenet.Frontend
	for _, b := range f.Balancers {
		out = append(out, b.Frontends...)
	}
	for _, g := range f.AppGateways {
		out = append(out, g.Frontends...)
	}
	return out
}
