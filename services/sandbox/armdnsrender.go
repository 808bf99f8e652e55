package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

const networkProvider = "/providers/Microsoft.Network/"

// resource renders what every resource of a group has.
func (w *World) resource(sub *subscription, group, kind, name, location string, properties map[string]any) armResource {
	id := sub.scope() + "/resourceGroups/" + group + networkProvider + kind + "/" + name
	guid, state := w.id("resource", strings.ToLower(id)), "Succeeded"
	if c := w.changeOf(id); c != nil {
		guid = w.id("resource", strings.ToLower(id), strconv.Itoa(c.revision))
		if c.busy() {
			state = "Updating"
		}
	}
	properties["provisioningState"] = cmp.Or(asText(properties["provisioningState"]), state)
	return armResource{sub: sub, group: group, name: name, children: map[string][]any{}, body: map[string]any{
		"id": id, "name": name, "type": "Microsoft.Network/" + kind, "location": location, "etag": `W/"` + guid + `"`, "properties": properties,
	}}
}

func asText(v any) string {
	s, _ := v.(string)
	return s
}

// resolverResource renders a resource of the DNS resolver's provider, which tells who made it
// and has tags of another form than the networks'.
func (w *World) resolverResource(sub *subscription, group, kind, name, location string, properties map[string]any) armResource {
	r := w.resource(sub, group, kind, name, location, properties)
	made := azureStamp(w.began)
	r.body["etag"] = strings.TrimPrefix(asText(r.body["etag"]), "W/")
	r.body["systemData"] = map[string]any{"createdAt": made, "createdByType": "User", "lastModifiedAt": made, "lastModifiedByType": "User"}
	return r
}

// zoneResource renders a private zone, whose tag has no quotes.
func (w *World) zoneResource(sub *subscription, group, name string, properties map[string]any) armResource {
	r := w.resource(sub, group, "privateDnsZones", name, "global", properties)
	r.body["etag"] = strings.Trim(asText(r.body["etag"]), `W/"`)
	return r
}

// below renders what lies below a resource. Endpoints and links of zones have a place of
// their own; rules and links of rulesets have none.
func (r armResource) below(kind, name string, properties map[string]any) {
	properties["provisioningState"] = cmp.Or(asText(properties["provisioningState"]), "Succeeded")
	made := map[string]any{
		"id": asText(r.body["id"]) + "/" + kind + "/" + name, "name": name, "type": asText(r.body["type"]) + "/" + kind,
		"etag": r.body["etag"], "properties": properties,
	}
	if who, told := r.body["systemData"]; told {
		made["systemData"] = who
	}
	if strings.HasSuffix(kind, "Endpoints") || asText(r.body["location"]) == "global" {
		made["location"] = r.body["location"]
	}
	r.children[kind] = append(r.children[kind], made)
}

// shared renders the security groups or route tables of the subnets of a group; VNETs
// may share one.
func (w *World) shared(sub *subscription, group, kind string, name func(subnet) string, properties func(group, key string) map[string]any) []armResource {
	var out []armResource
	users := map[string][]any{}
	for _, v := range standingVNets(w.vnetsOf(sub, group)) {
		for _, s := range v.subnets {
			key := groupKey(sub, v.group, name(s))
			if name(s) == "" {
				continue
			}
			if users[key] == nil {
				out = append(out, w.resource(sub, v.group, kind, name(s), v.location, properties(v.group, key)))
			}
			users[key] = append(users[key], map[string]any{"id": v.id() + "/subnets/" + s.name})
		}
	}
	for _, r := range out {
		if p, ok := r.body["properties"].(map[string]any); ok {
			p["subnets"] = users[groupKey(sub, r.group, r.name)]
		}
		r.inside(w, "securityRules", "defaultSecurityRules", "routes")
	}
	return out
}

// inside makes what a resource tells within itself, such as the rules of a security group,
// resources below it too.
func (r armResource) inside(w *World, kinds ...string) {
	p, _ := r.body["properties"].(map[string]any)
	for _, kind := range kinds {
		list, has := p[kind].([]any)
		if !has {
			continue
		}
		for _, item := range list {
			if one, ok := item.(map[string]any); ok {
				one["id"] = asText(r.body["id"]) + "/" + kind + "/" + asText(one["name"])
				one["etag"] = r.body["etag"]
				if own, ok := one["properties"].(map[string]any); ok && kind != "defaultSecurityRules" {
					own["provisioningState"] = w.stateOf(asText(r.body["id"]), asText(one["name"]))
				}
			}
		}
		r.children[kind] = list
	}
}

func (w *World) renderSecurityGroups(sub *subscription, group string) []armResource {
	properties := func(group, key string) map[string]any { return w.groupProperties(sub, group, key) }
	return append(w.shared(sub, group, "networkSecurityGroups", func(s subnet) string { return s.nsg }, properties), w.renderCardGroups(sub, group)...)
}

func (w *World) renderRouteTables(sub *subscription, group string) []armResource {
	properties := func(_, key string) map[string]any {
		routes := []any{}
		for _, r := range w.routes[key] {
			properties := map[string]any{"provisioningState": "Succeeded", "addressPrefix": r.prefix, "nextHopType": r.nextHop, "hasBgpOverride": false}
			if r.address != "" {
				properties["nextHopIpAddress"] = r.address
			}
			routes = append(routes, map[string]any{"name": r.name, "type": "Microsoft.Network/routeTables/routes", "properties": properties})
		}
		return map[string]any{"routes": routes, "resourceGuid": w.id("routes", key), "disableBgpRoutePropagation": w.noGatewayRoutes[key], "disablePeeringRoute": cmp.Or(w.peeringRoutes[key], "None")}
	}
	out := w.shared(sub, group, "routeTables", func(s subnet) string { return s.routeTable }, properties)
	for _, t := range w.tables {
		named := slices.ContainsFunc(out, func(r armResource) bool {
			return strings.EqualFold(r.name, t.name) && strings.EqualFold(r.group, t.group)
		})
		if t.sub != sub || named || group != "" && !strings.EqualFold(t.group, group) {
			continue
		}
		made := w.resource(sub, t.group, "routeTables", t.name, t.location, properties(t.group, groupKey(sub, t.group, t.name)))
		made.inside(w, "routes")
		out = append(out, made)
	}
	return out
}

func (w *World) renderResolvers(sub *subscription, group string) []armResource {
	var out []armResource
	for _, r := range w.resolvers {
		v := r.vnet
		if v.sub != sub || v.deletedFromAzure || group != "" && !strings.EqualFold(v.group, group) {
			continue
		}
		made := w.resolverResource(sub, v.group, "dnsResolvers", r.name, v.location, map[string]any{
			"virtualNetwork": map[string]any{"id": v.id()}, "dnsResolverState": "Connected", "provisioningState": r.state, "resourceGuid": w.id("resolver", v.id()),
		})
		for _, e := range r.endpoints {
			method := "Static"
			if e.dynamic {
				method = "Dynamic"
			}
			made.below("inboundEndpoints", e.name, map[string]any{
				"provisioningState": e.state, "resourceGuid": w.id("endpoint", v.id(), e.name),
				"ipConfigurations": []any{map[string]any{
					"subnet": map[string]any{"id": v.id() + "/subnets/" + e.subnet}, "privateIpAddress": e.address, "privateIpAllocationMethod": method,
				}},
			})
		}
		made.children["outboundEndpoints"] = []any{}
		for _, s := range w.rulesets {
			if s.sub == sub && strings.EqualFold(s.group, v.group) && s.resolver == r.name {
				made.children["outboundEndpoints"] = nil
				made.below("outboundEndpoints", outboundName, map[string]any{
					"resourceGuid": w.id("outbound", v.id()), "subnet": map[string]any{"id": v.id() + "/subnets/" + outboundSubnet},
				})
			}
		}
		out = append(out, made)
	}
	return sorted(out)
}

// outboundName and outboundSubnet are the endpoint that the rules of a resolver lead out
// through, and the subnet that it is in.
const (
	outboundName   = "outbound"
	outboundSubnet = "snet-dns-outbound"
)

func (w *World) renderRulesets(sub *subscription, group string) []armResource {
	var out []armResource
	for _, s := range w.rulesets {
		if s.sub != sub || group != "" && !strings.EqualFold(s.group, group) {
			continue
		}
		made := w.resolverResource(sub, s.group, "dnsForwardingRulesets", s.name, s.location, map[string]any{
			"resourceGuid":                 w.id("ruleset", s.group, s.name),
			"dnsResolverOutboundEndpoints": []any{map[string]any{"id": sub.scope() + "/resourceGroups/" + s.group + networkProvider + "dnsResolvers/" + s.resolver + "/outboundEndpoints/" + outboundName}},
		})
		made.children["forwardingRules"], made.children["virtualNetworkLinks"] = []any{}, []any{}
		for _, r := range s.rules {
			state := "Enabled"
			if r.off {
				state = "Disabled"
			}
			targets := []any{}
			for _, t := range r.targets {
				targets = append(targets, map[string]any{"ipAddress": t, "port": dnsPort})
			}
			made.below("forwardingRules", r.name, map[string]any{"domainName": r.domain, "targetDnsServers": targets, "forwardingRuleState": state})
		}
		for _, l := range s.links {
			made.below("virtualNetworkLinks", l.name, map[string]any{"virtualNetwork": map[string]any{"id": l.vnet.id()}})
		}
		out = append(out, made)
	}
	return sorted(out)
}

const dnsPort = 53

func (w *World) renderZones(sub *subscription, group string) []armResource {
	var out []armResource
	for _, z := range w.zones {
		if z.sub != sub || group != "" && !strings.EqualFold(z.group, group) {
			continue
		}
		made := w.zoneResource(sub, z.group, z.name, map[string]any{
			"maxNumberOfRecordSets": 25000, "maxNumberOfVirtualNetworkLinks": 1000, "maxNumberOfVirtualNetworkLinksWithRegistration": 100,
			"numberOfRecordSets": 3, "numberOfVirtualNetworkLinks": len(z.links), "numberOfVirtualNetworkLinksWithRegistration": 0,
		})
		made.children["virtualNetworkLinks"] = []any{}
		for _, l := range z.links {
			made.below("virtualNetworkLinks", l.name, map[string]any{
				"virtualNetwork": map[string]any{"id": l.vnet.id()}, "registrationEnabled": false, "resolutionPolicy": l.policy(), "virtualNetworkLinkState": l.state,
			})
		}
		made.children["ALL"] = w.renderRecords(z)
		out = append(out, made)
	}
	return sorted(out)
}

func (l *vnetLink) policy() string {
	if l.fallback {
		return "NxDomainRedirect"
	}
	return "Default"
}

func sorted(list []armResource) []armResource {
	slices.SortStableFunc(list, func(a, b armResource) int { return strings.Compare(a.group+"/"+a.name, b.group+"/"+b.name) })
	return list
}
