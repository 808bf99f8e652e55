package sandbox

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// virtualHub is a hub of a Virtual WAN, with the VNETs that are connected to it.
type virtualHub struct {
	sub         *subscription
	group, name string
	wan         string
	location    string
	prefix      string
	connections []hubConnection
}

type hubConnection struct {
	name, remote string
	prefixes     []string
}

// addHub makes a hub that a network is connected to.
func (w *World) addHub(sub *subscription, group, name, prefix string, n *network) {
	w.hubs = append(w.hubs, &virtualHub{
		sub: sub, group: group, name: name, wan: "wan-" + sub.name, location: n.region, prefix: prefix,
		connections: []hubConnection{{name: "kong-" + n.id[:8], remote: n.remoteID(), prefixes: []string{n.cidr}}},
	})
}

func (w *World) hubsOf(sub *subscription, group string) []*virtualHub {
	var out []*virtualHub
	for _, h := range w.hubs {
		if h.sub == sub && (group == "" || strings.EqualFold(h.group, group)) {
			out = append(out, h)
		}
	}
	return out
}

func (w *World) renderHubs(sub *subscription, group string) []armResource {
	var out []armResource
	for _, h := range w.hubsOf(sub, group) {
		made := w.resource(sub, h.group, "virtualHubs", h.name, h.location, map[string]any{
			"addressPrefix": h.prefix, "routingState": "Provisioned", "sku": "Standard", "allowBranchToBranchTraffic": false, "hubRoutingPreference": "ExpressRoute",
			"virtualWan": map[string]any{"id": sub.scope() + "/resourceGroups/" + h.group + networkProvider + "virtualWans/" + h.wan},
		})
		id := asText(made.body["id"])
		table := map[string]any{"id": id + "/hubRouteTables/defaultRouteTable"}
		made.children["hubVirtualNetworkConnections"] = []any{}
		for _, c := range h.connections {
			made.below("hubVirtualNetworkConnections", c.name, map[string]any{
				"remoteVirtualNetwork": map[string]any{"id": c.remote}, "allowHubToRemoteVnetTransit": true, "allowRemoteVnetToUseHubVnetGateways": true,
				"enableInternetSecurity": true, "routingConfiguration": map[string]any{
					"associatedRouteTable":  table,
					"propagatedRouteTables": map[string]any{"labels": []string{"default"}, "ids": []any{table}},
					"vnetRoutes":            map[string]any{"staticRoutes": []any{}},
				},
			})
		}
		out = append(out, made)
	}
	return sorted(out)
}

func (w *World) renderWANs(sub *subscription, group string) []armResource {
	var out []armResource
	for _, h := range w.hubsOf(sub, group) {
		if slices.ContainsFunc(out, func(r armResource) bool { return r.name == h.wan && r.group == h.group }) {
			continue
		}
		hubs := []any{}
		for _, other := range w.hubsOf(sub, h.group) {
			hubs = append(hubs, map[string]any{"id": sub.scope() + "/resourceGroups/" + other.group + networkProvider + "virtualHubs/" + other.name})
		}
		out = append(out, w.resource(sub, h.group, "virtualWans", h.wan, h.location, map[string]any{
			"type": "Standard", "disableVpnEncryption": false, "allowBranchToBranchTraffic": true, "virtualHubs": hubs,
		}))
	}
	return sorted(out)
}

// effectiveRoutes begins to find out what a hub routes; the routes come with the result.
func (q armRequest) effectiveRoutes(sub *subscription, p resourcePath) reply {
	s := armScope{sub: sub, group: p.group, text: sub.scope() + "/resourceGroups/" + p.group + networkProvider + "virtualHubs/" + p.names[0]}
	if refusal, ok := q.open(&s, "Microsoft.Network/virtualHubs/effectiveRoutes/action"); !ok {
		return refusal
	}
	if q.Method != http.MethodPost {
		return q.notBuilt()
	}
	for _, h := range q.w.hubsOf(sub, p.group) {
		if !strings.EqualFold(h.name, p.names[0]) {
			continue
		}
		var op *operation
		op = q.begin(sub, h.location, func(*World, time.Time) { op.result = map[string]any{"value": h.routes()} })
		return op.accept(q, reply{status: http.StatusAccepted}, true)
	}
	return q.noResource("virtualHubs", p)
}

func (q armRequest) noResource(kind string, p resourcePath) reply {
	return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/"+kind+"/"+strings.Join(p.names, "/")+"' under resource group '"+p.group+"' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix")
}

func (h *virtualHub) routes() []any {
	id := h.sub.scope() + "/resourceGroups/" + h.group + networkProvider + "virtualHubs/" + h.name
	out := []any{}
	for _, c := range h.connections {
		at := id + "/hubVirtualNetworkConnections/" + c.name
		out = append(out, map[string]any{
			"addressPrefixes": c.prefixes, "nextHops": []string{at}, "nextHopType": "Virtual Network Connection", "routeOrigin": at, "asPath": "",
		})
	}
	return out
}
