package netfacts

import (
	"context"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/azure/armread"
	"github.com/peerdeck/peerdeck/services/cloud/rest"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// mostTables bounds the route tables of a hub that are asked for what is in effect: each is a
// question that Azure has to find out first.
const mostTables = 8

// HubWays reads how a hub routes: its route tables, its routing intent and, where that is
// wanted, what is really in effect by the tables that its connections name. Each part may
// fail by itself. Effective routes take an action that Reader does not have.
func (c *Client) HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays {
	r := c.reading(model.VNetRef(ref), w)
	var out model.HubWays
	tables := hubTablesOf(hub)
	if !effective {
		tables = nil
	}
	found := make([]model.HubEffective, len(tables))
	const written = 2
	errs := armread.Each(ctx, written+len(tables), func(ctx context.Context, i int) (err error) {
		switch i {
		case 0:
			out.Tables, err = hubTables(ctx, r, ref)
		case 1:
			out.Intent, err = hubIntent(ctx, r, ref)
		default:
			found[i-written], err = hubEffective(ctx, r, ref, tables[i-written])
		}
		return err
	})
	part := func(err error, what, action string) model.Part {
		if err == nil {
			return model.Part{At: c.now()}
		}
		f := r.Rest.Describe(err, ref.TenantID)
		f.Operation, f.Subject = "read", safe.New(what+" of the hub "+ref.Name.Raw())
		f = f.Explain(model.RefusedCall{Service: string(model.WriteARM), Tenant: ref.TenantID, Subscription: ref.SubscriptionID, Place: ref.Name, Action: action})
		return model.Part{Failure: &f}
	}
	out.TablesOf = part(errs[0], "the route tables", "Microsoft.Network/virtualHubs/hubRouteTables/read")
	out.IntentOf = part(errs[1], "the routing intent", "Microsoft.Network/virtualHubs/routingIntent/read")
	if !effective {
		return out
	}
	out.EffectiveOf = model.Part{At: c.now()}
	for i, err := range errs[written:] {
		if err == nil {
			out.Effective = append(out.Effective, found[i])
		} else if out.EffectiveOf.Read() {
			out.EffectiveOf = part(err, "the effective routes", "Microsoft.Network/virtualHubs/effectiveRoutes/action")
		}
	}
	return out
}

// hubTablesOf are the route tables that a hub's connections name, those by which they are routed
// first; the default one where they name none.
func hubTablesOf(hub model.VirtualHub) []safe.Text {
	var ids []safe.Text
	for _, c := range hub.Connections {
		ids = append(ids, c.Table)
	}
	for _, c := range hub.Connections {
		ids = append(ids, c.Propagates...)
	}
	ids = slices.DeleteFunc(armread.Distinct(ids), func(id safe.Text) bool {
		return strings.HasSuffix(armread.Key(id), "/noneroutetable") // it stands for none
	})
	if len(ids) == 0 {
		ids = []safe.Text{safe.New(hub.ID.Raw() + "/hubRouteTables/defaultRouteTable")}
	}
	return ids[:min(len(ids), mostTables)]
}

func hubTables(ctx context.Context, r armread.Reading, ref model.HubRef) ([]model.HubRouteTable, error) {
	at, err := r.Under(ref.ID(), "/hubRouteTables", NetworkVersion)
	if err != nil {
		return nil, err
	}
	list, err := armread.List[armnetwork.HubRouteTable](ctx, r, at)
	out := make([]model.HubRouteTable, 0, len(list))
	for _, t := range list {
		table := model.HubRouteTable{ID: rest.Text(t.ID), Name: rest.Text(t.Name)}
		if p := t.Properties; p != nil {
			table.Labels, table.Propagating = rest.Texts(p.Labels), rest.Texts(p.PropagatingConnections)
			if p.ProvisioningState != nil {
				table.Provisioning = model.ProvisioningState(safe.Clean(string(*p.ProvisioningState)))
			}
			for _, route := range p.Routes {
				if route != nil {
					table.Routes = append(table.Routes, model.HubRoute{
						Name: rest.Text(route.Name), Destinations: model.NewPrefixes(rest.Texts(route.Destinations)), Hops: []safe.Text{rest.Text(route.NextHop)}, HopType: rest.Text(route.NextHopType),
					})
				}
			}
		}
		out = append(out, table)
	}
	return out, err
}

func hubIntent(ctx context.Context, r armread.Reading, ref model.HubRef) ([]model.RoutingPolicy, error) {
	at, err := r.Under(ref.ID(), "/routingIntent", NetworkVersion)
	if err != nil {
		return nil, err
	}
	list, err := armread.List[armnetwork.RoutingIntent](ctx, r, at)
	var out []model.RoutingPolicy
	for _, i := range list {
		if i.Properties == nil {
			continue
		}
		for _, p := range i.Properties.RoutingPolicies {
			if p != nil {
				out = append(out, model.RoutingPolicy{Name: rest.Text(p.Name), Destinations: rest.Texts(p.Destinations), Hop: rest.Text(p.NextHop)})
			}
		}
	}
	return out, err
}

func hubEffective(ctx context.Context, r armread.Reading, ref model.HubRef, table safe.Text) (model.HubEffective, error) {
	out := model.HubEffective{Table: table}
	at, err := r.Under(ref.ID(), "/effectiveRoutes", NetworkVersion)
	if err != nil {
		return out, err
	}
	var got armnetwork.VirtualHubEffectiveRouteList
	err = r.AwaitOf(ctx, "the effective routes of the hub "+ref.Name.Raw(), at, map[string]string{"resourceId": table.Raw(), "virtualWanResourceType": "RouteTable"}, &got)
	if err == nil && got.Value == nil {
		err = r.Rest.Unreadable("it has no list in it")
	}
	for _, route := range got.Value {
		if route != nil {
			out.Routes = append(out.Routes, model.HubRoute{
				Destinations: model.NewPrefixes(rest.Texts(route.AddressPrefixes)), Hops: rest.Texts(route.NextHops), HopType: rest.Text(route.NextHopType),
			})
		}
	}
	return out, err
}
