package sandbox

import (
	"net/http"
	"strings"
)

// armScope is a place in Azure at which rights are given.
type armScope struct {
	sub   *subscription
	group string // empty for the subscription
	vnet  string // empty for the group
	text  string
}

// scope reads the path of a scope within a subscription. It reports false for a
// kind of resource that the world does not have.
func (q armRequest) scope(sub *subscription, path []string) (armScope, bool) {
	s := armScope{sub: sub, text: sub.scope()}
	switch {
	case len(path) == 0:
		return s, true
	case len(path) == 2 && strings.EqualFold(path[0], "resourceGroups"):
		s.group = path[1]
		s.text += "/resourceGroups/" + s.group
		return s, true
	case len(path) == 6 && strings.EqualFold(path[0], "resourceGroups") && areVNets(path[2:]):
		s.group, s.vnet = path[1], path[len(path)-1]
		s.text += "/resourceGroups/" + s.group + "/providers/Microsoft.Network/virtualNetworks/" + s.vnet
		return s, true
	default:
		return armScope{}, false
	}
}

// exists returns the error for a scope that is not there. It also writes the scope
// as the world spells it.
func (q armRequest) exists(s *armScope) (reply, bool) {
	if s.group == "" {
		return reply{}, true
	}
	there := q.w.vnetsOf(s.sub, s.group)
	if len(there) == 0 {
		return q.noGroup(s.group), false
	}
	s.text = s.sub.scope() + "/resourceGroups/" + there[0].group
	if s.vnet == "" {
		return reply{}, true
	}
	v := q.w.vnets[vnetKey(s.sub.id, s.group, s.vnet)]
	if v == nil || v.deletedFromAzure {
		return q.noVNet(s.group, s.vnet), false
	}
	s.text = v.id()
	return reply{}, true
}

func (q armRequest) noGroup(group string) reply {
	return armError(q.w, http.StatusNotFound, "ResourceGroupNotFound", "Resource group '"+group+"' could not be found.")
}

func (q armRequest) noVNet(group, name string) reply {
	return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/virtualNetworks/"+name+"' under resource group '"+group+"' was not found.")
}

// open checks the right to act at a scope, and then that the scope is there: who
// has no right does not learn what exists.
func (q armRequest) open(s *armScope, action string) (reply, bool) {
	if !q.w.userMay(s.sub.tenant, s.text, action) {
		return q.forbidden(action, q.URL.Path), false
	}
	return q.exists(s)
}

func (q armRequest) forbidden(action, over string) reply {
	return q.refusal("does not have authorization", action, over)
}

func (q armRequest) refusal(what, action, over string) reply {
	return armError(q.w, http.StatusForbidden, "AuthorizationFailed", q.client()+" "+what+" to perform action '"+action+
		"' over scope '"+over+"' or the scope is invalid. If access was recently granted, please refresh your credentials.")
}

func (q armRequest) client() string {
	return "The client '" + userEmail + "' with object id '" + q.w.user + "'"
}
