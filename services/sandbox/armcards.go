package sandbox

import (
	"slices"
	"strconv"
	"strings"
)

// renderCards renders the network cards of a subscription: those of its DNS servers, and
// those that events have put there. An inbound endpoint has none that its owner sees.
func (w *World) renderCards(sub *subscription, group string) []armResource {
	var out []armResource
	for _, c := range w.allCards() {
		v := c.vnet
		if v == nil || v.sub != sub || v.deletedFromAzure || group != "" && !strings.EqualFold(v.group, group) {
			continue
		}
		out = append(out, w.renderCard(c))
	}
	return sorted(out)
}

// allCards are the cards of the DNS servers, and the others.
func (w *World) allCards() []*networkCard {
	var cards []*networkCard
	for _, address := range sortedKeys(w.nameServers) {
		v := w.nameServers[address].vnet
		_, scripted := v.addresses[address]
		if !scripted && !w.isEndpoint(v, address) && !slices.ContainsFunc(w.cards, func(c *networkCard) bool { return c.vnet == v && c.has(address) }) {
			host := strings.ReplaceAll(address, ".", "-")
			cards = append(cards, &networkCard{vnet: v, name: "nic-dns-" + host, address: address, machine: "vm-dns-" + host})
		}
	}
	return append(cards, w.cards...)
}

func (w *World) isEndpoint(v *vnet, address string) bool {
	return slices.ContainsFunc(w.resolvers, func(r *privateResolver) bool {
		return r.vnet == v && slices.ContainsFunc(r.endpoints, func(e *inboundEndpoint) bool { return e.address == address })
	})
}

// networkCard is a network card that an event, or the story, has put into a VNET.
type networkCard struct {
	vnet              *vnet
	name, address     string
	more              []string // addresses beside the first
	machine, endpoint string
	names             []string
	nsg               string
	groups            []string // application security groups, by name or id
	stopped, forwards bool
}

// runs reports whether the card is in a machine that runs: Azure knows what really holds for
// a card only then.
func (c *networkCard) runs() bool { return c.machine != "" && !c.stopped }

// has reports whether the card has an address.
func (c *networkCard) has(address string) bool {
	return c.address == address || slices.Contains(c.more, address)
}

// configurationID is the id of one of a card's addresses; the first is 0.
func (c *networkCard) configurationID(i int) string {
	return c.vnet.sub.scope() + "/resourceGroups/" + c.vnet.group + networkProvider + "networkInterfaces/" + c.name + "/ipConfigurations/ipconfig" + strconv.Itoa(i+1)
}

func (w *World) renderCard(c *networkCard) armResource {
	v := c.vnet
	above := v.sub.scope() + "/resourceGroups/" + v.group + "/providers/"
	properties := map[string]any{"resourceGuid": w.id("card", v.id(), c.name)}
	if c.machine != "" {
		properties["virtualMachine"] = map[string]any{"id": above + "Microsoft.Compute/virtualMachines/" + c.machine}
		properties["enableIPForwarding"], properties["primary"] = c.forwards, true
	}
	if c.endpoint != "" {
		properties["privateEndpoint"] = map[string]any{"id": above + "Microsoft.Network/privateEndpoints/" + c.endpoint}
	}
	if c.nsg != "" {
		properties["networkSecurityGroup"] = map[string]any{"id": above + "Microsoft.Network/networkSecurityGroups/" + c.nsg}
	}
	made := w.resource(v.sub, v.group, "networkInterfaces", c.name, v.location, properties)
	configurations := []any{}
	for i, address := range append([]string{c.address}, c.more...) {
		configurations = append(configurations, map[string]any{
			"id": c.configurationID(i), "name": lastSegment(c.configurationID(i)), "type": "Microsoft.Network/networkInterfaces/ipConfigurations",
			"etag": made.body["etag"], "properties": w.cardAddress(c, i, address),
		})
	}
	properties["ipConfigurations"] = configurations
	return made
}

// cardAddress renders one of the addresses of a card.
func (w *World) cardAddress(c *networkCard, i int, address string) map[string]any {
	of := map[string]any{
		"privateIPAddress": address, "privateIPAllocationMethod": "Dynamic", "privateIPAddressVersion": "IPv4", "primary": i == 0,
		"subnet": map[string]any{"id": c.vnet.subnetID(address)}, "provisioningState": "Succeeded",
	}
	if c.endpoint != "" {
		of["privateLinkConnectionProperties"] = map[string]any{"groupId": "blob", "requiredMemberName": "blob", "fqdns": c.names}
	}
	if groups := w.groupIDs(c.vnet.sub, c.vnet.group, c.groups); len(groups) > 0 {
		of["applicationSecurityGroups"] = groups
	}
	pools := []any{}
	for _, b := range w.balancers {
		if b.vnet == c.vnet && i == 0 && slices.Contains(b.cards, c.name) {
			pools = append(pools, map[string]any{"id": b.id() + "/backendAddressPools/" + b.pool})
		}
	}
	if len(pools) > 0 {
		of["loadBalancerBackendAddressPools"] = pools
	}
	return of
}

// subnetID is the id of the subnet that an address lies in, empty for none.
func (v *vnet) subnetID(address string) string {
	for _, s := range v.subnets {
		if firstOverlap([]string{s.prefix}, []string{address + "/32"}) != "" {
			return v.id() + "/subnets/" + s.name
		}
	}
	return ""
}

// renderCardGroups renders the security groups that network cards have of their own.
func (w *World) renderCardGroups(sub *subscription, group string) []armResource {
	var out []armResource
	for _, c := range w.cards {
		if c.nsg == "" || c.vnet.sub != sub || group != "" && !strings.EqualFold(c.vnet.group, group) {
			continue
		}
		made := w.resource(sub, c.vnet.group, "networkSecurityGroups", c.nsg, c.vnet.location, w.groupProperties(sub, c.vnet.group, groupKey(sub, c.vnet.group, c.nsg)))
		made.inside(w, "securityRules", "defaultSecurityRules")
		out = append(out, made)
	}
	return out
}

// renderRecords renders what a private zone holds. A zone of which no event says it holds
// what the servers of its VNETs give for its names: each that could be a host's.
func (w *World) renderRecords(z *privateZone) []any {
	out := []any{renderSOA(z)}
	for _, name := range sortedKeys(z.records) {
		if addresses := z.records[name]; len(addresses) > 0 {
			out = append(out, renderRecord(z, name, addresses))
		}
	}
	return out
}

// renderSOA renders the record that every zone has.
func renderSOA(z *privateZone) map[string]any {
	return map[string]any{
		"id":   z.sub.scope() + "/resourceGroups/" + z.group + networkProvider + "privateDnsZones/" + z.name + "/SOA/@",
		"name": "@", "type": "Microsoft.Network/privateDnsZones/SOA", "etag": "2a5b",
		"properties": map[string]any{"fqdn": z.name + ".", "ttl": 3600, "isAutoRegistered": false, "soaRecord": map[string]any{
			"host": "azureprivatedns.net", "email": "azureprivatedns-host.microsoft.com", "serialNumber": 1,
			"refreshTime": 3600, "retryTime": 300, "expireTime": 2419200, "minimumTtl": 10,
		}},
	}
}

func renderRecord(z *privateZone, name string, addresses []string) map[string]any {
	records := make([]any, len(addresses))
	for i, a := range addresses {
		records[i] = map[string]any{"ipv4Address": a}
	}
	id := z.sub.scope() + "/resourceGroups/" + z.group + networkProvider + "privateDnsZones/" + z.name + "/A/" + name
	return map[string]any{
		"id": id, "name": name, "type": "Microsoft.Network/privateDnsZones/A", "etag": "2a5b",
		"properties": map[string]any{"fqdn": name + "." + z.name + ".", "ttl": 30, "aRecords": records, "isAutoRegistered": false},
	}
}

// held is what a private zone holds for names that end in a suffix.
func (q armRequest) held(of armResource, suffix string, list []any) []any {
	if given := q.given(of, suffix); given != nil {
		return given
	}
	return slices.DeleteFunc(slices.Clone(list), func(item any) bool {
		body, _ := item.(map[string]any)
		return !strings.HasSuffix(asText(body["name"]), suffix)
	})
}

// given is the record of a name in a zone of which no event says what it holds: one that the
// servers of its VNETs give. It is nil where that is not so.
func (q armRequest) given(of armResource, name string) []any {
	for _, z := range q.w.zones {
		if z.sub == of.sub && strings.EqualFold(z.name, of.name) && strings.EqualFold(z.group, of.group) && z.records == nil && exists(name+"."+z.name, z.name) {
			if a := q.w.givenIn(z, name); a != "" {
				return []any{renderRecord(z, name, []string{a})}
			}
		}
	}
	return nil
}

// givenIn is the address that a server of a VNET of the zone gives for a name, empty for none.
func (w *World) givenIn(z *privateZone, name string) string {
	for _, address := range sortedKeys(w.nameServers) {
		s := w.nameServers[address]
		if slices.ContainsFunc(z.links, func(l *vnetLink) bool { return l.vnet == s.vnet }) {
			return s.addressOf(name + "." + z.name + ".").String()
		}
	}
	return ""
}
