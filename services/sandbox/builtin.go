package sandbox

// The names of the built-in roles that the world hands out.
const (
	roleOwner              = "Owner"
	roleContributor        = "Contributor"
	roleReader             = "Reader"
	roleNetworkContributor = "Network Contributor"
	roleAccessAdmin        = "User Access Administrator"
	roleRBACAdmin          = "Role Based Access Control Administrator"
)

// builtInRoles are roles that every tenant has, with their well-known ids.
func builtInRoles() []*roleDefinition {
	made := func(guid, name, description string, p permission) *roleDefinition {
		return &roleDefinition{name: guid, roleName: name, description: description, builtIn: true, permissions: []permission{p}, scopes: []string{"/"}}
	}
	return []*roleDefinition{
		made("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", roleOwner, "Full access, with the right to assign roles.", permission{actions: []string{"*"}}),
		made("b24988ac-6180-42a0-ab88-20f7382dd24c", roleContributor, "Full access, without the right to assign roles.", permission{
			actions: []string{"*"},
			notActions: []string{
				"Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action",
				"Microsoft.Blueprint/blueprintAssignments/write", "Microsoft.Blueprint/blueprintAssignments/delete",
				"Microsoft.Compute/galleries/share/action", "Microsoft.Purview/consents/write", "Microsoft.Purview/consents/delete",
				"Microsoft.Resources/deploymentStacks/manageDenySetting/action",
			},
		}),
		made("acdd72a7-3385-48ef-bd42-f606fba81ae7", roleReader, "Reads everything.", permission{actions: []string{"*/read"}}),
		made("4d97b98b-1d4f-4787-a291-c67834d212e7", roleNetworkContributor, "Manages networks.", permission{actions: []string{
			"Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*", "Microsoft.Network/*",
			"Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*",
			"Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Support/*",
		}}),
		made("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", roleAccessAdmin, "Manages the access of users.", permission{actions: []string{
			"*/read", "Microsoft.Authorization/*", "Microsoft.Support/*",
		}}),
		made("f58310d9-a9f6-439a-9e8d-f62e7b41a168", roleRBACAdmin, "Assigns roles, and cannot make them.", permission{actions: []string{
			"Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete", "*/read", "Microsoft.Support/*",
		}}),
	}
}
