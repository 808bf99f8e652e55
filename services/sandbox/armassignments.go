package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// roleAssignments answers for the assignments at a scope; with a name for one of
// them.
func (q armRequest) roleAssignments(s armScope, name string) reply {
	switch {
	case q.Method == http.MethodGet && name == "":
		return q.listAssignments(s)
	case q.Method == http.MethodGet:
		return q.getAssignment(s, name)
	case q.Method == http.MethodPut && name != "":
		return q.putAssignment(s, name)
	case q.Method == http.MethodDelete && name != "":
		return q.deleteAssignment(s, name)
	default:
		return armError(q.w, http.StatusMethodNotAllowed, "HttpMethodNotSupported", "The method "+q.Method+" is not supported here.")
	}
}

// listAssignments lists what is given at a scope, above it, and below it, unless
// the filter says otherwise.
func (q armRequest) listAssignments(s armScope) reply {
	if refusal, ok := q.open(&s, actReadAssignment); !ok {
		return refusal
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil || !soundAssignmentFilter(clauses) {
		return q.badFilter()
	}
	list := []any{}
	way := hidesLists
	if slices.ContainsFunc(clauses, func(c clause) bool { return c.field == "principalid" }) {
		way = hidesNamed
	}
	for _, a := range lagging(q.w, lagAssignments, s.sub.tenant, s.sub.tenant.assignments, way) {
		if keepAssignment(a, s.text, clauses) && a.seen(q.now) {
			list = append(list, renderAssignment(a, s.sub))
		}
	}
	return q.listed(list)
}

// soundAssignmentFilter knows the filters of assignments: one of them, or atScope()
// together with assignedTo().
func soundAssignmentFilter(clauses []clause) bool {
	scope, who := 0, 0
	for _, c := range clauses {
		switch {
		case c.call && c.field == "atscope" && c.value == "":
			scope++
		case c.call && c.field == "assignedto" && c.value != "":
			who++
		case !c.call && c.field == "principalid" && len(clauses) == 1:
		default:
			return false
		}
	}
	return scope <= 1 && who <= 1
}

func keepAssignment(a *roleAssignment, scope string, clauses []clause) bool {
	keep := covers(a.scope, scope) || covers(scope, a.scope)
	for _, c := range clauses {
		if c.field == "atscope" {
			keep = keep && covers(a.scope, scope)
		} else {
			// The world has no groups, so membership adds nothing.
			keep = keep && strings.EqualFold(a.principalID, c.value)
		}
	}
	return keep
}

func (q armRequest) assignment(s armScope, name string) *roleAssignment {
	for _, a := range s.sub.tenant.assignments {
		if strings.EqualFold(a.name, name) && sameScope(a.scope, s.text) {
			return a
		}
	}
	return nil
}

func (q armRequest) getAssignment(s armScope, name string) reply {
	if refusal, ok := q.open(&s, actReadAssignment); !ok {
		return refusal
	}
	if a := q.assignment(s, name); a != nil && !q.w.hidden(a, hidesReads) {
		return withHeaders(q.w, ok200(renderAssignment(a, s.sub)))
	}
	return armError(q.w, http.StatusNotFound, "RoleAssignmentNotFound", "The role assignment '"+name+"' is not found.")
}

func (q armRequest) deleteAssignment(s armScope, name string) reply {
	a := q.assignment(s, name)
	handed := ""
	if a != nil {
		handed = a.role
	}
	if refusal, ok := q.mayAssign(s, actDeleteAssignment, handed); !ok {
		return refusal
	}
	if a == nil {
		return written(q.w, reply{status: http.StatusNoContent})
	}
	s.sub.tenant.removeAssignment(a)
	q.w.removed(lagAssignments, s.sub.tenant, a, q.now)
	return written(q.w, ok200(renderAssignment(a, s.sub)))
}

func (t *tenant) removeAssignment(a *roleAssignment) {
	for i := range t.assignments {
		if t.assignments[i] == a {
			t.assignments = append(t.assignments[:i:i], t.assignments[i+1:]...)
			return
		}
	}
}

// mayAssign checks the right to hand a role on, or to take it back.
func (q armRequest) mayAssign(s armScope, action, role string) (reply, bool) {
	switch q.w.may(s.sub.tenant, q.w.user, s.text, action, role, q.now) {
	case granted:
		return reply{}, true
	case refusedByCondition:
		return q.refusal("does not have authorization or an ABAC condition not fulfilled", action, q.URL.Path), false
	case refused:
		return q.forbidden(action, q.URL.Path), false
	default:
		return q.forbidden(action, q.URL.Path), false
	}
}

// orNobody is an object id, or null where nobody is known.
func orNobody(id string) any {
	if id == "" {
		return nil
	}
	return id
}

func renderAssignment(a *roleAssignment, at *subscription) map[string]any {
	properties := map[string]any{
		"roleDefinitionId": at.scope() + "/providers/Microsoft.Authorization/roleDefinitions/" + a.role,
		"principalId":      a.principalID, "principalType": a.principalType, "scope": a.scope,
		"createdOn": azureStamp(a.created), "updatedOn": azureStamp(a.created), "createdBy": orNobody(a.by), "updatedBy": orNobody(a.by),
		"description": nil, "condition": nil, "conditionVersion": nil, "delegatedManagedIdentityResourceId": nil,
	}
	if a.description != "" {
		properties["description"] = a.description
	}
	if a.condition != "" {
		properties["condition"], properties["conditionVersion"] = a.condition, "2.0"
	}
	return map[string]any{
		"id":   a.scope + "/providers/Microsoft.Authorization/roleAssignments/" + a.name,
		"type": "Microsoft.Authorization/roleAssignments", "name": a.name, "properties": properties,
	}
}
