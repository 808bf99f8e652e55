package sandbox

import (
	"slices"
	"strings"
	"time"
)

// The actions that the world asks about.
const (
	actReadSubscription  = "Microsoft.Resources/subscriptions/read"
	actReadGroups        = "Microsoft.Resources/subscriptions/resourceGroups/read"
	actReadResources     = "Microsoft.Resources/subscriptions/resources/read"
	actReadVNet          = "Microsoft.Network/virtualNetworks/read"
	actReadHalf          = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read"
	actReadRole          = "Microsoft.Authorization/roleDefinitions/read"
	actWriteRole         = "Microsoft.Authorization/roleDefinitions/write"
	actDeleteRole        = "Microsoft.Authorization/roleDefinitions/delete"
	actReadAssignment    = "Microsoft.Authorization/roleAssignments/read"
	actWriteAssignment   = "Microsoft.Authorization/roleAssignments/write"
	actDeleteAssignment  = "Microsoft.Authorization/roleAssignments/delete"
	actReadPermissions   = "Microsoft.Authorization/permissions/read"
	conditionOnlyReaders = "((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
		"(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))"
)

// verdict is what access control says to a request.
type verdict int

const (
	refused verdict = iota
	// refusedByCondition: a right is there, and its condition does not hold.
	refusedByCondition
	granted
)

// may tells whether a principal may act at a scope. Handed is the role that an
// assignment would hand on, empty for other actions.
func (w *World) may(t *tenant, principalID, scope, action, handed string, now time.Time) verdict {
	if w.denied(principalID, scope, action) != nil {
		return refused
	}
	return w.allowed(t, principalID, scope, action, handed, now)
}

// allowed is what roles alone say.
func (w *World) allowed(t *tenant, principalID, scope, action, handed string, now time.Time) verdict {
	out := refused
	for _, a := range t.assignments {
		if a.principalID != principalID || !covers(a.scope, scope) || now.Before(a.actsAt) {
			continue
		}
		d := w.role(t, a.role)
		if d == nil || !d.allows(action) || !a.inForce(now) {
			continue
		}
		if a.onlyRoles != nil && handed != "" && !slices.Contains(a.onlyRoles, strings.ToLower(handed)) {
			out = refusedByCondition
			continue
		}
		return granted
	}
	return out
}

// inForce reports whether a late assignment acts by now; asking too early is what
// sets its clock going.
func (a *roleAssignment) inForce(now time.Time) bool {
	if a.late == 0 {
		return true
	}
	if a.refusedAt.IsZero() {
		a.refusedAt = now
	}
	return !now.Before(a.refusedAt.Add(a.late))
}

// userMay tells whether the signed-in account may act at a scope of a tenant.
func (w *World) userMay(t *tenant, scope, action string) bool {
	return w.may(t, w.user, scope, action, "", w.clock.Now()) == granted
}

// readable reports whether the signed-in account has any role at or below a
// subscription: Azure shows it then.
func (w *World) readable(s *subscription) bool {
	return slices.ContainsFunc(s.tenant.assignments, func(a *roleAssignment) bool {
		return a.principalID == w.user && covers(s.scope(), a.scope)
	})
}

// grant gives a role to a principal at a scope, long ago. It returns the
// assignment, also when it was there.
func (w *World) grant(t *tenant, principalID, principalType, role, scope string) *roleAssignment {
	d := w.roleNamed(t, role)
	for _, a := range t.assignments {
		if a.principalID == principalID && a.role == d.name && sameScope(a.scope, scope) {
			return a
		}
	}
	a := &roleAssignment{
		name: w.id("assignment", principalID, d.name, strings.ToLower(scope)), scope: scope, role: d.name,
		principalID: principalID, principalType: principalType, created: w.began.AddDate(0, -3, 0),
	}
	t.assignments = append(t.assignments, a)
	return a
}

// grantUser gives the signed-in account a role.
func (w *World) grantUser(t *tenant, role, scope string) *roleAssignment {
	return w.grant(t, w.user, "User", role, scope)
}

// permitKong gives Kong's application what it needs on a VNET, where it is in the
// tenant: its own role where that can be assigned, a built-in one elsewhere.
func (w *World) permitKong(v *vnet) {
	p := v.sub.tenant.kong()
	if p == nil {
		return
	}
	role := roleNetworkContributor
	if d := w.roleNamed(v.sub.tenant, kongRoleName); d != nil && d.assignableAt(v.id()) {
		role = kongRoleName
	}
	w.grant(v.sub.tenant, p.objectID, "ServicePrincipal", role, v.id())
}

// addKongRole makes the custom role of Kong's instructions in a tenant.
func (w *World) addKongRole(t *tenant, subs ...*subscription) {
	d := &roleDefinition{
		name: w.id("role", t.id), roleName: kongRoleName, description: "Perform cross-tenant network peering.",
		permissions: []permission{{actions: peeringActions()}}, created: w.began.AddDate(0, -3, 0), updated: w.began.AddDate(0, -3, 0),
	}
	for _, s := range subs {
		d.scopes = append(d.scopes, s.scope())
	}
	t.roles = append(t.roles, d)
}

// kongRoleName is the role's name as the commands of Konnect's form have it.
const kongRoleName = "Kong Cloud Gateway Peering Creator - Kong"

// peeringActions are what Kong's application needs on a VNET.
func peeringActions() []string {
	return []string{
		"Microsoft.Network/virtualNetworks/read",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/read",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write",
		"Microsoft.Network/virtualNetworks/virtualNetworkPeerings/delete",
		"Microsoft.Network/virtualNetworks/peer/action",
	}
}

// scope is the subscription's id as ARM writes it; without a subscription that of the tenant.
func (s *subscription) scope() string {
	if s == nil {
		return ""
	}
	return "/subscriptions/" + s.id
}
