package sandbox

import (
	"net/http"
	"slices"
	"strings"
)

// dnsKind is a kind of resource that matters for DNS over a peering.
type dnsKind struct {
	name     string   // as Azure spells it
	versions []string // of its API; nil: any
	children []string
	// all renders the resources in a group, or in all of the subscription.
	all func(w *World, sub *subscription, group string) []armResource
}

// armResource is a resource of a group, with what lies below it.
type armResource struct {
	sub         *subscription
	group, name string
	body        map[string]any
	children    map[string][]any
}

func dnsKinds() []dnsKind {
	resolver := []string{"2020-04-01-preview", "2022-07-01", "2023-07-01-preview", "2025-05-01"}
	return []dnsKind{
		{name: "networkSecurityGroups", all: (*World).renderSecurityGroups},
		{name: "networkInterfaces", all: (*World).renderCards},
		{name: "routeTables", all: (*World).renderRouteTables},
		{name: "dnsResolvers", versions: resolver, children: []string{"inboundEndpoints"}, all: (*World).renderResolvers},
		{name: "dnsForwardingRulesets", versions: resolver, children: []string{"forwardingRules", "virtualNetworkLinks"}, all: (*World).renderRulesets},
		{name: "privateDnsZones", versions: []string{"2018-09-01", "2020-01-01", "2020-06-01", "2024-06-01"}, children: []string{"virtualNetworkLinks", "ALL"}, all: (*World).renderZones},
	}
}

// dnsKindOf finds the kind that a path behind a subscription is about, and what stands
// behind the kind: name, child, name of the child.
func dnsKindOf(path []string) (kind dnsKind, group string, rest []string, found bool) {
	if len(path) > 2 && strings.EqualFold(path[0], "resourceGroups") {
		group, path = path[1], path[2:]
	}
	if len(path) < 3 || !strings.EqualFold(path[0]+"/"+path[1], "providers/Microsoft.Network") {
		return dnsKind{}, "", nil, false
	}
	for _, k := range dnsKinds() {
		if strings.EqualFold(k.name, path[2]) && (group != "" || len(path) == 3) {
			return k, group, path[3:], true
		}
	}
	return dnsKind{}, "", nil, false
}

// dnsResource answers for resources of a kind. As everywhere, who has no right does
// not learn what exists.
func (q armRequest) dnsResource(sub *subscription, k dnsKind, group string, rest []string) reply {
	if version := q.URL.Query().Get("api-version"); k.versions != nil && !slices.Contains(k.versions, version) {
		return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type '"+k.name+"' could not be found in the namespace 'Microsoft.Network' for api version '"+
			version+"'. The supported api-versions are '"+strings.Join(k.versions, ",")+"'.")
	}
	child := ""
	if len(rest) > 1 {
		i := slices.IndexFunc(k.children, func(c string) bool { return strings.EqualFold(c, rest[1]) })
		if i < 0 || len(rest) > 3 {
			return armError(q.w, http.StatusNotFound, "InvalidResourceType", "The resource type could not be found in the namespace 'Microsoft.Network'.")
		}
		child = k.children[i]
	}
	s := armScope{sub: sub, group: group, text: sub.scope()}
	if group != "" {
		s.text += "/resourceGroups/" + group
	}
	if len(rest) > 0 {
		s.text += "/providers/Microsoft.Network/" + k.name + "/" + rest[0]
	}
	action := "Microsoft.Network/" + k.name + "/read"
	if child != "" {
		action = "Microsoft.Network/" + k.name + "/" + child + "/read"
	}
	if refusal, ok := q.open(&s, action); !ok {
		return refusal
	}
	all := q.asOf(k.all(q.w, sub, group))
	if len(rest) == 0 {
		return paged(q, all, func(r armResource) any { return r.body })
	}
	i := slices.IndexFunc(all, func(r armResource) bool { return strings.EqualFold(r.name, rest[0]) })
	if i < 0 {
		return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/"+k.name+"/"+rest[0]+"' under resource group '"+group+"' was not found.")
	}
	return q.dnsChild(all[i], k, child, rest)
}

// asOf leaves out what older versions of an API do not tell.
func (q armRequest) asOf(all []armResource) []armResource {
	const newerRoutes, newerLinks = "2025-07-01", "2024-06-01"
	version := q.URL.Query().Get("api-version")
	for _, r := range all {
		if p, ok := r.body["properties"].(map[string]any); ok && version < newerRoutes {
			delete(p, "disablePeeringRoute")
		}
		for _, l := range r.children["virtualNetworkLinks"] {
			body, _ := l.(map[string]any)
			if p, ok := body["properties"].(map[string]any); ok && version < newerLinks {
				delete(p, "resolutionPolicy")
			}
		}
	}
	return all
}

func (q armRequest) dnsChild(of armResource, k dnsKind, child string, rest []string) reply {
	switch {
	case child == "":
		return withHeaders(q.w, ok200(of.body))
	case len(rest) == 2:
		if child == "ALL" {
			return q.listed(q.held(rest[0], of.sub, of.children[child]))
		}
		return q.listed(of.children[child])
	}
	for _, c := range of.children[child] {
		body, _ := c.(map[string]any)
		if name, _ := body["name"].(string); strings.EqualFold(name, rest[2]) {
			return withHeaders(q.w, ok200(body))
		}
	}
	return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/"+k.name+"/"+rest[0]+"/"+child+"/"+rest[2]+"' was not found.")
}
