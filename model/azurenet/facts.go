package azurenet

import (
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Facts are what was read of the network around one VNET. Lists hold what was read; Gaps
// tells what was not, so that an empty list is not taken for "there is none".
type Facts struct {
	VNet        model.VNet
	Groups      []SecurityGroup   // of subnets and of network cards
	Tables      []RouteTable      // of subnets
	Cards       []Card            // network cards with an address in the VNET, and what else was looked for
	AdminRules  []AdminRule       // that Virtual Network Manager applies to the VNET
	Balancers   []Balancer        // with a front end or a backend in the VNET
	AppGateways []AppGateway      // in the VNET
	Endpoints   []PrivateEndpoint // in the VNET
	Policies    []SubnetPolicies  // of its subnets
	Effective   []Effective       // of network cards of which somebody asked
	Addresses   []Address         // that Azure was asked about
	Records     []Record          // address records of private zones
	Gaps        []Gap
}

// Part is a part of the facts that can be read, or not, apart from the others.
type Part string

// The parts.
const (
	PartVNet        Part = "VNET"
	PartRules       Part = "security group"
	PartRoutes      Part = "route table"
	PartAddresses   Part = "addresses"
	PartCards       Part = "network cards"
	PartAdminRules  Part = "security admin rules"
	PartBalancers   Part = "load balancers"
	PartAppGateways Part = "application gateways"
	PartEndpoints   Part = "private endpoints"
	PartPolicies    Part = "network policies of subnets"
	PartEffective   Part = "effective routes and rules"
	PartRecords     Part = "private DNS records"
)

// Gap is a part that could not be read, or one thing of it.
type Gap struct {
	Part    Part
	Subject safe.Text // ARM id or address of the one thing; empty for the whole part
	Failure model.Failure
}

// Why is the reason for which it is not known, as a clause.
func (g Gap) Why() string {
	return "not known: " + g.Failure.Cause.Or("it was not read").String()
}

// Gap returns why a thing of a part is not known, nil if nothing says so. An empty
// subject asks for the part as a whole, and any gap in it counts.
func (f Facts) Gap(part Part, subject safe.Text) *Gap {
	for i := range f.Gaps {
		g := &f.Gaps[i]
		if g.Part == part && (subject.IsEmpty() || g.Subject.IsEmpty() || g.Subject.EqualFold(subject)) {
			return g
		}
	}
	return nil
}

// Table finds a route table among the facts.
func (f Facts) Table(id safe.Text) (RouteTable, bool) {
	return find(f.Tables, func(t RouteTable) bool { return t.ID.EqualFold(id) })
}

// Group finds a security group among the facts.
func (f Facts) Group(id safe.Text) (SecurityGroup, bool) {
	return find(f.Groups, func(g SecurityGroup) bool { return g.ID.EqualFold(id) })
}

// SubnetAt finds the subnet of the VNET that an address lies in.
func (f Facts) SubnetAt(address safe.Text) (model.Subnet, bool) {
	return find(f.VNet.Subnets, func(s model.Subnet) bool {
		return slices.ContainsFunc(s.Prefixes, func(p model.Prefix) bool { return p.Contains(address) })
	})
}

func find[T any](list []T, is func(T) bool) (T, bool) {
	if i := slices.IndexFunc(list, is); i >= 0 {
		return list[i], true
	}
	var none T
	return none, false
}
