package azurenet

import (
	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// RouteTable is a table of a user's routes.
type RouteTable struct {
	ID     safe.Text
	Name   safe.Text
	Routes []Route
	// PeeringRoutes is what becomes of the routes of peerings in its subnets
	// (disablePeeringRoute): None disables none, All all; empty where Azure does not tell.
	PeeringRoutes safe.Text
	// NoGatewayRoutes is whether routes that the VNET's gateway learns are kept out of its
	// subnets (disableBgpRoutePropagation).
	NoGatewayRoutes model.Ternary
}

// Route is a user's route.
type Route struct {
	Name    safe.Text
	Prefix  model.Prefix
	NextHop safe.Text // VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet, None
	Address safe.Text // of the appliance
}
