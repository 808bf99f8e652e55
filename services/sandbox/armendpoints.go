package sandbox

import "strings"

// renderPrivateEndpoints renders the private endpoints that network cards are of.
func (w *World) renderPrivateEndpoints(sub *subscription, group string) []armResource {
	var out []armResource
	for _, c := range w.cards {
		v := c.vnet
		if c.endpoint == "" || v.sub != sub || v.deletedFromAzure || group != "" && !strings.EqualFold(v.group, group) {
			continue
		}
		named := []any{}
		for _, name := range c.names {
			named = append(named, map[string]any{"fqdn": name, "ipAddresses": []string{c.address}})
		}
		card := strings.TrimSuffix(c.configurationID(0), "/ipConfigurations/ipconfig1")
		service := v.sub.scope() + "/resourceGroups/" + v.group + "/providers/Microsoft.Storage/storageAccounts/" + strings.TrimPrefix(c.endpoint, "pe-")
		made := w.resource(sub, v.group, "privateEndpoints", c.endpoint, v.location, map[string]any{
			"resourceGuid": w.id("private endpoint", v.id(), c.endpoint), "subnet": map[string]any{"id": v.subnetID(c.address)}, "networkInterfaces": []any{map[string]any{"id": card}},
			"customNetworkInterfaceName": c.name, "manualPrivateLinkServiceConnections": []any{}, "ipConfigurations": []any{}, "customDnsConfigs": named,
		})
		id := asText(made.body["id"])
		if p, ok := made.body["properties"].(map[string]any); ok {
			p["privateLinkServiceConnections"] = []any{map[string]any{
				"name": c.endpoint, "id": id + "/privateLinkServiceConnections/" + c.endpoint, "etag": made.body["etag"], "type": "Microsoft.Network/privateEndpoints/privateLinkServiceConnections",
				"properties": map[string]any{
					"provisioningState": "Succeeded", "privateLinkServiceId": service, "groupIds": []string{"blob"},
					"privateLinkServiceConnectionState": map[string]any{"status": "Approved", "description": "Auto-Approved", "actionsRequired": "None"},
				},
			}}
			if groups := w.groupIDs(v.sub, v.group, c.groups); len(groups) > 0 {
				p["applicationSecurityGroups"] = groups
			}
		}
		out = append(out, made)
	}
	return sorted(out)
}

// renderAppGroups renders the application security groups that cards and rules name, which
// lie beside them.
func (w *World) renderAppGroups(sub *subscription, group string) []armResource {
	at := map[string]*vnet{} // by resource group and name
	note := func(v *vnet, names []string) {
		for _, name := range names {
			if !strings.HasPrefix(name, "/") && v.sub == sub && !v.deletedFromAzure && (group == "" || strings.EqualFold(v.group, group)) {
				at[v.group+"/"+name] = v
			}
		}
	}
	for _, c := range w.cards {
		note(c.vnet, c.groups)
		for _, r := range w.rules[groupKey(c.vnet.sub, c.vnet.group, c.nsg)] {
			note(c.vnet, append(append([]string{}, r.fromGroups...), r.toGroups...))
		}
	}
	for _, v := range w.vnetsOf(sub, group) {
		for _, s := range v.subnets {
			for _, r := range w.rules[groupKey(sub, v.group, s.nsg)] {
				note(v, append(append([]string{}, r.fromGroups...), r.toGroups...))
			}
		}
	}
	var out []armResource
	for _, key := range sortedKeys(at) {
		v := at[key]
		name := key[strings.Index(key, "/")+1:]
		out = append(out, w.resource(sub, v.group, "applicationSecurityGroups", name, v.location, map[string]any{"resourceGuid": w.id("app group", v.sub.id, key)}))
	}
	return sorted(out)
}
