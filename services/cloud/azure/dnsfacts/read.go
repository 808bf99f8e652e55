package dnsfacts

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"peerdeck/model"
	"peerdeck/model/azurenet"
	azuredns "peerdeck/model/dns/azure"
	"peerdeck/model/dns/privatelink"
	dnstable "peerdeck/model/dns/table"
	"peerdeck/model/safe"
	"peerdeck/services/run/attempt"
	"peerdeck/services/run/work"
)

const (
	partsAtOnce  = 7
	itemsAtOnce  = 4
	mostServers  = 64  // whose addresses are asked about
	mostChildren = 32  // resolvers, rulesets and zones that are looked into
	mostDomains  = 500 // that zones are looked for
)

// Read reads the facts around a VNET for some of its DNS servers and the domains that
// are mapped to them. What cannot be read is among the gaps, with the reason; there is
// no other error. A context that ends leaves gaps too. What may pass is asked for again;
// the waiter hears of each wait, from several goroutines.
func (c *Client) Read(ctx context.Context, ref model.VNetRef, servers, domains []safe.Text, w attempt.Waiter) azuredns.Facts {
	r := reading{Client: c, waiter: w, ref: ref, servers: servers[:min(len(servers), mostServers)]}
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
	}
	vnet, err := try(ctx, r, func(ctx context.Context) (model.VNet, error) { return c.vnets.VNet(ctx, ref) })
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
	err = work.Each(ctx, partsAtOnce, len(parts), func(ctx context.Context, i int) error {
		found[i] = parts[i].read(ctx, vnet)
		ran[i] = true
		return nil
	})
	out := azuredns.Facts{Facts: azurenet.Facts{VNet: vnet}}
	for i := range parts {
		if !ran[i] {
			out.Gaps = append(out.Gaps, r.gap(parts[i].name, "the "+string(parts[i].name), safe.Text{}, err))
		}
		add(&out, found[i])
	}
	return out
}

// Owners tells of addresses in the subnets of a VNET, which was read before, whether
// anything has them. Those of other networks are left out.
func (c *Client) Owners(ctx context.Context, ref model.VNetRef, v model.VNet, addresses []safe.Text, w attempt.Waiter) azuredns.Facts {
	r := reading{Client: c, waiter: w, ref: ref, servers: addresses[:min(len(addresses), mostServers)]}
	return r.addresses(ctx, v)
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
	to.Gaps = append(to.Gaps, f.Gaps...)
}

// each reads something for each of n things, some at a time, and returns for each of
// them the error that it met.
func each(ctx context.Context, n int, fn func(ctx context.Context, i int) error) []error {
	errs := make([]error, n)
	ran := make([]bool, n)
	err := work.Each(ctx, itemsAtOnce, n, func(ctx context.Context, i int) error {
		errs[i] = fn(ctx, i)
		ran[i] = true
		return nil
	})
	for i := range errs {
		if !ran[i] {
			errs[i] = err
		}
	}
	return errs
}

// subnets are those of the VNET that hold servers.
func (r reading) subnets(v model.VNet) []model.Subnet {
	var out []model.Subnet
	for _, s := range v.Subnets {
		holds := func(server safe.Text) bool {
			return slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return p.Contains(server) })
		}
		if slices.ContainsFunc(r.servers, holds) {
			out = append(out, s)
		}
	}
	return out
}

// distinct lists ids once each, however they are spelled.
func distinct(subnets []model.Subnet, id func(model.Subnet) safe.Text) []safe.Text {
	var out []safe.Text
	for _, s := range subnets {
		if !id(s).IsEmpty() && !slices.ContainsFunc(out, id(s).EqualFold) {
			out = append(out, id(s))
		}
	}
	return out
}

// under is the address of something under an ARM id, with the version of its API.
func (r reading) under(id safe.Text, below, version string) (string, error) {
	at, err := path(id)
	return r.rest.URL(at+below, url.Values{"api-version": {version}}), err
}

// ofSubscription is the address of a list of the VNET's subscription.
func (r reading) ofSubscription(kind, version string) (string, error) {
	return r.under(safe.New("/subscriptions/"+r.ref.SubscriptionID.Raw()), "/providers/Microsoft.Network/"+kind, version)
}
