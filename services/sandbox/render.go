package sandbox

import "cmp"

// The bodies of the contract. Members that the contract does not require are
// left out where the world has nothing to say.

func renderAccount(a *account) map[string]any {
	return map[string]any{
		"id": a.id, "provider": a.provider, "provider_account_id": cmp.Or(a.shown, a.accountID),
		"created_at": stamp(a.created), "updated_at": stamp(a.created),
	}
}

func metadataOf(reported, reason string) map[string]any {
	m := map[string]any{}
	if reported != "" {
		m["reported_status"] = reported
	}
	if reason != "" {
		m["reason"] = reason
	}
	return m
}

func renderNetwork(n *network) map[string]any {
	provider := map[string]any{}
	if n.vpcID != "" {
		provider["vpc_id"] = n.vpcID
	}
	if n.subnets != nil {
		provider["subnet_ids"] = n.subnets
	}
	body := map[string]any{
		"id": n.id, "name": n.name, "default": n.isDefault, "cloud_gateway_provider_account_id": n.account.id,
		"region": n.region, "availability_zones": n.zones, "cidr_block": n.cidr, "state": n.state,
		"provider_metadata": provider, "transit_gateway_count": len(n.peerings),
		"configuration_reference_count": len(n.configurations), "entity_version": n.version,
		"created_at": stamp(n.created), "updated_at": stamp(n.updated),
	}
	if m := metadataOf(n.reported, n.reason); len(m) > 0 {
		body["state_metadata"] = m
	}
	return body
}

func renderPeering(p *peering) map[string]any {
	dns := make([]any, 0, len(p.dns))
	for _, d := range p.dns {
		dns = append(dns, map[string]any{"domain_proxy_list": d.domains, "remote_dns_server_ip_addresses": d.servers})
	}
	body := map[string]any{
		"id": p.id, "name": p.name, "state": p.state, "transit_gateway_attachment_config": p.config,
		"dns_config": dns, "entity_version": p.version, "created_at": stamp(p.created), "updated_at": stamp(p.updated),
	}
	if p.cidrs != nil {
		body["cidr_blocks"] = p.cidrs
	}
	if m := metadataOf(p.reported, p.reason); len(m) > 0 {
		body["state_metadata"] = m
	}
	return body
}

func renderDNS(d *privateDNS) map[string]any {
	return joined(d.extra, map[string]any{
		"id": d.id, "name": d.name, "state": d.state, "state_metadata": metadataOf(d.reported, d.reason),
		"private_dns_attachment_config": d.config, "entity_version": d.version,
		"created_at": stamp(d.created), "updated_at": stamp(d.updated),
	})
}

func renderConfiguration(c *configuration, n *network) map[string]any {
	autoscale := map[string]any{"kind": "autopilot", "base_rps": 100}
	return map[string]any{
		"id": c.id, "version": c.version, "api_access": cmp.Or(c.apiAccess, "private+public"), "kind": "dedicated.v0",
		"control_plane_id": c.plane.id, "control_plane_geo": c.plane.geo, "entity_version": c.entityVersion,
		"created_at": stamp(c.created), "updated_at": stamp(c.updated),
		"dataplane_group_config": []any{map[string]any{
			"provider": c.provider, "region": c.region, "cloud_gateway_network_id": n.id, "autoscale": autoscale,
		}},
		"dataplane_groups": []any{map[string]any{
			"id": c.id, "provider": c.provider, "region": c.region, "cloud_gateway_network_id": n.id, "state": "ready",
			"autoscale": autoscale, "private_ip_addresses": c.privateIPs, "egress_ip_addresses": c.egressIPs,
			"created_at": stamp(c.created), "updated_at": stamp(c.updated),
		}},
	}
}

func renderPlane(p *controlPlane) map[string]any {
	prefix, kind := "https://"+p.id[:8], "CLUSTER_TYPE_CONTROL_PLANE"
	if p.members != nil {
		kind = "CLUSTER_TYPE_CONTROL_PLANE_GROUP"
	}
	return map[string]any{
		"id": p.id, "name": p.name, "description": "Control plane of the sandbox.", "labels": map[string]any{},
		"config": map[string]any{
			"control_plane_endpoint": prefix + ".cp.sandbox.example", "telemetry_endpoint": prefix + ".tp.sandbox.example",
			"cluster_type": kind, "auth_type": "pinned_client_certs", "cloud_gateway": true, "proxy_urls": []any{},
		},
		"created_at": stamp(p.created), "updated_at": stamp(p.updated),
	}
}

// availability is the public document of what can be built where, cut to Azure.
func availability() map[string]any {
	regions := make([]any, 0, 11)
	for _, name := range azureRegions() {
		regions = append(regions, map[string]any{
			"region": name, "name": name, "availability_zones": azureZones(name), "cidr_blocks": networkBlocks(), "reserved_cidr_blocks": keptBlocks(),
		})
	}
	return map[string]any{
		"versions": []string{"3.12", "3.11"}, "instance_types": []any{},
		"providers": []any{map[string]any{"provider": "azure", "regions": regions}}, "serverless_v1_providers": []any{},
	}
}

// azureRegions are the regions of Azure in which Konnect makes networks.
func azureRegions() []string {
	return []string{"eastus2", "westus2", "southcentralus", "canadacentral", "germanywestcentral", "uksouth", "northeurope", "francecentral", "australiaeast", "japaneast", "uaenorth"}
}

func azureZones(region string) []string { return []string{region + "-1", region + "-2", region + "-3"} }

// networkBlocks are what the range of a network must lie in, keptBlocks what it must not meet.
func networkBlocks() []string {
	return []string{"10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "198.18.0.0/15"}
}

func keptBlocks() []string { return []string{"10.100.0.0/16", "172.17.0.0/16"} }
