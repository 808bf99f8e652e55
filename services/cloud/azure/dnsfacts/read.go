package dnsfacts

import (
	"context"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	azuredns "github.com/peerdeck/peerdeck/model/dns/azure"
	"github.com/peerdeck/peerdeck/model/dns/privatelink"
	dnstable "github.com/peerdeck/peerdeck/model/dns/table"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

const (
	mostServers  = 64  // whose addresses are asked about
	mostChildren = 32  // resolvers, rulesets and zones that are looked into
	mostDomains  = 500 // that zones are looked for
)

// Read reads the facts around a VNET for some of its DNS servers and the domains that
// are mapped to them. What cannot be read is among the gaps, with the reason; there is
// no other error. A context that ends leaves gaps too. What may pass is asked for again;
// the waiter hears of each wait, from several goroutines.
func (c *Client) Read(ctx context.Context, ref model.VNetRef, servers, domains []safe.Text, w attempt.Waiter) azuredns.Facts {
	r := c.reading(ref, servers, w)
	for _, d := range domains[:min(len(domains), mostDomains)] {
		name := dnstable.Normalise(d.Raw()).ASCII
		if strings.Trim(name, ".") == "" { // no zone is that of the root
			continue
		}
		r.domains = append(r.domains, name)
		if n, known := privatelink.Of(name); known && n.Inside() != name {
			r.domains = append(r.domains, n.Inside()) // the private zone answers for it
		}
	}
	parts := []part{
		{azurenet.PartRules, r.rules},
		{azurenet.PartRoutes, r.routes},
		{azuredns.PartResolvers, r.resolvers},
		{azuredns.PartRulesets, r.rulesets},
		{azuredns.PartZones, r.zones},
		{azurenet.PartAddresses, r.addresses},
		{azurenet.PartCards, r.cards},
		{azurenet.PartAdminRules, r.adminRules},
	}
	vnet, err := armread.Try(ctx, r.Reading, func(ctx context.Context) (model.VNet, error) { return c.vnets.VNet(ctx, ref) })
	if err != nil {
		f, _ := model.AsFailure(err)
		out := azuredns.Facts{Facts: azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: f}}}}
		for _, p := range parts {
			out.Gaps = append(out.Gaps, azurenet.Gap{Part: p.name, Failure: f})
		}
		return out
	}
	found := make([]azuredns.Facts, len(parts))
	ran := make([]bool, len(parts))
	err = work.Each(ctx, width.Most, len(parts), func(ctx context.Context, i int) error {
		found[i] = parts[i].read(ctx, vnet)
		ran[i] = true
		return nil
	})
	out := azuredns.Facts{Facts: azurenet.Facts{VNet: vnet}}
	for i := range parts {
		if !ran[i] {
			out.Gaps = append(out.Gaps, r.Gap(parts[i].name, "the "+string(parts[i].name), safe.Text{}, err))
		}
		add(&out, found[i])
	}
	return out
}

// Owners tells of addresses in the subnets of a VNET, which was read before, whether
// anything has them. Those of other networks are left out.
func (c *Client) Owners(ctx context.Context, ref model.VNetRef, v model.VNet, addresses []safe.Text, w attempt.Waiter) azuredns.Facts {
	return c.reading(ref, addresses, w).addresses(ctx, v)
}

// part is a part of the facts and how it is read.
type part struct {
	name azurenet.Part
	read func(ctx context.Context, v model.VNet) azuredns.Facts
}

func add(to *azuredns.Facts, f azuredns.Facts) {
	to.Groups = append(to.Groups, f.Groups...)
	to.Tables = append(to.Tables, f.Tables...)
	to.Resolvers = append(to.Resolvers, f.Resolvers...)
	to.Rulesets = append(to.Rulesets, f.Rulesets...)
	to.Zones = append(to.Zones, f.Zones...)
	to.Addresses = append(to.Addresses, f.Addresses...)
	to.Cards = append(to.Cards, f.Cards...)
	to.AdminRules = append(to.AdminRules, f.AdminRules...)
	to.Gaps = append(to.Gaps, f.Gaps...)
}
