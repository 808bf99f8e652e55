package netfacts

import (
	"context"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
)

// Groups reads security groups by their ids. A group may lie in another resource group than
// the VNET that it is for, or in another subscription.
func Groups(ctx context.Context, r armread.Reading, ids []safe.Text) azurenet.Facts {
	ids = armread.Distinct(ids)
	s := source[armnetwork.SecurityGroup]{
		id: func(g *armnetwork.SecurityGroup) safe.Text { return rest.Text(g.ID) },
		one: func(ctx context.Context, id safe.Text) (*armnetwork.SecurityGroup, error) {
			return armread.Share(ctx, r.Shared, armread.Key(id), func(ctx context.Context) (*armnetwork.SecurityGroup, error) { return readGroup(ctx, r, id) })
		},
		list: func(ctx context.Context, subscription safe.Text) ([]*armnetwork.SecurityGroup, error) {
			return listed[armnetwork.SecurityGroup](ctx, r, subscription, "networkSecurityGroups", NetworkVersion)
		},
	}
	found, errs := byIDs(ctx, s, ids)
	var out azurenet.Facts
	for i, g := range found {
		err := errs[i]
		if err == nil && g.Properties == nil {
			err = r.Rest.Unreadable("it has no rules in it")
		}
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azurenet.PartRules, "the security group "+model.LastSegment(ids[i]).Raw(), ids[i], err))
			continue
		}
		out.Groups = append(out.Groups, convertGroup(ids[i], *g))
	}
	return out
}

func readGroup(ctx context.Context, r armread.Reading, id safe.Text) (*armnetwork.SecurityGroup, error) {
	at, err := r.Under(id, "", NetworkVersion)
	if err != nil {
		return nil, err
	}
	var got armnetwork.SecurityGroup
	return &got, r.Get(ctx, at, &got)
}

// listed reads the list of a kind of resources of a subscription, as far as it is read.
func listed[T any](ctx context.Context, r armread.Reading, subscription safe.Text, kind, version string) ([]*T, error) {
	at, err := r.OfSubscription(subscription, kind, version)
	if err != nil {
		return nil, err
	}
	return armread.Some[T](ctx, r, at, mostListed)
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

func number(n *int32) int {
	if n == nil {
		return 0
	}
	return int(*n)
}

// reference reads the id of what something else names.
func reference(of *armnetwork.SubResource) safe.Text {
	if of == nil {
		return safe.Text{}
	}
	return rest.Text(of.ID)
}

func subnetID(of *armnetwork.Subnet) safe.Text {
	if of == nil {
		return safe.Text{}
	}
	return rest.Text(of.ID)
}

func flag(b *bool) model.Ternary {
	switch {
	case b == nil:
		return model.Unstated
	case *b:
		return model.Yes
	default:
		return model.No
	}
}
