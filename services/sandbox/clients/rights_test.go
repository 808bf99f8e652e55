package clients_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/authorization/armauthorization/v2"

	"github.com/peerdeck/peerdeck/services/sandbox"
)

const (
	reader   = "acdd72a7-3385-48ef-bd42-f606fba81ae7"
	guid1    = "11111111-1111-4111-8111-111111111111"
	guid2    = "22222222-2222-4222-8222-222222222222"
	kongRole = "Kong Cloud Gateway Peering Creator - Kong"
)

func roles(filter string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return all(ctx, a.authorization.NewRoleDefinitionsClient().NewListPager(a.home, &armauthorization.RoleDefinitionsClientListOptions{Filter: new(filter)}))
	}
}

// assignments are those of a scope. The module writes the filter into the address as it is.
func assignments(scope, filter func(*azure) string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		text := strings.ReplaceAll(filter(a), " ", "%20")
		return all(ctx, a.authorization.NewRoleAssignmentsClient().NewListForScopePager(scope(a), &armauthorization.RoleAssignmentsClientListForScopeOptions{Filter: &text}))
	}
}

func putRole(name, id string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return a.authorization.NewRoleDefinitionsClient().CreateOrUpdate(ctx, a.home, id, armauthorization.RoleDefinition{Properties: &armauthorization.RoleDefinitionProperties{
			RoleName: &name, RoleType: new("CustomRole"), AssignableScopes: []*string{&a.home},
			Permissions: []*armauthorization.Permission{{Actions: []*string{new("Microsoft.Network/virtualNetworks/read")}}},
		}}, nil)
	}
}

func putAssignment(name string, role func(*azure) string) call {
	return func(ctx context.Context, a *azure) (any, error) {
		return a.authorization.NewRoleAssignmentsClient().Create(ctx, a.dmz, name, armauthorization.RoleAssignmentCreateParameters{Properties: &armauthorization.RoleAssignmentProperties{
			RoleDefinitionID: new(role(a)), PrincipalID: &a.kong, PrincipalType: new(armauthorization.PrincipalTypeServicePrincipal),
		}}, nil)
	}
}

const shortRole = "/providers/Microsoft.Authorization/roleDefinitions/"

func TestRoles(t *testing.T) {
	t.Parallel()
	enter(t, sandbox.Options{}).run([]row{
		{name: "list by name", says: `"CustomRole" "Microsoft.Network/virtualNetworks/peer/action"`, hides: `"Owner"`, do: roles("roleName eq '" + kongRole + "'")},
		{name: "list by another name", says: `"value":[]`, do: roles("roleName eq 'Alice''s'")},
		{name: "list of custom roles", says: `"CustomRole"`, hides: `"BuiltInRole"`, do: roles("type eq 'CustomRole'")},
		{name: "list of built-in roles", says: `"BuiltInRole" "Reader"`, hides: `"CustomRole"`, do: roles("type eq 'BuiltInRole'")},
		{name: "list of those below", says: `"CustomRole"`, do: roles("atScopeAndBelow()")},
		{name: "list by what there is not", status: 400, code: "BadRequestFormat", do: roles("colour eq 'red'")},
		{name: "get", says: `"roleName":"Reader"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().Get(ctx, a.home, reader, nil)
		}},
		{name: "get by the short path", says: `"roleName":"Reader" "id":"/providers/Microsoft.Authorization/roleDefinitions/acdd`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().GetByID(ctx, shortRole+reader, nil)
		}},
		{name: "get of none by the short path", status: 404, code: "RoleDefinitionDoesNotExist", do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().GetByID(ctx, shortRole+guid1, nil)
		}},
		{name: "list without a scope", says: `"Owner"`, hides: `"CustomRole"`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewRoleDefinitionsClient().NewListPager("", nil))
		}},
		{name: "create", status: 201, says: `"mine" "CustomRole"`, do: putRole("mine", guid1)},
		{name: "create again", status: 201, says: `"mine"`, do: putRole("mine", guid1)},
		{name: "create another of the name", status: 409, code: "RoleDefinitionWithSameNameExists", do: putRole("mine", guid2)},
		{name: "get of the custom one by the short path", says: `"mine"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().GetByID(ctx, shortRole+guid1, nil)
		}},
		{name: "delete", status: 200, says: `"mine"`, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().Delete(ctx, a.home, guid1, nil)
		}},
		{name: "delete of none", status: 204, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleDefinitionsClient().Delete(ctx, a.home, guid1, nil)
		}},
		{name: "Permissions.ListForResourceGroup", says: `"actions":["*"]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewPermissionsClient().NewListForResourceGroupPager(group, nil))
		}},
		{name: "Permissions.ListForResource", says: `"actions":["*"]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewPermissionsClient().NewListForResourcePager(group, "Microsoft.Network", "", "virtualNetworks", hub, nil))
		}},
		{name: "Permissions.ListForResource of another kind", says: `"actions":["*"]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewPermissionsClient().NewListForResourcePager(group, "Microsoft.Network", "virtualNetworks/vnet-hub", "subnets", "snet-dns", nil))
		}},
		{name: "Permissions.ListForResource of none", status: 404, code: "ResourceNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewPermissionsClient().NewListForResourcePager(group, "Microsoft.Network", "", "routeTables", "none", nil))
		}},
		{name: "DenyAssignments.List", says: `"value":[]`, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewDenyAssignmentsClient().NewListPager(nil))
		}},
		{name: "DenyAssignments.Get of none", status: 404, code: "DenyAssignmentNotFound", do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewDenyAssignmentsClient().Get(ctx, a.home, guid1, nil)
		}},
		{name: "policy assignments", says: `{"value":[]}`, do: at("GET", func(a *azure) string {
			return a.hub + "/providers/Microsoft.Authorization/policyAssignments?api-version=2023-04-01"
		}, nil)},
	})
}

func TestAssignments(t *testing.T) {
	t.Parallel()
	dmz, home := func(a *azure) string { return a.dmz }, func(a *azure) string { return a.home }
	byShortPath := func(*azure) string { return shortRole + reader }
	a := enter(t, sandbox.Options{})
	a.run([]row{
		{name: "create, with the short path of the role", status: 201, says: `"principalType":"ServicePrincipal" roleDefinitions/acdd`, do: putAssignment(guid1, byShortPath)},
		{name: "create again", status: 200, says: guid1, do: putAssignment(guid1, byShortPath)},
		{name: "create the same under another name", status: 409, code: "RoleAssignmentExists", do: putAssignment(guid2, byShortPath)},
		{name: "create with a role that is not there", status: 404, code: "RoleDefinitionDoesNotExist", do: putAssignment(guid2, func(*azure) string { return shortRole + guid2 })},
		{name: "get", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().Get(ctx, a.dmz, guid1, nil)
		}},
		{name: "get by id", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().GetByID(ctx, a.dmz+"/providers/Microsoft.Authorization/roleAssignments/"+guid1, nil)
		}},
		{name: "list of a principal", says: guid1, do: assignments(dmz, func(a *azure) string { return "principalId eq '" + a.kong + "'" })},
		{name: "list of a principal, from above", says: guid1, do: assignments(home, func(a *azure) string { return "principalId eq '" + a.kong + "'" })},
		{name: "list of another principal", says: `"value":[]`, do: assignments(dmz, func(*azure) string { return "principalId eq '" + guid2 + "'" })},
		{name: "list of what is assigned to", says: guid1, do: assignments(dmz, func(a *azure) string { return "assignedTo('" + a.kong + "')" })},
		{name: "list at the scope", says: guid1, do: assignments(dmz, func(*azure) string { return "atScope()" })},
		{name: "list at the scope above", hides: guid1, do: assignments(home, func(*azure) string { return "atScope()" })},
		{name: "list at the scope of a principal", says: guid1, do: assignments(dmz, func(a *azure) string { return "atScope() and assignedTo('" + a.kong + "')" })},
		{name: "list with two filters that do not go together", status: 400, code: "BadRequestFormat", do: assignments(dmz, func(a *azure) string {
			return "atScope() and principalId eq '" + a.kong + "'"
		})},
		{name: "list for the subscription", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewRoleAssignmentsClient().NewListForSubscriptionPager(nil))
		}},
		{name: "list for the group", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewRoleAssignmentsClient().NewListForResourceGroupPager(group, nil))
		}},
		{name: "list for the resource", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewRoleAssignmentsClient().NewListForResourcePager(group, "Microsoft.Network", "virtualNetworks", "vnet-dmz", nil))
		}},
		{name: "list for another kind of resource", hides: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return all(ctx, a.authorization.NewRoleAssignmentsClient().NewListForResourcePager(group, "Microsoft.Network", "routeTables", "rt-apps", nil))
		}},
		{name: "list without a scope", status: 403, code: "AuthorizationFailed", do: assignments(func(*azure) string { return "" }, func(*azure) string { return "atScope()" })},
		{name: "delete", status: 200, says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().Delete(ctx, a.dmz, guid1, nil)
		}},
		{name: "delete by id of none", status: 204, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().DeleteByID(ctx, a.dmz+"/providers/Microsoft.Authorization/roleAssignments/"+guid1, nil)
		}},
		{name: "create by id", status: 201, says: guid2, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().CreateByID(ctx, a.dmz+"/providers/Microsoft.Authorization/roleAssignments/"+guid2, armauthorization.RoleAssignmentCreateParameters{
				Properties: &armauthorization.RoleAssignmentProperties{RoleDefinitionID: new(shortRole + reader), PrincipalID: &a.kong},
			}, nil)
		}},
	})
}

// What is new shows late, and what a list has shown once it shows from then on.
func TestLateLists(t *testing.T) {
	t.Parallel()
	const late = 10 * time.Second
	a := enter(t, sandbox.Options{Replication: late})
	list := assignments(func(a *azure) string { return a.dmz }, func(a *azure) string { return "principalId eq '" + a.kong + "'" })
	rows := []row{
		{name: "create", says: guid1, do: putAssignment(guid1, func(*azure) string { return shortRole + reader })},
		{name: "list", hides: guid1, do: list},
		{name: "list again", hides: guid1, do: list},
		{name: "get", says: guid1, do: func(ctx context.Context, a *azure) (any, error) {
			return a.authorization.NewRoleAssignmentsClient().Get(ctx, a.dmz, guid1, nil)
		}},
	}
	a.run(rows)
	a.clock.Advance(late)
	a.run([]row{{name: "list later", says: guid1, do: list}, {name: "list later again", says: guid1, do: list}, {name: "list a third time", says: guid1, do: list}})
}
