package azure

import (
	"slices"

	"peerdeck/model"
	"peerdeck/model/safe"
)

// Facts are what was read around one VNET. Lists hold what was read; Gaps tells what
// was not, so that an empty list is not taken for "there is none".
type Facts struct {
	VNet      model.VNet
	Groups    []SecurityGroup // of the subnets that hold the servers
	Tables    []RouteTable    // of the same
	Resolvers []Resolver      // of the subscription
	Rulesets  []Ruleset       // of the subscription
	Zones     []Zone          // of the subscription, as far as the domains lie in them
	Addresses []Address       // of the servers that lie in a subnet
	Cards     []Card          // network cards of the subscription that have one of the addresses, or are for one of the domains
	Gaps      []Gap
}

// Part is a part of the facts that can be read, or not, apart from the others.
type Part string

// The parts.
const (
	PartVNet      Part = "VNET"
	PartRules     Part = "security group"
	PartRoutes    Part = "route table"
	PartResolvers Part = "private resolvers"
	PartRulesets  Part = "forwarding rulesets"
	PartZones     Part = "private zones"
	PartAddresses Part = "addresses"
	PartCards     Part = "network cards"
)

// Gap is a part that could not be read, or one thing of it.
type Gap struct {
	Part    Part
	Subject safe.Text // ARM id or address of the one thing; empty for the whole part
	Failure model.Failure
}

// SecurityGroup is a network security group.
type SecurityGroup struct {
	ID    safe.Text
	Name  safe.Text
	Rules []Rule // those that Azure adds included, in any order
}

// Rule is a rule of a security group.
type Rule struct {
	Name              safe.Text
	Priority          int       // the least one is asked first
	Direction         safe.Text // Inbound, Outbound
	Access            safe.Text // Allow, Deny
	Protocol          safe.Text // Tcp, Udp, Icmp, Esp, Ah, *
	Sources           []safe.Text
	SourceGroups      []safe.Text // application security groups, by ARM id
	SourcePorts       []safe.Text
	Destinations      []safe.Text
	DestinationGroups []safe.Text // application security groups, by ARM id
	Ports             []safe.Text
}

// RouteTable is a table of a user's routes.
type RouteTable struct {
	ID     safe.Text
	Name   safe.Text
	Routes []Route
	// PeeringRoutes is what becomes of the routes of peerings in its subnets
	// (disablePeeringRoute): None disables none, All all; empty where Azure does not tell.
	PeeringRoutes safe.Text
}

// Card is a network card.
type Card struct {
	ID        safe.Text
	Name      safe.Text
	Machine   safe.Text // ARM id of the machine that it is in, empty for none
	Endpoint  safe.Text // ARM id of the private endpoint that it is of, empty for none
	Group     safe.Text // ARM id of its own security group, empty for none
	Addresses []CardAddress
}

// CardAddress is an address of a network card.
type CardAddress struct {
	Address safe.Text
	Subnet  safe.Text   // ARM id
	Names   []safe.Text // that a private endpoint is for at this address
}

// Route is a user's route.
type Route struct {
	Name    safe.Text
	Prefix  model.Prefix
	NextHop safe.Text // VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet, None
	Address safe.Text // of the appliance
}

// Resolver is an Azure DNS private resolver.
type Resolver struct {
	ID        safe.Text
	Name      safe.Text
	VNet      safe.Text // ARM id of the VNET that it is in
	State     model.ProvisioningState
	Endpoints []Endpoint // inbound ones
}

// Endpoint is an inbound endpoint of a resolver: the address at which it is asked.
type Endpoint struct {
	ID        safe.Text
	Name      safe.Text
	State     model.ProvisioningState
	Addresses []EndpointAddress
}

// EndpointAddress is an address of an endpoint.
type EndpointAddress struct {
	Address safe.Text
	Subnet  safe.Text // ARM id
	Dynamic bool      // Azure chose it, and may choose another
}

// Ruleset is a set of forwarding rules.
type Ruleset struct {
	ID    safe.Text
	Name  safe.Text
	Rules []ForwardingRule
	Links []Link
}

// ForwardingRule sends the questions for a domain to other servers.
type ForwardingRule struct {
	Name     safe.Text
	Domain   safe.Text // with a dot at its end
	Targets  []safe.Text
	Disabled bool
}

// Zone is a private DNS zone.
type Zone struct {
	ID      safe.Text
	Name    safe.Text
	Links   []Link
	Records []Record // of the names that were looked for
}

// Record is what a private zone holds for a name.
type Record struct {
	Name      safe.Text // in the zone, such as acct
	Held      bool      // it has a record of any type that leads to an address
	Addresses []safe.Text
}

// Link ties a ruleset or a zone to a VNET.
type Link struct {
	Name     safe.Text
	VNet     safe.Text               // ARM id
	State    safe.Text               // of a zone's link: Completed, InProgress
	Provided model.ProvisioningState // Succeeded and others
	Fallback bool                    // of a zone's link: what it does not hold is asked for in the Internet
}

// Address is what Azure says of one address of the VNET.
type Address struct {
	Address  safe.Text
	Free     bool // nothing uses it
	Reserved bool // it is Azure's own
}

// gap returns why a thing of a part is not known, nil if nothing says so. An empty
// subject asks for the part as a whole, and any gap in it counts.
func (f Facts) gap(part Part, subject safe.Text) *Gap {
	for i := range f.Gaps {
		g := &f.Gaps[i]
		if g.Part == part && (subject.IsEmpty() || g.Subject.IsEmpty() || g.Subject.EqualFold(subject)) {
			return g
		}
	}
	return nil
}

// resolverGap returns why the inbound endpoints of the VNET itself are not known, nil
// if nothing says so.
func (f Facts) resolverGap() *Gap {
	for i := range f.Gaps {
		g := &f.Gaps[i]
		own := func(r Resolver) bool { return r.VNet.EqualFold(f.VNet.ID) && r.ID.EqualFold(g.Subject) }
		if g.Part == PartResolvers && (g.Subject.IsEmpty() || slices.ContainsFunc(f.Resolvers, own)) {
			return g
		}
	}
	return nil
}
