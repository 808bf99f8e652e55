package sandbox

import (
	"slices"
	"strings"
)

// dnsKind is a kind of resource around the ways over a peering, and the hubs of a Virtual
// WAN. But for rules, routes and backend pools they are only read here.
type dnsKind struct {
	name     string // as Azure spells it
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
	return []dnsKind{
		{name: "networkSecurityGroups", children: []string{"securityRules", "defaultSecurityRules"}, all: (*World).renderSecurityGroups},
		{name: "networkInterfaces", all: (*World).renderCards},
		{name: "applicationSecurityGroups", all: (*World).renderAppGroups},
		{name: "loadBalancers", children: balancerParts(), all: (*World).renderBalancers},
		{name: "applicationGateways", all: (*World).renderAppGateways},
		{name: "privateEndpoints", all: (*World).renderPrivateEndpoints},
		{name: "routeTables", children: []string{"routes"}, all: (*World).renderRouteTables},
		{name: "dnsResolvers", children: []string{"inboundEndpoints", "outboundEndpoints"}, all: (*World).renderResolvers},
		{name: "dnsForwardingRulesets", children: []string{"forwardingRules", "virtualNetworkLinks"}, all: (*World).renderRulesets},
		{name: "privateDnsZones", children: append(recordTypes(), "virtualNetworkLinks", "ALL"), all: (*World).renderZones},
		{name: "virtualHubs", children: []string{"hubVirtualNetworkConnections", "hubRouteTables", "routingIntent"}, all: (*World).renderHubs},
		{name: "virtualWans", all: (*World).renderWANs},
	}
}

// dnsResource answers for resources of a kind, and for what lies below one. As everywhere, who
// has no right does not learn what exists.
func (q armRequest) dnsResource(sub *subscription, k dnsKind, p resourcePath) reply {
	child := ""
	if len(p.types) > 1 {
		i := slices.IndexFunc(k.children, func(c string) bool { return strings.EqualFold(c, p.types[1]) })
		if i < 0 || len(p.types) > 2 || len(p.names) == 0 {
			return q.noType(p.namespace)
		}
		child = k.children[i]
	}
	s := armScope{sub: sub, group: p.group, text: sub.scope()}
	if p.group != "" {
		s.text += "/resourceGroups/" + p.group
	}
	if len(p.names) > 0 {
		s.text += "/providers/Microsoft.Network/" + k.name + "/" + p.names[0]
	}
	action := "Microsoft.Network/" + k.name + "/read"
	if child != "" {
		action = "Microsoft.Network/" + k.name + "/" + child + "/read"
	}
	if refusal, ok := q.open(&s, action); !ok {
		return refusal
	}
	all := q.asOf(k.all(q.w, sub, p.group))
	if len(p.names) == 0 {
		return paged(q, all, func(r armResource) any { return r.body })
	}
	i := slices.IndexFunc(all, func(r armResource) bool { return strings.EqualFold(r.name, p.names[0]) })
	if i < 0 {
		return q.noResource(k.name, p)
	}
	return q.dnsChild(all[i], k, child, p)
}

// newerRoutes is the version of the API from which on route tables tell whether they take the
// routes of peerings.
const newerRoutes = "2025-07-01"

// asOf leaves out what older versions of an API do not tell.
func (q armRequest) asOf(all []armResource) []armResource {
	const newerLinks = "2024-06-01"
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

func (q armRequest) dnsChild(of armResource, k dnsKind, child string, p resourcePath) reply {
	if child == "" {
		return withHeaders(q.w, ok200(of.body))
	}
	list := of.children[child]
	if k.name == "privateDnsZones" && child != "virtualNetworkLinks" {
		list = q.recordSets(of, child, p)
	}
	if !p.one() {
		return q.listed(list)
	}
	for _, c := range list {
		body, _ := c.(map[string]any)
		if name, _ := body["name"].(string); strings.EqualFold(name, p.names[1]) {
			return withHeaders(q.w, ok200(body))
		}
	}
	return q.noResource(k.name+"/"+child, p)
}

// recordSets are those of a zone: all, or those of a type.
func (q armRequest) recordSets(of armResource, kind string, p resourcePath) []any {
	list := of.children["ALL"]
	if suffix := strings.ToLower(q.URL.Query().Get("$recordsetnamesuffix")); suffix != "" {
		list = q.held(of, suffix, list)
	}
	if p.one() && kind == "A" {
		list = append(slices.Clone(list), q.given(of, strings.ToLower(p.names[1]))...)
	}
	if kind == "ALL" {
		if p.one() { // a record set has a type of its own
			return nil
		}
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(item any) bool {
		body, _ := item.(map[string]any)
		return !strings.HasSuffix(asText(body["type"]), "/"+kind)
	})
}
