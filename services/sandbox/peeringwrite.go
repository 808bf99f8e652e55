package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const (
	kindVNet     = "azure-vnet-peering-attachment"
	kindHub      = "azure-vhub-peering-attachment"
	stateReady   = "ready"
	stateError   = "error"
	stateNew     = "initializing"
	statePending = "pending-user-action"
	stateGoing   = "terminating"
)

// postPeering makes a peering with a VNET or a virtual hub.
func (w *World) postPeering(r *http.Request, n *network) reply {
	var c bodyCheck
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	name := c.name(body)
	config := c.object("", body, "transit_gateway_attachment_config")
	dns := c.dnsList(body)
	c.attachment(config, n)
	c.members("", body, "name", "transit_gateway_attachment_config", "dns_config")
	if len(c.wrong) > 0 {
		return invalid(w, c.wrong...)
	}
	if config["kind"] != kindVNet && config["kind"] != kindHub {
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox makes peerings with Azure VNETs and virtual hubs only.")
	}
	if refusal, yes := w.unready(n); yes {
		return refusal
	}
	// Both conflicts are assumed: the contract lists 409 and does not say when.
	for _, p := range n.peerings {
		switch {
		case p.name == name:
			return w.conflict("A transit gateway with the name [" + name + "] already exists in this network.")
		case sameVNet(p.config, config):
			return w.conflict("The transit gateway [" + p.name + "] of this network is attached to this VNET or hub already.")
		}
	}
	now := w.clock.Now().UTC()
	p := &peering{
		id: w.id("peering", n.name, name, strconv.Itoa(w.traces), now.String()), name: name, state: stateNew, config: config, dns: dns,
		version: 1, created: now, updated: now,
	}
	w.traces++
	n.peerings = append(n.peerings, p)
	w.written(lagPeerings, p, nil, now)
	n.version++
	w.begin(n, p, now)
	return reply{status: http.StatusCreated, kind: jsonType, body: renderPeering(p)}
}

// attachment checks the description of what a network is to be attached to.
func (c *bodyCheck) attachment(config map[string]any, n *network) {
	const at = "transit_gateway_attachment_config."
	if config == nil {
		return
	}
	last := "vnet_name"
	switch kind := c.text(at, config, "kind"); {
	case kind == "":
		return
	case kind == kindHub:
		last = "vhub_name"
	case kind == kindVNet:
	case strings.HasPrefix(kind, "aws-") || strings.HasPrefix(kind, "gcp-"):
		if !strings.HasPrefix(kind, n.account.provider+"-") {
			c.add(at+"kind", "invalid", "does not fit the provider of the network, which is "+n.account.provider)
		}
		return
	default:
		c.choice(at+"kind", "aws-transit-gateway-attachment", "aws-vpc-peering-attachment", "aws-resource-endpoint-attachment", kindVNet, kindHub, "gcp-vpc-peering-attachment")
		return
	}
	if n.account.provider != "azure" {
		c.add(at+"kind", "invalid", "does not fit the provider of the network, which is "+n.account.provider)
	}
	members := []string{"tenant_id", "subscription_id", "resource_group_name", last}
	for _, m := range members {
		c.text(at, config, m)
	}
	c.members(at, config, append(members, "kind")...)
}

// dnsList reads the DNS mappings of a peering: a list, in which a domain may recur.
func (c *bodyCheck) dnsList(body map[string]any) []dnsEntry {
	value, there := body["dns_config"]
	if !there {
		return nil
	}
	list, ok := value.([]any)
	if !ok {
		c.add("dns_config", "is_array", "must be an array")
		return nil
	}
	out := make([]dnsEntry, 0, len(list))
	for i, item := range list {
		at := "dns_config." + strconv.Itoa(i)
		entry, ok := item.(map[string]any)
		if !ok {
			c.add(at, "is_object", "must be an object")
			continue
		}
		out = append(out, dnsEntry{domains: c.texts(at+".", entry, "domain_proxy_list"), servers: c.texts(at+".", entry, "remote_dns_server_ip_addresses")})
		c.members(at+".", entry, "domain_proxy_list", "remote_dns_server_ip_addresses")
	}
	return out
}

// sameVNet compares two attachments as Azure compares names.
func sameVNet(a, b map[string]any) bool {
	for _, m := range []string{"kind", "subscription_id", "resource_group_name", "vnet_name", "vhub_name"} {
		one, _ := a[m].(string)
		other, _ := b[m].(string)
		if !strings.EqualFold(one, other) {
			return false
		}
	}
	return true
}

// writePeering answers PATCH and DELETE of one peering.
func (w *World) writePeering(r *http.Request, n *network, id string) reply {
	i := slices.IndexFunc(n.peerings, func(p *peering) bool { return p.id == id })
	switch {
	case i < 0:
		return w.nothingHere()
	case r.Method == http.MethodPatch:
		return w.patchPeering(n.peerings[i])
	case r.Method != http.MethodDelete:
		return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
	}
	p := n.peerings[i]
	// Which states are transitional is not written down. Those in which Kong is at
	// work are; those in which it waits for the customer are taken for stable.
	if slices.Contains([]string{"created", stateNew, stateGoing, "terminated"}, p.state) {
		return invalid(w, invalidParameter{Field: "state", Rule: "invalid", Reason: "the transit gateway is " + p.state + " and cannot be deleted now", Source: "path"})
	}
	w.end(n, p, w.clock.Now().UTC())
	return reply{status: http.StatusNoContent}
}

// patchPeering refuses: nothing of an Azure peering can be changed, and what AWS
// allows is not simulated.
func (w *World) patchPeering(p *peering) reply {
	kind, _ := p.config["kind"].(string)
	if strings.HasPrefix(kind, "aws-") {
		return problem(w, http.StatusNotImplemented, "Not Implemented", "The sandbox does not change AWS attachments.")
	}
	return invalid(w, invalidParameter{Field: "transit_gateway_attachment_config.kind", Rule: "invalid", Reason: "a transit gateway of this kind cannot be updated", Source: "body"})
}
