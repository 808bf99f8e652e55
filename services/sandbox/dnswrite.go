package sandbox

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	kindAzureResolver = "azure-outbound-resolver"
	kindAWSResolver   = "aws-outbound-resolver"
)

// postDNS makes an outbound resolver.
func (w *World) postDNS(r *http.Request, n *network) reply {
	var c bodyCheck
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	// The contract marks neither as required; an object without them would break
	// the contract's own answer.
	name := c.name(body)
	config := c.object("", body, "private_dns_attachment_config")
	c.members("", body, "name", "private_dns_attachment_config")
	c.resolver(config, n)
	if len(c.wrong) > 0 {
		return invalid(w, c.wrong...)
	}
	if refusal, yes := w.unready(n); yes {
		return refusal
	}
	// Whether a network may have several resolvers is not written down; the
	// contract's list allows it. A name that is taken is assumed to be a conflict.
	if n.privateDNS(name) != nil {
		return w.conflict("A private DNS with the name [" + name + "] already exists in this network.")
	}
	now := w.clock.Now().UTC()
	w.traces++
	d := &privateDNS{
		id: w.id("dns", n.name, name, strconv.Itoa(w.traces), now.String()), name: name, state: stateNew, config: config,
		version: 1, created: now, updated: now,
	}
	n.dns = append(n.dns, d)
	w.settleDNS(d, now)
	return reply{status: http.StatusCreated, kind: jsonType, body: renderDNS(d)}
}

// settleDNS lets a resolver become ready after its time.
func (w *World) settleDNS(d *privateDNS, now time.Time) {
	version := d.version
	w.after(now, w.peeringTime/3, func(_ *World, now time.Time) {
		if d.state == stateNew && d.version == version {
			d.setState(stateReady, "", "", now)
		}
	})
}

// resolver checks the configuration of an outbound resolver.
func (c *bodyCheck) resolver(config map[string]any, n *network) {
	const at = "private_dns_attachment_config."
	if config == nil {
		return
	}
	switch kind := c.text(at, config, "kind"); kind {
	case "":
		return
	case kindAzureResolver, kindAWSResolver:
		if !strings.HasPrefix(kind, n.account.provider+"-") {
			c.add(at+"kind", "invalid", "does not fit the provider of the network, which is "+n.account.provider)
		}
	case "azure-private-hosted-zone-attachment", "aws-private-hosted-zone-attachment", "gcp-private-hosted-zone-attachment":
		c.add(at+"kind", "invalid", "the sandbox makes outbound resolvers only")
		return
	default:
		c.choice(at+"kind", kindAzureResolver, kindAWSResolver, "azure-private-hosted-zone-attachment", "aws-private-hosted-zone-attachment", "gcp-private-hosted-zone-attachment")
		return
	}
	c.members(at, config, "kind", "dns_config")
	table := c.object(at, config, "dns_config")
	for _, domain := range sortedKeys(table) {
		entry := c.object(at+"dns_config.", table, domain)
		if entry == nil {
			continue
		}
		field := at + "dns_config." + domain + "."
		servers := c.texts(field, entry, "remote_dns_server_ip_addresses")
		// The contract gives the addresses no form; a text that is none can be of no use.
		for i, s := range servers {
			if _, err := netip.ParseAddr(s); err != nil {
				c.add(field+"remote_dns_server_ip_addresses."+strconv.Itoa(i), "invalid", "must be an IP address")
			}
		}
	}
}

// writeDNS answers PATCH and DELETE of one private DNS.
func (w *World) writeDNS(r *http.Request, n *network, id string) reply {
	i := slices.IndexFunc(n.dns, func(d *privateDNS) bool { return d.id == id })
	switch {
	case i < 0:
		return w.nothingHere()
	case r.Method == http.MethodPatch:
		return w.patchDNS(r, n, n.dns[i])
	case r.Method != http.MethodDelete:
		return problem(w, http.StatusMethodNotAllowed, "Method Not Allowed", "Method Not Allowed")
	}
	d := n.dns[i]
	if d.state != stateReady && d.state != stateError {
		return invalid(w, invalidParameter{Field: "state", Rule: "invalid", Reason: "the private DNS is " + d.state + "; it must be ready or error", Source: "path"})
	}
	now := w.clock.Now().UTC()
	d.setState(stateGoing, "", "", now)
	w.after(now, w.peeringTime/3, func(*World, time.Time) {
		n.dns = slices.DeleteFunc(n.dns, func(other *privateDNS) bool { return other == d })
	})
	return reply{status: http.StatusNoContent}
}

// patchDNS changes the name or the map of an outbound resolver. Whether Konnect
// merges or replaces the map is not written down; it is assumed that it replaces
// it, which is the harder case for a client that sends a part. The resolver is then
// at work for a while, in which another change is assumed to be a conflict.
func (w *World) patchDNS(r *http.Request, n *network, d *privateDNS) reply {
	kind, _ := d.config["kind"].(string)
	if kind != kindAzureResolver && kind != kindAWSResolver {
		return invalid(w, invalidParameter{Field: "private_dns_attachment_config.kind", Rule: "invalid", Reason: "a private DNS of this kind cannot be updated", Source: "body"})
	}
	var c bodyCheck
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	c.members("", body, "name", "private_dns_attachment_config")
	name, config := d.name, d.config
	if _, has := body["name"]; has {
		name = c.name(body)
	}
	_, hasConfig := body["private_dns_attachment_config"]
	if hasConfig {
		config = c.object("", body, "private_dns_attachment_config")
		c.resolver(config, n)
		if config["kind"] != kind && len(c.wrong) == 0 {
			c.add("private_dns_attachment_config.kind", "invalid", "cannot be changed")
		}
	}
	if len(c.wrong) > 0 {
		return invalid(w, c.wrong...)
	}
	if other := n.privateDNS(name); other != nil && other != d {
		return w.conflict("A private DNS with the name [" + name + "] already exists in this network.")
	}
	if d.state != stateReady && d.state != stateError {
		return w.conflict("The private DNS is " + d.state + "; it must be ready or error.")
	}
	now := w.clock.Now().UTC()
	d.name, d.config = name, config
	state := d.state
	if hasConfig {
		state = stateNew
	}
	d.setState(state, "", "", now)
	if hasConfig {
		w.settleDNS(d, now)
	}
	return ok200(renderDNS(d))
}
