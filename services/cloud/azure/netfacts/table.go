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

// newerRoutes is the version of the network API that tells of route tables whether they take
// the routes of peerings. The SDK speaks an older one, whose answers lack it, and some clouds
// know no newer one.
const newerRoutes = "2025-07-01"

// wireTable is a route table as the newer version tells it.
type wireTable struct {
	ID         safe.Text `json:"id"`
	Name       safe.Text `json:"name"`
	Properties *struct {
		Routes   []*armnetwork.Route `json:"routes"`
		Gateways *bool               `json:"disableBgpRoutePropagation"`
		Peerings safe.Text           `json:"disablePeeringRoute"`
	} `json:"properties"`
}

// Tables reads route tables by their ids.
func Tables(ctx context.Context, r armread.Reading, ids []safe.Text) azurenet.Facts {
	ids = armread.Distinct(ids)
	s := source[wireTable]{
		id: func(t *wireTable) safe.Text { return t.ID },
		one: func(ctx context.Context, id safe.Text) (*wireTable, error) {
			return armread.Share(ctx, r.Shared, armread.Key(id), func(ctx context.Context) (*wireTable, error) { return readTable(ctx, r, id) })
		},
		list: func(ctx context.Context, subscription safe.Text) ([]*wireTable, error) {
			return listed[wireTable](ctx, r, subscription, "routeTables", newerRoutes)
		},
	}
	found, errs := byIDs(ctx, s, ids)
	var out azurenet.Facts
	for i, t := range found {
		err := errs[i]
		if err == nil && t.Properties == nil {
			err = r.Rest.Unreadable("it has no routes in it")
		}
		if err != nil {
			out.Gaps = append(out.Gaps, r.Gap(azurenet.PartRoutes, "the route table "+model.LastSegment(ids[i]).Raw(), ids[i], err))
			continue
		}
		out.Tables = append(out.Tables, convertTable(ids[i], *t))
	}
	return out
}

// readTable reads a route table in the newer version of the API, and in the older one where
// that is not known.
func readTable(ctx context.Context, r armread.Reading, id safe.Text) (*wireTable, error) {
	at, err := r.Under(id, "", newerRoutes)
	if err != nil {
		return nil, err
	}
	var got wireTable
	if err = r.Get(ctx, at, &got); err == nil {
		return &got, nil
	}
	switch r.Rest.Describe(err, r.Ref.TenantID).Code.Raw() {
	case "NoRegisteredProviderFound", "InvalidResourceType", "InvalidApiVersionParameter", "InvalidApiVersion":
	default:
		return nil, err
	}
	if at, err = r.Under(id, "", NetworkVersion); err != nil {
		return nil, err
	}
	var older wireTable
	return &older, r.Get(ctx, at, &older)
}

func convertTable(id safe.Text, t wireTable) azurenet.RouteTable {
	out := azurenet.RouteTable{
		ID: id, Name: t.Name.Or(model.LastSegment(id).Raw()), PeeringRoutes: t.Properties.Peerings, NoGatewayRoutes: flag(t.Properties.Gateways),
	}
	for _, route := range t.Properties.Routes {
		if route != nil && route.Properties != nil {
			out.Routes = append(out.Routes, RouteOf(*route))
		}
	}
	return out
}

// RouteOf reads a route of a route table.
func RouteOf(r armnetwork.Route) azurenet.Route {
	out := azurenet.Route{Name: rest.Text(r.Name)}
	if p := r.Properties; p != nil {
		out.Prefix, out.NextHop, out.Address = model.NewPrefix(rest.Text(p.AddressPrefix)), word(p.NextHopType), rest.Text(p.NextHopIPAddress)
	}
	return out
}
