package azure

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what was read around one VNET: the network around the servers, and what is
// about DNS. Lists hold what was read; Gaps tells what was not, so that an empty list is not
// taken for "there is none".
type Facts struct {
	azurenet.Facts

	Resolvers []Resolver // of the subscription
	Rulesets  []Ruleset  // of the subscription
	Zones     []Zone     // of the subscription, as far as the domains lie in them
}

// The parts of the facts that are about DNS, beside those about the network.
const (
	PartResolvers azurenet.Part = "private resolvers"
	PartRulesets  azurenet.Part = "forwarding rulesets"
	PartZones     azurenet.Part = "private zones"
)

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

// resolverGap returns why the inbound endpoints of the VNET itself are not known, nil
// if nothing says so.
func (f Facts) resolverGap() *azurenet.Gap {
	for i := range f.Gaps {
		g := &f.Gaps[i]
		own := func(r Resolver) bool { return r.VNet.EqualFold(f.VNet.ID) && r.ID.EqualFold(g.Subject) }
		if g.Part == PartResolvers && (g.Subject.IsEmpty() || slices.ContainsFunc(f.Resolvers, own)) {
			return g
		}
	}
	return nil
}
