package netfacts

import (
	"context"
	"strings"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// wireRoute is a route that is in effect at a network card.
type wireRoute struct {
	Name      safe.Text   `json:"name"`
	Source    safe.Text   `json:"source"`
	State     safe.Text   `json:"state"`
	Prefixes  []safe.Text `json:"addressPrefix"`
	NextHop   safe.Text   `json:"nextHopType"`
	Addresses []safe.Text `json:"nextHopIpAddress"`
}

// wireGroup is a security group that is in effect at a network card. The SDK takes a map in
// it for a text, and so cannot read it.
type wireGroup struct {
	Group       wireReference `json:"networkSecurityGroup"`
	Association struct {
		Subnet  wireReference `json:"subnet"`
		Manager wireReference `json:"networkManager"`
	} `json:"association"`
	Rules []wireEffectiveRule `json:"effectiveSecurityRules"`
}

type wireReference struct {
	ID safe.Text `json:"id"`
}

type wireEffectiveRule struct {
	Name         safe.Text   `json:"name"`
	Priority     int         `json:"priority"`
	Direction    safe.Text   `json:"direction"`
	Access       safe.Text   `json:"access"`
	Protocol     safe.Text   `json:"protocol"`
	Source       safe.Text   `json:"sourceAddressPrefix"`
	Sources      []safe.Text `json:"sourceAddressPrefixes"`
	SourcesFull  []safe.Text `json:"expandedSourceAddressPrefix"`
	FromPort     safe.Text   `json:"sourcePortRange"`
	FromPorts    []safe.Text `json:"sourcePortRanges"`
	Destination  safe.Text   `json:"destinationAddressPrefix"`
	Destinations []safe.Text `json:"destinationAddressPrefixes"`
	ToFull       []safe.Text `json:"expandedDestinationAddressPrefix"`
	Port         safe.Text   `json:"destinationPortRange"`
	Ports        []safe.Text `json:"destinationPortRanges"`
}

// Effective asks what is really in effect at a network card, which Azure has to find out
// first: it takes seconds, a right beyond that of a reader, and a machine that runs. The
// facts have what was read, and gaps whose subject is the card.
func (c *Client) Effective(ctx context.Context, ref model.VNetRef, card safe.Text, w attempt.Waiter) azurenet.Facts {
	r := c.reading(ref, w)
	var routes struct {
		Value []wireRoute `json:"value"`
	}
	var groups struct {
		Value []wireGroup `json:"value"`
	}
	name := model.LastSegment(card).Raw()
	await := func(ctx context.Context, what, below string, into any, none func() bool) error {
		at, err := r.Under(card, below, NetworkVersion)
		if err == nil {
			err = r.Await(ctx, what, at, into)
		}
		if err == nil && none() {
			err = r.Rest.Unreadable("it has no list in it")
		}
		return err
	}
	whats := []string{"the effective routes of the network card " + name, "the effective security rules of the network card " + name}
	errs := armread.Each(ctx, len(whats), func(ctx context.Context, i int) error {
		if i == 0 {
			return await(ctx, whats[i], "/effectiveRouteTable", &routes, func() bool { return routes.Value == nil })
		}
		return await(ctx, whats[i], "/effectiveNetworkSecurityGroups", &groups, func() bool { return groups.Value == nil })
	})
	var out azurenet.Facts
	for i, err := range errs {
		if err != nil {
			out.Gaps = append(out.Gaps, notEffective(r.Gap(azurenet.PartEffective, whats[i], card, err)))
		}
	}
	found := azurenet.Effective{Card: card, At: c.now(), RoutesRead: errs[0] == nil, GroupsRead: errs[1] == nil}
	if found.RoutesRead {
		found.Routes = convertRoutes(routes.Value)
	}
	if found.GroupsRead {
		found.Groups = convertEffective(groups.Value)
	}
	if found.RoutesRead || found.GroupsRead {
		out.Effective = []azurenet.Effective{found}
	}
	return out
}

// notEffective says what it means that Azure has nothing to tell of a card.
func notEffective(g azurenet.Gap) azurenet.Gap {
	if strings.HasPrefix(g.Failure.Code.Raw(), "NicMustBeAttachedToRunningVm") {
		g.Failure.Cause = safe.New("Azure tells it only of a network card whose machine runs (" + g.Failure.Code.Raw() + ")")
		g.Failure.Cure = model.CureRunningMachine
	}
	return g
}

func convertRoutes(list []wireRoute) []azurenet.EffectiveRoute {
	var out []azurenet.EffectiveRoute
	for _, w := range list {
		out = append(out, azurenet.EffectiveRoute{
			Name: w.Name, Source: w.Source, State: w.State, Prefixes: model.NewPrefixes(w.Prefixes), NextHop: w.NextHop, Addresses: w.Addresses,
		})
	}
	return out
}

// convertEffective reads the security groups. What a network manager adds to them are the
// security admin rules, which are read for the whole VNET and belong to no group.
func convertEffective(list []wireGroup) []azurenet.EffectiveGroup {
	var out []azurenet.EffectiveGroup
	for _, w := range list {
		if w.Group.ID.IsEmpty() || !w.Association.Manager.ID.IsEmpty() {
			continue
		}
		g := azurenet.EffectiveGroup{Group: w.Group.ID, Subnet: w.Association.Subnet.ID}
		for _, r := range w.Rules {
			g.Rules = append(g.Rules, convertEffectiveRule(r))
		}
		out = append(out, g)
	}
	return out
}

// convertEffectiveRule reads a rule with what its tags stand for, where Azure says that.
func convertEffectiveRule(w wireEffectiveRule) azurenet.Rule {
	out := azurenet.Rule{
		Name: model.LastSegment(w.Name), Priority: w.Priority, Direction: w.Direction, Access: w.Access, Protocol: w.Protocol,
		Sources: firstOf(w.SourcesFull, w.Sources, one(w.Source)), SourcePorts: firstOf(w.FromPorts, one(w.FromPort)),
		Destinations: firstOf(w.ToFull, w.Destinations, one(w.Destination)), Ports: firstOf(w.Ports, one(w.Port)),
	}
	if out.Protocol.EqualFold(safe.New("All")) {
		out.Protocol = safe.New("*")
	}
	return out
}

func one(t safe.Text) []safe.Text {
	if t.IsEmpty() {
		return nil
	}
	return []safe.Text{t}
}

// firstOf is the first list that says anything.
func firstOf(lists ...[]safe.Text) []safe.Text {
	for _, l := range lists {
		if len(l) > 0 {
			return l
		}
	}
	return nil
}
