package sandbox

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// effectiveOfCard begins to find out what really holds for a network card: its routes, or the
// rules of its security groups. Azure does so for cards of machines that run, and for no
// others.
func (q armRequest) effectiveOfCard(sub *subscription, p resourcePath, what string) reply {
	s := armScope{sub: sub, group: p.group, text: sub.scope() + "/resourceGroups/" + p.group + networkProvider + "networkInterfaces/" + p.names[0]}
	if refusal, ok := q.open(&s, "Microsoft.Network/networkInterfaces/"+what+"/action"); !ok {
		return refusal
	}
	if q.Method != http.MethodPost {
		return armError(q.w, http.StatusMethodNotAllowed, "HttpMethodNotSupported", "The method "+q.Method+" is not supported here.")
	}
	for _, c := range q.w.allCards() {
		v := c.vnet
		if v.sub != sub || v.deletedFromAzure || !strings.EqualFold(v.group, p.group) || !strings.EqualFold(c.name, p.names[0]) {
			continue
		}
		of := map[string]string{"effectiveRouteTable": "EffectiveRoutes", "effectiveNetworkSecurityGroups": "EffectiveSecurityGroups"}[what]
		if !c.runs() {
			return armError(q.w, http.StatusBadRequest, "NicMustBeAttachedToRunningVmToGet"+of, "Network interface "+c.configurationID(0)+
				" must be attached to a running virtual machine to get what is effective for it.")
		}
		var op *operation
		op = q.begin(sub, v.location, func(w *World, _ time.Time) {
			if what == "effectiveRouteTable" {
				op.result = map[string]any{"value": w.routesOfCard(c)}
				return
			}
			op.result = map[string]any{"value": w.groupsOfCard(c)}
		})
		return op.accept(q, reply{status: http.StatusAccepted}, true)
	}
	return q.noResource("networkInterfaces", p)
}

// nowhere are the ranges that Azure routes to nobody, unless something narrower is there.
func nowhere() []string {
	return []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8"}
}

// routesOfCard are the routes of a card: Azure's own, those of the peerings, and those of the
// subnet's table, before which equally long ones of Azure give way.
func (w *World) routesOfCard(c *networkCard) []any {
	v := c.vnet
	var table string
	if s := v.subnet(lastSegment(v.subnetID(c.address))); s != nil {
		table = s.routeTable
	}
	key := groupKey(v.sub, v.group, table)
	own := w.routes[key]
	if table == "" {
		own = nil
	}
	out := []any{}
	add := func(source, hop, name string, prefixes, addresses []string) {
		state := "Active"
		if source == "Default" && slices.ContainsFunc(own, func(r userRoute) bool { return slices.Contains(prefixes, r.prefix) }) {
			state = "Invalid"
		}
		r := map[string]any{
			"source": source, "state": state, "addressPrefix": prefixes, "nextHopType": hop, "nextHopIpAddress": addresses,
			"disableBgpRoutePropagation": w.noGatewayRoutes[key], "hasBgpOverride": false, "destinationServiceTags": []any{}, "tagMap": map[string]any{},
		}
		if name != "" {
			r["name"] = name
		}
		out = append(out, r)
	}
	none := []string{}
	add("Default", "VnetLocal", "", v.prefixes, none)
	for _, h := range v.peerings {
		if h.state == "Connected" && w.peeringRoutes[key] != "All" {
			hop := "VNetPeering"
			if other := w.vnetWithID(h.remoteID); other != nil && other.location != v.location {
				hop = "VNetGlobalPeering"
			}
			add("Default", hop, "", h.routed, none)
		}
	}
	add("Default", "Internet", "", []string{"0.0.0.0/0"}, none)
	for _, prefix := range nowhere() {
		add("Default", "None", "", []string{prefix}, none)
	}
	for _, r := range own {
		addresses := none
		if r.address != "" {
			addresses = []string{r.address}
		}
		add("User", r.nextHop, r.name, []string{r.prefix}, addresses)
	}
	return out
}

// groupsOfCard are the security groups that hold for a card, that of its subnet and its own,
// with their rules and what their tags stand for.
func (w *World) groupsOfCard(c *networkCard) []any {
	v := c.vnet
	out := []any{}
	above := v.sub.scope() + "/resourceGroups/" + v.group + networkProvider
	add := func(nsg, kind, id string) {
		if nsg == "" {
			return
		}
		rules := []any{}
		for _, r := range w.rules[groupKey(v.sub, v.group, nsg)] {
			rules = append(rules, v.effectiveRule("securityRules/", r))
		}
		for _, r := range azuresRules() {
			rules = append(rules, v.effectiveRule("defaultSecurityRules/", r))
		}
		out = append(out, map[string]any{
			"networkSecurityGroup": map[string]any{"id": above + "networkSecurityGroups/" + nsg}, "association": map[string]any{kind: map[string]any{"id": id}},
			"effectiveSecurityRules": rules, "tagMap": map[string]any{"VirtualNetwork": v.virtualNetwork()},
		})
	}
	subnetID := v.subnetID(c.address)
	if s := v.subnet(lastSegment(subnetID)); s != nil {
		add(s.nsg, "subnet", subnetID)
	}
	add(c.nsg, "networkInterface", above+"networkInterfaces/"+c.name)
	return out
}

// virtualNetwork is what the tag of this name stands for in a VNET: itself and what is peered
// with it, as far as the peerings let each other in.
func (v *vnet) virtualNetwork() []string {
	out := slices.Clone(v.prefixes)
	for _, h := range v.peerings {
		if h.access && h.state == "Connected" {
			out = append(out, h.routed...)
		}
	}
	return append(out, "168.63.129.16/32")
}

func (v *vnet) effectiveRule(kind string, r securityRule) map[string]any {
	ports := func(list []string) []string {
		var out []string
		for _, p := range orAny(list) {
			if p == "*" {
				p = "0-65535"
			}
			if !strings.Contains(p, "-") {
				p += "-" + p
			}
			out = append(out, p)
		}
		return out
	}
	one := map[string]any{
		"name": kind + r.name, "protocol": strings.Replace(r.protocol, "*", "All", 1), "access": r.access, "priority": r.priority, "direction": cmp.Or(r.direction, "Inbound"),
		"sourcePortRanges": ports(r.sourcePorts), "destinationPortRanges": ports(r.ports),
		"sourcePortRange": ports(r.sourcePorts)[0], "destinationPortRange": ports(r.ports)[0],
	}
	for side, list := range map[string][]string{"Source": slices.Clone(orAny(r.sources)), "Destination": slices.Clone(orAny(r.destinations))} {
		low := strings.ToLower(side)
		expanded := []string{}
		for i, a := range list {
			if a == "*" {
				list[i] = "0.0.0.0/0"
			}
			if a == "VirtualNetwork" {
				expanded = append(expanded, v.virtualNetwork()...)
			}
		}
		one[low+"AddressPrefixes"], one[low+"AddressPrefix"], one["expanded"+side+"AddressPrefix"] = list, list[0], expanded
	}
	return one
}
