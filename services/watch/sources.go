package watch

import (
	"context"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/azurenet"
	"github.com/peerdeck/peerdeck/model/safe"
	"github.com/peerdeck/peerdeck/services/cloud/konnect"
	"github.com/peerdeck/peerdeck/services/run/attempt"
)

// Konnect is what the watcher asks of Konnect. Errors are model.Failures.
type Konnect interface {
	Organization(ctx context.Context) (model.Organization, error)
	User(ctx context.Context) (model.User, error)
	ProviderAccounts(ctx context.Context) (konnect.List[model.ProviderAccount], error)
	Networks(ctx context.Context, onPage func([]model.Network, int)) (konnect.List[model.Network], error)
	Peerings(ctx context.Context, network safe.Text) (konnect.List[model.Peering], error)
	PrivateDNS(ctx context.Context, network safe.Text) (konnect.List[model.PrivateDNS], error)
	References(ctx context.Context, network safe.Text) (konnect.List[model.ConfigurationReference], error)
	ControlPlanes(ctx context.Context, geo safe.Text, ids []safe.Text) ([]model.ControlPlane, error)
	// SignedIn says where the token comes from, or why there is none.
	SignedIn() model.Identity
}

// Rules reads the security groups and route tables that the subnets of a VNET name. What
// cannot be read is among the gaps.
type Rules interface {
	Subnets(ctx context.Context, ref model.VNetRef, v model.VNet, w attempt.Waiter) azurenet.Facts
	// Forget has everything read anew from now on, whatever was read just now.
	Forget()
}

// Hubs reads virtual hubs.
type Hubs interface {
	Hub(ctx context.Context, ref model.HubRef) (model.VirtualHub, error)
	// HubWays reads how a hub routes, with what is really in effect where that is wanted. What
	// cannot be read is said in the parts.
	HubWays(ctx context.Context, ref model.HubRef, hub model.VirtualHub, effective bool, w attempt.Waiter) model.HubWays
}

// Azure is what the watcher asks of Azure.
type Azure interface {
	VNet(ctx context.Context, ref model.VNetRef) (model.VNet, error)
	// Subscriptions lists those that the account sees in a tenant, with their states.
	Subscriptions(ctx context.Context, tenant safe.Text) ([]model.Subscription, error)
	// Search lists the VNETs that the account can read in a tenant, bounded. What cannot be
	// read is part of the answer.
	Search(ctx context.Context, tenant safe.Text) (model.VNetSearch, error)
	// Identity says who is signed in to a tenant and by what, or why nobody is.
	Identity(tenant safe.Text) model.Identity
	Forget()
}
