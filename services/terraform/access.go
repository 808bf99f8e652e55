package terraform

import (
	"context"
	"slices"

	"github.com/peerdeck/peerdeck/model"
	"github.com/peerdeck/peerdeck/model/safe"
)

// Grant is a role that Kong's application has on a VNET.
type Grant struct {
	Assignment model.RoleAssignment
	Role       model.RoleDefinition
}

// Access is what Kong's application may do in one VNET, as far as it could be read.
type Access struct {
	VNet     model.VNetRef
	Peerings []safe.Text // names of the peerings with it
	Grants   []Grant
	// Nobody: the application is not in the tenant.
	Nobody  bool
	Failure *model.Failure
}

// Roles reads roles and their assignments.
type Roles interface {
	Assignments(ctx context.Context, tenant, scope, principal safe.Text) ([]model.RoleAssignment, error)
	RoleDefinition(ctx context.Context, tenant, id safe.Text) (model.RoleDefinition, error)
}

// Directory reads who is in a tenant.
type Directory interface {
	Principal(ctx context.Context, tenant, app safe.Text) (model.ServicePrincipal, bool, error)
}

// Read reads what Kong's application may do in each VNET that a network is peered with.
// What could not be read has its failure.
func Read(ctx context.Context, n *model.NetworkStatus, roles Roles, directory Directory) []Access {
	var all []Access
	for i := range n.Peerings {
		p := &n.Peerings[i]
		if p.Kind != model.KindAzureVNet || p.VNet.IsZero() {
			continue
		}
		if at := slices.IndexFunc(all, func(a Access) bool { return a.VNet.Key() == p.VNet.Key() }); at >= 0 {
			all[at].Peerings = append(all[at].Peerings, p.Name)
			continue
		}
		all = append(all, readOne(ctx, p.VNet, p.Name, roles, directory))
	}
	return all
}

func readOne(ctx context.Context, vnet model.VNetRef, peering safe.Text, roles Roles, directory Directory) Access {
	a := Access{VNet: vnet, Peerings: []safe.Text{peering}}
	principal, found, err := directory.Principal(ctx, vnet.TenantID, safe.New(model.KongAppID))
	if err != nil {
		a.Failure = failure(err)
		return a
	}
	if !found {
		a.Nobody = true
		return a
	}
	assignments, err := roles.Assignments(ctx, vnet.TenantID, vnet.ID(), principal.ID)
	if err != nil {
		a.Failure = failure(err)
		return a
	}
	for _, assignment := range assignments {
		if !model.Covers(assignment.Scope, vnet.ID()) {
			continue
		}
		role, err := roles.RoleDefinition(ctx, vnet.TenantID, assignment.RoleDefinitionID)
		if err != nil {
			a.Failure = failure(err)
			continue
		}
		a.Grants = append(a.Grants, Grant{assignment, role})
	}
	return a
}

// failure is why something could not be read.
func failure(err error) *model.Failure {
	f, _ := model.AsFailure(err)
	return &f
}
