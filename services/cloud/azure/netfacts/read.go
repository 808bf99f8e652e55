package netfacts

import (
	"context"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/run/attempt"
	"github.com/peerdeck/peerdeck/services/run/width"
	"github.com/peerdeck/peerdeck/services/run/work"
)

// Read reads what lies on the ways through a VNET to some addresses: those in the VNET are
// what is asked for there, and those of other networks (of data planes) may be what something
// in the VNET leads to. What cannot be read is among the gaps, with the reason; there is no
// other error. A context that ends leaves gaps too. What may pass is asked for again; the
// waiter hears of each wait, from several goroutines.
func (c *Client) Read(ctx context.Context, ref model.VNetRef, addresses []safe.Text, w attempt.Waiter) azurenet.Facts {
	r := c.reading(ref, w)
	v, err := armread.Try(ctx, r, func(ctx context.Context) (model.VNet, error) { return c.vnets.VNet(ctx, ref) })
	if err != nil {
		return notRead(err)
	}
	one := &look{Reading: r, vnet: v, addresses: addresses}
	found := one.parts(ctx, []part{
		{azurenet.PartRules, func(ctx context.Context) azurenet.Facts { return Groups(ctx, r, groupsOf(v)) }},
		{azurenet.PartRoutes, func(ctx context.Context) azurenet.Facts { return Tables(ctx, r, tablesOf(v)) }},
		{azurenet.PartCards, one.readCards},
		{azurenet.PartAdminRules, func(ctx context.Context) azurenet.Facts { return AdminRules(ctx, r) }},
		{azurenet.PartBalancers, one.readBalancers},
		{azurenet.PartAppGateways, one.readAppGateways},
		{azurenet.PartEndpoints, one.readEndpoints},
	})
	found.VNet, found.Policies = v, policiesOf(v)
	one.frontEnds(&found)
	behind := one.parts(ctx, []part{
		{azurenet.PartRules, func(ctx context.Context) azurenet.Facts { return Groups(ctx, r, one.groupsOfCards(found)) }},
		{azurenet.PartRecords, func(ctx context.Context) azurenet.Facts { return one.records(ctx, found) }},
		{azurenet.PartAddresses, func(ctx context.Context) azurenet.Facts { return one.owners(ctx, found) }},
	})
	found.Groups, found.Gaps = append(found.Groups, behind.Groups...), append(found.Gaps, behind.Gaps...)
	found.Records, found.Addresses = behind.Records, behind.Addresses
	return found
}

// Subnets reads the security groups and route tables that the subnets of a VNET name. One
// without any of them costs no request.
func (c *Client) Subnets(ctx context.Context, ref model.VNetRef, v model.VNet, w attempt.Waiter) azurenet.Facts {
	one := &look{Reading: c.reading(ref, w), vnet: v}
	one.Shared = c.shared
	out := one.parts(ctx, []part{
		{azurenet.PartRules, func(ctx context.Context) azurenet.Facts { return Groups(ctx, one.Reading, groupsOf(v)) }},
		{azurenet.PartRoutes, func(ctx context.Context) azurenet.Facts { return Tables(ctx, one.Reading, tablesOf(v)) }},
	})
	out.VNet, out.Policies = v, policiesOf(v)
	return out
}

func groupsOf(v model.VNet) []safe.Text {
	return armread.OfSubnets(v.Subnets, func(s model.Subnet) safe.Text { return s.SecurityGroup })
}

func tablesOf(v model.VNet) []safe.Text {
	return armread.OfSubnets(v.Subnets, func(s model.Subnet) safe.Text { return s.RouteTable })
}

// allParts are the parts of the facts that Read reads, but the VNET.
func allParts() []azurenet.Part {
	return []azurenet.Part{
		azurenet.PartRules, azurenet.PartRoutes, azurenet.PartAddresses, azurenet.PartCards, azurenet.PartAdminRules, azurenet.PartBalancers,
		azurenet.PartAppGateways, azurenet.PartEndpoints, azurenet.PartPolicies, azurenet.PartRecords,
	}
}

// notRead are the facts of a VNET that could not be read: nothing is known of any part.
func notRead(err error) azurenet.Facts {
	f, _ := model.AsFailure(err)
	out := azurenet.Facts{Gaps: []azurenet.Gap{{Part: azurenet.PartVNet, Failure: f}}}
	for _, p := range allParts() {
		out.Gaps = append(out.Gaps, azurenet.Gap{Part: p, Failure: f})
	}
	return out
}

// look is one reading of all that lies on the ways.
type look struct {
	armread.Reading

	vnet      model.VNet
	addresses []safe.Text

	// What was listed, until all parts are there. Each part writes its own.
	cards       []*armnetwork.Interface
	balancers   []*armnetwork.LoadBalancer
	appGateways []*armnetwork.ApplicationGateway
}

// part is a part of the facts and how it is read.
type part struct {
	name azurenet.Part
	read func(ctx context.Context) azurenet.Facts
}

// parts reads parts side by side. One that nobody began is a gap.
func (l *look) parts(ctx context.Context, parts []part) azurenet.Facts {
	found, ran := make([]azurenet.Facts, len(parts)), make([]bool, len(parts))
	err := work.Each(ctx, width.Most, len(parts), func(ctx context.Context, i int) error {
		found[i] = parts[i].read(ctx)
		ran[i] = true
		return nil
	})
	var out azurenet.Facts
	for i, f := range found {
		if !ran[i] {
			out.Gaps = append(out.Gaps, l.Gap(parts[i].name, "the "+string(parts[i].name), safe.Text{}, err))
		}
		out.Groups = append(out.Groups, f.Groups...)
		out.Tables = append(out.Tables, f.Tables...)
		out.Cards = append(out.Cards, f.Cards...)
		out.AdminRules = append(out.AdminRules, f.AdminRules...)
		out.Endpoints = append(out.Endpoints, f.Endpoints...)
		out.Addresses = append(out.Addresses, f.Addresses...)
		out.Records = append(out.Records, f.Records...)
		out.Gaps = append(out.Gaps, f.Gaps...)
	}
	return out
}

func (l *look) readCards(ctx context.Context) azurenet.Facts {
	var out azurenet.Facts
	l.cards, out.Gaps = cards(ctx, l.Reading, armread.Some[armnetwork.Interface])
	out.Cards = wanted(l.cards, func(c azurenet.Card) bool { return InVNet(l.vnet, c) })
	return out
}

// ofSubscription lists what the VNET's subscription has of a kind.
func ofSubscription[T any](ctx context.Context, l *look, name azurenet.Part, kind string) ([]*T, []azurenet.Gap) {
	found, err := listed[T](ctx, l.Reading, l.Ref.SubscriptionID, kind, NetworkVersion)
	if err != nil {
		return found, []azurenet.Gap{l.Gap(name, "the "+string(name)+" of the subscription", safe.Text{}, err)}
	}
	return found, nil
}

func (l *look) readBalancers(ctx context.Context) azurenet.Facts {
	var out azurenet.Facts
	l.balancers, out.Gaps = ofSubscription[armnetwork.LoadBalancer](ctx, l, azurenet.PartBalancers, "loadBalancers")
	return out
}

func (l *look) readAppGateways(ctx context.Context) azurenet.Facts {
	var out azurenet.Facts
	l.appGateways, out.Gaps = ofSubscription[armnetwork.ApplicationGateway](ctx, l, azurenet.PartAppGateways, "applicationGateways")
	return out
}

func (l *look) readEndpoints(ctx context.Context) azurenet.Facts {
	var out azurenet.Facts
	found, gaps := ofSubscription[armnetwork.PrivateEndpoint](ctx, l, azurenet.PartEndpoints, "privateEndpoints")
	for _, e := range found {
		if made := convertEndpoint(*e); armread.Within(made.Subnet, l.vnet.ID) {
			out.Endpoints = append(out.Endpoints, made)
		}
	}
	out.Gaps = gaps
	return out
}

// frontEnds adds the load balancers and application gateways that have something to do with
// the VNET: a front end or a backend in it, or a backend with one of the addresses.
func (l *look) frontEnds(f *azurenet.Facts) {
	at := configurations(l.cards)
	for _, b := range l.balancers {
		if made := convertBalancer(*b, at); l.concerns(*f, made.Frontends, made.Pools, safe.Text{}) {
			f.Balancers = append(f.Balancers, made)
		}
	}
	for _, g := range l.appGateways {
		if made := convertAppGateway(*g, at); l.concerns(*f, made.Frontends, made.Pools, made.Subnet) {
			f.AppGateways = append(f.AppGateways, made)
		}
	}
}

func (l *look) concerns(f azurenet.Facts, fronts []azurenet.Frontend, pools []azurenet.Pool, subnet safe.Text) bool {
	if armread.Within(subnet, l.vnet.ID) {
		return true
	}
	for _, front := range fronts {
		if armread.Within(front.Subnet, l.vnet.ID) {
			return true
		}
	}
	for _, pool := range pools {
		for _, t := range pool.Targets {
			card := slices.ContainsFunc(f.Cards, func(c azurenet.Card) bool { return !t.Card.IsEmpty() && armread.Key(c.ID) == armread.Key(t.Card) })
			if card || !t.VNet.IsEmpty() && armread.Key(t.VNet) == armread.Key(l.vnet.ID) || l.asksFor(t.Address) {
				return true
			}
		}
	}
	return false
}

func (l *look) asksFor(address safe.Text) bool {
	return !address.IsEmpty() && slices.ContainsFunc(l.addresses, func(a safe.Text) bool { return azurenet.SameAddress(a, address) })
}

// groupsOfCards are the groups of their own that network cards on the ways have: those with
// one of the addresses, and those of backends. The groups of subnets are read already.
func (l *look) groupsOfCards(f azurenet.Facts) []safe.Text {
	known := map[string]bool{}
	for _, id := range groupsOf(l.vnet) {
		known[armread.Key(id)] = true
	}
	onTheWay := map[string]bool{}
	for _, p := range slices.Concat(poolsOf(f)...) {
		for _, t := range p.Targets {
			onTheWay[armread.Key(t.Card)], onTheWay[t.Address.Raw()] = true, true
		}
	}
	delete(onTheWay, "")
	var out []safe.Text
	for _, c := range f.Cards {
		meets := func(a azurenet.CardAddress) bool { return onTheWay[a.Address.Raw()] || l.asksFor(a.Address) }
		if !known[armread.Key(c.Group)] && (onTheWay[armread.Key(c.ID)] || slices.ContainsFunc(c.Addresses, meets)) {
			out = append(out, c.Group)
		}
	}
	return armread.Distinct(out)
}

func poolsOf(f azurenet.Facts) [][]azurenet.Pool {
	var out [][]azurenet.Pool
	for _, b := range f.Balancers {
		out = append(out, b.Pools)
	}
	for _, g := range f.AppGateways {
		out = append(out, g.Pools)
	}
	return out
}
