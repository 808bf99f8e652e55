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
	below string // what stands behind the VNET or the group: a resource of another kind
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
	}
	p, ok := parseResource(path)
	if _, known := q.w.typeNamed(p.namespace, p.kind()); !ok || !known || !p.one() || p.group == "" || !strings.EqualFold(p.namespace, nsNetwork) {
		return armScope{}, false
	}
	s.group, s.below = p.group, "/"+strings.Join(path[2:], "/")
	if areVNets(path[2:]) {
		const vnet = 6
		s.vnet, s.below = p.names[0], "/"+strings.Join(path[vnet:], "/")
	}
	s.text += "/" + strings.Join(path, "/")
	return s, true
}

// group finds a resource group by its name, whatever the case: its name as it was made, and
// its region. A group is there when something in it is, or was.
func (w *World) group(sub *subscription, name string) (spelt, location string, there bool) {
	if v := w.vnetsOf(sub, name); len(v) > 0 {
		return v[0].group, v[0].location, true
	}
	if h := w.placesOfHubs(sub, name); len(h) > 0 {
		return h[0].group, h[0].location, true
	}
	return "", "", false
}

// exists returns the error for a scope that is not there. It also writes the scope
// as the world spells it.
func (q armRequest) exists(s *armScope) (reply, bool) {
	if s.group == "" {
		return reply{}, true
	}
	group, _, there := q.w.group(s.sub, s.group)
	if !there {
		return q.noGroup(s.group), false
	}
	s.text = s.sub.scope() + "/resourceGroups/" + group
	if s.vnet == "" {
		s.text += s.below
		return q.standsBelow(s)
	}
	v := q.w.vnets[vnetKey(s.sub.id, s.group, s.vnet)]
	if v == nil || v.deletedFromAzure {
		return q.noVNet(s.group, s.vnet), false
	}
	s.text = v.id() + s.below
	return q.standsBelow(s)
}

// standsBelow looks whether the resource of another kind is there that a scope is.
func (q armRequest) standsBelow(s *armScope) (reply, bool) {
	if s.below == "" {
		return reply{}, true
	}
	p, _ := parseResource(strings.Split(strings.TrimPrefix(s.text, s.sub.scope()+"/"), "/"))
	k, _ := q.w.typeNamed(p.namespace, p.kind())
	at := q.reading()
	query := at.URL.Query()
	query.Set("api-version", k.versions[len(k.versions)-1])
	at.URL.RawQuery = query.Encode()
	if a := at.resource(s.sub, p); a.status == http.StatusNotFound {
		return a, false
	}
	return reply{}, true
}

func (q armRequest) noGroup(group string) reply {
	return armError(q.w, http.StatusNotFound, "ResourceGroupNotFound", "Resource group '"+group+"' could not be found.")
}

func (q armRequest) noVNet(group, name string) reply {
	return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/virtualNetworks/"+name+"' under resource group '"+group+"' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix")
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
	if d := q.w.denied(q.w.user, over, action); d != nil {
		if sub := q.subscriptionOf(over); sub != nil && q.w.allowed(sub.tenant, q.w.user, over, action, "", q.now) == granted {
			return armError(q.w, http.StatusForbidden, "DenyAssignmentAuthorizationFailed", d.denialText(q.client(), action, over))
		}
	}
	return q.refusal("does not have authorization", action, over)
}

// subscriptionOf is the subscription that a scope lies in, nil for none.
func (q armRequest) subscriptionOf(scope string) *subscription {
	id, _, _ := strings.Cut(strings.TrimPrefix(strings.ToLower(scope), "/subscriptions/"), "/")
	return q.w.subs[id]
}

func (q armRequest) refusal(what, action, over string) reply {
	return armError(q.w, http.StatusForbidden, "AuthorizationFailed", q.client()+" "+what+" to perform action '"+action+
		"' over scope '"+over+"' or the scope is invalid. If access was recently granted, please refresh your credentials.")
}

func (q armRequest) client() string {
	return "The client '" + userEmail + "' with object id '" + q.w.user + "'"
}
