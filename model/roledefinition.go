package model

import (
	"slices"
	"strings"

	"github.com/peerdeck/peerdeck/model/safe"
)

// RoleDefinition is an Azure role as far as a set-up needs it.
type RoleDefinition struct {
	ID               safe.Text // ARM id; its last segment is the GUID
	Name             safe.Text // the GUID
	RoleName         safe.Text
	Description      safe.Text
	Type             safe.Text // CustomRole or BuiltInRole
	Permissions      []PermissionSet
	AssignableScopes []safe.Text
}

// RoleAssignment gives a role to a principal at a scope.
type RoleAssignment struct {
	ID               safe.Text
	Name             safe.Text // the GUID
	Scope            safe.Text
	RoleDefinitionID safe.Text
	PrincipalID      safe.Text // object id
	PrincipalType    safe.Text
	Condition        safe.Text
}

// ServicePrincipal is an application in a tenant.
type ServicePrincipal struct {
	ID      safe.Text // object id: what a role is assigned to
	AppID   safe.Text
	Name    safe.Text
	Enabled Ternary
	Owner   safe.Text // tenant that owns the application
}

// Subscription is an Azure subscription that the signed-in account can see.
type Subscription struct {
	ID       safe.Text
	Name     safe.Text
	TenantID safe.Text
	State    safe.Text // Enabled, Disabled, …
}

// PeeringActions are the rights that Kong's application needs on a VNET, as its
// instructions list them.
func PeeringActions() []string {
	return []string{
		"Microsoft.Network/virtualNetworks/read",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
		"Microsoft.Network/virtualNetworks/peer/action",
	}
}

// RoleDescription is what the custom role says about itself.
const RoleDescription = "Perform cross-tenant network peering."

// The names of the role in Kong's instructions.
const (
	// DefaultRoleName is the custom role's name in Kong's instructions.
	DefaultRoleName = "Kong Cloud Gateway Peering Creator"
	// RoleNameSuffix stands behind the name in the commands that Konnect's own form
	// prints. Whether it is the same for everybody is not known, so a role is looked
	// for under both names.
	RoleNameSuffix = " - Kong"
)

// RoleNames lists the names under which a role is looked for: as asked, and with or
// without the suffix of Konnect's form.
func RoleNames(asked safe.Text) []safe.Text {
	name := asked.Raw()
	if plain, has := strings.CutSuffix(name, RoleNameSuffix); has {
		return []safe.Text{asked, safe.New(plain)}
	}
	return []safe.Text{asked, safe.New(name + RoleNameSuffix)}
}

// Missing lists the actions that the role does not allow.
func (d RoleDefinition) Missing(actions []string) []string {
	var out []string
	for _, a := range actions {
		if !Allowed(d.Permissions, a) {
			out = append(out, a)
		}
	}
	return out
}

// HasScope reports whether the role can be assigned within a subscription.
func (d RoleDefinition) HasScope(subscription safe.Text) bool {
	want := "/subscriptions/" + subscription.Raw()
	return slices.ContainsFunc(d.AssignableScopes, func(s safe.Text) bool {
		return s.Raw() == "/" || strings.EqualFold(strings.TrimSuffix(s.Raw(), "/"), want)
	})
}

// With returns the role with the subscription among its scopes and the actions
// among its rights; what it had stays, also what it takes away, so that a right may
// still be missing.
func (d RoleDefinition) With(subscription safe.Text, actions []string) RoleDefinition {
	if !d.HasScope(subscription) {
		d.AssignableScopes = append(slices.Clone(d.AssignableScopes), safe.New("/subscriptions/"+subscription.Raw()))
	}
	missing := d.Missing(actions)
	if len(missing) == 0 {
		return d
	}
	// Azure takes a custom role with one set only, so what is missing goes into that.
	// A right that the set takes away stays away: see Missing.
	d.Permissions = slices.Clone(d.Permissions)
	if len(d.Permissions) == 0 {
		d.Permissions = []PermissionSet{{}}
	}
	first := &d.Permissions[0]
	first.Actions = slices.Clone(first.Actions)
	for _, a := range missing {
		if !slices.ContainsFunc(first.Actions, safe.New(a).EqualFold) {
			first.Actions = append(first.Actions, safe.New(a))
		}
	}
	return d
}

// LastSegment returns what stands behind the last slash of an ARM id. The same role
// has ids with different beginnings, by the scope at which it was read.
func LastSegment(id safe.Text) safe.Text {
	s := strings.TrimSuffix(id.Raw(), "/")
	return safe.New(s[strings.LastIndexByte(s, '/')+1:])
}

// SameRole reports whether two ids name the same role definition.
func SameRole(a, b safe.Text) bool { return LastSegment(a).EqualFold(LastSegment(b)) }

// Covers reports whether an assignment at a scope is in force at a resource: the
// scope is the resource or lies above it. It is for assignments that Azure listed at
// the resource: of management groups it lists only those that are above.
func Covers(scope, resource safe.Text) bool {
	s, r := strings.ToLower(strings.TrimSuffix(scope.Raw(), "/")), strings.ToLower(resource.Raw())
	if strings.HasPrefix(s, "/providers/microsoft.management/managementgroups/") {
		return true // which groups a subscription is in, its id does not tell
	}
	return s == "" || r == s || strings.HasPrefix(r, s+"/")
}
