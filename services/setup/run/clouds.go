package run

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurecloud"
	"github.com/peerdeck/peerdeck/model/azurenet"
	dnsverdict "github.com/peerdeck/peerdeck/model/dns/verdict"
	"github.com/peerdeck/peerdeck/model/finding"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/model/setup"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	dnsprobe "github.com/peerdeck/peerdeck/services/dns/probe"
	"github.com/peerdeck/peerdeck/services/paths/making"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Clouds is everything outside that a run works with. The clients must not retry
// by themselves.
type Clouds struct {
	Konnect   Konnect
	Azure     Azure
	Ways      Ways
	Hubs      Hubs
	Roles     Roles
	Directory Directory
	DNS       DNS
	// Login is the address of the Microsoft sign-in, for the consent link.
	Login safe.Text
	Cloud azurecloud.Cloud // whose all of that is
}

// Konnect is what a run asks of Kong Konnect.
type Konnect interface {
	Networks
	Peerings
	Resolvers
	ControlPlanes
}

// ControlPlanes are those that run on a network, with their services and routes.
type ControlPlanes interface {
	making.Konnect
	References(ctx context.Context, network safe.Text) (konnect.List[model.ConfigurationReference], error)
	ControlPlane(ctx context.Context, geo, id safe.Text) (model.ControlPlane, error)
	Members(ctx context.Context, group model.ControlPlane) (konnect.List[model.ControlPlane], error)
}

// Networks are Konnect's networks, and what they stand on.
type Networks interface {
	Networks(ctx context.Context, onPage func([]model.Network, int)) (konnect.List[model.Network], error)
	Network(ctx context.Context, id safe.Text) (model.Network, error)
	ProviderAccounts(ctx context.Context) (konnect.List[model.ProviderAccount], error)
	Availability(ctx context.Context) (model.Availability, error)
	CreateNetworkWrite(n model.NewNetwork) model.Write
	CreateNetwork(ctx context.Context, name safe.Text, w model.Write) (model.Network, error)
	DeleteNetworkWrite(id safe.Text) model.Write
	DeleteNetwork(ctx context.Context, id safe.Text, w model.Write) error
}

// Peerings are the peerings of a network.
type Peerings interface {
	Peerings(ctx context.Context, network safe.Text) (konnect.List[model.Peering], error)
	Peering(ctx context.Context, network, id safe.Text) (model.Peering, error)
	CreatePeeringWrite(network safe.Text, r setup.Request) model.Write
	CreatePeering(ctx context.Context, network safe.Text, w model.Write) (model.Peering, error)
	DeletePeeringWrite(network, id safe.Text) model.Write
	DeletePeering(ctx context.Context, network safe.Text, w model.Write) error
}

// Resolvers are the private DNS attachments of a network, to be read: what changes them
// is [mappings.Sender], and nothing else.
type Resolvers interface {
	PrivateDNS(ctx context.Context, network safe.Text) (konnect.List[model.PrivateDNS], error)
	PrivateDNSByID(ctx context.Context, network, id safe.Text) (model.PrivateDNS, error)
}

// Azure is what a run reads of subscriptions and VNETs.
type Azure interface {
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
	Subscription(ctx context.Context, tenant, id safe.Text) (model.Subscription, error)
	Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error)
	VNets(ctx context.Context, tenant, subscription safe.Text) ([]model.VNet, error)
	Halves
	Parts
}

// Parts are parts of the customer's network, to be changed: rules of security groups, and
// routes.
type Parts interface {
	Kept(ctx context.Context, tenant, id safe.Text) (azurenet.Kept, error)
	RuleWrite(group safe.Text, r azurenet.Rule, why string) model.Write
	Rule(ctx context.Context, tenant, id safe.Text) (azurenet.WrittenRule, error)
	DeleteRuleWrite(id safe.Text) model.Write
	Route(ctx context.Context, tenant, id safe.Text) (azurenet.Route, error)
	DeleteRouteWrite(id safe.Text) model.Write
	Change(ctx context.Context, tenant, id safe.Text, w model.Write) error
}

// Ways reads what lies on the ways through a VNET to some addresses.
type Ways interface {
	Read(ctx context.Context, ref model.VNetRef, addresses []safe.Text, w attempt.Waiter) azurenet.Facts
}

// Halves are the halves of peerings in VNETs of the customer's, to be mended.
type Halves interface {
	HalfWrite(ctx context.Context, ref model.VNetRef, name safe.Text, by finding.Sequence) (model.Write, error)
	PutHalf(ctx context.Context, ref model.VNetRef, name safe.Text, w model.Write) error
	DeleteHalfWrite(ref model.VNetRef, name safe.Text) model.Write
	DeleteHalf(ctx context.Context, ref model.VNetRef, name safe.Text, w model.Write) error
}

// Hubs reads virtual hubs, and how they route.
type Hubs interface {
	Hub(ctx context.Context, ref model.HubRef) (model.VirtualHub, error)
	HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays
}

// Roles is Azure's role-based access control.
type Roles interface {
	Definitions
	Assignments
	Permissions(ctx context.Context, tenant, scope safe.Text) ([]model.PermissionSet, error)
}

// Definitions are role definitions.
type Definitions interface {
	RoleDefinitions(ctx context.Context, tenant, scope, roleName safe.Text) ([]model.RoleDefinition, error)
	RoleDefinition(ctx context.Context, tenant, id safe.Text) (model.RoleDefinition, error)
	PutRoleWrite(scope safe.Text, d model.RoleDefinition) model.Write
	PutRole(ctx context.Context, tenant safe.Text, w model.Write) (model.RoleDefinition, error)
	DeleteRoleWrite(id safe.Text) model.Write
	DeleteRole(ctx context.Context, tenant safe.Text, w model.Write) error
}

// Assignments are role assignments.
type Assignments interface {
	Assignments(ctx context.Context, tenant, scope, principal safe.Text) ([]model.RoleAssignment, error)
	Assignment(ctx context.Context, tenant, id safe.Text) (model.RoleAssignment, error)
	PutAssignmentWrite(a model.RoleAssignment) model.Write
	PutAssignment(ctx context.Context, tenant safe.Text, w model.Write) (model.RoleAssignment, error)
	DeleteAssignmentWrite(id safe.Text) model.Write
	DeleteAssignment(ctx context.Context, tenant safe.Text, w model.Write) error
}

// Directory is Microsoft Graph.
type Directory interface {
	Principal(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error)
	Deleted(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error)
	CreatePrincipalWrite(app safe.Text) model.Write
	CreatePrincipal(ctx context.Context, tenant safe.Text, w model.Write) (model.ServicePrincipal, error)
}

// DNS asks DNS servers.
type DNS interface {
	Run(ctx context.Context, asks []dnsprobe.Ask, plan dnsprobe.Plan) ([][]dnsverdict.Report, error)
}
