package sandbox

import "cmp"

func renderSubscription(s *subscription) map[string]any {
	managers := []any{}
	if m := s.tenant.managedBy; m != nil {
		managers = append(managers, map[string]any{"tenantId": m.id})
	}
	return map[string]any{
		"id": s.scope(), "subscriptionId": s.id, "tenantId": s.tenant.id, "displayName": s.name, "state": cmp.Or(s.state, "Enabled"),
		"authorizationSource": "RoleBased", "managedByTenants": managers,
		"subscriptionPolicies": map[string]any{"locationPlacementId": "Public_2014-09-01", "quotaId": "EnterpriseAgreement_2014-09-01", "spendingLimit": "Off"},
	}
}

func renderGroup(s *subscription, name, location string) map[string]any {
	return map[string]any{
		"id": s.scope() + "/resourceGroups/" + name, "name": name, "type": "Microsoft.Resources/resourceGroups", "location": location,
		"properties": map[string]any{"provisioningState": "Succeeded"},
	}
}

func renderVNet(v *vnet) map[string]any {
	subnets := make([]any, 0, len(v.subnets))
	for _, s := range v.subnets {
		id, etag := v.id()+"/subnets/"+s.name, `W/"`+v.guid+`"`
		properties := map[string]any{
			"provisioningState": "Succeeded", "addressPrefix": s.prefix, "delegations": []any{},
			"privateEndpointNetworkPolicies": cmp.Or(s.policies, "Disabled"), "privateLinkServiceNetworkPolicies": "Enabled",
		}
		group := "/subscriptions/" + v.sub.id + "/resourceGroups/" + v.group + "/providers/Microsoft.Network/"
		if s.nsg != "" {
			properties["networkSecurityGroup"] = map[string]any{"id": group + "networkSecurityGroups/" + s.nsg}
		}
		if s.routeTable != "" {
			properties["routeTable"] = map[string]any{"id": group + "routeTables/" + s.routeTable}
		}
		if s.delegation != "" {
			properties["delegations"] = []any{map[string]any{
				"name": "delegation", "id": id + "/delegations/delegation", "etag": etag, "type": "Microsoft.Network/virtualNetworks/subnets/delegations",
				"properties": map[string]any{
					"provisioningState": "Succeeded", "serviceName": s.delegation, "actions": []string{"Microsoft.Network/virtualNetworks/subnets/join/action"},
				},
			}}
		}
		subnets = append(subnets, map[string]any{"id": id, "name": s.name, "etag": etag, "type": "Microsoft.Network/virtualNetworks/subnets", "properties": properties})
	}
	properties := map[string]any{
		"provisioningState": v.provisioning, "resourceGuid": v.guid, "enableDdosProtection": false,
		"addressSpace": map[string]any{"addressPrefixes": v.prefixes}, "subnets": subnets, "virtualNetworkPeerings": renderHalves(v),
	}
	if v.dnsServers != nil {
		properties["dhcpOptions"] = map[string]any{"dnsServers": v.dnsServers}
	}
	return map[string]any{
		"id": v.spelt(v.id()), "name": v.name, "type": "Microsoft.Network/virtualNetworks", "location": v.location,
		"etag": `W/"` + v.guid + `"`, "properties": properties,
	}
}

func renderHalves(v *vnet) []any {
	out := make([]any, 0, len(v.peerings))
	for _, p := range v.peerings {
		out = append(out, renderHalf(v, p))
	}
	return out
}

func renderHalf(v *vnet, p *vnetPeering) map[string]any {
	var remote any // null for a half that names none
	if p.remoteID != "" {
		remote = map[string]any{"id": v.spelt(p.remoteID)}
	}
	properties := map[string]any{
		"provisioningState": p.provisioning, "peeringState": p.state, "peeringSyncLevel": p.sync,
		"resourceGuid": p.guid, "remoteVirtualNetwork": remote,
		"remoteAddressSpace":               map[string]any{"addressPrefixes": p.routed},
		"remoteVirtualNetworkAddressSpace": map[string]any{"addressPrefixes": p.remoteNow},
		"allowVirtualNetworkAccess":        p.access, "allowForwardedTraffic": p.forward,
		"allowGatewayTransit": p.gateway, "useRemoteGateways": p.useGateway,
		"doNotVerifyRemoteGateways": false, "peerCompleteVnets": true, "routeServiceVips": map[string]any{},
	}
	for name, value := range p.odd {
		if value == nil {
			delete(properties, name)
			continue
		}
		properties[name] = value
	}
	return map[string]any{
		"id": v.spelt(v.id() + "/virtualNetworkPeerings/" + p.name), "name": p.name,
		"type": "Microsoft.Network/virtualNetworks/virtualNetworkPeerings", "etag": `W/"` + p.guid + `"`,
		"properties": properties,
	}
}
