package sandbox

import (
	"cmp"
	"strings"
)

// groupProperties renders the rules of a security group, Azure's own included.
func (w *World) groupProperties(sub *subscription, group, key string) map[string]any {
	own, azures := []any{}, []any{}
	for _, r := range w.rules[key] {
		own = append(own, w.renderRule(sub, group, "securityRules", r))
	}
	for _, r := range azuresRules() {
		one := w.renderRule(sub, group, "defaultSecurityRules", r)
		if p, ok := one["properties"].(map[string]any); ok {
			p["description"] = "Azure's own: " + r.name
		}
		azures = append(azures, one)
	}
	return map[string]any{"securityRules": own, "defaultSecurityRules": azures, "resourceGuid": w.id("rules", key)}
}

// azuresRules are those that every security group has.
func azuresRules() []securityRule {
	all := []string{"*"}
	made := func(name, access string, priority int, from, direction, to string) securityRule {
		return securityRule{name: name, access: access, protocol: "*", priority: priority, sources: []string{from}, ports: all, direction: direction, destinations: []string{to}}
	}
	return []securityRule{
		made("AllowVnetInBound", "Allow", 65000, "VirtualNetwork", "Inbound", "VirtualNetwork"),
		made("AllowAzureLoadBalancerInBound", "Allow", 65001, "AzureLoadBalancer", "Inbound", "*"),
		made("DenyAllInBound", "Deny", 65500, "*", "Inbound", "*"),
		made("AllowVnetOutBound", "Allow", 65000, "VirtualNetwork", "Outbound", "VirtualNetwork"),
		made("AllowInternetOutBound", "Allow", 65001, "*", "Outbound", "Internet"),
		made("DenyAllOutBound", "Deny", 65500, "*", "Outbound", "*"),
	}
}

func (w *World) renderRule(sub *subscription, group, kind string, r securityRule) map[string]any {
	properties := map[string]any{
		"provisioningState": "Succeeded", "access": r.access, "priority": r.priority, "direction": cmp.Or(r.direction, "Inbound"), "protocol": r.protocol,
		"sourcePortRanges": []string{}, "destinationAddressPrefixes": []string{},
	}
	oneOrMore(properties, "sourcePortRange", "sourcePortRanges", orAny(r.sourcePorts))
	oneOrMore(properties, "destinationPortRange", "destinationPortRanges", orAny(r.ports))
	addressesOrGroups(properties, "source", r.sources, w.groupIDs(sub, group, r.fromGroups))
	addressesOrGroups(properties, "destination", r.destinations, w.groupIDs(sub, group, r.toGroups))
	return map[string]any{"name": r.name, "type": "Microsoft.Network/networkSecurityGroups/" + kind, "properties": properties}
}

// addressesOrGroups writes one side of a rule: ranges and tags, or application security
// groups; no rule has both.
func addressesOrGroups(properties map[string]any, side string, ranges []string, groups []any) {
	if len(groups) > 0 {
		properties[side+"ApplicationSecurityGroups"], properties[side+"AddressPrefixes"] = groups, []string{}
		return
	}
	properties[side+"AddressPrefixes"] = []string{}
	oneOrMore(properties, side+"AddressPrefix", side+"AddressPrefixes", orAny(ranges))
}

// groupIDs names application security groups by their ids. One that is named by less lies in
// the resource group of who names it.
func (w *World) groupIDs(sub *subscription, group string, names []string) []any {
	var out []any
	for _, name := range names {
		if !strings.HasPrefix(name, "/") {
			name = sub.scope() + "/resourceGroups/" + group + networkProvider + "applicationSecurityGroups/" + name
		}
		out = append(out, map[string]any{"id": name})
	}
	return out
}

// oneOrMore writes one value into the one member and several into the other, as Azure
// gives them back.
func oneOrMore(properties map[string]any, one, more string, values []string) {
	if len(values) == 1 {
		properties[one], properties[more] = values[0], []string{}
		return
	}
	properties[more] = values
}
