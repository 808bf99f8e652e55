package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// roleDefinitions answers for the roles at a scope; with a name for one of them.
func (q armRequest) roleDefinitions(s armScope, name string) reply {
	switch {
	case q.Method == http.MethodGet && name == "":
		return q.listRoles(s)
	case q.Method == http.MethodGet:
		return q.getRole(s, name)
	case q.Method == http.MethodPut && name != "":
		return q.putRole(s, name)
	case q.Method == http.MethodDelete && name != "":
		return q.deleteRole(s, name)
	default:
		return armError(q.w, http.StatusMethodNotAllowed, "HttpMethodNotSupported", "The method "+q.Method+" is not supported here.")
	}
}

// listRoles lists the roles that can be assigned at a scope. A role of the tenant
// whose assignable scopes lie elsewhere does not show, although its name is taken.
func (q armRequest) listRoles(s armScope) reply {
	if refusal, ok := q.open(&s, actReadRole); !ok {
		return refusal
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil {
		return q.badFilter()
	}
	list := []any{}
	way := hidesLists
	if slices.ContainsFunc(clauses, func(c clause) bool { return c.field == "rolename" }) {
		way = hidesNamed
	}
	for _, all := range [][]*roleDefinition{q.w.builtIns, lagging(q.w, lagRoles, s.sub.tenant, s.sub.tenant.roles, way)} {
		for _, d := range all {
			seen := d.seen(q.now)
			if seen == nil {
				continue
			}
			keep, ok := keepRole(seen, s.text, clauses)
			if !ok {
				return q.badFilter()
			}
			if keep {
				list = append(list, renderRole(seen, s.sub))
			}
		}
	}
	return q.listed(list)
}

func (q armRequest) badFilter() reply {
	return armError(q.w, http.StatusBadRequest, "BadRequestFormat", "The filter '"+q.URL.Query().Get("$filter")+"' is not valid or not supported.")
}

// keepRole reports whether a filter lets a role through; ok is false when it does
// not know a condition.
func keepRole(d *roleDefinition, scope string, clauses []clause) (keep, ok bool) {
	below := false
	keep = true
	for _, c := range clauses {
		switch {
		case c.call && c.field == "atscopeandbelow" && c.value == "":
			below = true
		case !c.call && c.field == "rolename":
			keep = keep && strings.EqualFold(d.roleName, c.value)
		case !c.call && c.field == "type":
			keep = keep && strings.EqualFold(d.kind(), c.value)
		default:
			return false, false
		}
	}
	return keep && (d.assignableAt(scope) || below && d.assignableBelow(scope)), true
}

func (d *roleDefinition) assignableBelow(scope string) bool {
	for _, s := range d.scopes {
		if covers(scope, s) {
			return true
		}
	}
	return false
}

func (d *roleDefinition) kind() string {
	if d.builtIn {
		return "BuiltInRole"
	}
	return "CustomRole"
}

func (q armRequest) getRole(s armScope, name string) reply {
	if refusal, ok := q.open(&s, actReadRole); !ok {
		return refusal
	}
	if d := q.w.role(s.sub.tenant, name); d != nil {
		if seen := d.seen(q.now); seen != nil && !q.w.hidden(d, hidesReads) && seen.assignableAt(s.text) {
			return withHeaders(q.w, ok200(renderRole(seen, s.sub)))
		}
	}
	return q.noRole(name)
}

func (q armRequest) noRole(name string) reply {
	return armError(q.w, http.StatusNotFound, "RoleDefinitionDoesNotExist", "The specified role definition with ID '"+name+"' does not exist.")
}

// deleteRole deletes a role that nobody is assigned to any more.
func (q armRequest) deleteRole(s armScope, name string) reply {
	d := q.w.role(s.sub.tenant, name)
	if !q.w.userMay(s.sub.tenant, s.text, actDeleteRole) {
		return q.forbidden(actDeleteRole, q.URL.Path)
	}
	switch {
	case d == nil || !d.assignableAt(s.text):
		return written(q.w, reply{status: http.StatusNoContent})
	case d.builtIn:
		// The status is assumed: the facts name no attempt on a built-in role.
		return armError(q.w, http.StatusBadRequest, "RoleDefinitionCannotBeDeleted", "The built-in role definition '"+name+"' cannot be deleted.")
	}
	for _, other := range d.scopes {
		if !q.w.userMay(s.sub.tenant, other, actDeleteRole) {
			return q.linked(actDeleteRole, []string{other})
		}
	}
	for _, a := range s.sub.tenant.assignments {
		if strings.EqualFold(a.role, d.name) {
			return armError(q.w, http.StatusBadRequest, "RoleDefinitionHasAssignments", "There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).")
		}
	}
	s.sub.tenant.removeRole(d)
	q.w.removed(lagRoles, s.sub.tenant, d, q.now)
	return written(q.w, ok200(renderRole(d, s.sub)))
}

func (t *tenant) removeRole(d *roleDefinition) {
	for i := range t.roles {
		if t.roles[i] == d {
			t.roles = append(t.roles[:i:i], t.roles[i+1:]...)
			return
		}
	}
}

// linked is the refusal of a write that also reaches other scopes.
func (q armRequest) linked(action string, scopes []string) reply {
	return armError(q.w, http.StatusForbidden, "LinkedAuthorizationFailed", q.client()+" has permission to perform action '"+action+
		"' on scope '"+q.URL.Path+"'; however, it does not have permission to perform action(s) '"+action+
		"' on the linked scope(s) '"+strings.Join(scopes, ",")+"' (respectively) or the linked scope(s) are invalid.")
}

func renderRole(d *roleDefinition, at *subscription) map[string]any {
	sets := make([]any, 0, len(d.permissions))
	for _, p := range d.permissions {
		sets = append(sets, renderPermission(p))
	}
	return map[string]any{
		"id": at.scope() + "/providers/Microsoft.Authorization/roleDefinitions/" + d.name, "type": "Microsoft.Authorization/roleDefinitions", "name": d.name,
		"properties": map[string]any{
			"roleName": d.roleName, "type": d.kind(), "description": d.description, "assignableScopes": d.scopes, "permissions": sets,
			"createdOn": azureStamp(d.created), "updatedOn": azureStamp(d.updated), "createdBy": d.maker(), "updatedBy": d.maker(),
		},
	}
}

// maker is who made a role: nobody is named for those of Azure.
func (d *roleDefinition) maker() any {
	if d.builtIn {
		return nil
	}
	return orNobody(d.by)
}

// justMade is an object of access control as the answer to its own write shows it: who made
// it is not told yet.
func justMade(body map[string]any) map[string]any {
	if p, ok := body["properties"].(map[string]any); ok {
		p["createdBy"] = nil
	}
	return body
}

func renderPermission(p permission) map[string]any {
	return map[string]any{"actions": orNone(p.actions), "notActions": orNone(p.notActions), "dataActions": []string{}, "notDataActions": []string{}}
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func azureStamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }
