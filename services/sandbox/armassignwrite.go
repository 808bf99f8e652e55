package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"
)

// assignmentBody is what a PUT of a role assignment carries.
type assignmentBody struct {
	Properties struct {
		RoleDefinitionID string `json:"roleDefinitionId"`
		PrincipalID      string `json:"principalId"`
		PrincipalType    string `json:"principalType"`
		Description      string `json:"description"`
		Condition        string `json:"condition"`
	} `json:"properties"`
}

// putAssignment gives a role to a principal.
func (q armRequest) putAssignment(s armScope, name string) reply {
	var body assignmentBody
	if err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body); err != nil {
		return q.badBody()
	}
	made := &roleAssignment{
		name: strings.ToLower(name), role: strings.ToLower(lastSegment(body.Properties.RoleDefinitionID)), principalID: body.Properties.PrincipalID,
		principalType: body.Properties.PrincipalType, description: body.Properties.Description, condition: body.Properties.Condition,
	}
	if code, message := made.wrong(body.Properties.RoleDefinitionID); code != "" {
		return armError(q.w, http.StatusBadRequest, code, message)
	}
	if refusal, ok := q.mayAssign(s, actWriteAssignment, made.role); !ok {
		return refusal
	}
	if refusal, ok := q.exists(&s); !ok {
		return refusal
	}
	made.scope = s.text
	d := q.w.role(s.sub.tenant, made.role)
	// While a new or changed role spreads, and where it is not assignable, Azure
	// says that it is not there.
	if d == nil || q.now.Before(d.spreadAt) && (d.before == nil || !d.before.assignableAt(s.text)) || !d.assignableAt(s.text) {
		return q.noRole(made.role)
	}
	if refusal, ok := q.knownPrincipal(s.sub.tenant, made); !ok {
		return refusal
	}
	if answer, known := q.sameAssignment(s, made); known {
		return answer
	}
	if q.w.assignmentsIn(s.sub) >= q.w.assignmentLimit {
		return armError(q.w, http.StatusBadRequest, "RoleAssignmentLimitExceeded", "No more role assignments can be created (code: RoleAssignmentLimitExceeded).")
	}
	made.by = q.w.user
	made.created, made.actsAt, made.spreadAt = q.now, q.now.Add(q.w.rbacDelay), q.now.Add(q.w.replication)
	s.sub.tenant.assignments = append(s.sub.tenant.assignments, made)
	q.w.written(lagAssignments, made, nil, q.now)
	return written(q.w, reply{status: http.StatusCreated, kind: jsonType, body: justMade(renderAssignment(made, s.sub))})
}

// wrong returns the code and the words for a request that Azure would not take.
func (a *roleAssignment) wrong(role string) (code, message string) {
	if !isGUID(a.name) {
		return "InvalidRoleAssignmentId", "The role assignment ID '" + a.name + "' is not valid. The role assignment ID must be a GUID."
	}
	kind := strings.ToLower(strings.TrimSuffix(role, lastSegment(role)))
	if !strings.HasPrefix(role, "/") || !strings.HasSuffix(kind, "/providers/microsoft.authorization/roledefinitions/") || !isGUID(a.role) {
		return "InvalidRoleDefinitionId", "The role definition ID '" + role + "' is not valid."
	}
	if !isGUID(a.principalID) {
		return "InvalidPrincipalId", "The principal ID '" + a.principalID + "' is not valid. Principal ID must be a GUID."
	}
	switch a.principalType {
	case "", "User", "Group", "ServicePrincipal", "ForeignGroup", "Device":
		return "", ""
	default:
		return "InvalidPrincipalType", "The principal type '" + a.principalType + "' is not valid."
	}
}

func isGUID(s string) bool {
	_, err := uuid.Parse(s)
	return err == nil && len(s) == 36
}

// knownPrincipal looks whether Azure finds the principal, which it does some time
// after Graph. Who says that it is a service principal is believed, as for one that
// is still spreading.
func (q armRequest) knownPrincipal(t *tenant, a *roleAssignment) (reply, bool) {
	kind := ""
	if strings.EqualFold(a.principalID, q.w.user) {
		kind = "User"
	}
	for _, p := range t.principals {
		if strings.EqualFold(p.objectID, a.principalID) && !p.deleted && !q.now.Before(p.visibleAt.Add(q.w.replication)) {
			kind = "ServicePrincipal"
		}
	}
	switch {
	case kind == "" && a.principalType == "ServicePrincipal":
		return reply{}, true
	case kind == "":
		return armError(q.w, http.StatusBadRequest, "PrincipalNotFound", "Principal "+strings.ReplaceAll(a.principalID, "-", "")+
			" does not exist in the directory "+t.id+". Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, "+
			"this error might be related to a replication delay. In this case, set the role assignment principalType property to a value, such as ServicePrincipal, User, or Group."), false
	case a.principalType != "" && a.principalType != kind:
		return armError(q.w, http.StatusBadRequest, "UnmatchedPrincipalType", "The PrincipalId '"+strings.ReplaceAll(a.principalID, "-", "")+
			"' has type '"+kind+"', which is different from specified PrinciaplType '"+a.principalType+"'."), false
	}
	a.principalType = kind
	return reply{}, true
}

// sameAssignment answers for an assignment that is there, by its name or by what
// it gives.
func (q armRequest) sameAssignment(s armScope, made *roleAssignment) (reply, bool) {
	for _, a := range s.sub.tenant.assignments {
		same := sameScope(a.scope, made.scope) && strings.EqualFold(a.role, made.role) && strings.EqualFold(a.principalID, made.principalID)
		switch {
		case strings.EqualFold(a.name, made.name) && same:
			a.description, a.condition = made.description, made.condition
			return written(q.w, ok200(renderAssignment(a, s.sub))), true
		case strings.EqualFold(a.name, made.name):
			return armError(q.w, http.StatusBadRequest, "RoleAssignmentUpdateNotPermitted", "Tenant ID, application ID, principal ID, and scope are not allowed to be updated."), true
		case same:
			return armError(q.w, http.StatusConflict, "RoleAssignmentExists", "The role assignment already exists."), true
		}
	}
	return reply{}, false
}

// mostAssignments is Azure's limit for a subscription.
const mostAssignments = 4000

func (w *World) assignmentsIn(sub *subscription) int {
	n := 0
	for _, a := range sub.tenant.assignments {
		if covers(sub.scope(), a.scope) {
			n++
		}
	}
	return n
}
