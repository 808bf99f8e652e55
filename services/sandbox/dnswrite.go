package sandbox

import (
	"net/http"
	"slices"
	"strconv"
	"time"
)

// postDNS makes a private DNS.
func (w *World) postDNS(r *http.Request, n *network) reply {
	c := bodyCheck{unknown: w.unknownMembers}
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	// The contract marks neither as required; an object without them would break
	// the contract's own answer.
	name := c.name(body)
	config := c.object("", body, "private_dns_attachment_config")
	c.dnsMembers(body)
	c.dnsConfig(config, n)
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
	w.beyond = w.beyond || c.odd
	n.dns = append(n.dns, d)
	w.written(lagDNS, d, nil, now)
	w.scheduleDNS(d, now)
	return reply{status: http.StatusCreated, kind: jsonType, body: renderDNS(d)}
}

// dnsMembers refuses unknown members of the body itself, if it is to.
func (c *bodyCheck) dnsMembers(body map[string]any) {
	if c.unknown == UnknownRefused {
		c.members("", body, "name", "private_dns_attachment_config")
	}
}

// scheduleDNS lets a private DNS that is at work become ready after its time, unless
// other work begins before.
func (w *World) scheduleDNS(d *privateDNS, now time.Time) {
	d.works++
	work := d.works
	w.after(now, w.peeringTime/3, func(_ *World, now time.Time) {
		if d.state == stateNew && d.works == work {
			d.setState(stateReady, "", "", now)
		}
	})
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
	w.after(now, w.peeringTime/3, func(w *World, now time.Time) {
		n.removeDNS(d)
		w.removed(lagDNS, n, d, now)
	})
	return reply{status: http.StatusNoContent}
}

func (n *network) removeDNS(d *privateDNS) {
	n.dns = slices.DeleteFunc(n.dns, func(other *privateDNS) bool { return other == d })
}

// patchDNS changes the name or the map of an outbound resolver. With another map it
// is at work for a while, in which another change is assumed to be a conflict.
func (w *World) patchDNS(r *http.Request, n *network, d *privateDNS) reply {
	kind, _ := d.config["kind"].(string)
	if !isResolver(kind) {
		return invalid(w, invalidParameter{Field: inConfig + "kind", Rule: "invalid", Reason: "a private DNS of this kind cannot be updated", Source: "body"})
	}
	c := bodyCheck{unknown: w.unknownMembers}
	body := c.readBody(r)
	if body == nil {
		return invalid(w, c.wrong...)
	}
	c.dnsMembers(body)
	name := d.name
	if _, has := body["name"]; has {
		name = c.name(body)
	}
	_, hasConfig := body["private_dns_attachment_config"]
	var sent map[string]any
	if hasConfig {
		sent = c.object("", body, "private_dns_attachment_config")
		c.dnsConfig(sent, n)
		if sent["kind"] != kind && len(c.wrong) == 0 {
			c.add(inConfig+"kind", "invalid", "cannot be changed")
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
	w.beyond = w.beyond || c.odd
	now := w.clock.Now().UTC()
	renamed, more := name != d.name, d.changedExtra(body)
	d.name = name
	switch {
	case hasConfig:
		d.config = w.patched(d.config, sent)
		d.setState(stateNew, "", "", now)
		w.scheduleDNS(d, now)
	case renamed || more:
		d.touch(now)
	}
	return ok200(renderDNS(d))
}
