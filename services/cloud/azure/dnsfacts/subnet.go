package dnsfacts

import (
	"context"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"peerdeck/model"
	"peerdeck/model/azurenet"
	azuredns "peerdeck/model/dns/azure"
	"peerdeck/model/safe"
	"peerdeck/services/cloud/rest"
)

// networkVersion is that of the SDK, into whose types the answers are read.
const networkVersion = "2025-05-01"

// rules reads the security groups of the subnets that hold servers. A group may lie in
// another resource group than the VNET, so it is read by its id.
func (r reading) rules(ctx context.Context, v model.VNet) azuredns.Facts {
	return r.groups(ctx, distinct(r.subnets(v), func(s model.Subnet) safe.Text { return s.SecurityGroup }))
}

// groups reads security groups by their ids.
func (r reading) groups(ctx context.Context, ids []safe.Text) azuredns.Facts {
	found := make([]armnetwork.SecurityGroup, len(ids))
	errs := each(ctx, len(ids), func(ctx context.Context, i int) error {
		at, err := r.under(ids[i], "", networkVersion)
		if err != nil {
			return err
		}
		if err := r.get(ctx, at, &found[i]); err != nil {
			return err
		}
		if found[i].Properties == nil {
			return r.rest.Unreadable("it has no rules in it")
		}
		return nil
	})
	var out azuredns.Facts
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, r.gap(azurenet.PartRules, "the security group "+model.LastSegment(ids[i]).Raw(), ids[i], err))
			continue
		}
		out.Groups = append(out.Groups, convertGroup(ids[i], found[i]))
	}
	return out
}

func convertGroup(id safe.Text, g armnetwork.SecurityGroup) azurenet.SecurityGroup {
	out := azurenet.SecurityGroup{ID: id, Name: rest.Text(g.Name).Or(model.LastSegment(id).Raw())}
	for _, list := range [][]*armnetwork.SecurityRule{g.Properties.SecurityRules, g.Properties.DefaultSecurityRules} {
		for _, s := range list {
			if s != nil && s.Properties != nil {
				out.Rules = append(out.Rules, convertRule(rest.Text(s.Name), *s.Properties))
			}
		}
	}
	return out
}

func convertRule(name safe.Text, p armnetwork.SecurityRulePropertiesFormat) azurenet.Rule {
	out := azurenet.Rule{
		Name: name, Direction: word(p.Direction), Access: word(p.Access), Protocol: word(p.Protocol),
		Sources:           oneOrMore(p.SourceAddressPrefix, p.SourceAddressPrefixes),
		SourceGroups:      groupIDs(p.SourceApplicationSecurityGroups),
		SourcePorts:       oneOrMore(p.SourcePortRange, p.SourcePortRanges),
		Destinations:      oneOrMore(p.DestinationAddressPrefix, p.DestinationAddressPrefixes),
		DestinationGroups: groupIDs(p.DestinationApplicationSecurityGroups),
		Ports:             oneOrMore(p.DestinationPortRange, p.DestinationPortRanges),
	}
	if p.Priority != nil {
		out.Priority = int(*p.Priority)
	}
	return out
}

// oneOrMore reads what Azure tells as one or as a list, and as an empty text where the
// list is meant.
func oneOrMore(single *string, several []*string) []safe.Text {
	out := rest.Texts(several)
	if single != nil && *single != "" {
		out = append(out, safe.New(*single))
	}
	return out
}

func groupIDs(list []*armnetwork.ApplicationSecurityGroup) []safe.Text {
	var out []safe.Text
	for _, g := range list {
		if g != nil {
			out = append(out, rest.Text(g.ID).Or("without an id"))
		}
	}
	return out
}

// word reads an enumeration: the set of its values is open.
func word[T ~string](v *T) safe.Text {
	if v == nil {
		return safe.Text{}
	}
	return safe.New(string(*v))
}

// routes reads the route tables of the subnets that hold servers.
func (r reading) routes(ctx context.Context, v model.VNet) azuredns.Facts {
	ids := distinct(r.subnets(v), func(s model.Subnet) safe.Text { return s.RouteTable })
	found, peerings := make([]armnetwork.RouteTable, len(ids)), make([]safe.Text, len(ids))
	errs := each(ctx, len(ids), func(ctx context.Context, i int) error {
		at, err := r.under(ids[i], "", networkVersion)
		if err != nil {
			return err
		}
		if err := r.get(ctx, at, &found[i]); err != nil {
			return err
		}
		if found[i].Properties == nil {
			return r.rest.Unreadable("it has no routes in it")
		}
		peerings[i] = r.peeringRoutes(ctx, ids[i])
		return nil
	})
	var out azuredns.Facts
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, r.gap(azurenet.PartRoutes, "the route table "+model.LastSegment(ids[i]).Raw(), ids[i], err))
			continue
		}
		table := azurenet.RouteTable{ID: ids[i], Name: rest.Text(found[i].Name).Or(model.LastSegment(ids[i]).Raw()), PeeringRoutes: peerings[i]}
		for _, t := range found[i].Properties.Routes {
			if t != nil && t.Properties != nil {
				table.Routes = append(table.Routes, azurenet.Route{
					Name: rest.Text(t.Name), Prefix: model.NewPrefix(rest.Text(t.Properties.AddressPrefix)),
					NextHop: word(t.Properties.NextHopType), Address: rest.Text(t.Properties.NextHopIPAddress),
				})
			}
		}
		out.Tables = append(out.Tables, table)
	}
	return out
}

// newerRoutes is the version of the network API that tells of route tables whether they take
// the routes of peerings. The SDK speaks an older one, whose answers lack it.
const newerRoutes = "2025-07-01"

// peeringRoutes reads whether a route table keeps the routes of peerings out; empty where
// this cloud does not tell.
func (r reading) peeringRoutes(ctx context.Context, id safe.Text) safe.Text {
	at, err := path(id)
	if err != nil {
		return safe.Text{}
	}
	var got struct {
		Properties struct {
			Disable safe.Text `json:"disablePeeringRoute"`
		} `json:"properties"`
	}
	if r.glance(ctx, r.rest.URL(at, url.Values{"api-version": {newerRoutes}}), &got) != nil {
		return safe.Text{}
	}
	return got.Properties.Disable
}

// addresses asks for each server in a subnet whether anything has its address. Azure
// takes the question for addresses in a subnet only.
func (r reading) addresses(ctx context.Context, v model.VNet) azuredns.Facts {
	var ask []safe.Text
	for _, s := range r.servers {
		if _, in := azuredns.SubnetOf(v, s); in.Outcome == azuredns.Done {
			ask = append(ask, s)
		}
	}
	found := make([]armnetwork.IPAddressAvailabilityResult, len(ask))
	errs := each(ctx, len(ask), func(ctx context.Context, i int) error {
		at, err := path(r.ref.ID())
		if err != nil {
			return err
		}
		if err := r.get(ctx, r.rest.URL(at+"/CheckIPAddressAvailability", url.Values{"api-version": {networkVersion}, "ipAddress": {ask[i].Raw()}}), &found[i]); err != nil {
			return err
		}
		if found[i].Available == nil {
			return r.rest.Unreadable("it does not say whether the address is free")
		}
		return nil
	})
	var out azuredns.Facts
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, r.gap(azurenet.PartAddresses, "who has the address "+ask[i].Raw(), ask[i], err))
			continue
		}
		reserved := found[i].IsPlatformReserved
		out.Addresses = append(out.Addresses, azurenet.Address{Address: ask[i], Free: *found[i].Available, Reserved: reserved != nil && *reserved})
	}
	return out
}
