package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// denial is a deny assignment: whatever roles say, its actions are refused at its scope and
// below.
type denial struct {
	name, scope string
	id          string
	permission  permission
	// excluded is whom it does not meet.
	excluded []string
}

// Deny is a deny assignment that an event puts on a subscription or a VNET.
type Deny struct {
	Name       string   `yaml:"name"`
	Actions    []string `yaml:"actions"`     // such as Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write
	NotActions []string `yaml:"not_actions"` // that it leaves out
	Spares     string   `yaml:"spares"`      // whom it does not meet: account, kong; empty for nobody
}

// denied finds the deny assignment that meets an action; nil for none.
func (w *World) denied(principalID, scope, action string) *denial {
	for _, d := range w.denials {
		role := roleDefinition{permissions: []permission{d.permission}}
		if covers(d.scope, scope) && !slices.Contains(d.excluded, principalID) && role.allows(action) {
			return d
		}
	}
	return nil
}

// denyAssignments answers for the deny assignments at a scope; with a name for one of them.
func (q armRequest) denyAssignments(s armScope, name string) reply {
	if refusal, ok := q.open(&s, nsAuthorization+"/denyAssignments/read"); !ok {
		return refusal
	}
	clauses, err := parseFilter(q.URL.Query().Get("$filter"))
	if err != nil {
		return q.badFilter()
	}
	list := []any{}
	for _, d := range q.w.denials {
		if name != "" && strings.EqualFold(d.id, name) {
			return withHeaders(q.w, ok200(renderDenial(d)))
		}
		keep := covers(d.scope, s.text) || covers(s.text, d.scope)
		for _, c := range clauses {
			switch c.field {
			case "atscope":
				keep = keep && covers(d.scope, s.text)
			case "denyassignmentname":
				keep = keep && strings.EqualFold(d.name, c.value)
			case "principalid", "gdprexportprincipalid", "assignedto":
				keep = keep && !slices.Contains(d.excluded, c.value)
			default:
				return q.badFilter()
			}
		}
		if keep {
			list = append(list, renderDenial(d))
		}
	}
	if name != "" {
		return armError(q.w, http.StatusNotFound, "DenyAssignmentNotFound", "The deny assignment '"+name+"' is not found.")
	}
	return q.listed(list)
}

func renderDenial(d *denial) map[string]any {
	spared := []any{}
	for _, id := range d.excluded {
		spared = append(spared, map[string]any{"id": id, "type": "User"})
	}
	return map[string]any{
		"id": d.scope + "/providers/Microsoft.Authorization/denyAssignments/" + d.id, "name": d.id, "type": "Microsoft.Authorization/denyAssignments",
		"properties": map[string]any{
			"denyAssignmentName": d.name, "description": "", "permissions": []any{renderPermission(d.permission)}, "scope": d.scope,
			"doNotApplyToChildScopes": false, "isSystemProtected": true, "excludePrincipals": spared,
			"principals": []any{map[string]any{"id": "00000000-0000-0000-0000-000000000000", "type": "SystemDefined"}},
		},
	}
}

// denialText is what Azure says to whom a deny assignment meets.
func (d *denial) denialText(who, action, over string) string {
	return who + " has permission to perform action '" + action + "' on scope '" + over + "'; however, the access is denied because of the deny assignment with name '" +
		d.name + "' and Id '" + strings.ReplaceAll(d.id, "-", "") + "' at scope '" + d.scope + "'."
}
