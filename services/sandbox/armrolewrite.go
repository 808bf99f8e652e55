package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// roleBody is what a PUT of a role definition carries. Azure ignores what it does
// not know.
type roleBody struct {
	Properties struct {
		RoleName         string   `json:"roleName"`
		Type             string   `json:"type"`
		Description      string   `json:"description"`
		AssignableScopes []string `json:"assignableScopes"`
		Permissions      []struct {
			Actions    []string `json:"actions"`
			NotActions []string `json:"notActions"`
		} `json:"permissions"`
	} `json:"properties"`
}

// The sizes that Azure documents.
const (
	mostRoleName    = 512
	mostDescription = 2048
	mostScopes      = 2000
	mostBody        = 1 << 20
)

// putRole makes a role, or replaces it whole. Azure answers 201 in both cases.
func (q armRequest) putRole(s armScope, name string) reply {
	var body roleBody
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body); err != nil {
		return q.badBody()
	}
	if !q.w.userMay(s.sub.tenant, s.text, actWriteRole) {
		return q.forbidden(actWriteRole, q.URL.Path)
	}
	if refusal, ok := q.exists(&s); !ok {
		return refusal
	}
	made := roleFrom(name, body)
	if code, message := made.wrong(); code != "" {
		return armError(q.w, http.StatusBadRequest, code, message)
	}
	old := q.w.role(s.sub.tenant, name)
	if old != nil && old.builtIn {
		return armError(q.w, http.StatusBadRequest, "RoleDefinitionCannotBeUpdated", "The built-in role definition '"+name+"' cannot be updated.")
	}
	if refusal, ok := q.mayWriteAll(s, made, old); !ok {
		return refusal
	}
	if other := q.w.roleNamed(s.sub.tenant, made.roleName); other != nil && other != old {
		return armError(q.w, http.StatusConflict, "RoleDefinitionWithSameNameExists",
			"A custom role with the same name already exists in this directory. Use a different name.")
	}
	if refusal, ok := q.stillAssigned(s.sub.tenant, made, old); !ok {
		return refusal
	}
	made.by = q.w.user
	made.created, made.updated, made.spreadAt = q.now, q.now, q.now.Add(q.w.replication)
	if old == nil {
		s.sub.tenant.roles = append(s.sub.tenant.roles, made)
		q.w.written(lagRoles, made, nil, q.now)
	} else {
		before := *old
		before.spreadAt, before.before = q.now, nil
		made.created, made.before = old.created, &before
		*old = *made
		q.w.written(lagRoles, old, &before, q.now)
	}
	return written(q.w, reply{status: http.StatusCreated, kind: jsonType, body: justMade(renderRole(made, s.sub))})
}

func (q armRequest) badBody() reply {
	return armError(q.w, http.StatusBadRequest, "InvalidRequestContent", "The request content was invalid and could not be deserialized.")
}

func roleFrom(name string, body roleBody) *roleDefinition {
	p := body.Properties
	d := &roleDefinition{name: strings.ToLower(name), roleName: p.RoleName, description: p.Description, scopes: p.AssignableScopes}
	for _, set := range p.Permissions {
		d.permissions = append(d.permissions, permission{actions: set.Actions, notActions: set.NotActions})
	}
	return d
}

// wrong returns the code and the words for a role that Azure would not take, both
// empty for a good one. Codes that the facts leave open begin as the known ones do.
func (d *roleDefinition) wrong() (code, message string) {
	if _, err := uuid.Parse(d.name); err != nil || len(d.name) != 36 {
		return "InvalidRoleDefinitionId", "The role definition ID '" + d.name + "' is not valid. The role definition ID must be a GUID."
	}
	if strings.TrimSpace(d.roleName) == "" || utf8.RuneCountInString(d.roleName) > mostRoleName {
		return "InvalidRoleDefinitionName", "The role name must have 1 to 512 characters."
	}
	if utf8.RuneCountInString(d.description) > mostDescription {
		return "InvalidRoleDefinitionDescription", "The description must have at most 2048 characters."
	}
	if len(d.permissions) == 0 {
		return "InvalidRoleDefinitionPermissions", "The role definition has no permissions."
	}
	if len(d.permissions) > 1 {
		return "InvalidRoleDefinitionPermissions", "A custom role definition must have exactly one permission."
	}
	for _, set := range d.permissions {
		if len(set.actions) == 0 {
			return "InvalidRoleDefinitionPermissions", "A permission of the role definition has no actions."
		}
		for _, a := range slices.Concat(set.actions, set.notActions) {
			if !soundAction(a) {
				return "InvalidActionOrNotAction", "'" + a + "' does not match any of the actions supported by the providers."
			}
		}
	}
	if len(d.scopes) == 0 || len(d.scopes) > mostScopes {
		return "InvalidRoleDefinitionAssignableScopes", "The role definition must have 1 to 2000 assignable scopes."
	}
	for _, s := range d.scopes {
		if !soundScope(s) {
			return "InvalidRoleDefinitionAssignableScopes", "The assignable scope '" + s + "' is not valid: it must be a management group, a subscription or a resource group, without a wildcard."
		}
	}
	return "", ""
}

func soundAction(a string) bool {
	if a == "*" || a == "*/read" {
		return true
	}
	parts := strings.Split(a, "/")
	return strings.Count(a, "*") <= 1 && len(parts) >= 2 && strings.HasPrefix(strings.ToLower(parts[0]), "microsoft.") && !slices.Contains(parts, "") && !strings.ContainsAny(a, " \t\r\n")
}

func soundScope(s string) bool {
	parts := strings.Split(strings.TrimSuffix(s, "/"), "/")
	if strings.Contains(s, "*") || len(parts) < 3 || parts[0] != "" || slices.Contains(parts[1:], "") {
		return false
	}
	if strings.EqualFold(parts[1], "providers") {
		return len(parts) == 5 && strings.EqualFold(parts[2], "Microsoft.Management") && strings.EqualFold(parts[3], "managementGroups")
	}
	return strings.EqualFold(parts[1], "subscriptions") && (len(parts) == 3 || len(parts) == 5 && strings.EqualFold(parts[3], "resourceGroups"))
}

// mayWriteAll checks the right to write at every scope of the role, the old ones
// and the new ones. A scope of another tenant, or none, counts as not allowed.
func (q armRequest) mayWriteAll(s armScope, made, old *roleDefinition) (reply, bool) {
	scopes := made.scopes
	if old != nil {
		scopes = slices.Concat(scopes, old.scopes)
	}
	var missing []string
	for _, scope := range scopes {
		if !q.w.userMay(s.sub.tenant, scope, actWriteRole) && !slices.Contains(missing, scope) {
			missing = append(missing, scope)
		}
	}
	if len(missing) > 0 {
		return q.linked(actWriteRole, missing), false
	}
	if !slices.ContainsFunc(scopes, func(scope string) bool { return covers(scope, s.text) }) {
		return armError(q.w, http.StatusBadRequest, "InvalidRoleDefinitionAssignableScopes",
			"The scope '"+s.text+"' of the request is not among the assignable scopes of the role definition."), false
	}
	return reply{}, true
}

// stillAssigned refuses to take a scope away while an assignment needs it.
func (q armRequest) stillAssigned(t *tenant, made, old *roleDefinition) (reply, bool) {
	if old == nil {
		return reply{}, true
	}
	for _, a := range t.assignments {
		if strings.EqualFold(a.role, old.name) && !made.assignableAt(a.scope) {
			return armError(q.w, http.StatusBadRequest, "RoleDefinitionHasAssignments",
				"There are existing role assignments referencing role (code: RoleDefinitionHasAssignments)."), false
		}
	}
	return reply{}, true
}
