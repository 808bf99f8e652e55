package azurenet

import (
	"time"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Effective is what Azure really does at a network card, as it tells when somebody asks:
// its machine has to run. It outranks what is made of tables and groups here.
type Effective struct {
	Card       safe.Text // ARM id
	Routes     []EffectiveRoute
	RoutesRead bool
	Groups     []EffectiveGroup
	GroupsRead bool
	At         time.Time
}

// EffectiveRoute is a route that is in effect at a network card.
type EffectiveRoute struct {
	Name      safe.Text
	Source    safe.Text // Default, User, VirtualNetworkGateway, Unknown
	State     safe.Text // Active, Invalid
	Prefixes  []model.Prefix
	NextHop   safe.Text // VNetPeering and VNetGlobalPeering beside those of a user's route
	Addresses []safe.Text
}

// EffectiveGroup is a security group as it is in effect at a network card, with the
// addresses that its tags stand for.
type EffectiveGroup struct {
	Group  safe.Text // ARM id
	Subnet safe.Text // ARM id of the subnet that it comes by; empty where it is the card's own
	Rules  []Rule
}
