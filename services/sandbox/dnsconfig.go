package sandbox

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

const (
	kindAzureResolver = "azure-outbound-resolver"
	kindAWSResolver   = "aws-outbound-resolver"
	kindAzureZone     = "azure-private-hosted-zone-attachment"
	kindAWSZone       = "aws-private-hosted-zone-attachment"
	kindGCPZone       = "gcp-private-hosted-zone-attachment"

	inConfig  = "private_dns_attachment_config."
	inServers = "remote_dns_server_ip_addresses"
)

// UnknownMembers says what becomes of members that Kong's contract does not have, in
// the body of a private DNS.
type UnknownMembers int

// What can become of them. Whatever is taken is kept and shown, but for a member of
// the body itself that the private DNS does not have: that one is passed over.
const (
	// UnknownAsContract refuses those of the attachment's configuration, where the
	// schema allows no others, and takes the rest.
	UnknownAsContract UnknownMembers = iota
	UnknownRefused
	UnknownTaken
)

func isResolver(kind string) bool { return kind == kindAzureResolver || kind == kindAWSResolver }

// zoneMembers are what the attachment of a hosted zone is described by, nil for other
// kinds.
func zoneMembers(kind string) []string {
	switch kind {
	case kindAzureZone:
		return []string{"domain_name", "peer_tenant_id", "peer_subscription_id", "peer_resource_group_id", "peer_vnet_link_name"}
	case kindAWSZone:
		return []string{"hosted_zone_id"}
	case kindGCPZone:
		return []string{"domain_name", "peer_project_id", "peer_vpc_name"}
	}
	return nil
}

// dnsConfig checks what a private DNS is attached with.
func (c *bodyCheck) dnsConfig(config map[string]any, n *network) {
	if config == nil {
		return
	}
	kind := c.text(inConfig, config, "kind")
	zone := zoneMembers(kind)
	switch {
	case kind == "":
		return
	case !isResolver(kind) && zone == nil:
		c.choice(inConfig+"kind", kindAzureResolver, kindAWSResolver, kindAzureZone, kindAWSZone, kindGCPZone)
		return
	case !strings.HasPrefix(kind, n.account.provider+"-"):
		c.add(inConfig+"kind", "invalid", "does not fit the provider of the network, which is "+n.account.provider)
	}
	known := append([]string{"kind"}, zone...)
	for _, m := range zone {
		c.text(inConfig, config, m)
	}
	if zone == nil {
		known = append(known, "dns_config")
		c.table(c.object(inConfig, config, "dns_config"))
	}
	c.noteOdd(config, known...)
	if c.unknown != UnknownTaken {
		c.members(inConfig, config, known...)
	}
}

// table checks the map of an outbound resolver. The contract gives its domains no
// form, and no bounds to the number of either.
func (c *bodyCheck) table(table map[string]any) {
	for _, domain := range sortedKeys(table) {
		entry := c.object(inConfig+"dns_config.", table, domain)
		if entry == nil {
			continue
		}
		field := inConfig + "dns_config." + domain + "."
		// The contract gives the addresses no form; a text that is none can be of no use.
		for i, s := range c.texts(field, entry, inServers) {
			if _, err := netip.ParseAddr(s); err != nil {
				c.add(field+inServers+"."+strconv.Itoa(i), "invalid", "must be an IP address")
			}
		}
		c.noteOdd(entry, inServers)
		if c.unknown == UnknownRefused {
			c.members(field, entry, inServers)
		}
	}
}

// Configurations are never changed in place: an answer that shows one may be on its
// way.

// tableOf is the map of a resolver, domain to entry; nil for a hosted zone.
func tableOf(config map[string]any) map[string]any {
	table, _ := config["dns_config"].(map[string]any)
	return table
}

// withTable is a configuration with another map.
func withTable(config, table map[string]any) map[string]any {
	out := maps.Clone(config)
	out["dns_config"] = table
	return out
}

// patched is a resolver's configuration after a PATCH. A member that was not sent
// stays. Whether that is so for the domains of the map too is not written down; it is
// assumed that the map is replaced, which is the harder case for a client that sends a
// part, unless the world merges. An entry that was sent replaces the one before it.
func (w *World) patched(config, sent map[string]any) map[string]any {
	out := maps.Clone(config)
	maps.Copy(out, sent)
	if !w.mergeDNS {
		return out
	}
	table := map[string]any{}
	maps.Copy(table, tableOf(config))
	maps.Copy(table, tableOf(sent))
	return withTable(out, table)
}

// edited is a resolver's configuration after somebody has given domains other servers
// and dropped some. What else is known of a domain stays.
func edited(config map[string]any, put map[string][]string, drop []string) map[string]any {
	table := map[string]any{}
	maps.Copy(table, tableOf(config))
	for domain, servers := range put {
		entry := map[string]any{}
		if old, ok := table[domain].(map[string]any); ok {
			maps.Copy(entry, old)
		}
		entry[inServers] = slices.Clone(servers)
		table[domain] = entry
	}
	for _, domain := range drop {
		delete(table, domain)
	}
	return withTable(config, table)
}
