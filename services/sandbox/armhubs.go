package sandbox

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// virtualHub is a hub of a Virtual WAN, with the VNETs that are connected to it.
type virtualHub struct {
	sub             *subscription
	group, name     string
	wan             string
	location        string
	prefix          string
	routing, state  string // as Azure has them
	connections     []*hubConnection
	tables          []*hubTable
	intent          string // name of the firewall that private traffic goes through; empty for none
	gone, groupGone bool
}

// hubConnection connects a VNET to a hub. Tables are named by their last part.
type hubConnection struct {
	name, remote, state string
	prefixes            []string
	table               string
	propagates, labels  []string
}

// hubTable is a route table of a hub with the routes that somebody wrote into it.
type hubTable struct {
	name   string
	labels []string
	routes []hubRoute
}

// hubRoute leads to a connection, a firewall of the hub's group, or what has another id.
type hubRoute struct {
	name string
	to   []string
	over string
}

const (
	defaultTable = "defaultRouteTable"
	noneTable    = "noneRouteTable"
	provisioned  = "Provisioned"
	succeeded    = "Succeeded"
)

// addHub makes a hub that a network is connected to over one of its peerings, and a VNET of
// the customer's, in a subscription that the account does not see.
func (w *World) addHub(sub *subscription, group, name, prefix string, n *network, p *peering) *virtualHub {
	h := &virtualHub{
		sub: sub, group: group, name: name, wan: "wan-" + sub.name, location: n.region, prefix: prefix, routing: provisioned, state: succeeded,
		tables: []*hubTable{{name: defaultTable, labels: []string{"default"}}, {name: noneTable, labels: []string{"none"}}},
	}
	h.connect(n.kongConnection(), n.remoteID(), []string{n.cidr})
	p.hub = h
	w.hubs = append(w.hubs, h)
	return h
}

// kongConnection is the name of the connection that Kong makes for a network.
func (n *network) kongConnection() string { return "kong-" + n.id[:8] }

// connect adds a connection as Azure makes it where nothing else is asked for.
func (h *virtualHub) connect(name, remote string, prefixes []string) *hubConnection {
	c := &hubConnection{name: name, remote: remote, state: succeeded, prefixes: prefixes, table: defaultTable, propagates: []string{defaultTable}, labels: []string{"default"}}
	h.connections = append(h.connections, c)
	return c
}

// half is the hub's connection to Kong's VNET of a network; nil for none.
func (h *virtualHub) half(n *network) *hubConnection {
	for _, c := range h.connections {
		if c.name == n.kongConnection() {
			return c
		}
	}
	return nil
}

func (h *virtualHub) id() string {
	return h.sub.scope() + "/resourceGroups/" + h.group + networkProvider + "virtualHubs/" + h.name
}

func (h *virtualHub) table(name string) *hubTable {
	for _, t := range h.tables {
		if strings.EqualFold(t.name, name) {
			return t
		}
	}
	return nil
}

// hop is the id of what a route leads over.
func (h *virtualHub) hop(over string) string {
	for _, c := range h.connections {
		if c.name == over {
			return h.id() + "/hubVirtualNetworkConnections/" + c.name
		}
	}
	if strings.Contains(over, "/") {
		return over
	}
	return h.sub.scope() + "/resourceGroups/" + h.group + networkProvider + "azureFirewalls/" + over
}

// learns reports whether a table learns what lies behind a connection.
func (t *hubTable) learns(c *hubConnection) bool {
	named := func(list []string, what string) bool {
		return slices.ContainsFunc(list, func(s string) bool { return strings.EqualFold(s, what) })
	}
	return t.name != noneTable && (named(c.propagates, t.name) || slices.ContainsFunc(c.labels, func(l string) bool { return named(t.labels, l) }))
}

// hubsOf are the hubs of a group, or of all of a subscription.
func (w *World) hubsOf(sub *subscription, group string) []*virtualHub {
	return slices.DeleteFunc(w.placesOfHubs(sub, group), func(h *virtualHub) bool { return h.gone })
}

// placesOfHubs are those with which a group came, whether they stand or not: a group outlives
// the last thing that was in it.
func (w *World) placesOfHubs(sub *subscription, group string) []*virtualHub {
	var out []*virtualHub
	for _, h := range w.hubs {
		if !h.groupGone && h.sub == sub && (group == "" || strings.EqualFold(h.group, group)) {
			out = append(out, h)
		}
	}
	return out
}

func (w *World) renderHubs(sub *subscription, group string) []armResource {
	var out []armResource
	for _, h := range w.hubsOf(sub, group) {
		properties := map[string]any{
			"addressPrefix": h.prefix, "routingState": h.routing, "provisioningState": h.state, "sku": "Standard", "allowBranchToBranchTraffic": false, "hubRoutingPreference": "ExpressRoute",
			"virtualWan": map[string]any{"id": sub.scope() + "/resourceGroups/" + h.group + networkProvider + "virtualWans/" + h.wan},
		}
		if h.intent != "" {
			properties["azureFirewall"] = map[string]any{"id": h.hop(h.intent)}
		}
		made := w.resource(sub, h.group, "virtualHubs", h.name, h.location, properties)
		h.renderConnections(made)
		h.renderTables(made)
		out = append(out, made)
	}
	return sorted(out)
}

func (h *virtualHub) renderConnections(made armResource) {
	made.children["hubVirtualNetworkConnections"] = []any{}
	for _, c := range h.connections {
		ids := []any{}
		for _, t := range c.propagates {
			ids = append(ids, map[string]any{"id": h.id() + "/hubRouteTables/" + t})
		}
		made.below("hubVirtualNetworkConnections", c.name, map[string]any{
			"remoteVirtualNetwork": map[string]any{"id": c.remote}, "provisioningState": c.state, "allowHubToRemoteVnetTransit": true, "allowRemoteVnetToUseHubVnetGateways": true,
			"enableInternetSecurity": true, "routingConfiguration": map[string]any{
				"associatedRouteTable":  map[string]any{"id": h.id() + "/hubRouteTables/" + c.table},
				"propagatedRouteTables": map[string]any{"labels": c.labels, "ids": ids},
				"vnetRoutes":            map[string]any{"staticRoutes": []any{}},
			},
		})
	}
}

// renderTables renders the route tables, and the routing intent, which writes routes into the
// default one.
func (h *virtualHub) renderTables(made armResource) {
	made.children["hubRouteTables"], made.children["routingIntent"] = []any{}, []any{}
	for _, t := range h.tables {
		routes, learned, associated := []any{}, []any{}, []any{}
		for _, r := range h.written(t) {
			routes = append(routes, map[string]any{"name": r.name, "destinationType": "CIDR", "destinations": r.to, "nextHopType": "ResourceId", "nextHop": h.hop(r.over)})
		}
		for _, c := range h.connections {
			if t.learns(c) {
				learned = append(learned, h.hop(c.name))
			}
			if strings.EqualFold(c.table, t.name) {
				associated = append(associated, h.hop(c.name))
			}
		}
		made.below("hubRouteTables", t.name, map[string]any{"routes": routes, "labels": t.labels, "associatedConnections": associated, "propagatingConnections": learned})
	}
	if h.intent != "" {
		made.below("routingIntent", "hubRoutingIntent", map[string]any{"routingPolicies": []any{
			map[string]any{"name": "PrivateTraffic", "destinations": []string{"PrivateTraffic"}, "nextHop": h.hop(h.intent)},
		}})
	}
}

// written are the routes that stand in a table: those of people, and those of the intent.
func (h *virtualHub) written(t *hubTable) []hubRoute {
	if h.intent == "" || t.name != defaultTable {
		return t.routes
	}
	return append([]hubRoute{{name: "_policy_PrivateTraffic", to: []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}, over: h.intent}}, t.routes...)
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
		t, refusal := q.wantedTable(h)
		if t == nil {
			return refusal
		}
		var op *operation
		op = q.begin(sub, h.location, func(*World, time.Time) { op.result = map[string]any{"value": h.routes(t)} })
		return op.accept(q, reply{status: http.StatusAccepted}, true)
	}
	return q.noResource("virtualHubs", p)
}

func (q armRequest) noResource(kind string, p resourcePath) reply {
	return armError(q.w, http.StatusNotFound, "ResourceNotFound", "The Resource 'Microsoft.Network/"+kind+"/"+strings.Join(p.names, "/")+"' under resource group '"+p.group+"' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix")
}

// wantedTable is the route table whose routes are asked for: the default one where the
// question names none. What is in effect for connections and gateways is not simulated.
func (q armRequest) wantedTable(h *virtualHub) (*hubTable, reply) {
	var body struct {
		ID   string `json:"resourceId"`
		Type string `json:"virtualWanResourceType"`
	}
	err := json.NewDecoder(io.LimitReader(q.Body, mostBody)).Decode(&body)
	switch {
	case err != nil && !errors.Is(err, io.EOF): // without a body it is about the whole hub
		return nil, armError(q.w, http.StatusBadRequest, "InvalidRequestFormat", "Cannot parse the request.")
	case body.Type == "" && body.ID == "":
		return h.table(defaultTable), reply{}
	case body.Type != "RouteTable":
		return nil, q.notBuilt()
	}
	at := strings.LastIndexByte(body.ID, '/')
	t := h.table(body.ID[at+1:])
	if at < 0 || !strings.EqualFold(body.ID[:at], h.id()+"/hubRouteTables") || t == nil {
		return nil, armError(q.w, http.StatusBadRequest, "InvalidResourceReference", "Resource "+body.ID+" referenced by resource "+h.id()+" was not found.")
	}
	return t, reply{}
}

// routes are those that are in effect by a table. A route that somebody wrote stands in place
// of one that is learned for the same range; where the hub does not route, there are none.
func (h *virtualHub) routes(t *hubTable) []any {
	out := []any{}
	if h.routing != provisioned {
		return out
	}
	held := map[string]bool{}
	for _, r := range h.written(t) {
		kind := "Azure Firewall"
		if strings.Contains(h.hop(r.over), "/hubVirtualNetworkConnections/") {
			kind = "Virtual Network Connection"
		}
		for _, p := range r.to {
			held[p] = true
		}
		out = append(out, map[string]any{"addressPrefixes": r.to, "nextHops": []string{h.hop(r.over)}, "nextHopType": kind, "routeOrigin": h.id() + "/hubRouteTables/" + t.name, "asPath": ""})
	}
	if h.intent != "" && t.name == defaultTable {
		return out
	}
	for _, c := range h.connections {
		prefixes := slices.DeleteFunc(slices.Clone(c.prefixes), func(p string) bool { return held[p] })
		if t.learns(c) && c.state == succeeded && len(prefixes) > 0 {
			out = append(out, map[string]any{
				"addressPrefixes": prefixes, "nextHops": []string{h.hop(c.name)}, "nextHopType": "Virtual Network Connection", "routeOrigin": h.hop(c.name), "asPath": "",
			})
		}
	}
	return out
}
